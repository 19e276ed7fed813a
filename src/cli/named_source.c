#include "named_source.h"

#include <string.h>

#include "dcscan/alloc.h"

static struct dc_secret secret_of_options(const struct login_options *login)
{
    if (login->password_file != NULL) {
        return (struct dc_secret){DC_SECRET_FILE, login->password_file};
    }
    if (login->password_env != NULL) {
        return (struct dc_secret){DC_SECRET_ENV, login->password_env};
    }
    return (struct dc_secret){login->password_stdin ? DC_SECRET_STDIN : DC_SECRET_NONE, NULL};
}

enum dc_status named_source(struct session *session, const struct login_options *login,
                            const char *text, struct dc_source *out, struct dc_err *err)
{
    const struct dc_source *known = session->config != NULL
                                        ? dc_config_source(session->config, text)
                                        : NULL;

    if (known != NULL) {
        *out = *known;
        return DC_OK;
    }
    if (strchr(text, '=') != NULL && dc_connection_string_has_password(text)) {
        dc_err_set(err, DC_ERR_USAGE,
                   "could not take a connection string with a password from the command line");
        dc_err_set_hint(err, "other users can see command lines: use --password-file, "
                             "--password-env or --password-stdin");
        return DC_ERR_USAGE;
    }
    *out = dc_source_from_text(session->arena, text);
    out->user = login->user;
    out->secret = secret_of_options(login);
    out->dialect = login->dialect;
    out->encoding = login->encoding;
    if (session->config != NULL) {
        out->limits = session->config->limits;
        out->require_read_only = session->config->require_read_only;
    }
    return DC_OK;
}
