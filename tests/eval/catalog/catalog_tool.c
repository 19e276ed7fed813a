/*
 * Decides columns from a written catalogue, without a database: for tuning the knowledge, and for schemas of which only names are at hand.
 *
 * usage: catalog_tool TAXONOMY CATALOG.tsv [--explain TABLE[.COLUMN]]
 *
 * CATALOG.tsv, one line a column, tab-separated, no header:
 *   source database schema table table_comment rows column comment type nullable primary_key auto_increment ref_table ref_column
 * Lines of a table stand together. Writes JSON Lines as `dcscan scan` does, without counts. --explain prints evidence instead.
 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dcscan/classify.h"
#include "dcscan/source.h"
#include "dcscan/text.h"

#define N_FIELDS 14

enum field {
    F_SOURCE,
    F_DATABASE,
    F_SCHEMA,
    F_TABLE,
    F_TABLE_COMMENT,
    F_ROWS,
    F_COLUMN,
    F_COMMENT,
    F_TYPE,
    F_NULLABLE,
    F_PRIMARY_KEY,
    F_AUTO_INCREMENT,
    F_REF_TABLE,
    F_REF_COLUMN
};

struct tool {
    const struct dc_taxonomy *taxonomy;
    struct dc_classifier *classifier;
    struct dc_catalog *catalog;
    const char *explain;
};

/* ---- types by their names ---- */

struct type_word {
    const char *word;
    enum dc_type_class type;
};

/* The first that the type's name begins with; longer ones before shorter. */
static const struct type_word type_words[] = {
    {"tinyint(1)", DC_TYPE_BOOLEAN}, {"bit(1)", DC_TYPE_BOOLEAN},
    {"bool", DC_TYPE_BOOLEAN},       {"bit", DC_TYPE_BOOLEAN},
    {"bigint", DC_TYPE_INTEGER},     {"int", DC_TYPE_INTEGER},
    {"smallint", DC_TYPE_INTEGER},   {"tinyint", DC_TYPE_INTEGER},
    {"mediumint", DC_TYPE_INTEGER},  {"serial", DC_TYPE_INTEGER},
    {"decimal", DC_TYPE_DECIMAL},    {"numeric", DC_TYPE_DECIMAL},
    {"number", DC_TYPE_DECIMAL},     {"double", DC_TYPE_REAL},
    {"float", DC_TYPE_REAL},         {"real", DC_TYPE_REAL},
    {"datetime", DC_TYPE_TIMESTAMP}, {"timestamp", DC_TYPE_TIMESTAMP},
    {"date", DC_TYPE_DATE},          {"time", DC_TYPE_TIME},
    {"longtext", DC_TYPE_LONG_TEXT}, {"mediumtext", DC_TYPE_LONG_TEXT},
    {"text", DC_TYPE_LONG_TEXT},     {"clob", DC_TYPE_LONG_TEXT},
    {"ntext", DC_TYPE_LONG_TEXT},    {"longblob", DC_TYPE_BINARY},
    {"mediumblob", DC_TYPE_BINARY},  {"blob", DC_TYPE_BINARY},
    {"bytea", DC_TYPE_BINARY},       {"varbinary", DC_TYPE_BINARY},
    {"binary", DC_TYPE_BINARY},      {"image", DC_TYPE_BINARY},
    {"uuid", DC_TYPE_UUID},          {"uniqueidentifier", DC_TYPE_UUID},
    {"json", DC_TYPE_JSON},          {"xml", DC_TYPE_XML},
    {"varchar", DC_TYPE_TEXT},       {"nvarchar", DC_TYPE_TEXT},
    {"char", DC_TYPE_TEXT},          {"nchar", DC_TYPE_TEXT},
    {"set", DC_TYPE_TEXT},           {"enum", DC_TYPE_TEXT},
};

static enum dc_type_class type_of(const char *name)
{
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (strncasecmp(name, type_words[i].word, strlen(type_words[i].word)) == 0) {
            return type_words[i].type;
        }
    }
    return DC_TYPE_UNKNOWN;
}

/* ---- catalogue ---- */

static void split(char *line, char *fields[N_FIELDS])
{
    static char nothing[] = "";

    line[strcspn(line, "\r\n")] = '\0';
    for (int i = 0; i < N_FIELDS; i++) {
        char *tab = line == NULL ? NULL : strchr(line, '\t');

        fields[i] = line == NULL ? nothing : line;
        if (tab != NULL) {
            *tab = '\0';
        }
        line = tab == NULL ? NULL : tab + 1;
    }
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot == NULL ? name : dot + 1;
}

static void add_column(struct dc_catalog *catalog, struct dc_table *table, char *fields[N_FIELDS])
{
    const char *open = strchr(fields[F_TYPE], '(');
    const char *comma = open == NULL ? NULL : strchr(open, ',');
    struct dc_column *column = dc_table_add_column(catalog, table, fields[F_COLUMN],
                                                   fields[F_COMMENT], fields[F_TYPE],
                                                   type_of(fields[F_TYPE]));

    column->ordinal = (int32_t)table->n_columns;
    column->length = open == NULL ? -1 : strtol(open + 1, NULL, 10);
    column->scale = comma == NULL ? (open == NULL ? -1 : 0) : (int32_t)strtol(comma + 1, NULL, 10);
    column->primary_key = fields[F_PRIMARY_KEY][0] == '1' || fields[F_PRIMARY_KEY][0] == 't';
    column->auto_increment = fields[F_AUTO_INCREMENT][0] == '1' ||
                             fields[F_AUTO_INCREMENT][0] == 't';
    if (fields[F_REF_TABLE][0] != '\0') {
        column->ref_schema = "";
        column->ref_table = dc_arena_strdup(catalog->arena, last_part(fields[F_REF_TABLE]));
        column->ref_column = dc_arena_strdup(catalog->arena, fields[F_REF_COLUMN]);
    }
}

static bool read_catalog(struct tool *tool, const char *path, char *source_name, size_t size)
{
    FILE *file = fopen(path, "r");
    struct dc_table *table = NULL;
    char *line = NULL, *fields[N_FIELDS];
    size_t capacity = 0;

    if (file == NULL) {
        perror(path);
        return false;
    }
    while (getline(&line, &capacity, file) > 0) {
        split(line, fields);
        if (table == NULL || strcmp(table->name, fields[F_TABLE]) != 0 ||
            strcmp(table->schema, fields[F_SCHEMA]) != 0) {
            table = dc_catalog_add_table(tool->catalog, fields[F_DATABASE], fields[F_SCHEMA],
                                         fields[F_TABLE], fields[F_TABLE_COMMENT], DC_TABLE_BASE);
            table->rows_estimated = strtoll(fields[F_ROWS], NULL, 10);
            snprintf(source_name, size, "%s", fields[F_SOURCE]);
        }
        add_column(tool->catalog, table, fields);
    }
    free(line);
    fclose(file);
    return true;
}

/* ---- output ---- */

static json_t *important_of(const struct dc_finding *finding)
{
    json_t *list = json_array();

    for (size_t i = 0; i < finding->n_important; i++) {
        json_array_append_new(list, json_string(finding->important[i]));
    }
    return list;
}

static void write_row(const char *source, const struct dc_table *table,
                      const struct dc_column *column, const struct dc_finding *finding)
{
    json_t *row = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:o, s:f}", "source", source,
                            "schema", table->schema, "table", table->name, "column", column->name,
                            "category", finding->leaf, "runner_up", finding->runner_up, "level",
                            finding->level, "pi", dc_pi_name(finding->pi), "important",
                            important_of(finding), "confidence", finding->confidence);

    json_dumpf(row, stdout, JSON_COMPACT | JSON_ENSURE_ASCII);
    putchar('\n');
    json_decref(row);
}

static void explain(const struct dc_column *column, const struct dc_finding *finding)
{
    printf("  %-28s %-18s %s -> %s (%s) level %d %s conf %.2f\n", column->name, column->type_name,
           column->comment, finding->leaf, finding->runner_up, finding->level,
           dc_pi_name(finding->pi), finding->confidence);
    for (size_t i = 0; i < finding->n_evidence; i++) {
        const struct dc_evidence *line = &finding->evidence[i];

        printf("      %+.2f %s  %s %s  \"%s\"\n", line->weight, line->leaf,
               dc_evidence_kind_name(line->kind), line->rule, line->detail);
    }
}

static bool is_asked(const struct tool *tool, const struct dc_table *table, const char *column)
{
    size_t size = strlen(table->name);

    return strncasecmp(tool->explain, table->name, size) == 0 &&
           (tool->explain[size] == '\0' ||
            (tool->explain[size] == '.' && strcasecmp(tool->explain + size + 1, column) == 0));
}

static void decide(const struct tool *tool, const struct dc_source *source,
                   const struct dc_table *table, struct dc_arena *arena)
{
    struct dc_table_context context = {source, tool->catalog, table, NULL};
    struct dc_finding *findings = dc_arena_alloc(arena, (table->n_columns + 1) * sizeof *findings);
    struct dc_table_finding verdict;

    dc_classify_table(tool->classifier, &context, arena, findings, &verdict);
    if (tool->explain != NULL && is_asked(tool, table, "")) {
        printf("%s \"%s\": %s %.2f\n", table->name, table->comment, verdict.subject,
               verdict.subject_score);
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        if (tool->explain == NULL) {
            write_row(source->name, table, &table->columns[i], &findings[i]);
        } else if (is_asked(tool, table, table->columns[i].name)) {
            explain(&table->columns[i], &findings[i]);
        }
    }
}

static int run(struct tool *tool, const char *path)
{
    struct dc_arena *arena = dc_arena_create(0);
    char name[128] = "";
    struct dc_source source = {.name = name};

    tool->catalog = dc_catalog_create();
    if (!read_catalog(tool, path, name, sizeof name)) {
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < tool->catalog->n_tables; i++) {
        decide(tool, &source, &tool->catalog->tables[i], arena);
        dc_arena_reset(arena);
    }
    dc_catalog_destroy(tool->catalog);
    dc_arena_destroy(arena);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    struct tool tool = {.explain = argc > 4 ? argv[4] : NULL};
    struct dc_taxonomy *taxonomy = NULL;
    struct dc_name_index *index = NULL;
    struct dc_err err = {0};
    struct dc_complaints all;
    int code;

    dc_complaints_init(&all, dc_arena_create(0));
    if (argc < 3 || dc_taxonomy_load(argv[1], NULL, 0, &taxonomy, &all, &err) != DC_OK ||
        dc_name_index_create(taxonomy, &index, &err) != DC_OK) {
        fprintf(stderr, "%s\n",
                argc < 3 ? "usage: catalog_tool TAXONOMY CATALOG.tsv" : err.message);
        for (size_t i = 0; i < all.n_lines; i++) {
            fprintf(stderr, "%s\n", all.lines[i]);
        }
        return 2;
    }
    tool.taxonomy = taxonomy;
    tool.classifier = dc_classifier_create(taxonomy, index);
    code = run(&tool, argv[2]);
    dc_classifier_destroy(tool.classifier);
    dc_name_index_destroy(index);
    dc_taxonomy_destroy(taxonomy);
    return code;
}
