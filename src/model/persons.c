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

struct table_count {
    int64_t persons;
    bool personal, sensitive, read, vehicle;
};

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

static void take_column(struct table_count *count, const struct dc_inventory_column *column)
{
    int64_t persons = persons_in(column);

    count->personal |= column->finding.pi != DC_PI_NONE;
    count->sensitive |= column->finding.pi == DC_PI_SENSITIVE;
    count->read |= column->profile.rows > 0;
    count->vehicle |= strncmp(column->finding.leaf, "E1-", 3) == 0;
    /* What is not personal here (a firm's telephone) is no person. */
    if (column->finding.pi != DC_PI_NONE && persons > count->persons) {
        count->persons = persons;
    }
}

static enum dc_status count_table(struct dc_inventory_reader *reader, struct table_count *count,
                                  struct dc_err *err)
{
    const struct dc_inventory_column *column = NULL;
    enum dc_status status;

    while ((status = reader->class_->next_column(reader, &column, err)) == DC_OK &&
           column != NULL) {
        take_column(count, column);
    }
    return status;
}

/* ---- the run ---- */

struct tally {
    struct dc_person_counts counts;
    struct dc_person_range source; /* so far, of the source in hand */
    bool vehicle;
    struct dc_arena *arena;
    const char *name;
};

static void add(struct dc_person_range *range, struct dc_person_range more)
{
    range->low = more.low > range->low ? more.low : range->low;
    range->high += more.high;
}

static void end_source(struct tally *tally)
{
    if (tally->vehicle) {
        add(&tally->counts.vehicles, tally->source);
    }
    tally->vehicle = false;
    tally->source = (struct dc_person_range){0, 0};
}

static void take_table(struct tally *tally, const struct table_count *count)
{
    struct dc_person_range persons = {count->persons, count->persons};

    tally->vehicle |= count->vehicle;
    tally->counts.n_tables += count->persons > 0;
    tally->counts.n_tables_unknown += count->personal && !count->read;
    add(&tally->counts.all, persons);
    add(&tally->source, persons);
    if (count->sensitive) {
        add(&tally->counts.sensitive, persons);
    }
}

static void enter_source(struct tally *tally, const char *name)
{
    if (tally->name == NULL || strcmp(tally->name, name) != 0) {
        end_source(tally);
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
        struct table_count count = {0};

        enter_source(tally, table->source);
        status = count_table(reader, &count, err);
        take_table(tally, &count);
    }
    end_source(tally);
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

size_t dc_person_notes(const struct dc_person_counts *counts, const struct dc_person_thresholds *t,
                       struct dc_person_note out[DC_N_PERSON_NOTES])
{
    int64_t all = counts->all.high, sensitive = counts->sensitive.high;
    const struct {
        bool given;
        int64_t threshold;
        struct dc_person_range persons;
    } notes[DC_N_PERSON_NOTES] = {
        [DC_NOTE_VEHICLES] = {counts->vehicles.high > t->vehicles, t->vehicles, counts->vehicles},
        [DC_NOTE_CONTRACT] = {all >= t->contract && all < t->assessment, t->contract, counts->all},
        [DC_NOTE_CONTRACT_SENSITIVE] = {sensitive > 0 && sensitive < t->sensitive, 1,
                                        counts->sensitive},
        [DC_NOTE_ASSESSMENT] = {all >= t->assessment, t->assessment, counts->all},
        [DC_NOTE_ASSESSMENT_SENSITIVE] = {sensitive >= t->sensitive, t->sensitive,
                                          counts->sensitive},
        [DC_NOTE_LARGE_SCALE] = {all >= t->large_scale_handler, t->large_scale_handler,
                                 counts->all},
    };
    size_t n = 0;

    for (int i = 0; i < DC_N_PERSON_NOTES; i++) {
        if (notes[i].given) {
            out[n++] = (struct dc_person_note){(enum dc_person_note_kind)i, notes[i].threshold,
                                               notes[i].persons, articles[i][0], articles[i][1]};
        }
    }
    return n;
}
