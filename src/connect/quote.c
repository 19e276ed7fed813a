#include <string.h>

#include "dcscan/connect.h"

/* Nothing is rejected: whatever the catalogue says is a name, and the doubled closing quote is all that a quoted name needs. */
void dc_quote_identifier(const struct dc_dialect *dialect, const char *name, struct dc_strbuf *out)
{
    char close = dialect->quote_close[0];

    dc_strbuf_puts(out, dialect->quote_open);
    for (; *name != '\0'; name++) {
        dc_strbuf_putc(out, *name);
        if (close != '\0' && *name == close) {
            dc_strbuf_putc(out, close);
        }
    }
    dc_strbuf_puts(out, dialect->quote_close);
}

static void put_part(const struct dc_dialect *dialect, bool used, const char *name,
                     struct dc_strbuf *out)
{
    if (used && name[0] != '\0') {
        dc_quote_identifier(dialect, name, out);
        dc_strbuf_putc(out, '.');
    }
}

void dc_quote_table(const struct dc_dialect *dialect, const struct dc_table *table,
                    struct dc_strbuf *out)
{
    put_part(dialect, dialect->has_catalogs, table->catalog, out);
    put_part(dialect, dialect->has_schemas, table->schema, out);
    dc_quote_identifier(dialect, table->name, out);
}
