#include "label_row.h"

#include <string.h>

#define NOWHERE ((size_t)-1)

static const char *const KEYS[LABEL_N_PARTS] = {
    "source", "dialect", "dbms",      "catalog",     "schema",     "table",         "kind",
    "column", "path",    "comment",   "type",        "category",   "category_name", "level",
    "pi",     "pi_code", "important", "final_level", "final_code", "decided_by",
};

void label_places(const struct dc_report_table *table, size_t places[LABEL_N_PARTS])
{
    for (size_t part = 0; part < LABEL_N_PARTS; part++) {
        places[part] = NOWHERE;
        for (size_t i = 0; i < table->n_columns; i++) {
            if (strcmp(table->columns[i].key, KEYS[part]) == 0) {
                places[part] = i;
            }
        }
    }
}

void label_row_read(const size_t places[LABEL_N_PARTS], const struct dc_cell *cells, size_t n_cells,
                    struct label_row *out)
{
    out->n_important = 0;
    out->level = 0;
    for (size_t part = 0; part < LABEL_N_PARTS; part++) {
        const struct dc_cell *cell = places[part] < n_cells ? &cells[places[part]] : NULL;

        out->parts[part] = "";
        if (cell != NULL && cell->kind == DC_CELL_LIST) {
            out->important = cell->items;
            out->n_important = cell->n_items;
        } else if (cell != NULL && cell->text != NULL) {
            out->parts[part] = cell->text;
            out->level = part == LABEL_LEVEL ? (int)cell->integer : out->level;
        }
    }
    if (out->parts[LABEL_FINAL][0] != '\0') {
        out->parts[LABEL_LEVEL] = out->parts[LABEL_FINAL];
    }
}
