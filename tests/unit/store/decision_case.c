#include "decision_case.h"

#include <criterion/criterion.h>
#include <string.h>

struct dc_decision_batch case_batch(void)
{
    return (struct dc_decision_batch){.at = 1769850000,
                                      .account = "auditor",
                                      .host = "pc7",
                                      .file = "清单.xlsx",
                                      .file_hash = "ab12",
                                      .run_id = 1,
                                      .note = ""};
}

struct dc_decision case_decision(const struct store_case *c, const char *column)
{
    const struct dc_column *from = dc_table_find_column(case_table(c, "bom"), column);

    return (struct dc_decision){.run_id = c->run_id,
                                .reviewer = "张三",
                                .reason = "it's \"secret\"",
                                .source = "mes",
                                .catalog = "mes",
                                .schema = "dbo",
                                .table = "bom",
                                .column = column,
                                .leaf = "A1-01",
                                .level = DC_FINAL_CORE,
                                .pi = DC_PI_NONE,
                                .proposed_leaf = "B2-02",
                                .proposed_level = 3,
                                .basis = {from->type_name, from->comment, 1, -1},
                                .type = from->type,
                                .subject = "bom",
                                .reference = "plm.parts.id"};
}

int64_t case_decide(struct store_case *c, const struct dc_decision *decisions, size_t n)
{
    struct dc_decision_batch batch = case_batch();
    struct dc_err err = {0};
    int64_t newest = 0, id = 0;

    cr_assert_eq(dc_store_newest_batch(c->store, &newest, &err), DC_OK, "%s", err.message);
    cr_assert_eq(dc_store_add_decisions(c->store, &batch, decisions, n, newest, &id, &err), DC_OK,
                 "%s", err.message);
    cr_expect_eq(id, newest + 1);
    return id;
}

void decisions_come_back_as_they_went(struct store_case *c)
{
    struct dc_decision decisions[] = {case_decision(c, "part"), case_decision(c, "数量")};
    const struct dc_decision *all = NULL;
    const struct dc_decision_batch *batches = NULL;
    struct dc_err err = {0};
    size_t n = 0;

    case_decide(c, decisions, 2);
    case_reopen(c);
    cr_assert_eq(dc_store_read_decisions(c->store, true, c->arena, &all, &n, &err), DC_OK, "%s",
                 err.message);
    cr_assert_eq(n, 2);
    cr_expect_eq(all[0].id, 1);
    cr_expect_eq(all[0].batch, 1);
    cr_expect_eq(all[0].decided_at, 1769850000);
    cr_expect_str_eq(all[0].reason, "it's \"secret\"");
    cr_expect_str_eq(all[1].column, "数量");
    cr_expect_eq(all[0].level, DC_FINAL_CORE);
    cr_expect_eq(all[0].basis.masked, 1);
    cr_expect_eq(all[0].basis.rows_estimated, -1);
    cr_expect_eq(all[0].type, DC_TYPE_TEXT);
    cr_expect_str_eq(all[0].basis.type_name, "varchar(64)");
    cr_expect_str_eq(all[0].reference, "plm.parts.id");
    cr_assert_eq(dc_store_read_batches(c->store, c->arena, &batches, &n, &err), DC_OK);
    cr_assert_eq(n, 1);
    cr_expect_str_eq(batches[0].file, "清单.xlsx");
    cr_expect_eq(batches[0].n_decisions, 2);
    cr_expect_not(batches[0].undo);
}

static size_t count_in_force(struct store_case *c, int64_t *last)
{
    const struct dc_decision *all = NULL;
    struct dc_err err = {0};
    size_t n = 0;

    cr_assert_eq(dc_store_read_decisions(c->store, true, c->arena, &all, &n, &err), DC_OK, "%s",
                 err.message);
    *last = n == 0 ? 0 : all[n - 1].id;
    return n;
}

void decisions_are_undone_alone_or_by_import(struct store_case *c)
{
    struct dc_decision decision = case_decision(c, "part");
    struct dc_decision_batch undoing = case_batch();
    struct dc_err err = {0};
    int64_t last = 0, ids[] = {2, 99};

    undoing.undo = true;
    case_decide(c, &decision, 1);
    case_decide(c, &decision, 1);
    cr_expect_eq(count_in_force(c, &last), 1);
    cr_expect_eq(last, 2);
    cr_expect_eq(dc_store_undo_decisions(c->store, &undoing, ids, 2, 0, &err), DC_ERR_USAGE);
    cr_expect_not_null(strstr(err.message, "decision 99"));
    count_in_force(c, &last);
    cr_expect_eq(last, 2, "all or nothing");
    cr_expect_eq(dc_store_undo_decisions(c->store, &undoing, ids, 1, 0, &err), DC_OK);
    cr_expect_eq(count_in_force(c, &last), 1);
    cr_expect_eq(last, 1, "the one before is in force again");
    cr_expect_eq(dc_store_undo_decisions(c->store, &undoing, NULL, 0, 1, &err), DC_OK);
    cr_expect_eq(count_in_force(c, &last), 0);
    cr_expect_eq(dc_store_undo_decisions(c->store, &undoing, NULL, 0, 1, &err), DC_ERR_USAGE);
}
