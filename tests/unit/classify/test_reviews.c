/* Decisions of people as evidence. */
#include <criterion/criterion.h>
#include <string.h>

#include "case.h"

static struct decided *d;

static void open_case(void)
{
    d = case_open();
    d->source.name = "plant";
}

static void close_case(void)
{
    dc_decisions_destroy(d->decisions);
    case_close(d);
}

TestSuite(reviews, .init = open_case, .fini = close_case);

static struct dc_decision decision(int64_t id, const char *table, const char *column,
                                   const char *leaf)
{
    return (struct dc_decision){.id = id,
                                .source = "plant",
                                .catalog = "",
                                .schema = "",
                                .table = table,
                                .column = column,
                                .leaf = leaf,
                                .subject = "supplier",
                                .type = DC_TYPE_TEXT,
                                .reference = ""};
}

/* The weight of what people's decisions say for a leaf. */
static double said(const char *column, const char *leaf)
{
    const struct dc_finding *finding = case_finding(d, column);
    double weight = 0;

    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (finding->evidence[i].kind == DC_EVIDENCE_REVIEW &&
            strcmp(finding->evidence[i].leaf, leaf) == 0) {
            weight += finding->evidence[i].weight;
        }
    }
    return weight;
}

static void decide(const struct dc_decision *decisions, size_t n, const char *table)
{
    d->decisions = dc_decisions_create(decisions, n);
    case_table(d, table, "供应商");
    case_column(d, "supplier_name", "varchar(80)", "供应商名称");
    case_column(d, "zx7v", "varchar(20)", "");
    case_decide(d);
}

Test(reviews, settle_their_own_column_against_name_and_comment)
{
    struct dc_decision own = decision(1, "supplier", "supplier_name", "B1-02");

    decide(&own, 1, "supplier");
    cr_expect_str_eq(case_leaf(d, "supplier_name"), "B1-02");
    cr_expect_eq(said("zx7v", "B1-02"), 0);
}

Test(reviews, speak_for_the_name_in_tables_of_the_same_subject_whatever_its_case)
{
    struct dc_decision elsewhere = decision(1, "base_vendor", "ZX7V", "B1-02");

    decide(&elsewhere, 1, "supplier");
    cr_expect_str_eq(case_leaf(d, "zx7v"), "B1-02");
}

Test(reviews, of_another_kind_of_table_or_type_say_nothing)
{
    struct dc_decision others[] = {decision(1, "x", "zx7v", "B1-02"),
                                   decision(2, "base_vendor", "zx7v", "B1-02")};

    others[0].subject = "work_order";
    others[1].type = DC_TYPE_INTEGER;
    decide(others, 2, "supplier");
    cr_expect_eq(said("zx7v", "B1-02"), 0);
}

Test(reviews, that_differ_share_the_weight)
{
    struct dc_decision all[] = {
        decision(1, "a", "zx7v", "B1-02"), decision(2, "b", "zx7v", "B1-02"),
        decision(3, "c", "zx7v", "D1-01"), decision(4, "d", "zx7v", "B1-02")};

    decide(all, 4, "supplier");
    cr_expect_float_eq(said("zx7v", "B1-02"), 3.0, 1e-6);
    cr_expect_float_eq(said("zx7v", "D1-01"), 1.0, 1e-6);
}

Test(reviews, go_along_foreign_keys_both_ways)
{
    struct dc_decision all[] = {decision(1, "mould", "no", "B1-02"),
                                decision(2, "shot", "supplier_ref", "D1-01")};
    struct dc_column *column;

    all[0].subject = all[1].subject = "";
    all[1].reference = "supplier.code";
    d->decisions = dc_decisions_create(all, 2);
    case_table(d, "supplier", "供应商");
    column = case_column(d, "zx7v", "varchar(20)", "");
    column->ref_table = "mould";
    column->ref_column = "no";
    case_column(d, "code", "varchar(20)", "");
    case_decide(d);
    cr_expect_float_eq(said("zx7v", "B1-02"), 3.0, 1e-6);
    cr_expect_float_eq(said("code", "D1-01"), 3.0, 1e-6);
}

Test(reviews, that_left_the_category_open_or_name_an_unknown_one_say_nothing)
{
    struct dc_decision all[] = {decision(1, "supplier", "zx7v", "Z1-04"),
                                decision(2, "supplier", "supplier_name", "Q9-99")};

    decide(all, 2, "supplier");
    cr_expect_eq(said("zx7v", "Z1-04"), 0);
    cr_expect_str_eq(case_leaf(d, "supplier_name"), "D1-01");
}
