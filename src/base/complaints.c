/* Complaints about files, collected. */
#include <stdarg.h>
#include <stdlib.h>

#include "dcscan/strbuf.h"
#include "dcscan/yaml.h"

#define MAX_COMPLAINT 4096

void dc_complaints_init(struct dc_complaints *all, struct dc_arena *arena)
{
    *all = (struct dc_complaints){arena, NULL, 0, 0};
}

void dc_complaints_done(struct dc_complaints *all)
{
    free(all->lines);
    dc_complaints_init(all, all->arena);
}

void dc_complain(struct dc_complaints *all, const struct dc_yaml_node *at, const char *format, ...)
{
    struct dc_strbuf line = DC_STRBUF_INIT(MAX_COMPLAINT);
    va_list args;

    if (all == NULL) {
        return;
    }
    if (at != NULL) {
        dc_strbuf_printf(&line, "%s:%zu:%zu: ", at->file, at->line, at->column);
    }
    va_start(args, format);
    dc_strbuf_vprintf(&line, format, args);
    va_end(args);
    all->lines = dc_array_grow(all->lines, all->n_lines, &all->capacity, sizeof *all->lines);
    all->lines[all->n_lines++] = dc_arena_strdup(all->arena, dc_strbuf_text(&line));
    dc_strbuf_done(&line);
}
