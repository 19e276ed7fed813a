#include "gates.h"

#include <string.h>

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

enum dc_status gates_check(const char *list, const struct dc_report_summary *summary, bool *met,
                           struct dc_err *err)
{
    *met = false;
    for (const char *at = list; at != NULL && *at != '\0'; at += strspn(at, ", ")) {
        size_t size = strcspn(at, ", "), i = 0;

        while (i < sizeof gates / sizeof gates[0] &&
               !(strlen(gates[i].name) == size && strncmp(gates[i].name, at, size) == 0)) {
            i++;
        }
        if (i == sizeof gates / sizeof gates[0]) {
            return dc_err_set(err, DC_ERR_USAGE, "unknown gate \"%.*s\" in --fail-on", (int)size,
                              at);
        }
        *met = *met || (summary != NULL && gates[i].met(summary));
        at += size;
    }
    return DC_OK;
}
