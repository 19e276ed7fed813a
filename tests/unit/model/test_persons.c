/* Level rule L8: persons over tables and sources, and the notes they give. */
#include <criterion/criterion.h>

#include <string.h>

#include "dcscan/persons.h"
#include "mem_inventory.h"

static struct mem_inventory *inventory;

static void setup(void)
{
    inventory = mem_inventory_create();
}

static void teardown(void)
{
    mem_inventory_destroy(inventory);
}

TestSuite(persons, .init = setup, .fini = teardown);

static struct dc_inventory_column *add_persons(const char *source, const char *table,
                                               const char *leaf, enum dc_pi pi, int64_t rows)
{
    struct dc_inventory_column *column;

    mem_inventory_add_table(inventory, source, "s", table)->rows_estimated = rows;
    column = mem_inventory_add_column(inventory, "c", leaf, 3);
    column->finding.pi = pi;
    column->profile.rows = column->profile.distinct = 1000;
    column->profile.nulls = column->profile.empties = 0;
    return column;
}

static struct dc_person_counts count(void)
{
    struct dc_person_counts counts = {0};

    cr_assert_eq(dc_count_persons(mem_inventory_reader(inventory), &counts, NULL), DC_OK);
    return counts;
}

Test(persons, are_the_different_values_of_the_whole_column)
{
    cr_expect_eq(dc_estimate_distinct(1000, 1000, 250000), 250000, "all different");
    cr_expect_eq(dc_estimate_distinct(1000, 40, 1000), 40, "read whole");
    cr_expect_eq(dc_estimate_distinct(1000, 20, 1000000), 20, "few that repeat");
    cr_expect_eq(dc_estimate_distinct(0, 0, 1000000), 0);
}

Test(persons, that_repeat_in_a_sample_are_fewer_than_the_rows)
{
    /* 1,000 draws of 5,000 people show about 906 of them. */
    int64_t persons = dc_estimate_distinct(1000, 906, 10000000);

    cr_expect(persons > 4500 && persons < 5500, "%lld", (long long)persons);
}

Test(persons, add_up_over_tables_and_sources)
{
    add_persons("a", "staff", "P1-03", DC_PI_SENSITIVE, 3000);
    add_persons("a", "member", "P1-02", DC_PI_PERSONAL, 80000);
    add_persons("b", "owner", "P1-02", DC_PI_PERSONAL, 70000);
    struct dc_person_counts counts = count();
    cr_expect_eq(counts.all.high, 153000);
    cr_expect_eq(counts.all.low, 80000, "if the others hold the same people");
    cr_expect_eq(counts.sensitive.high, 3000);
}

Test(persons, behind_a_foreign_key_are_not_counted_again)
{
    add_persons("a", "member", "P1-02", DC_PI_PERSONAL, 80000);
    add_persons("a", "orders", "P1-02", DC_PI_PERSONAL, 500000)->reference = "s.member.c";
    cr_expect_eq(count().all.high, 80000);
}

Test(persons, are_not_what_is_not_personal)
{
    add_persons("a", "supplier", "P1-02", DC_PI_NONE, 80000);
    add_persons("a", "track", "P2-06", DC_PI_SENSITIVE, 80000);
    cr_expect_eq(count().all.high, 0);
}

Test(persons, of_tables_that_were_not_read_are_told_apart)
{
    add_persons("a", "member", "P1-02", DC_PI_PERSONAL, 80000)->profile.rows = 0;
    struct dc_person_counts counts = count();
    cr_expect_eq(counts.all.high, 0);
    cr_expect_eq(counts.n_tables_unknown, 1);
}

Test(persons, count_for_vehicles_where_the_source_holds_vehicles)
{
    add_persons("tsp", "owner", "P1-02", DC_PI_PERSONAL, 120000);
    mem_inventory_add_table(inventory, "tsp", "s", "vehicle");
    mem_inventory_add_column(inventory, "vin", "E1-01", 3);
    add_persons("web", "member", "P1-02", DC_PI_PERSONAL, 50000);
    cr_expect_eq(count().vehicles.high, 120000);
}

Test(persons, give_no_note_where_a_threshold_is_switched_off)
{
    struct dc_person_counts counts = {
        .all = {0, 20000000}, .sensitive = {0, 20000000}, .vehicles = {0, 20000000}};
    struct dc_person_thresholds none = {0, 0, 0, 0, 0};
    struct dc_person_note notes[DC_N_PERSON_NOTES];

    cr_expect_eq(dc_person_notes(&counts, &none, notes), 0);
    none.large_scale_handler = 10000000;
    cr_expect_eq(dc_person_notes(&counts, &none, notes), 1);
    cr_expect_not_null(strstr(notes[0].article_zh, "第二十八条"));
}

static bool is_noted(int64_t all, int64_t sensitive, int64_t vehicles,
                     enum dc_person_note_kind kind)
{
    struct dc_person_counts counts = {
        .all = {0, all}, .sensitive = {0, sensitive}, .vehicles = {0, vehicles}};
    struct dc_person_thresholds thresholds = dc_person_thresholds_default();
    struct dc_person_note notes[DC_N_PERSON_NOTES];
    size_t n = dc_person_notes(&counts, &thresholds, notes);

    for (size_t i = 0; i < n; i++) {
        if (notes[i].kind == kind) {
            return true;
        }
    }
    return false;
}

Test(persons, give_each_note_from_its_threshold_on)
{
    static const struct {
        int64_t all, sensitive, vehicles;
        enum dc_person_note_kind kind;
        bool noted;
    } cases[] = {
        {0, 0, 100000, DC_NOTE_VEHICLES, false},
        {0, 0, 100001, DC_NOTE_VEHICLES, true},
        {99999, 0, 0, DC_NOTE_CONTRACT, false},
        {100000, 0, 0, DC_NOTE_CONTRACT, true},
        {999999, 0, 0, DC_NOTE_ASSESSMENT, false},
        {1000000, 0, 0, DC_NOTE_ASSESSMENT, true},
        {1000000, 0, 0, DC_NOTE_CONTRACT, false},
        {0, 0, 0, DC_NOTE_CONTRACT_SENSITIVE, false},
        {1, 1, 0, DC_NOTE_CONTRACT_SENSITIVE, true},
        {9999, 9999, 0, DC_NOTE_ASSESSMENT_SENSITIVE, false},
        {10000, 10000, 0, DC_NOTE_ASSESSMENT_SENSITIVE, true},
        {9999999, 0, 0, DC_NOTE_LARGE_SCALE, false},
        {10000000, 0, 0, DC_NOTE_LARGE_SCALE, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_eq(is_noted(cases[i].all, cases[i].sensitive, cases[i].vehicles, cases[i].kind),
                     cases[i].noted, "case %zu", i);
    }
}
