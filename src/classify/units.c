/* Units at the end of names: len_cm, gross_wt_kg, energyKwh. They are cut off, for as words they mean other things. */
#include <ctype.h>
#include <string.h>

#include "classify_internal.h"

#define SHORTEST_UNIT 2
#define LONGEST_UNIT  7

static int role_of_unit(const struct dc_taxonomy *taxonomy, const char *unit)
{
    for (size_t i = 0; i < taxonomy->n_roles; i++) {
        for (size_t k = 0; k < taxonomy->roles[i].units.n_items; k++) {
            if (strcmp(taxonomy->roles[i].units.items[k], unit) == 0) {
                return (int)i;
            }
        }
    }
    return DC_NO_INDEX;
}

/* Where the last part of an identifier begins: behind its last sign, or with the capital that follows a small letter or digit. */
static size_t last_part(const char *name, size_t size)
{
    size_t at = size;

    while (at > 0 &&
           (isalnum((unsigned char)name[at - 1]) || (unsigned char)name[at - 1] >= 0x80)) {
        at--;
        if (at > 0 && isupper((unsigned char)name[at]) && !isupper((unsigned char)name[at - 1])) {
            break;
        }
    }
    return at;
}

const char *classify_drop_unit(struct table_work *work, const char *name, int *role)
{
    char unit[LONGEST_UNIT + 1];
    size_t size = strlen(name);
    size_t start = last_part(name, size), end = start;

    *role = DC_NO_INDEX;
    if (start == 0 || size - start < SHORTEST_UNIT || size - start > LONGEST_UNIT) {
        return name;
    }
    for (size_t i = start; i <= size; i++) {
        unit[i - start] = (char)tolower((unsigned char)name[i]);
    }
    *role = role_of_unit(work_taxonomy(work), unit);
    while (end > 0 && !isalnum((unsigned char)name[end - 1]) &&
           (unsigned char)name[end - 1] < 0x80) {
        end--;
    }
    return *role == DC_NO_INDEX || end == 0 ? name : dc_arena_strndup(work->arena, name, end);
}
