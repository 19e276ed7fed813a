/* Sources that are named on the command line: by their name in the configuration, as a DSN, or as a connection string. */
#ifndef DCSCAN_SRC_CLI_NAMED_SOURCE_H
#define DCSCAN_SRC_CLI_NAMED_SOURCE_H

#include "session.h"

/* How to log in to a source that is not in the configuration; NULL where not given. */
struct login_options {
    const char *user, *password_file, *password_env, *dialect, *encoding;
    bool password_stdin;
};

/* Lines of an option table for `arguments` having a member `login`. */
#define LOGIN_OPTION(arguments, name, letter, argument, kind, field, help)                       \
    {                                                                                            \
        name, letter, argument, kind,                                                            \
            offsetof(arguments, login) + offsetof(struct login_options, field), 0, 0, NULL, help \
    }
#define LOGIN_OPTIONS(arguments)                                                     \
    LOGIN_OPTION(arguments, "user", 'u', "NAME", CLI_TEXT, user,                     \
                 "login for sources named on the command line"),                     \
        LOGIN_OPTION(arguments, "password-file", 0, "FILE", CLI_TEXT, password_file, \
                     "its password: first line of a file"),                          \
        LOGIN_OPTION(arguments, "password-env", 0, "NAME", CLI_TEXT, password_env,   \
                     "its password: an environment variable"),                       \
        LOGIN_OPTION(arguments, "password-stdin", 0, NULL, CLI_FLAG, password_stdin, \
                     "its password: first line of standard input"),                  \
        LOGIN_OPTION(arguments, "dialect", 0, "NAME", CLI_TEXT, dialect,             \
                     "dialect of those sources (else recognised)"),                  \
        LOGIN_OPTION(arguments, "encoding", 0, "NAME", CLI_TEXT, encoding,           \
                     "encoding in which their drivers hand out text, such as GB18030 (UTF-8)")

/*
 * The source of the configuration that has the name, else one made from a DSN or a connection string. DC_ERR_USAGE when that holds a
 * password: other users can read command lines.
 */
enum dc_status named_source(struct session *session, const struct login_options *login,
                            const char *text, struct dc_source *out, struct dc_err *err);

#endif
