/* Level rule L8: persons counted over tables and sources. */
#include "dcscan/persons.h"

#include <math.h>
#include <string.h>

#include "dcscan/alloc.h"

/* Leaves whose values tell one person from another; tracks, tags and records repeat or vary within a person. */
static const char *const identifiers[] = {"P1-01", "P1-02", "P1-03", "P1-04", "P1-05", "P2-05"};

/*
 * If the values are spread evenly over D, n draws show D(1 - e^(-n/D)) different ones; D is sought between `distinct` and `rows`.
 */
int64_t dc_estimate_distinct(int64_t sampled, int64_t distinct, int64_t rows)
{
    double low = (double)distinct, high = (double)rows, n = (double)sampled;

    if (distinct <= 0 || sampled <= 0 || rows <= 0) {
        return 0;
    }
    if (sampled >= rows) {
        return distinct < rows ? distinct : rows;
    }
    if (distinct >= sampled) {
        return rows;
    }
    for (int i = 0; i < 60; i++) {
        double middle = (low + high) / 2;

        if (middle * -expm1(-n / middle) < (double)distinct) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return (int64_t)llround((low + high) / 2);
}

/* ---- one table ---- */

static bool is_identifier(const char *leaf)
{
    for (size_t i = 0; i < sizeof identifiers / sizeof *identifiers; i++) {
        if (strcmp(identifiers[i], leaf) == 0) {
            return true;
        }
    }
    return false;
}

static int64_t persons_in(const struct dc_inventory_column *column)
{
    const struct dc_profile *profile = &column->profile;
    int64_t filled = dc_profile_filled(profile), rows = column->table->rows_estimated;

    if (!is_identifier(column->finding.leaf) || column->reference[0] != '\0' ||
        profile->rows <= 0) {
        return 0;
    }
    rows = rows > profile->rows ? rows : profile->rows;
    /* The share of the rows that are filled holds for the whole table. */
    rows = (int64_t)llround((double)rows * (double)filled / (double)profile->rows);
    return dc_estimate_distinct(filled, profile->distinct, rows);
}

void dc_table_persons_take(struct dc_table_persons *table, const struct dc_inventory_column *column)
{
    int64_t persons = persons_in(column);

    table->personal |= column->finding.pi != DC_PI_NONE;
    table->sensitive |= column->finding.pi == DC_PI_SENSITIVE;
    table->read |= column->profile.rows > 0;
    table->vehicle |= strncmp(column->finding.leaf, "E1-", 3) == 0;
    /* What is not personal here (a firm's telephone) is no person. */
    if (column->finding.pi != DC_PI_NONE && persons > table->persons) {
        table->persons = persons;
    }
}

static enum dc_status take_columns(struct dc_inventory_reader *reader,
                                   struct dc_table_persons *table, struct dc_err *err)
{
    const struct dc_inventory_column *column = NULL;
    enum dc_status status;

    while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
           column != NULL) {
        dc_table_persons_take(table, column);
    }
    return status;
}

/* ---- sources ---- */

static void add(struct dc_person_range *range, struct dc_person_range more)
{
    range->low = more.low > range->low ? more.low : range->low;
    range->high += more.high;
}

void dc_source_persons_take(struct dc_source_persons *source, const struct dc_table_persons *table)
{
    struct dc_person_range persons = {table->persons, table->persons};
    struct dc_person_counts *counts = &source->counts;

    source->vehicle |= table->vehicle;
    counts->n_tables += table->persons > 0;
    counts->n_tables_unknown += table->personal && !table->read;
    add(&counts->all, persons);
    if (table->sensitive) {
        add(&counts->sensitive, persons);
    }
    if (source->vehicle) {
        counts->vehicles = counts->all;
    }
}

void dc_person_counts_add(struct dc_person_counts *total, const struct dc_person_counts *source)
{
    add(&total->all, source->all);
    add(&total->sensitive, source->sensitive);
    add(&total->vehicles, source->vehicles);
    total->n_tables += source->n_tables;
    total->n_tables_unknown += source->n_tables_unknown;
}

/* ---- the run ---- */

struct tally {
    struct dc_person_counts counts;
    struct dc_source_persons source; /* so far, of the source in hand */
    struct dc_arena *arena;
    const char *name;
};

static void enter_source(struct tally *tally, const char *name)
{
    if (tally->name == NULL || strcmp(tally->name, name) != 0) {
        dc_person_counts_add(&tally->counts, &tally->source.counts);
        tally->source = (struct dc_source_persons){.vehicle = false};
        tally->name = dc_arena_strdup(tally->arena, name);
    }
}

static enum dc_status count_tables(struct dc_inventory_reader *reader, struct tally *tally,
                                   struct dc_err *err)
{
    const struct dc_inventory_table *table = NULL;
    enum dc_status status = reader->class_->rewind(reader, err);

    while (status == DC_OK && (status = reader->class_->next_table(reader, &table, err)) == DC_OK &&
           table != NULL) {
        struct dc_table_persons count = {0};

        enter_source(tally, table->source);
        status = take_columns(reader, &count, err);
        dc_source_persons_take(&tally->source, &count);
    }
    dc_person_counts_add(&tally->counts, &tally->source.counts);
    return status;
}

enum dc_status dc_count_persons(struct dc_inventory_reader *reader, struct dc_person_counts *out,
                                struct dc_err *err)
{
    struct tally tally = {.arena = dc_arena_create(0)};
    enum dc_status status = count_tables(reader, &tally, err);

    dc_arena_destroy(tally.arena);
    if (status == DC_OK) {
        *out = tally.counts;
    }
    return status;
}

/* ---- notes ---- */

struct dc_person_thresholds dc_person_thresholds_default(void)
{
    return (struct dc_person_thresholds){100000, 100000, 1000000, 10000, 10000000};
}

struct dc_person_thresholds dc_run_thresholds(const struct dc_run *run)
{
    return run->has_thresholds ? run->thresholds : dc_person_thresholds_default();
}

static const char *const articles[DC_N_PERSON_NOTES][2] = {
    [DC_NOTE_VEHICLES] = {"汽车数据安全管理若干规定 第三条（五）：个人信息主体超过 10 "
                          "万人的属重要数据，须核实（ID16）",
                          "Vehicle data rules art. 3(5): personal information of more than 100,000 "
                          "persons is important data; to be checked (ID16)"},
    [DC_NOTE_CONTRACT] =
        {"促进和规范数据跨境流动规定 第八条：如向境外提供，订立标准合同或者通过认证",
         "Cross-border data flow rules art. 8: if exported, standard contract or "
         "certification"},
    [DC_NOTE_CONTRACT_SENSITIVE] =
        {"促进和规范数据跨境流动规定 第八条：敏感个人信息如向境外提供，订立标准合同或者通过认证",
         "Cross-border data flow rules art. 8: sensitive information, if "
         "exported, standard contract or certification"},
    [DC_NOTE_ASSESSMENT] =
        {"促进和规范数据跨境流动规定 第七条：如向境外提供，申报数据出境安全评估",
         "Cross-border data flow rules art. 7: if exported, security assessment"},
    [DC_NOTE_ASSESSMENT_SENSITIVE] =
        {"促进和规范数据跨境流动规定 第七条：敏感个人信息如向境外提供，申报数据出境安全评估",
         "Cross-border data flow rules art. 7: sensitive information, "
         "if exported, security assessment"},
    [DC_NOTE_LARGE_SCALE] = {"网络数据安全管理条例 第二十八条：处理 1000 "
                             "万人以上个人信息，履行第三十条、第三十二条的义务",
                             "Network data regulation art. 28: 10 million persons or more, duties "
                             "of arts. 30 and 32"},
};

void dc_person_duties(const struct dc_person_counts *counts, const struct dc_person_thresholds *t,
                      struct dc_person_duty out[DC_N_PERSON_NOTES])
{
    int64_t all = counts->all.high, sensitive = counts->sensitive.high;
    const struct {
        bool given;
        int64_t threshold;
        struct dc_person_range persons;
    } notes[DC_N_PERSON_NOTES] = {
        [DC_NOTE_VEHICLES] = {t->vehicles > 0 && counts->vehicles.high > t->vehicles, t->vehicles,
                              counts->vehicles},
        [DC_NOTE_CONTRACT] = {t->contract > 0 && all >= t->contract &&
                                  (all < t->assessment || t->assessment <= 0),
                              t->contract, counts->all},
        [DC_NOTE_CONTRACT_SENSITIVE] = {sensitive > 0 && sensitive < t->sensitive, 1,
                                        counts->sensitive},
        [DC_NOTE_ASSESSMENT] = {t->assessment > 0 && all >= t->assessment, t->assessment,
                                counts->all},
        [DC_NOTE_ASSESSMENT_SENSITIVE] = {t->sensitive > 0 && sensitive >= t->sensitive,
                                          t->sensitive, counts->sensitive},
        [DC_NOTE_LARGE_SCALE] = {t->large_scale_handler > 0 && all >= t->large_scale_handler,
                                 t->large_scale_handler, counts->all},
    };

    for (int i = 0; i < DC_N_PERSON_NOTES; i++) {
        out[i].met = notes[i].given;
        out[i].note = (struct dc_person_note){(enum dc_person_note_kind)i, notes[i].threshold,
                                              notes[i].persons, articles[i][0], articles[i][1]};
    }
}

size_t dc_person_notes(const struct dc_person_counts *counts, const struct dc_person_thresholds *t,
                       struct dc_person_note out[DC_N_PERSON_NOTES])
{
    struct dc_person_duty duties[DC_N_PERSON_NOTES];
    size_t n = 0;

    dc_person_duties(counts, t, duties);
    for (int i = 0; i < DC_N_PERSON_NOTES; i++) {
        if (duties[i].met) {
            out[n++] = duties[i].note;
        }
    }
    return n;
}
