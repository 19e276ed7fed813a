/* What people choose: drop-downs, the lists behind them, and the reason that a changed decision needs. */
#include <string.h>

#include "xlsx_internal.h"

#define MAX_CHOICES_LENGTH 255u /* of a list in the rule itself */
#define LIST_PREFIX        "dcscan_"
#define REFERENCE_SIZE     16

/* "$E5": a column of the first row; the rule moves it down with its own cell. */
static void reference(const struct xlsx_writer *xlsx, size_t column, char out[REFERENCE_SIZE])
{
    char name[REFERENCE_SIZE / 2];

    lxw_col_to_name(name, (lxw_col_t)column, LXW_FALSE);
    snprintf(out, REFERENCE_SIZE, "$%s%u", name, (unsigned)xlsx->sheet.first_row + 1);
}

/*
 * A list by its name, which has no limit. Without a reason only the proposal is offered: a rule cannot both offer a list and look at another
 * cell, but the list itself may depend on one.
 */
static char *list_formula(struct xlsx_writer *xlsx, const struct dc_report_column *shown)
{
    char reason[REFERENCE_SIZE], proposed[REFERENCE_SIZE];

    if (!shown->guarded) {
        return dc_arena_printf(xlsx->arena, "=" LIST_PREFIX "%s", shown->choices_list);
    }
    reference(xlsx, shown->reason_column, reason);
    reference(xlsx, shown->proposed_column, proposed);
    return dc_arena_printf(xlsx->arena, "=IF(LEN(%s)=0,%s,%s%s)", reason, proposed, LIST_PREFIX,
                           shown->choices_list);
}

static char **plain_list(struct xlsx_writer *xlsx, const struct dc_report_column *shown)
{
    char **list = dc_arena_alloc(xlsx->arena, (shown->n_choices + 1) * sizeof *list);
    size_t length = 0;

    for (size_t i = 0; i < shown->n_choices; i++) {
        list[i] = dc_arena_strdup(xlsx->arena, shown->choices[i]);
        length += strlen(list[i]) + 1;
    }
    return length > MAX_CHOICES_LENGTH ? NULL : list;
}

static lxw_error offer(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    char *title = dc_arena_strdup(xlsx->arena, shown->choice_title);
    char *note = dc_arena_strdup(xlsx->arena, shown->choice_note);
    lxw_data_validation rule = {.ignore_blank = LXW_VALIDATION_ON,
                                .input_title = title,
                                .input_message = note,
                                .error_title = title,
                                .error_message = note};

    if (shown->choices_list != NULL) {
        rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
        rule.value_formula = list_formula(xlsx, shown);
    } else {
        rule.validate = LXW_VALIDATION_TYPE_LIST;
        rule.value_list = plain_list(xlsx, shown);
        if (rule.value_list == NULL) {
            return LXW_NO_ERROR;
        }
    }
    return worksheet_data_validation_range(xlsx->sheet.worksheet, xlsx->sheet.first_row, column,
                                           xlsx->sheet.row - 1, column, &rule);
}

/* What was pasted passes by the rule of the drop-down: a reason that is missing shows. */
static lxw_error mark_missing_reason(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    char reason[REFERENCE_SIZE], proposed[REFERENCE_SIZE], chosen[REFERENCE_SIZE];
    lxw_conditional_format rule = {.type = LXW_CONDITIONAL_TYPE_FORMULA,
                                   .format = xlsx->missing_format};
    lxw_col_t at = (lxw_col_t)shown->reason_column;

    reference(xlsx, shown->reason_column, reason);
    reference(xlsx, shown->proposed_column, proposed);
    reference(xlsx, column, chosen);
    rule.value_string = dc_arena_printf(xlsx->arena, "=AND(LEN(%s)>0,%s<>%s,LEN(%s)=0)", chosen,
                                        chosen, proposed, reason);
    return worksheet_conditional_format_range(xlsx->sheet.worksheet, xlsx->sheet.first_row, at,
                                              xlsx->sheet.row - 1, at, &rule);
}

lxw_error xlsx_choices_offer(struct xlsx_writer *xlsx, lxw_col_t column)
{
    const struct dc_report_column *shown = &xlsx->table->columns[column];
    lxw_error error = LXW_NO_ERROR;

    if (shown->n_choices > 0 || shown->choices_list != NULL) {
        error = offer(xlsx, column);
    }
    return error == LXW_NO_ERROR && shown->guarded ? mark_missing_reason(xlsx, column) : error;
}

lxw_error xlsx_list_name(struct xlsx_writer *xlsx)
{
    char *name = dc_arena_printf(xlsx->arena, LIST_PREFIX "%s", xlsx->table->list);
    char *range = dc_arena_printf(xlsx->arena, "='%s'!$A$%u:$A$%u", xlsx->table->sheet,
                                  (unsigned)xlsx->sheet.first_row + 1, (unsigned)xlsx->sheet.row);

    return workbook_define_name(xlsx->workbook, name, range);
}
