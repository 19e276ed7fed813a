/* What people decided, and whether it still rests on what it rested on. */
#include "dcscan/decision.h"

#include <math.h>
#include <string.h>

#include "dcscan/compare.h"
#include "dcscan/inventory.h"
#include "dcscan/text.h"

static const char *const LEVELS[DC_N_FINAL_LEVELS] = {
    [DC_FINAL_NONE] = "0",   [DC_FINAL_1] = "1", [DC_FINAL_2] = "2",
    [DC_FINAL_3] = "3",      [DC_FINAL_4] = "4", [DC_FINAL_IMPORTANT] = "important",
    [DC_FINAL_CORE] = "core"};

/* Marks that say that values are hidden (level rules L4, L5). */
static const char *const HIDDEN[] = {"已脱敏", "已加密"};

const char *dc_final_level_name(enum dc_final_level level)
{
    return level < DC_N_FINAL_LEVELS ? LEVELS[level] : LEVELS[DC_FINAL_NONE];
}

bool dc_final_level_parse(const char *name, enum dc_final_level *out)
{
    for (int i = 0; i < DC_N_FINAL_LEVELS; i++) {
        if (strcmp(name, LEVELS[i]) == 0) {
            *out = (enum dc_final_level)i;
            return true;
        }
    }
    return false;
}

int dc_final_level_general(enum dc_final_level level)
{
    return level > DC_FINAL_4 ? 4 : (int)level;
}

const char *dc_basis_change_name(int bit)
{
    static const char *const names[DC_N_BASIS] = {"type", "comment", "masking", "volume"};

    return bit >= 0 && bit < DC_N_BASIS ? names[bit] : "";
}

static bool volume_changed(int64_t then, int64_t now)
{
    double change = fabs((double)now - (double)then);

    return then >= 0 && now >= 0 && change > 0 && change >= DC_VOLUME_SHARE * (double)then;
}

unsigned dc_basis_compare(const struct dc_basis *then, const struct dc_basis *now)
{
    unsigned changed = 0;

    if (!dc_text_equal_nocase(then->type_name, now->type_name)) {
        changed |= DC_BASIS_TYPE;
    }
    if (strcmp(then->comment, now->comment) != 0) {
        changed |= DC_BASIS_COMMENT;
    }
    if (then->masked >= 0 && now->masked >= 0 && then->masked != now->masked) {
        changed |= DC_BASIS_MASKING;
    }
    if (volume_changed(then->rows_estimated, now->rows_estimated)) {
        changed |= DC_BASIS_VOLUME;
    }
    return changed;
}

struct dc_basis dc_basis_of_column(const struct dc_inventory_table *table,
                                   const struct dc_inventory_column *column)
{
    struct dc_basis basis = {column->type_name, column->comment, -1, table->rows_estimated};

    if (column->finding.status == DC_COLUMN_OK && dc_profile_filled(&column->profile) > 0) {
        basis.masked = 0;
        for (size_t i = 0; i < sizeof HIDDEN / sizeof *HIDDEN; i++) {
            basis.masked |= strstr(column->finding.marks, HIDDEN[i]) != NULL;
        }
    }
    return basis;
}

struct dc_basis dc_basis_of_table(const struct dc_inventory_table *table)
{
    return (struct dc_basis){"", table->comment, -1, table->rows_estimated};
}

int dc_decision_compare(const struct dc_decision *a, const struct dc_decision *b)
{
    const char *const left[] = {a->source, a->catalog, a->schema, a->table, a->column};
    const char *const right[] = {b->source, b->catalog, b->schema, b->table, b->column};
    int order = 0;

    for (size_t i = 0; i < sizeof left / sizeof *left && order == 0; i++) {
        order = strcmp(left[i], right[i]);
    }
    return order;
}
