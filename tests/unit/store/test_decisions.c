/* Decisions of people: kept, laid over runs, undone. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "decision_case.h"

static struct store_case c;

static void setup(void)
{
    struct dc_table_result result;

    case_init(&c);
    case_begin(&c);
    result = case_result(&c, "bom");
    case_commit(&c, &result);
}

static void teardown(void)
{
    case_done(&c);
}

TestSuite(store_decisions, .init = setup, .fini = teardown);

Test(store_decisions, come_back_as_they_went)
{
    decisions_come_back_as_they_went(&c);
}

Test(store_decisions, are_undone_alone_or_by_import)
{
    decisions_are_undone_alone_or_by_import(&c);
}

static const struct dc_inventory_column *column_of(struct dc_inventory_reader *reader,
                                                   const char *name)
{
    const struct dc_inventory_column *column = case_next_column(reader);

    while (column != NULL && strcmp(column->name, name) != 0) {
        column = case_next_column(reader);
    }
    cr_assert_not_null(column);
    return column;
}

Test(store_decisions, lie_over_the_run_that_keeps_what_was_found)
{
    struct dc_decision decision = case_decision(&c, "part");
    struct dc_inventory_reader *reader;
    const struct dc_inventory_column *column;

    case_decide(&c, &decision, 1);
    reader = case_read(&c);
    cr_assert_not_null(case_next_table(reader));
    column = column_of(reader, "part");
    cr_expect_str_eq(column->finding.leaf, "A1-01");
    cr_expect_eq(column->finding.level, 4);
    cr_expect_eq(column->finding.decided_by, DC_BY_PERSON);
    cr_expect_not(column->finding.to_review);
    cr_expect_str_eq(column->proposed_leaf, "B2-02");
    cr_expect_eq(column->proposed_level, 3);
    cr_expect_eq(column->decision->level, DC_FINAL_CORE);
    cr_expect_eq(column->decision_changed, 0);
    cr_expect_null(column_of(reader, "note")->decision);
    reader->class_->destroy(reader);
}

Test(store_decisions, about_columns_make_the_level_of_their_table)
{
    struct dc_decision decision = case_decision(&c, "part");
    struct dc_inventory_reader *reader;
    const struct dc_inventory_table *table;

    case_decide(&c, &decision, 1);
    reader = case_read(&c);
    table = case_next_table(reader);
    cr_expect_eq(table->finding.level, 4);
    cr_expect_str_eq(table->finding.level_column, "part");
    cr_expect_eq(table->proposed_level, 3);
    cr_expect_str_eq(table->proposed_column, "part");
    cr_expect_eq(dc_table_in_force(table), DC_FINAL_CORE, "what people alone set rolls up as well");
    cr_expect_str_eq(table->in_force_column, "part");
    cr_expect_eq(table->finding.n_sensitive, 2);
    column_of(reader, "note"); /* all columns are still to come */
    reader->class_->destroy(reader);
}

Test(store_decisions, tell_what_they_rested_on_and_is_otherwise_now)
{
    struct dc_decision decision = case_decision(&c, "part");
    struct dc_inventory_reader *reader;
    const struct dc_inventory_column *column;

    decision.basis.type_name = "varchar(20)";
    decision.basis.comment = "其他";
    case_decide(&c, &decision, 1);
    reader = case_read(&c);
    case_next_table(reader);
    column = column_of(reader, "part");
    cr_expect_eq(column->decision_changed, DC_BASIS_TYPE | DC_BASIS_COMMENT);
    cr_expect(column->finding.to_review);
    cr_expect_str_eq(column->finding.leaf, "A1-01");
    reader->class_->destroy(reader);
}

Test(store_decisions, made_on_a_later_run_leave_this_one_alone)
{
    struct dc_decision decision = case_decision(&c, "part");
    struct dc_inventory_reader *reader;

    decision.run_id = c.run_id + 1;
    case_decide(&c, &decision, 1);
    reader = case_read(&c);
    case_next_table(reader);
    cr_expect_null(column_of(reader, "part")->decision);
    reader->class_->destroy(reader);
}

Test(store_decisions, of_somebody_who_did_not_see_the_last_ones_are_kept_out_whole)
{
    struct dc_decision decision = case_decision(&c, "part");
    struct dc_decision_batch batch = case_batch();
    const struct dc_decision *all;
    struct dc_err err = {0};
    int64_t id = 0;
    size_t n = 0;

    case_decide(&c, &decision, 1);
    cr_expect_eq(dc_store_add_decisions(c.store, &batch, &decision, 1, 0, &id, &err),
                 DC_ERR_LOCKED);
    cr_expect_eq(id, 0);
    cr_assert_eq(dc_store_read_decisions(c.store, false, c.arena, &all, &n, &err), DC_OK);
    cr_expect_eq(n, 1);
}

Test(store_decisions, changes_of_a_basis_are_told_by_kind)
{
    struct dc_basis then = {"varchar(20)", "电话", 0, 1000}, now = then;

    cr_expect_eq(dc_basis_compare(&then, &now), 0);
    now.type_name = "VARCHAR(20)";
    now.rows_estimated = 1299;
    cr_expect_eq(dc_basis_compare(&then, &now), 0, "case, and less than a third");
    now.rows_estimated = 1300;
    cr_expect_eq(dc_basis_compare(&then, &now), DC_BASIS_VOLUME);
    now.rows_estimated = -1;
    now.masked = 1;
    cr_expect_eq(dc_basis_compare(&then, &now), DC_BASIS_MASKING);
    now.masked = -1;
    cr_expect_eq(dc_basis_compare(&then, &now), 0, "what is not known has not changed");
}
