/* The file of a sheet: its tables and their columns. */
#include <string.h>

#include "definition.h"

static const char *const ROWS[] = {
    [ROWS_FACTS] = "facts",
    [ROWS_CONTENTS] = "contents",
    [ROWS_SOURCES] = "sources",
    [ROWS_TABLES] = "tables",
    [ROWS_COLUMNS] = "columns",
    [ROWS_CANDIDATES] = "candidates",
    [ROWS_EVIDENCE] = "evidence",
    [ROWS_UNREAD] = "unread",
    [ROWS_LEVELS] = "levels",
    [ROWS_CLASSES] = "classes",
    [ROWS_LEAVES] = "leaves",
    [ROWS_LEVEL_RULES] = "level_rules",
    [ROWS_CANDIDATE_RULES] = "candidate_rules",
    [ROWS_WORDS] = "words",
    [ROWS_ALL_LEAVES] = "all_leaves",
    [ROWS_SYSTEMS] = "systems",
    [ROWS_PLANTS] = "plants",
    [ROWS_KINDS] = "kinds",
    [ROWS_VIEWS] = "views",
    [ROWS_SCHEMAS] = "schemas",
    [ROWS_DUTIES] = "duties",
    [ROWS_COMPARED] = "compared",
    [ROWS_CHANGE_KINDS] = "change_kinds",
    [ROWS_CHANGES] = "changes",
    [N_ROWS] = NULL,
};
static const char *const WHERE[] = {"all", "personal", "sensitive", "review", NULL};
static const char *const LOOKS[] = {"plain", "level", "bar", "heat", NULL};
static const char *const CHARTS[] = {"none", "pie", "bar", "stacked", NULL};

unsigned report_rows_scope(int rows)
{
    static const unsigned scopes[N_ROWS] = {
        [ROWS_FACTS] = SCOPE_FACT,
        [ROWS_CONTENTS] = SCOPE_CONTENTS,
        [ROWS_SOURCES] = SCOPE_SOURCE,
        [ROWS_TABLES] = SCOPE_SOURCE | SCOPE_TABLE,
        [ROWS_COLUMNS] = SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_LEAF,
        [ROWS_CANDIDATES] = SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_LEAF |
                            SCOPE_CANDIDATE,
        [ROWS_EVIDENCE] = SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_LEAF | SCOPE_EVIDENCE,
        [ROWS_UNREAD] = SCOPE_SOURCE | SCOPE_TABLE | SCOPE_COLUMN | SCOPE_UNREAD,
        [ROWS_LEVELS] = SCOPE_GROUP,
        [ROWS_CLASSES] = SCOPE_GROUP,
        [ROWS_LEAVES] = SCOPE_GROUP | SCOPE_LEAF,
        [ROWS_LEVEL_RULES] = SCOPE_GROUP,
        [ROWS_CANDIDATE_RULES] = SCOPE_GROUP | SCOPE_CANDIDATE,
        [ROWS_WORDS] = SCOPE_WORD,
        [ROWS_ALL_LEAVES] = SCOPE_LEAF,
        [ROWS_SYSTEMS] = SCOPE_GROUP | SCOPE_EACH,
        [ROWS_PLANTS] = SCOPE_GROUP | SCOPE_EACH,
        [ROWS_KINDS] = SCOPE_SOURCE | SCOPE_GROUP | SCOPE_LEAF,
        [ROWS_VIEWS] = SCOPE_VIEW | SCOPE_GROUP,
        [ROWS_SCHEMAS] = SCOPE_ROLLUP,
        [ROWS_DUTIES] = SCOPE_DUTY,
        [ROWS_COMPARED] = SCOPE_COMPARED,
        [ROWS_CHANGE_KINDS] = SCOPE_CHANGE,
        [ROWS_CHANGES] = SCOPE_CHANGE,
    };

    return scopes[rows] | SCOPE_RUN;
}

/* ---- columns ---- */

struct column_yaml {
    struct report_column_def def;
    const char *from;
    const struct dc_yaml_node *title, *help;
};

static const struct dc_yaml_field COLUMN_FIELDS[] = {
    {.key = "key",
     .type = DC_YAML_TEXT,
     .offset = offsetof(struct column_yaml, def.key),
     .required = true},
    {.key = "from", .type = DC_YAML_TEXT, .offset = offsetof(struct column_yaml, from)},
    {.key = "title", .type = DC_YAML_NODE, .offset = offsetof(struct column_yaml, title)},
    {.key = "help", .type = DC_YAML_NODE, .offset = offsetof(struct column_yaml, help)},
    {.key = "width",
     .type = DC_YAML_REAL,
     .offset = offsetof(struct column_yaml, def.width),
     .minimum = 1,
     .maximum = 255},
    {.key = "look",
     .type = DC_YAML_ENUM,
     .offset = offsetof(struct column_yaml, def.look),
     .words = LOOKS},
    {.key = "wrap", .type = DC_YAML_BOOL, .offset = offsetof(struct column_yaml, def.wrap)},
    {.key = "fill", .type = DC_YAML_BOOL, .offset = offsetof(struct column_yaml, def.fill)},
    {.key = "exact", .type = DC_YAML_BOOL, .offset = offsetof(struct column_yaml, def.exact)},
    {.key = "hidden", .type = DC_YAML_BOOL, .offset = offsetof(struct column_yaml, def.hidden)},
    {.key = "each", .type = DC_YAML_BOOL, .offset = offsetof(struct column_yaml, def.each)},
    {.key = "choices", .type = DC_YAML_TEXT, .offset = offsetof(struct column_yaml, def.choices)},
    {.key = "changes", .type = DC_YAML_TEXT, .offset = offsetof(struct column_yaml, def.changes)},
    {.key = "reason", .type = DC_YAML_TEXT, .offset = offsetof(struct column_yaml, def.reason)},
    {.key = NULL},
};

static const struct report_field *find_field(struct report_loading *loading,
                                             const struct dc_yaml_node *at, const char *name,
                                             unsigned scope, const char *rows)
{
    const struct report_field *field = report_field_find(name);

    if (field == NULL) {
        dc_complain(loading->all, at, "unknown field \"%s\" (reports/README.md lists them)", name);
    } else if ((field->scope & scope) == 0) {
        dc_complain(loading->all, at, "field \"%s\" says nothing of a row of \"%s\"", name, rows);
        return NULL;
    }
    return field;
}

static void load_column(struct report_loading *loading, const struct dc_yaml_node *node,
                        struct report_table_def *table, struct report_column_def *out)
{
    struct column_yaml yaml = {.def.width = 12};

    if (!dc_yaml_read(node, COLUMN_FIELDS, &yaml, loading->arena, loading->all)) {
        return;
    }
    report_load_text(loading, yaml.title, &yaml.def.title);
    report_load_text(loading, yaml.help, &yaml.def.help);
    if (yaml.from != NULL) {
        yaml.def.field = find_field(loading, dc_yaml_get(node, "from"), yaml.from,
                                    report_rows_scope(table->rows), ROWS[table->rows]);
    } else if (!yaml.def.fill) {
        dc_complain(loading->all, node,
                    "a column needs \"from\", or \"fill: true\" when people fill it");
    }
    if (yaml.title == NULL && table->header) {
        dc_complain(loading->all, node, "column \"%s\" needs a title", yaml.def.key);
    }
    if (yaml.def.each != (yaml.def.field != NULL && yaml.def.field->scope == SCOPE_EACH)) {
        dc_complain(loading->all, node, "\"each: true\" and a field of a class belong together");
    }
    if (table->n_columns > 0 && table->columns[table->n_columns - 1].each) {
        dc_complain(loading->all, node, "no column stands behind one with \"each: true\"");
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].key != NULL && strcmp(table->columns[i].key, yaml.def.key) == 0) {
            dc_complain(loading->all, dc_yaml_get(node, "key"),
                        "key \"%s\" is used twice in this table", yaml.def.key);
        }
    }
    *out = yaml.def;
}

/* ---- facts ---- */

struct fact_yaml {
    const struct dc_yaml_node *title, *text;
    const char *from;
};

static void load_fact(struct report_loading *loading, const struct dc_yaml_node *node,
                      struct report_fact *out)
{
    static const struct dc_yaml_field fields[] = {
        {.key = "title",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct fact_yaml, title),
         .required = true},
        {.key = "text", .type = DC_YAML_NODE, .offset = offsetof(struct fact_yaml, text)},
        {.key = "from", .type = DC_YAML_TEXT, .offset = offsetof(struct fact_yaml, from)},
        {.key = NULL},
    };
    struct fact_yaml yaml = {0};

    if (!dc_yaml_read(node, fields, &yaml, loading->arena, loading->all)) {
        return;
    }
    if (yaml.text != NULL && yaml.from != NULL) {
        dc_complain(loading->all, node, "a fact has a \"text\" or a field \"from\", not both");
    }
    report_load_text(loading, yaml.title, &out->title);
    report_load_text(loading, yaml.text, &out->text);
    if (yaml.from != NULL) {
        out->field = find_field(loading, dc_yaml_get(node, "from"), yaml.from, SCOPE_RUN, "facts");
    }
}

/* ---- tables ---- */

struct table_yaml {
    struct report_table_def def;
    const struct dc_yaml_node *title, *note, *empty, *columns, *facts, *chart;
};

static const struct dc_yaml_field TABLE_FIELDS[] = {
    {.key = "table",
     .type = DC_YAML_TEXT,
     .offset = offsetof(struct table_yaml, def.id),
     .required = true},
    {.key = "rows",
     .type = DC_YAML_ENUM,
     .offset = offsetof(struct table_yaml, def.rows),
     .required = true,
     .words = ROWS},
    {.key = "where",
     .type = DC_YAML_ENUM,
     .offset = offsetof(struct table_yaml, def.where),
     .words = WHERE},
    {.key = "sort", .type = DC_YAML_TEXT, .offset = offsetof(struct table_yaml, def.sort)},
    {.key = "title", .type = DC_YAML_NODE, .offset = offsetof(struct table_yaml, title)},
    {.key = "note", .type = DC_YAML_NODE, .offset = offsetof(struct table_yaml, note)},
    {.key = "empty", .type = DC_YAML_NODE, .offset = offsetof(struct table_yaml, empty)},
    {.key = "header", .type = DC_YAML_BOOL, .offset = offsetof(struct table_yaml, def.header)},
    {.key = "filter", .type = DC_YAML_BOOL, .offset = offsetof(struct table_yaml, def.filter)},
    {.key = "frozen",
     .type = DC_YAML_INT,
     .offset = offsetof(struct table_yaml, def.frozen),
     .minimum = 0,
     .maximum = 100},
    {.key = "printed",
     .type = DC_YAML_INT,
     .offset = offsetof(struct table_yaml, def.printed),
     .minimum = 0,
     .maximum = 256},
    {.key = "screen", .type = DC_YAML_BOOL, .offset = offsetof(struct table_yaml, def.screen)},
    {.key = "chart", .type = DC_YAML_NODE, .offset = offsetof(struct table_yaml, chart)},
    {.key = "codes", .type = DC_YAML_TEXTS, .offset = offsetof(struct table_yaml, def.codes)},
    {.key = "words", .type = DC_YAML_TEXT, .offset = offsetof(struct table_yaml, def.words)},
    {.key = "list", .type = DC_YAML_TEXT, .offset = offsetof(struct table_yaml, def.list)},
    {.key = "columns",
     .type = DC_YAML_NODE,
     .offset = offsetof(struct table_yaml, columns),
     .required = true},
    {.key = "facts", .type = DC_YAML_NODE, .offset = offsetof(struct table_yaml, facts)},
    {.key = NULL},
};

static size_t find_column(const struct report_table_def *table, const char *key)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        if (table->columns[i].key != NULL && strcmp(table->columns[i].key, key) == 0) {
            return i;
        }
    }
    return table->n_columns;
}

/* Columns that a decision names: the proposal it changes and its reason. */
static size_t named_column(struct report_loading *loading, const struct dc_yaml_node *at,
                           const struct report_table_def *table, const char *key)
{
    size_t column = find_column(table, key);

    if (column == table->n_columns) {
        dc_complain(loading->all, at, "this table has no column \"%s\"", key);
        return 0;
    }
    return column;
}

static void resolve_decision(struct report_loading *loading, const struct dc_yaml_node *at,
                             struct report_table_def *table, struct report_column_def *column)
{
    if ((column->changes == NULL) != (column->reason == NULL)) {
        dc_complain(loading->all, at, "\"changes\" and \"reason\" belong together");
    } else if (column->changes != NULL) {
        column->changes_column = named_column(loading, at, table, column->changes);
        column->reason_column = named_column(loading, at, table, column->reason);
    }
}

static bool is_number(const struct report_column_def *column)
{
    enum dc_cell_kind kind = column->field == NULL ? DC_CELL_EMPTY : column->field->kind;

    return kind == DC_CELL_INT || kind == DC_CELL_REAL || kind == DC_CELL_PERCENT;
}

/* The column of numbers that `key` names; a complaint when there is none. */
static size_t number_column(struct report_loading *loading, const struct dc_yaml_node *at,
                            const struct report_table_def *table, const char *key)
{
    size_t column = find_column(table, key);

    if (column == table->n_columns || !is_number(&table->columns[column])) {
        dc_complain(loading->all, at, "\"%s\" is no column of numbers of this table", key);
        return 0;
    }
    return column;
}

struct chart_yaml {
    int kind;
    const char *of, *to;
    const struct dc_yaml_node *title;
};

static void load_chart(struct report_loading *loading, const struct dc_yaml_node *node,
                       struct report_table_def *table)
{
    static const struct dc_yaml_field fields[] = {
        {.key = "kind",
         .type = DC_YAML_ENUM,
         .offset = offsetof(struct chart_yaml, kind),
         .required = true,
         .words = CHARTS},
        {.key = "of",
         .type = DC_YAML_TEXT,
         .offset = offsetof(struct chart_yaml, of),
         .required = true},
        {.key = "to", .type = DC_YAML_TEXT, .offset = offsetof(struct chart_yaml, to)},
        {.key = "title",
         .type = DC_YAML_NODE,
         .offset = offsetof(struct chart_yaml, title),
         .required = true},
        {.key = NULL},
    };
    struct chart_yaml yaml = {0};

    if (dc_yaml_read(node, fields, &yaml, loading->arena, loading->all)) {
        table->chart = yaml.kind;
        table->chart_column = number_column(loading, dc_yaml_get(node, "of"), table, yaml.of);
        table->chart_last = yaml.to == NULL
                                ? table->chart_column
                                : number_column(loading, dc_yaml_get(node, "to"), table, yaml.to);
        if (table->chart_last < table->chart_column) {
            dc_complain(loading->all, dc_yaml_get(node, "to"), "\"to\" stands in front of \"of\"");
            table->chart_last = table->chart_column;
        }
        report_load_text(loading, yaml.title, &table->chart_title);
    }
}

static bool is_list(struct report_loading *loading, const struct dc_yaml_node *node,
                    const char *key)
{
    if (node->kind == DC_YAML_LIST && node->n_items > 0) {
        return true;
    }
    dc_complain(loading->all, node, "\"%s\" has to be a list that is not empty", key);
    return false;
}

static void load_columns(struct report_loading *loading, const struct dc_yaml_node *list,
                         struct report_table_def *table)
{
    if (!is_list(loading, list, "columns")) {
        return;
    }
    table->columns = dc_arena_alloc(loading->arena, list->n_items * sizeof *table->columns);
    for (size_t i = 0; i < list->n_items; i++) {
        load_column(loading, list->items[i], table, &table->columns[i]);
        table->n_columns++;
    }
    for (size_t i = 0; i < list->n_items; i++) {
        resolve_decision(loading, list->items[i], table, &table->columns[i]);
    }
}

static void load_facts(struct report_loading *loading, const struct dc_yaml_node *list,
                       struct report_table_def *table)
{
    if (!is_list(loading, list, "facts")) {
        return;
    }
    table->facts = dc_arena_alloc(loading->arena, list->n_items * sizeof *table->facts);
    table->n_facts = list->n_items;
    for (size_t i = 0; i < list->n_items; i++) {
        load_fact(loading, list->items[i], &table->facts[i]);
    }
}

static void load_table(struct report_loading *loading, const struct dc_yaml_node *node,
                       struct report_table_def *out)
{
    struct table_yaml yaml = {.def.header = true};

    if (!dc_yaml_read(node, TABLE_FIELDS, &yaml, loading->arena, loading->all)) {
        return;
    }
    report_load_text(loading, yaml.title, &yaml.def.title);
    report_load_text(loading, yaml.note, &yaml.def.note);
    report_load_text(loading, yaml.empty, &yaml.def.empty);
    report_load_text(loading, NULL, &yaml.def.chart_title);
    load_columns(loading, yaml.columns, &yaml.def);
    if (yaml.facts != NULL) {
        load_facts(loading, yaml.facts, &yaml.def);
    }
    if ((yaml.facts != NULL) != (yaml.def.rows == ROWS_FACTS)) {
        dc_complain(loading->all, node, "\"facts\" belong to a table with \"rows: facts\"");
    }
    if (yaml.def.where != WHERE_ALL && yaml.def.rows != ROWS_COLUMNS) {
        dc_complain(loading->all, node, "\"where\" belongs to a table with \"rows: columns\"");
    }
    if ((yaml.def.words != NULL) != (yaml.def.rows == ROWS_WORDS)) {
        dc_complain(loading->all, node, "\"words\" belongs to a table with \"rows: words\"");
    }
    if (yaml.def.sort != NULL) {
        yaml.def.sort_column = number_column(loading, dc_yaml_get(node, "sort"), &yaml.def,
                                             yaml.def.sort);
    }
    if (yaml.chart != NULL) {
        load_chart(loading, yaml.chart, &yaml.def);
    }
    *out = yaml.def;
}

/* ---- the sheet ---- */

struct sheet_yaml {
    struct report_sheet_def def;
    const struct dc_yaml_node *title, *about, *tab, *tables;
};

static const struct dc_yaml_field SHEET_FIELDS[] = {
    {.key = "sheet",
     .type = DC_YAML_TEXT,
     .offset = offsetof(struct sheet_yaml, def.id),
     .required = true},
    {.key = "order",
     .type = DC_YAML_INT,
     .offset = offsetof(struct sheet_yaml, def.order),
     .minimum = 0,
     .maximum = 1000000},
    {.key = "workbook", .type = DC_YAML_BOOL, .offset = offsetof(struct sheet_yaml, def.workbook)},
    {.key = "hidden", .type = DC_YAML_BOOL, .offset = offsetof(struct sheet_yaml, def.hidden)},
    {.key = "title",
     .type = DC_YAML_NODE,
     .offset = offsetof(struct sheet_yaml, title),
     .required = true},
    {.key = "about", .type = DC_YAML_NODE, .offset = offsetof(struct sheet_yaml, about)},
    {.key = "tab", .type = DC_YAML_NODE, .offset = offsetof(struct sheet_yaml, tab)},
    {.key = "tables",
     .type = DC_YAML_NODE,
     .offset = offsetof(struct sheet_yaml, tables),
     .required = true},
    {.key = NULL},
};

void report_load_sheet(struct report_loading *loading, const struct dc_yaml_node *root)
{
    struct dc_report_definition *definition = loading->definition;
    struct sheet_yaml yaml = {.def.workbook = true};

    if (!dc_yaml_read(root, SHEET_FIELDS, &yaml, loading->arena, loading->all)) {
        return;
    }
    report_load_text(loading, yaml.title, &yaml.def.title);
    report_load_text(loading, yaml.about, &yaml.def.about);
    if (yaml.tab != NULL) {
        report_load_colour(loading, yaml.tab, &yaml.def.tab_colour);
    }
    if (is_list(loading, yaml.tables, "tables")) {
        yaml.def.tables = dc_arena_alloc(loading->arena,
                                         yaml.tables->n_items * sizeof *yaml.def.tables);
        for (size_t i = 0; i < yaml.tables->n_items; i++) {
            load_table(loading, yaml.tables->items[i], &yaml.def.tables[yaml.def.n_tables++]);
        }
    }
    definition->sheets = dc_array_grow(definition->sheets, definition->n_sheets,
                                       &definition->sheets_capacity, sizeof *definition->sheets);
    definition->sheets[definition->n_sheets++] = yaml.def;
}
