#include "gates.h"

#include <string.h>

#include "dcscan/strbuf.h"

struct gate {
    const char *name;
    bool (*met)(const struct dc_report_summary *summary);
};

static bool any_important(const struct dc_report_summary *s)
{
    return s->n_important > 0;
}
static bool any_sensitive(const struct dc_report_summary *s)
{
    return s->n_sensitive > 0;
}
static bool any_personal(const struct dc_report_summary *s)
{
    return s->n_personal + s->n_sensitive > 0;
}
static bool any_level3(const struct dc_report_summary *s)
{
    return s->by_level[3] + s->by_level[4] > 0;
}
static bool any_level4(const struct dc_report_summary *s)
{
    return s->by_level[4] > 0;
}
static bool any_review(const struct dc_report_summary *s)
{
    return s->n_review > 0;
}

static const struct gate gates[] = {
    {"important", any_important}, {"sensitive", any_sensitive}, {"personal", any_personal},
    {"level3", any_level3},       {"level4", any_level4},       {"review", any_review},
};

/* ---- changes ---- */

struct change_gate {
    const char *name;
    bool (*met)(const struct dc_changes *changes);
};

static bool any_change(const struct dc_changes *changes)
{
    return changes->n_items > 0;
}

static bool any_trigger(const struct dc_changes *changes)
{
    return dc_changes_triggers(changes) > 0;
}

/* Whether something newly is, or newly came as, personal information of at least that kind. */
static bool any_newly(const struct dc_changes *changes, enum dc_pi pi)
{
    for (size_t i = 0; i < changes->n_items; i++) {
        const struct dc_change *change = &changes->items[i];
        bool came = change->kind == DC_CHANGE_TABLE_NEW || change->kind == DC_CHANGE_COLUMN_NEW;
        bool rose = change->kind == DC_CHANGE_PERSONAL &&
                    strcmp(change->before, dc_pi_name(change->pi)) != 0 &&
                    (pi == DC_PI_SENSITIVE || strcmp(change->before, dc_pi_name(DC_PI_NONE)) == 0);

        if ((came || rose) && change->pi >= pi) {
            return true;
        }
    }
    return false;
}

static bool any_new_personal(const struct dc_changes *changes)
{
    return any_newly(changes, DC_PI_PERSONAL);
}

static bool any_new_sensitive(const struct dc_changes *changes)
{
    return any_newly(changes, DC_PI_SENSITIVE);
}

/* Beside these the name of every kind of change is a gate. */
static const struct change_gate change_gates[] = {
    {"any", any_change},
    {"regrade", any_trigger},
    {"new-personal", any_new_personal},
    {"new-sensitive", any_new_sensitive},
};

/* ---- looking up ---- */

static bool is_word(const char *name, const char *at, size_t size)
{
    return strlen(name) == size && strncmp(name, at, size) == 0;
}

/* Whether the word is known; *met becomes true when it is met. */
static bool look_up(const char *at, size_t size, const struct gate_facts *facts, bool *met)
{
    const struct dc_changes *changes = facts->changes;

    for (size_t i = 0; facts->summary != NULL && i < sizeof gates / sizeof gates[0]; i++) {
        if (is_word(gates[i].name, at, size)) {
            *met = *met || gates[i].met(facts->summary);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof change_gates / sizeof change_gates[0]; i++) {
        if (is_word(change_gates[i].name, at, size)) {
            *met = *met || (changes != NULL && change_gates[i].met(changes));
            return true;
        }
    }
    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        if (is_word(dc_change_kind_name(kind), at, size)) {
            *met = *met || (changes != NULL && changes->counts[kind] > 0);
            return true;
        }
    }
    return false;
}

static enum dc_status fail_unknown(const char *at, size_t size, bool of_inventory,
                                   struct dc_err *err)
{
    struct dc_strbuf list = DC_STRBUF_INIT(1024);

    for (size_t i = 0; of_inventory && i < sizeof gates / sizeof gates[0]; i++) {
        dc_strbuf_printf(&list, "%s, ", gates[i].name);
    }
    for (enum dc_change_kind kind = 0; kind < DC_N_CHANGE_KINDS; kind++) {
        dc_strbuf_printf(&list, "%s, ", dc_change_kind_name(kind));
    }
    for (size_t i = 0; i < sizeof change_gates / sizeof change_gates[0]; i++) {
        dc_strbuf_printf(&list, "%s%s", i == 0 ? "" : ", ", change_gates[i].name);
    }
    dc_err_set(err, DC_ERR_USAGE, "unknown gate \"%.*s\" in --fail-on", (int)size, at);
    dc_err_set_hint(err, "there are: %s", dc_strbuf_text(&list));
    dc_strbuf_done(&list);
    return DC_ERR_USAGE;
}

enum dc_status gates_check(const char *list, const struct gate_facts *facts, bool *met,
                           struct dc_err *err)
{
    bool any = false;

    for (const char *at = list; at != NULL && *at != '\0'; at += strspn(at, ", ")) {
        size_t size = strcspn(at, ", ");

        if (size > 0 && !look_up(at, size, facts, &any)) {
            return fail_unknown(at, size, facts->summary != NULL, err);
        }
        at += size;
    }
    if (met != NULL) {
        *met = any;
    }
    return DC_OK;
}
