/* A column and its label, as the table "labels" of the definitions has them. Shared by the formats that carry labels into other systems. */
#ifndef REPORTS_LABEL_ROW_H
#define REPORTS_LABEL_ROW_H

#include "dcscan/provider/report_writer.h"

enum label_part {
    LABEL_SOURCE,
    LABEL_DIALECT,
    LABEL_DBMS,
    LABEL_CATALOG,
    LABEL_SCHEMA,
    LABEL_TABLE,
    LABEL_KIND,
    LABEL_COLUMN,
    LABEL_PATH, /* of a sub-column in the documents of a column; "" of a column itself */
    LABEL_COMMENT,
    LABEL_TYPE,
    LABEL_CATEGORY,
    LABEL_CATEGORY_NAME,
    LABEL_LEVEL,
    LABEL_PI,
    LABEL_PI_CODE,
    LABEL_IMPORTANT,  /* the list of rules, see below */
    LABEL_FINAL,      /* level that a person decided; it stands for LABEL_LEVEL */
    LABEL_FINAL_CODE, /* the same as a code: "1" … "4", "important", "core" */
    LABEL_DECIDER,    /* "machine" or "person" */
    LABEL_N_PARTS
};

struct label_row {
    const char *parts[LABEL_N_PARTS]; /* "" where unknown; as long as the cells */
    int level;                        /* general 1 to 4, 0 undecided */
    const char *const *important;
    size_t n_important;
};

/* Where the parts stand in a table; parts that it does not have stay empty. */
void label_places(const struct dc_report_table *table, size_t places[LABEL_N_PARTS]);
void label_row_read(const size_t places[LABEL_N_PARTS], const struct dc_cell *cells, size_t n_cells,
                    struct label_row *out);

#endif
