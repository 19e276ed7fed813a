/* Decisions in force as an overlay of overrides that a person can read and a scan without the store can load. */
#include <string.h>

#include "dcscan/text.h"
#include "review_internal.h"

static void put_quoted(struct dc_strbuf *out, const char *text)
{
    dc_strbuf_putc(out, '"');
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;

        if (byte == '"' || byte == '\\') {
            dc_strbuf_printf(out, "\\%c", byte);
        } else if (byte < 0x20 || byte == 0x7F) {
            dc_strbuf_printf(out, "\\x%02X", byte);
        } else {
            dc_strbuf_putc(out, *text);
        }
    }
    dc_strbuf_putc(out, '"');
}

/* A name as a pattern that fits nothing else but for case. */
static const char *pattern_of(struct dc_arena *arena, const char *name)
{
    char *pattern = dc_arena_alloc(arena, strlen(name) * 3 + 1), *out = pattern;

    for (; *name != '\0'; name++) {
        if (strchr("*?[", *name) != NULL) {
            *out++ = '[';
            *out++ = *name;
            *out++ = ']';
        } else {
            *out++ = *name;
        }
    }
    return pattern;
}

static void put_place(struct dc_strbuf *out, struct dc_arena *arena,
                      const struct dc_decision *decision)
{
    dc_strbuf_puts(out, "    source: ");
    put_quoted(out, pattern_of(arena, decision->source));
    if (decision->schema[0] != '\0') {
        dc_strbuf_puts(out, "\n    schema: ");
        put_quoted(out, pattern_of(arena, decision->schema));
    }
    dc_strbuf_puts(out, "\n    table: ");
    put_quoted(out, pattern_of(arena, decision->table));
    dc_strbuf_puts(out, "\n    column: ");
    put_quoted(out, pattern_of(arena, decision->column));
    dc_strbuf_putc(out, '\n');
}

static void put_override(struct dc_strbuf *out, struct dc_arena *arena,
                         const struct dc_decision *decision)
{
    char at[DC_TIME_TEXT_SIZE];

    dc_time_text(decision->decided_at, at);
    dc_strbuf_printf(out, "  - override: review-%lld\n", (long long)decision->id);
    put_place(out, arena, decision);
    if (decision->leaf[0] != '\0') {
        dc_strbuf_printf(out, "    leaf: %s\n", decision->leaf);
    }
    if (decision->level > DC_FINAL_4) {
        dc_strbuf_printf(out, "    # decided: %s, which no file can set; handled as general 4\n",
                         dc_final_level_name(decision->level));
    }
    dc_strbuf_printf(out, "    level: %d\n", dc_final_level_general(decision->level));
    dc_strbuf_puts(out, "    reason: ");
    put_quoted(out, dc_arena_printf(arena, "%s, %.10s%s%s", decision->reviewer, at,
                                    decision->reason[0] == '\0' ? "" : ": ", decision->reason));
    dc_strbuf_putc(out, '\n');
}

void dc_review_export(const struct dc_decision *decisions, size_t n, struct dc_strbuf *out)
{
    struct dc_arena *arena = dc_arena_create(0);
    bool any = false;

    dc_strbuf_puts(out, "# Decisions of people, written by \"dcscan review export\". An overlay: "
                        "dcscan scan --taxonomy-overlay FILE\noverlay: reviews\n");
    for (size_t i = 0; i < n; i++) {
        if (decisions[i].column[0] == '\0') {
            dc_strbuf_puts(out, "# of a table as a whole, which no file can set: ");
            put_quoted(out, dc_decision_object(arena, &decisions[i]));
            dc_strbuf_printf(out, " %s\n", dc_final_level_name(decisions[i].level));
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (decisions[i].column[0] != '\0' && decisions[i].level != DC_FINAL_NONE) {
            dc_strbuf_puts(out, any ? "" : "overrides:\n");
            put_override(out, arena, &decisions[i]);
            dc_arena_reset(arena);
            any = true;
        }
    }
    dc_arena_destroy(arena);
}
