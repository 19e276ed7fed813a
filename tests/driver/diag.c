#include <stdio.h>
#include <string.h>

#include "driver.h"

void diag_clear(struct diagnostics *diags)
{
    diags->n_items = 0;
}

SQLRETURN diag_set(struct diagnostics *diags, const char *state, SQLINTEGER native,
                   const char *message)
{
    if (diags->n_items < MAX_DIAGS) {
        snprintf(diags->items[diags->n_items].state, sizeof diags->items[0].state, "%s", state);
        snprintf(diags->items[diags->n_items].message, sizeof diags->items[0].message,
                 "[dcscan][Scripted]%s", message);
        diags->items[diags->n_items++].native = native;
    }
    return SQL_ERROR;
}

SQLRETURN diag_records(struct diagnostics *diags, const struct records *records)
{
    for (size_t i = 0; i < records->n_items; i++) {
        diag_set(diags, records->items[i].state, (SQLINTEGER)records->items[i].native,
                 records->items[i].message);
    }
    return records->n_items > 0 ? SQL_ERROR : SQL_SUCCESS;
}

SQLRETURN copy_text(struct diagnostics *diags, const char *text, SQLPOINTER out, size_t room,
                    SQLSMALLINT *length)
{
    size_t size = strlen(text);

    if (length != NULL) {
        *length = (SQLSMALLINT)size;
    }
    if (out == NULL || room == 0) {
        return SQL_SUCCESS;
    }
    snprintf(out, room, "%s", text);
    if (size >= room && diags != NULL) {
        diag_set(diags, "01004", 0, "text truncated");
    }
    return size < room ? SQL_SUCCESS : SQL_SUCCESS_WITH_INFO;
}
