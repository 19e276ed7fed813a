/* Statements of a dialect: templates and what takes the place of their placeholders. */
#include <string.h>

#include "dcscan/dialect.h"

void dc_quote_literal(const char *text, struct dc_strbuf *out)
{
    if (text == NULL) {
        dc_strbuf_puts(out, "NULL");
        return;
    }
    dc_strbuf_putc(out, '\'');
    for (; *text != '\0'; text++) {
        dc_strbuf_putc(out, *text);
        if (*text == '\'') {
            dc_strbuf_putc(out, '\'');
        }
    }
    dc_strbuf_putc(out, '\'');
}

static const struct dc_filling *filling_at(const char *open, const struct dc_filling *fillings,
                                           size_t n_fillings)
{
    for (size_t i = 0; i < n_fillings; i++) {
        size_t size = strlen(fillings[i].name);

        if (strncmp(open + 1, fillings[i].name, size) == 0 && open[size + 1] == '}') {
            return &fillings[i];
        }
    }
    return NULL;
}

void dc_template_fill(const char *text, const struct dc_filling *fillings, size_t n_fillings,
                      struct dc_strbuf *out)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "{");
        const struct dc_filling *filling;

        dc_strbuf_append(out, text, plain);
        text += plain;
        if (*text == '\0') {
            return;
        }
        filling = filling_at(text, fillings, n_fillings);
        if (filling != NULL) {
            dc_strbuf_puts(out, filling->text);
            text += strlen(filling->name) + 2;
        } else {
            dc_strbuf_putc(out, *text++);
        }
    }
}
