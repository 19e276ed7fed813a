/*
 * How many different persons a run met, and which duties by number that touches (level rule L8). Pure: reads an inventory through its
 * reader.
 */
#ifndef DCSCAN_PERSONS_H
#define DCSCAN_PERSONS_H

#include "dcscan/inventory.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Persons are counted a table: what a column of identifiers says. `low` is the largest table, as if all held the same people; `high` the
 * sum of the tables, as if none did. Columns that refer to another column by a foreign key are not counted again.
 */
struct dc_person_range {
    int64_t low, high;
};

struct dc_person_counts {
    struct dc_person_range all;
    struct dc_person_range sensitive; /* in tables with sensitive personal information */
    struct dc_person_range vehicles;  /* in sources that hold data of vehicles */
    int64_t n_tables;                 /* with personal information that was counted */
    int64_t n_tables_unknown;         /* with personal information, but not read: not counted */
};

/* One table, taken column by column; all zero at first. */
struct dc_table_persons {
    int64_t persons; /* what its best column of identifiers says */
    bool personal, sensitive, read, vehicle;
};
void dc_table_persons_take(struct dc_table_persons *table,
                           const struct dc_inventory_column *column);

/* The tables of one source, then all sources; all zero at first. */
struct dc_source_persons {
    struct dc_person_counts
        counts; /* vehicles: as soon as one table has data of vehicles, all of the source */
    bool vehicle;
};
void dc_source_persons_take(struct dc_source_persons *source, const struct dc_table_persons *table);
void dc_person_counts_add(struct dc_person_counts *total, const struct dc_person_counts *source);

/* Different values in a whole column of `rows` rows, of which a random sample of `sampled` filled cells had `distinct`; never above rows. */
int64_t dc_estimate_distinct(int64_t sampled, int64_t distinct, int64_t rows);

/* Rewinds the reader. On failure *out is untouched. */
enum dc_status dc_count_persons(struct dc_inventory_reader *reader, struct dc_person_counts *out,
                                struct dc_err *err);

/* As the regulations have them: 100,000, 100,000, 1,000,000, 10,000, 10,000,000. */
struct dc_person_thresholds dc_person_thresholds_default(void);
struct dc_person_thresholds dc_run_thresholds(const struct dc_run *run);

enum dc_person_note_kind {
    DC_NOTE_VEHICLES,
    DC_NOTE_CONTRACT,
    DC_NOTE_CONTRACT_SENSITIVE,
    DC_NOTE_ASSESSMENT,
    DC_NOTE_ASSESSMENT_SENSITIVE,
    DC_NOTE_LARGE_SCALE,
    DC_N_PERSON_NOTES
};
struct dc_person_note {
    enum dc_person_note_kind kind;
    int64_t threshold;
    struct dc_person_range persons;
    const char *article_zh, *article_en; /* the article and what it asks for; static */
};
/* The notes that the counts give by their upper end, at most DC_N_PERSON_NOTES; returns how many. */
size_t dc_person_notes(const struct dc_person_counts *counts,
                       const struct dc_person_thresholds *thresholds,
                       struct dc_person_note out[DC_N_PERSON_NOTES]);

/* A duty by number, whether the counts give it or not. */
struct dc_person_duty {
    struct dc_person_note note;
    bool met; /* by the upper end of the counts */
};
/* All duties in the order of their kinds. */
void dc_person_duties(const struct dc_person_counts *counts,
                      const struct dc_person_thresholds *thresholds,
                      struct dc_person_duty out[DC_N_PERSON_NOTES]);

#ifdef __cplusplus
}
#endif
#endif
