#include "options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/alloc.h"

const struct cli_option cli_common_options[] = {
    {"help", 'h', NULL, CLI_FLAG, offsetof(struct cli_common, help), 0, 0, NULL, "show this help"},
    {"quiet", 'q', NULL, CLI_FLAG, offsetof(struct cli_common, quiet), 0, 0, NULL, "errors only"},
    {"verbose", 'v', NULL, CLI_FLAG, offsetof(struct cli_common, verbose_flag), 0, 0, NULL,
     "a line for every table"},
    {"log-format", 0, "FORMAT", CLI_CHOICE, offsetof(struct cli_common, log_format), 0, 0,
     "human|json", "form of the messages"},
    {"log-file", 0, "FILE", CLI_TEXT, offsetof(struct cli_common, log_file), 0, 0, NULL,
     "append the messages to a file; standard error gets errors only"},
    {"no-color", 0, NULL, CLI_FLAG, offsetof(struct cli_common, no_color), 0, 0, NULL,
     "no colours (also: NO_COLOR in the environment)"},
    {"data", 0, "FOLDER", CLI_TEXT, offsetof(struct cli_common, data), 0, 0, NULL,
     "folder with taxonomies/, connectors/ and reports/ (also: DCSCAN_DATA)"},
    CLI_END,
};

/* Edits (insert, delete, replace) between two short words. */
static size_t edit_distance(const char *a, const char *b)
{
    enum { LONGEST = 64 };
    size_t row[LONGEST + 1], n = strlen(b);

    if (n > LONGEST || strlen(a) > LONGEST) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= n; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];

        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t replaced = diagonal + (a[i] != b[j]);
            size_t edited = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;

            diagonal = row[j + 1];
            row[j + 1] = replaced < edited ? replaced : edited;
        }
    }
    return row[n];
}

const char *cli_nearest(const char *word, const char *(*word_at)(const void *table, size_t index),
                        const void *table)
{
    const char *best = NULL, *candidate;
    size_t best_distance = strlen(word) / 3 + 2; /* further away is no typo */

    for (size_t i = 0; (candidate = word_at(table, i)) != NULL; i++) {
        size_t distance = edit_distance(word, candidate);

        if (distance < best_distance) {
            best_distance = distance;
            best = candidate;
        }
    }
    return best;
}

static const char *option_name_at(const void *table, size_t index)
{
    return ((const struct cli_option *)table)[index].name;
}

static bool name_is(const struct cli_option *option, const char *name, size_t size)
{
    return strlen(option->name) == size && strncmp(option->name, name, size) == 0;
}

static const struct cli_option *find_in(const struct cli_option *options, const char *name,
                                        size_t size, char letter)
{
    for (const struct cli_option *option = options; option != NULL && option->name != NULL;
         option++) {
        if (name != NULL ? name_is(option, name, size)
                         : option->letter != 0 && option->letter == letter) {
            return option;
        }
    }
    return NULL;
}

static const struct cli_option *find_option(const struct cli_command *command, const char *name,
                                            size_t size, char letter)
{
    const struct cli_option *option = find_in(command->options, name, size, letter);

    return option != NULL ? option : find_in(cli_common_options, name, size, letter);
}

static void append_text(struct dc_texts *texts, const char *text)
{
    const char **items = dc_alloc(texts->n_items + 1, sizeof *items);

    if (texts->n_items > 0) {
        memcpy(items, texts->items, texts->n_items * sizeof *items);
    }
    items[texts->n_items] = text;
    free(texts->items);
    texts->items = items;
    texts->n_items++;
}

static enum dc_status store_int(const struct cli_option *option, const char *value, int64_t *out,
                                struct dc_err *err)
{
    char *end = NULL;
    long long number;

    errno = 0;
    number = strtoll(value, &end, 10);
    if (errno != 0 || end == value || *end != '\0' || number < option->minimum ||
        number > option->maximum) {
        return dc_err_set(
            err, DC_ERR_USAGE, "option \"--%s\" takes a number from %lld to %lld, not \"%s\"",
            option->name, (long long)option->minimum, (long long)option->maximum, value);
    }
    *out = number;
    return DC_OK;
}

static enum dc_status store_choice(const struct cli_option *option, const char *value,
                                   const char **out, struct dc_err *err)
{
    size_t size = strlen(value);

    for (const char *at = option->choices; size > 0; at++) {
        size_t choice_size = strcspn(at, "|");

        if (choice_size == size && strncmp(at, value, size) == 0) {
            *out = value;
            return DC_OK;
        }
        at += choice_size;
        if (*at == '\0') {
            break;
        }
    }
    return dc_err_set(err, DC_ERR_USAGE, "option \"--%s\" takes one of %s, not \"%s\"",
                      option->name, option->choices, value);
}

static enum dc_status store_value(const struct cli_option *option, const char *value,
                                  void *arguments, struct dc_err *err)
{
    void *out = (char *)arguments + option->offset;

    switch (option->kind) {
    case CLI_FLAG:
        *(bool *)out = true;
        return DC_OK;
    case CLI_OPTIONAL:
        *(const char **)out = value == NULL ? "" : value;
        return DC_OK;
    case CLI_TEXT:
        *(const char **)out = value;
        return DC_OK;
    case CLI_TEXTS:
        append_text(out, value);
        return DC_OK;
    case CLI_INT:
        return store_int(option, value, out, err);
    case CLI_CHOICE:
        return store_choice(option, value, out, err);
    }
    return dc_err_set(err, DC_ERR_INTERNAL, "option \"--%s\" has no kind", option->name);
}

struct reader {
    const struct cli_command *command;
    int argc, at;
    char **argv;
    void *arguments;
};

/* The value of an option: what follows "=", the rest of a bundle of letters, or the next argument. */
static enum dc_status take_value(struct reader *reader, const struct cli_option *option,
                                 const char *attached, struct dc_err *err)
{
    const char *value = attached;

    if (option->kind == CLI_FLAG) {
        if (attached != NULL) {
            return dc_err_set(err, DC_ERR_USAGE, "option \"--%s\" takes no value", option->name);
        }
        return store_value(option, NULL, reader->arguments, err);
    }
    if (value == NULL && option->kind != CLI_OPTIONAL) {
        if (reader->at + 1 >= reader->argc) {
            return dc_err_set(err, DC_ERR_USAGE, "option \"--%s\" needs a value %s", option->name,
                              option->argument);
        }
        value = reader->argv[++reader->at];
    }
    return store_value(option, value, reader->arguments, err);
}

static enum dc_status read_long(struct reader *reader, const char *text, struct dc_err *err)
{
    size_t size = strcspn(text, "=");
    const struct cli_option *option = find_option(reader->command, text, size, 0);

    if (option == NULL) {
        char *word = dc_strndup(text, size);
        const char *near = cli_nearest(word, option_name_at, reader->command->options);

        if (near == NULL) {
            near = cli_nearest(word, option_name_at, cli_common_options);
        }
        dc_err_set(err, DC_ERR_USAGE, "unknown option \"--%s\"", word);
        if (near != NULL) {
            dc_err_set_hint(err, "did you mean \"--%s\"?", near);
        }
        free(word);
        return DC_ERR_USAGE;
    }
    return take_value(reader, option, text[size] == '=' ? text + size + 1 : NULL, err);
}

static enum dc_status read_letters(struct reader *reader, const char *letters, struct dc_err *err)
{
    for (; *letters != '\0'; letters++) {
        const struct cli_option *option = find_option(reader->command, NULL, 0, *letters);

        if (option == NULL) {
            return dc_err_set(err, DC_ERR_USAGE, "unknown option \"-%c\"", *letters);
        }
        if (option->kind != CLI_FLAG) {
            return take_value(reader, option, letters[1] != '\0' ? letters + 1 : NULL, err);
        }
        store_value(option, NULL, reader->arguments, err);
    }
    return DC_OK;
}

enum dc_status cli_parse(const struct cli_command *command, int argc, char **argv, void *arguments,
                         struct dc_texts *operands, struct dc_err *err)
{
    struct reader reader = {command, argc, 1, argv, arguments};
    bool only_operands = false;

    for (; reader.at < argc; reader.at++) {
        const char *text = argv[reader.at];
        enum dc_status status = DC_OK;

        if (only_operands || text[0] != '-' || text[1] == '\0') {
            append_text(operands, text);
        } else if (strcmp(text, "--") == 0) {
            only_operands = true;
        } else if (text[1] == '-') {
            status = read_long(&reader, text + 2, err);
        } else {
            status = read_letters(&reader, text + 1, err);
        }
        if (status != DC_OK) {
            return status;
        }
    }
    return DC_OK;
}

void cli_release(const struct cli_command *command, void *arguments, struct dc_texts *operands)
{
    for (const struct cli_option *option = command->options; option != NULL && option->name != NULL;
         option++) {
        if (option->kind == CLI_TEXTS) {
            free(((struct dc_texts *)(void *)((char *)arguments + option->offset))->items);
        }
    }
    free(operands->items);
}

/* What stands between an option and its value. */
static const char *argument_gap(const struct cli_option *option)
{
    return option->argument == NULL ? "" : option->kind == CLI_OPTIONAL ? "=" : " ";
}

static void print_options(const struct cli_option *options, FILE *out)
{
    enum { COLUMN = 30 };

    for (const struct cli_option *option = options; option != NULL && option->name != NULL;
         option++) {
        int width = fprintf(out, option->letter != 0 ? "  -%c, " : "      ", option->letter);

        width += fprintf(out, "--%s%s%s", option->name, argument_gap(option),
                         option->argument != NULL ? option->argument : "");
        if (width >= COLUMN) {
            fprintf(out, "\n%*s", COLUMN, "");
        } else {
            fprintf(out, "%*s", COLUMN - width, "");
        }
        fprintf(out, "%s%s%s%s\n", option->help, option->kind == CLI_CHOICE ? " (" : "",
                option->kind == CLI_CHOICE ? option->choices : "",
                option->kind == CLI_CHOICE ? ")" : "");
    }
}

void cli_print_help(const struct cli_command *command, FILE *out)
{
    fprintf(out, "dcscan %s: %s\n\nusage: dcscan %s %s\n\n%s\n", command->name, command->summary,
            command->name, command->usage, command->text);
    if (command->options != NULL) {
        fputs("options:\n", out);
        print_options(command->options, out);
    }
    fputs("general options:\n", out);
    print_options(cli_common_options, out);
}
