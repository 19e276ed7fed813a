/* Rows out of the store, column by column, and the words of enumerations. */
#include <string.h>

#include "store_internal.h"

const char *store_get_text(struct store_row *row)
{
    const char *text = dc_odbc_text(row->statement, row->next++);

    return text == NULL || text[0] == '\0' ? "" : dc_arena_strdup(row->arena, text);
}

int64_t store_get_int(struct store_row *row)
{
    return dc_odbc_int(row->statement, row->next++, 0);
}

double store_get_real(struct store_row *row)
{
    return dc_odbc_real(row->statement, row->next++, 0);
}

int store_get_word(struct store_row *row, const char *(*name)(int value), int n, int fallback)
{
    const char *text = dc_odbc_text(row->statement, row->next++);

    for (int i = 0; text != NULL && i < n; i++) {
        if (strcmp(text, name(i)) == 0) {
            return i;
        }
    }
    return fallback;
}

const char *store_type_word(int value)
{
    return dc_type_class_name((enum dc_type_class)value);
}

const char *store_kind_word(int value)
{
    static const char *const words[STORE_N_KINDS] = {[DC_TABLE_BASE] = "base",
                                                     [DC_TABLE_VIEW] = "view",
                                                     [DC_TABLE_FOREIGN] = "foreign",
                                                     [DC_TABLE_OTHER] = "other"};

    return value >= 0 && value < STORE_N_KINDS ? words[value] : "other";
}

const char *store_method_word(int value)
{
    return dc_sample_method_name((enum dc_sample_method)value);
}

const char *store_status_word(int value)
{
    return dc_column_status_name((enum dc_column_status)value);
}

const char *store_pi_word(int value)
{
    return dc_pi_name((enum dc_pi)value);
}

const char *store_decider_word(int value)
{
    return dc_decider_name((enum dc_decider)value);
}

const char *store_final_level_word(int value)
{
    return dc_final_level_name((enum dc_final_level)value);
}
