/*
 * Candidates for important data: candidates.tsv, decided by the shipped taxonomy with profiles that the real profiler makes of the values
 * written there.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case.h"

#define N_FIELDS    7
#define SAMPLE_ROWS 200
#define VALUE_SIZE  128
#define MAX_TABLES  256
#define LEAST       2 /* cases of a rule, on either side */

struct case_line {
    char *column, *values, *fires, *not_fires;
};

struct suite {
    struct decided *decided;
    struct dc_value_matcher *matcher;
    struct dc_profiler *profiler;
    struct case_line lines[MAX_CASE_COLUMNS];
    size_t n_lines;
    size_t n_fires[MAX_TABLES], n_not[MAX_TABLES]; /* tables by rule */
};

static bool fired(const struct dc_finding *finding, const char *rule)
{
    for (size_t i = 0; i < finding->n_important; i++) {
        if (strcmp(finding->important[i], rule) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- profiles ---- */

/* The n-th of "a|b|c", over and over, with {n} replaced by the number in eight digits. */
static int64_t value_of(const char *values, size_t n, char out[VALUE_SIZE])
{
    char filled[VALUE_SIZE];
    const char *at = values, *mark;
    size_t n_values = 1;

    for (const char *bar = values; (bar = strchr(bar, '|')) != NULL; bar++) {
        n_values++;
    }
    for (size_t skip = n % n_values; skip > 0; skip--) {
        at = strchr(at, '|') + 1;
    }
    snprintf(filled, sizeof filled, "%.*s", (int)strcspn(at, "|"), at);
    mark = strstr(filled, "{n}");
    if (mark == NULL) {
        return snprintf(out, VALUE_SIZE, "%s", filled);
    }
    return snprintf(out, VALUE_SIZE, "%.*s%08zu%s", (int)(mark - filled), filled, n + 1, mark + 3);
}

static void fill_column(struct suite *suite, const char *values, struct dc_block_column *column)
{
    char *data = dc_arena_alloc(suite->decided->arena, SAMPLE_ROWS * VALUE_SIZE);
    int64_t *lengths = dc_arena_alloc(suite->decided->arena, SAMPLE_ROWS * sizeof *lengths);

    for (size_t row = 0; row < SAMPLE_ROWS; row++) {
        lengths[row] = value_of(values, row, data + row * VALUE_SIZE);
    }
    *column = (struct dc_block_column){data, VALUE_SIZE, lengths, values[0] != '\0'};
}

static void sample(struct suite *suite)
{
    struct dc_block_column columns[MAX_CASE_COLUMNS];
    bool any = false;

    for (size_t i = 0; i < suite->n_lines; i++) {
        fill_column(suite, suite->lines[i].values, &columns[i]);
        any |= columns[i].fetched;
    }
    if (any) {
        dc_profiler_begin(suite->profiler, suite->decided->table);
        dc_profiler_add(suite->profiler, &(struct dc_block){SAMPLE_ROWS, suite->n_lines, columns});
        suite->decided->profiles = dc_profiler_end(suite->profiler, suite->decided->arena);
    }
}

/* ---- expectations ---- */

/* Counts, once a table, and checks the rules of a list "ID01,ID05". */
static void expect_rules(struct suite *suite, const struct case_line *line, const char *list,
                         bool wanted, bool seen[])
{
    const struct dc_finding *finding = case_finding(suite->decided, line->column);
    char rule[8];

    for (const char *at = list; at[0] != '\0'; at += strspn(at, ",")) {
        size_t size = strcspn(at, ",");
        int index;

        snprintf(rule, sizeof rule, "%.*s", (int)size, at);
        index = dc_taxonomy_candidate_rule(suite->decided->taxonomy, rule);
        cr_assert_neq(index, DC_NO_INDEX, "%s", rule);
        cr_expect_eq(fired(finding, rule), wanted, "%s %s %s (%s).%s, which is %s", rule,
                     wanted ? "does not fire on" : "fires on", suite->decided->table->name,
                     suite->decided->table->comment, line->column, finding->leaf);
        (wanted ? suite->n_fires : suite->n_not)[index] += !seen[index];
        seen[index] = true;
        at += size;
    }
}

static void end_table(struct suite *suite)
{
    bool fires[MAX_TABLES] = {false}, not_fires[MAX_TABLES] = {false};

    if (suite->n_lines == 0) {
        return;
    }
    sample(suite);
    case_decide(suite->decided);
    for (size_t i = 0; i < suite->n_lines; i++) {
        expect_rules(suite, &suite->lines[i], suite->lines[i].fires, true, fires);
        expect_rules(suite, &suite->lines[i], suite->lines[i].not_fires, false, not_fires);
    }
    suite->n_lines = 0;
}

/* ---- the file ---- */

static void split(struct suite *suite, char *line, char *fields[N_FIELDS])
{
    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < N_FIELDS; i++) {
        size_t size = strcspn(line, "\t");

        fields[i] = dc_arena_printf(suite->decided->arena, "%.*s", (int)size, line);
        line += size + (line[size] != '\0');
    }
}

static void take_line(struct suite *suite, char *line)
{
    char *fields[N_FIELDS];

    if (line[0] != 'T' && line[0] != 'C') {
        return;
    }
    split(suite, line, fields);
    if (fields[0][0] == 'T') {
        end_table(suite);
        case_table(suite->decided, fields[1], fields[2]);
        suite->decided->table->rows_estimated = fields[3][0] == '\0' ? -1
                                                                     : strtoll(fields[3], NULL, 10);
        return;
    }
    case_column(suite->decided, fields[1], fields[2], fields[3]);
    suite->lines[suite->n_lines++] = (struct case_line){fields[1], fields[4], fields[5], fields[6]};
}

static void decide_all(struct suite *suite)
{
    FILE *file = fopen(TEST_ROOT "/tests/unit/classify/candidates.tsv", "r");
    char *line = NULL;
    size_t capacity = 0;

    cr_assert_not_null(file);
    while (getline(&line, &capacity, file) > 0) {
        take_line(suite, line);
    }
    end_table(suite);
    free(line);
    fclose(file);
}

Test(candidates, each_rule_fires_where_it_should_and_nowhere_else)
{
    struct suite suite = {.decided = case_open()};

    cr_assert_eq(dc_value_matcher_create(suite.decided->taxonomy, &suite.matcher, NULL, NULL),
                 DC_OK);
    suite.profiler = dc_profiler_create(suite.matcher);
    decide_all(&suite);
    for (size_t i = 0; i < suite.decided->taxonomy->n_candidate_rules; i++) {
        const char *rule = suite.decided->taxonomy->candidate_rules[i].id;

        cr_expect_geq(suite.n_fires[i], LEAST, "%s fires in %zu tables", rule, suite.n_fires[i]);
        cr_expect_geq(suite.n_not[i], LEAST, "%s is spared in %zu tables", rule, suite.n_not[i]);
    }
    dc_profiler_destroy(suite.profiler);
    dc_value_matcher_destroy(suite.matcher);
    case_close(suite.decided);
}

/* ---- what a flag is ---- */

static const struct dc_evidence *reason_of(const struct dc_finding *finding, const char *rule)
{
    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (finding->evidence[i].kind == DC_EVIDENCE_CANDIDATE &&
            strcmp(finding->evidence[i].rule, rule) == 0) {
            return &finding->evidence[i];
        }
    }
    return NULL;
}

Test(candidates, are_a_flag_with_its_reason_and_never_a_level)
{
    struct decided *d = case_open();
    const struct dc_finding *finding;

    case_table(d, "capacity", "稀土产能");
    case_column(d, "capacity_qty", "decimal(12,2)", "产能");
    case_decide(d);
    finding = case_finding(d, "capacity_qty");
    cr_expect_eq(finding->level, finding->level_reference);
    cr_expect_str_eq(finding->level_reason, "L1");
    cr_expect_eq(d->verdict.n_important, 1);
    cr_assert_not_null(reason_of(finding, "ID04"));
    cr_expect_str_eq(reason_of(finding, "ID04")->detail, "稀土");
    case_close(d);
}

Test(candidates, reasons_name_the_neighbour_and_never_a_value)
{
    struct decided *d = case_open();
    const struct dc_evidence *reason;

    case_table(d, "wms_stock", "库存");
    case_column(d, "material_name", "varchar(80)", "物料名称");
    case_column(d, "stock_qty", "decimal(14,3)", "库存数量");
    case_profile(d, "stock_qty", 200, 150);
    case_profile(d, "material_name", 200, 40);
    case_count(d, "material_name", "strategic-material", 10, 3, 3);
    case_decide(d);
    reason = reason_of(case_finding(d, "stock_qty"), "ID04");
    cr_assert_not_null(reason);
    cr_expect_str_eq(reason->detail, "material_name: strategic-material");
    case_close(d);
}

Test(candidates, rules_of_the_plant_may_ask_for_a_number_of_rows)
{
    struct decided *d = case_open_with(TEST_ROOT "/tests/unit/classify/candidates.yaml");

    case_table(d, "charge_order", "充电订单");
    case_column(d, "charge_energy", "decimal(10,2)", "充电电量");
    d->table->rows_estimated = 500;
    case_decide(d);
    cr_expect_not(fired(case_finding(d, "charge_energy"), "ID03"));
    d->table->rows_estimated = 5000;
    case_decide(d);
    cr_expect(fired(case_finding(d, "charge_energy"), "ID03"));
    d->table->rows_estimated = -1;
    case_decide(d);
    cr_expect(fired(case_finding(d, "charge_energy"), "ID03"), "unknown rows are enough");
    case_close(d);
}

Test(candidates, the_system_and_the_schema_around_a_table_speak_as_well)
{
    struct decided *d = case_open();

    for (int scada = 0; scada <= 1; scada++) {
        case_table(d, "users", "用户账号");
        case_column(d, "login_password", "varchar(100)", "登录密码");
        d->source.about[DC_ABOUT_SYSTEM] = scada ? "SCADA" : "OA";
        case_decide(d);
        cr_expect_eq(fired(case_finding(d, "login_password"), "ID08"), scada == 1);
    }
    case_close(d);
}

/* The overlay asks for more confidence than there is. */
Test(candidates, a_category_that_is_doubtful_raises_no_flag_by_itself)
{
    struct decided *d = case_open_with(TEST_ROOT "/tests/unit/classify/doubt.yaml");

    case_table(d, "vehicle_track", "车辆轨迹");
    case_column(d, "lat", "decimal(10,6)", "纬度");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "lat"), "E1-03");
    cr_expect_not(fired(case_finding(d, "lat"), "ID01"));
    case_table(d, "vehicle_track", "军事管理区车辆轨迹");
    case_column(d, "lat", "decimal(10,6)", "纬度");
    case_decide(d);
    cr_expect(fired(case_finding(d, "lat"), "ID01"), "a word is a reason of its own");
    case_close(d);
}
