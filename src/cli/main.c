/* dcscan: a table of commands. Each command is a file of its own. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const struct cli_command *const commands[] = {
    &cmd_scan,     &cmd_regrade, &cmd_report, &cmd_diff,  &cmd_review, &cmd_sources,
    &cmd_taxonomy, &cmd_explain, &cmd_eval,   &cmd_store, NULL};

static void print_overview(FILE *out)
{
    fputs("dcscan: finds, classifies and grades the data in the databases of a manufacturing "
          "enterprise\n"
          "        (T/WHCSA 003-2024, MIIT classes, GB/T 43697-2024 levels)\n\n"
          "  dcscan scan -o inventory.xlsx            scan the sources of ./dcscan.yaml\n"
          "  dcscan scan MES_DSN -o inventory.xlsx    scan one ODBC data source\n\n"
          "commands:\n",
          out);
    for (size_t i = 0; commands[i] != NULL; i++) {
        fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
    }
    fputs("\n\"dcscan COMMAND --help\" tells more; \"dcscan --version\" the versions; the manual "
          "is dcscan(1).\n",
          out);
}

static const char *command_name_at(const void *table, size_t index)
{
    const struct cli_command *const *all = table;

    return all[index] != NULL ? all[index]->name : NULL;
}

static const struct cli_command *find_command(const char *name)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *near = cli_nearest(name, command_name_at, commands);

    fprintf(stderr, "dcscan: unknown command \"%s\"\n", name);
    if (near != NULL) {
        fprintf(stderr, "hint: did you mean \"%s\"?\n", near);
    }
    return CLI_USAGE;
}

static int run_command(const struct cli_command *command, int argc, char **argv)
{
    struct cli_common *arguments = calloc(1, command->arguments_size);
    struct dc_texts operands = {NULL, 0};
    struct dc_err err = {0};
    int code;

    if (arguments == NULL) {
        return CLI_USAGE;
    }
    if (cli_parse(command, argc, argv, arguments, &operands, &err) != DC_OK) {
        fprintf(stderr, "dcscan %s: %s\n", command->name, err.message);
        fprintf(stderr, "hint: %s%s\"dcscan %s --help\" lists the options\n", err.hint,
                err.hint[0] != '\0' ? " " : "", command->name);
        code = CLI_USAGE;
    } else if (arguments->help) {
        cli_print_help(command, stdout);
        code = CLI_COMPLETE;
    } else {
        code = command->run(arguments, operands);
    }
    cli_release(command, arguments, &operands);
    free(arguments);
    return code;
}

int main(int argc, char **argv)
{
    const struct cli_command *command;

    cli_forbid_dumps();
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        print_overview(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        command = argc > 2 ? find_command(argv[2]) : NULL;
        if (command != NULL) {
            cli_print_help(command, stdout);
        } else {
            print_overview(stdout);
        }
        return CLI_COMPLETE;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("dcscan %s\nPCRE2 %s\nunixODBC %s\n", DCSCAN_VERSION, dc_pcre2_version(),
               dc_odbc_manager_version());
        return CLI_COMPLETE;
    }
    command = find_command(argv[1]);
    return command != NULL ? run_command(command, argc - 1, argv + 1) : unknown_command(argv[1]);
}
