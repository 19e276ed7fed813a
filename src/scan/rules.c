/* Which value rules the counters of a run count: a rule whose definition changed counts something else. */
#include <string.h>

#include "dcscan/strbuf.h"
#include "dcscan/text.h"
#include "scan_internal.h"

#define MAX_TEXT (1 << 20)

/* What a counter depends on; what the rule speaks for may change without making the counter worthless. */
static uint64_t hash_of(const struct dc_value_rule *rule)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    uint64_t hash;

    dc_strbuf_printf(&text, "%s\n%d\n%s\n%d", rule->pattern == NULL ? "" : rule->pattern,
                     rule->caseless, rule->check == NULL ? "" : rule->check, (int)rule->scope);
    hash = dc_hash64(dc_strbuf_text(&text), text.size);
    dc_strbuf_done(&text);
    return hash;
}

bool *scan_same_rules(const struct dc_taxonomy *taxonomy, const char *text, struct dc_arena *arena)
{
    bool *same = dc_arena_alloc(arena, (taxonomy->n_value_rules + 1) * sizeof *same);

    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        const struct dc_value_rule *rule = &taxonomy->value_rules[i];
        const char *entry = dc_arena_printf(arena, "\"%s\":\"%016llx\"", rule->id,
                                            (unsigned long long)hash_of(rule));

        same[i] = strstr(text, entry) != NULL;
    }
    return same;
}

/* Ids are made of letters, digits and hyphens: they need no escapes. */
const char *scan_rules_text(const struct dc_taxonomy *taxonomy, struct dc_arena *arena)
{
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    const char *copy;

    dc_strbuf_puts(&text, "{");
    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        dc_strbuf_printf(&text, "%s\"%s\":\"%016llx\"", i == 0 ? "" : ",",
                         taxonomy->value_rules[i].id,
                         (unsigned long long)hash_of(&taxonomy->value_rules[i]));
    }
    dc_strbuf_puts(&text, "}");
    copy = dc_arena_strdup(arena, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    return copy;
}

const struct dc_counted_rule *scan_counted_rules(const struct dc_taxonomy *taxonomy,
                                                 struct dc_arena *arena)
{
    struct dc_counted_rule *rules = dc_arena_alloc(arena,
                                                   (taxonomy->n_value_rules + 1) * sizeof *rules);

    for (size_t i = 0; i < taxonomy->n_value_rules; i++) {
        rules[i] = (struct dc_counted_rule){taxonomy->value_rules[i].id,
                                            taxonomy->value_rules[i].check};
    }
    return rules;
}
