/* Tables of names and values: what the names in the sample say of the values. */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"
#include "dcscan/alloc.h"

#define STRIDE   64
#define MAX_ROWS 32

/*
 * Decides on a sample in which the first column has these texts (ended by NULL; "" is SQL NULL). Returns whether they were taken for names
 * of values.
 */
static bool decide_with(struct decided *decided, const char *const *names)
{
    static char data[MAX_ROWS * STRIDE];
    int64_t lengths[MAX_ROWS];
    struct dc_block_column columns[2] = {{data, STRIDE, lengths, true},
                                         {data, STRIDE, lengths, false}};
    struct dc_tag_reader *reader = dc_tag_reader_create(decided->classifier);
    bool found = false;
    size_t n = 0;

    for (; names[n] != NULL; n++) {
        lengths[n] = names[n][0] == '\0' ? DC_CELL_NULL : (int64_t)strlen(names[n]);
        memcpy(data + n * STRIDE, names[n], strlen(names[n]));
    }
    for (size_t i = 0; i < decided->table->n_columns; i++) {
        case_profile(decided, decided->table->columns[i].name, 0, 0);
    }
    dc_tag_reader_begin(reader, decided->table);
    dc_tag_reader_add(reader, &(struct dc_block){n, 2, columns});
    dc_tag_reader_end(reader, decided->table, decided->arena, decided->profiles);
    dc_tag_reader_destroy(reader);
    for (size_t i = 0; i < decided->table->n_columns; i++) {
        found = found || decided->profiles[i].tags != NULL;
    }
    case_decide(decided);
    return found;
}

static const struct dc_evidence *line_of(const struct dc_finding *finding, const char *rule)
{
    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (strcmp(finding->evidence[i].rule, rule) == 0) {
            return &finding->evidence[i];
        }
    }
    return NULL;
}

Test(tags, attributes_of_persons_make_their_values_personal)
{
    static const char *const names[] = {"mobile", "home_address", "id_card_no", "mobile", "", NULL};
    struct decided *decided = case_open();
    const struct dc_finding *value;
    const struct dc_evidence *line;

    case_table(decided, "emp_attr", "");
    case_column(decided, "attr_name", "varchar(40)", "");
    case_column(decided, "attr_value", "varchar(200)", "");
    cr_expect(decide_with(decided, names));
    value = case_finding(decided, "attr_value");
    line = line_of(value, "tag-names");
    cr_assert_not_null(line);
    cr_expect_eq(line->kind, DC_EVIDENCE_NEIGHBOUR);
    cr_expect_eq(line->tested, 3, "distinct names: %lld", (long long)line->tested);
    cr_expect_eq(value->pi, DC_PI_SENSITIVE, "an ID number is among them");
    cr_expect_eq(value->level, 4);
    cr_expect_null(line_of(case_finding(decided, "attr_name"), "tag-names"));
    case_close(decided);
}

Test(tags, a_password_among_settings_raises_the_level_of_their_values)
{
    static const char *const names[] = {"smtp.password", "page.size", "theme", "logo.url", NULL};
    struct decided *decided = case_open();

    case_table(decided, "sys_config", "系统参数");
    case_column(decided, "config_key", "varchar(40)", "");
    case_column(decided, "config_value", "varchar(200)", "");
    case_decide(decided);
    cr_expect_lt(case_finding(decided, "config_value")->level, 4);
    cr_expect(decide_with(decided, names));
    cr_expect_eq(case_finding(decided, "config_value")->level, 4);
    cr_expect_str_eq(case_finding(decided, "config_value")->level_reason, "L1");
    case_close(decided);
}

Test(tags, points_of_a_historian_say_what_is_measured)
{
    static const char *const names[] = {"Line1.Spindle.Temperature", "Line1.Spindle.Speed",
                                        "Furnace.Pressure", NULL};
    struct decided *decided = case_open();

    case_table(decided, "hist_2024", "");
    case_column(decided, "TagName", "varchar(80)", "");
    case_column(decided, "Value", "double", "");
    cr_expect(decide_with(decided, names));
    cr_expect_not_null(line_of(case_finding(decided, "Value"), "tag-names"));
    case_close(decided);
}

Test(tags, what_is_kept_is_concepts_and_those_that_are_no_more_say_nothing)
{
    static const char *const names[] = {"mobile", "Zhang San", NULL};
    struct decided *decided = case_open();

    case_table(decided, "emp_attr", "");
    case_column(decided, "attr_name", "varchar(40)", "");
    case_column(decided, "attr_value", "varchar(200)", "");
    decide_with(decided, names);
    cr_expect_null(strstr(decided->profiles[1].tags, "Zhang"), "%s", decided->profiles[1].tags);
    decided->profiles[1].tags = "no-such-concept=1;;=;x";
    case_decide(decided);
    cr_expect_null(line_of(case_finding(decided, "attr_value"), "tag-names"));
    case_close(decided);
}

Test(tags, other_tables_and_names_that_say_nothing_give_no_evidence)
{
    static const char *const nothing[] = {"X1-07", "X1-08", "QZ_3", NULL};
    static const char *const names[] = {"mobile", NULL};
    struct decided *decided = case_open();

    case_table(decided, "orders", "");
    case_column(decided, "order_no", "varchar(40)", "");
    case_column(decided, "value", "double", "");
    cr_expect_not(decide_with(decided, names), "no column of names");
    case_table(decided, "hist", "");
    case_column(decided, "tagname", "varchar(40)", "");
    case_column(decided, "value", "double", "");
    decide_with(decided, nothing);
    cr_expect_null(line_of(case_finding(decided, "value"), "tag-names"));
    case_close(decided);
}
