/* Command-line options as data: a table a command, one parser for all. */
#ifndef DCSCAN_SRC_CLI_OPTIONS_H
#define DCSCAN_SRC_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "dcscan/status.h"
#include "dcscan/yaml.h"

enum cli_kind {
    CLI_FLAG,     /* bool */
    CLI_TEXT,     /* const char * */
    CLI_TEXTS,    /* struct dc_texts; may be repeated */
    CLI_INT,      /* int64_t within [minimum, maximum] */
    CLI_OPTIONAL, /* const char *; "" where no "=VALUE" follows */
    CLI_CHOICE,   /* const char * out of `choices` */
};

struct cli_option {
    const char *name;     /* without the dashes; NULL ends a table */
    char letter;          /* 0: none */
    const char *argument; /* "FILE"; NULL for flags */
    enum cli_kind kind;
    size_t offset; /* in the command's struct of arguments */
    int64_t minimum, maximum;
    const char *choices; /* "zh|en" */
    const char *help;
};

struct cli_command {
    const char *name;    /* NULL ends a table */
    const char *summary; /* one line */
    const char *usage;   /* what follows "dcscan NAME" */
    const char *text;    /* examples and details, shown by --help */
    const struct cli_option *options;
    size_t
        arguments_size; /* of the struct that options write to; its first member is struct cli_common */
    int (*run)(void *arguments, struct dc_texts operands);
};

/* Options that every command has. */
struct cli_common {
    bool help, quiet, no_color;
    int64_t verbose; /* 0 or 1 */
    bool verbose_flag;
    const char *log_format, *log_file;
    const char *data; /* folder of taxonomies, dialects and report definitions */
};

#define CLI_END                                      \
    {                                                \
        NULL, 0, NULL, CLI_FLAG, 0, 0, 0, NULL, NULL \
    }

/*
 * Reads argv[1…] into `arguments` (zeroed by the caller) and operands. Texts point into argv. Memory for lists is released with
 * cli_texts_done. DC_ERR_USAGE with a message that names the nearest option on a typo.
 */
enum dc_status cli_parse(const struct cli_command *command, int argc, char **argv, void *arguments,
                         struct dc_texts *operands, struct dc_err *err);
void cli_release(const struct cli_command *command, void *arguments, struct dc_texts *operands);
void cli_print_help(const struct cli_command *command, FILE *out);
/* The entry of `words` nearest to `word`, or NULL when none is near. `next` yields words until NULL. */
const char *cli_nearest(const char *word, const char *(*word_at)(const void *table, size_t index),
                        const void *table);

extern const struct cli_option cli_common_options[];

#endif
