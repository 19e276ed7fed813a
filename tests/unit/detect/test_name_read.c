#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "dcscan/detect.h"
#include "dcscan/strbuf.h"
#include "vectors.h"

static struct dc_arena *arena;
static struct dc_taxonomy *taxonomy;
static struct dc_name_index *names;

static void setup(void)
{
    struct dc_err err = {0};

    arena = dc_arena_create(0);
    cr_assert_eq(dc_taxonomy_load(TEST_ROOT "/tests/unit/detect/lexicon_test.yaml", NULL, 0,
                                  &taxonomy, NULL, &err),
                 DC_OK, "%s", err.message);
    cr_assert_eq(dc_name_index_create(taxonomy, &names, &err), DC_OK, "%s", err.message);
}

static void teardown(void)
{
    dc_name_index_destroy(names);
    dc_taxonomy_destroy(taxonomy);
    dc_arena_destroy(arena);
}

TestSuite(name_read, .init = setup, .fini = teardown);

static void put_hit(struct dc_strbuf *out, const struct dc_name_hit *hit)
{
    bool marked = hit->abbreviation || hit->pinyin || hit->glued || hit->fuzzy;

    dc_strbuf_printf(out, "%s%s%s%s%s%s%s", taxonomy->concepts[hit->concept].id, marked ? ":" : "",
                     hit->abbreviation ? "a" : "", hit->initials ? "i" : "",
                     hit->pinyin && !hit->initials ? "p" : "", hit->fuzzy ? "f" : "",
                     hit->glued ? "g" : "");
}

/* "supplier:i name:i", "-" for nothing. */
static const char *show(const struct dc_name_reading *reading)
{
    struct dc_strbuf out = DC_STRBUF_INIT(4096);
    const char *text;

    for (size_t i = 0; i < reading->n_hits; i++) {
        dc_strbuf_puts(&out, i == 0 ? "" : " ");
        put_hit(&out, &reading->hits[i]);
    }
    text = dc_arena_strdup(arena, reading->n_hits == 0 ? "-" : dc_strbuf_text(&out));
    dc_strbuf_done(&out);
    return text;
}

/* "status | normal disabled": head and rest. */
static const char *show_comment(const struct dc_name_reading *reading)
{
    struct dc_strbuf out = DC_STRBUF_INIT(4096);
    bool head = true;
    const char *text;

    for (size_t i = 0; i < reading->n_hits; i++) {
        if (head && reading->hits[i].end > reading->head_end) {
            dc_strbuf_puts(&out, "| ");
            head = false;
        }
        put_hit(&out, &reading->hits[i]);
        dc_strbuf_puts(&out, i + 1 < reading->n_hits || head ? " " : "");
    }
    dc_strbuf_puts(&out, head ? "|" : "");
    text = dc_arena_strdup(arena, dc_strbuf_text(&out));
    dc_strbuf_done(&out);
    return text;
}

static struct dc_name_reading read_name(const char *name)
{
    struct dc_name_reading reading;

    dc_name_read(names, name, arena, &reading);
    return reading;
}

static int concept_of(const char *id)
{
    int concept = dc_taxonomy_concept(taxonomy, id);

    cr_assert_neq(concept, DC_NO_INDEX, "%s", id);
    return concept;
}

Test(name_read, every_name_of_the_vectors_is_read_as_expected)
{
    struct vectors vectors;

    vectors_load(&vectors, "names");
    cr_assert_gt(vectors.n_items, 100);
    for (size_t i = 0; i < vectors.n_items; i++) {
        const struct vector *vector = &vectors.items[i];
        struct dc_name_reading reading = read_name(vector->fields[0]);

        cr_expect_str_eq(show(&reading), vector->fields[1], "line %zu: \"%s\" (%s) read as: %s",
                         vector->line, vector->fields[0], vector->fields[2], show(&reading));
    }
    vectors_done(&vectors);
}

Test(name_read, every_comment_of_the_vectors_is_read_as_expected)
{
    struct vectors vectors;

    vectors_load(&vectors, "comments");
    cr_assert_gt(vectors.n_items, 25);
    for (size_t i = 0; i < vectors.n_items; i++) {
        const struct vector *vector = &vectors.items[i];
        struct dc_name_reading reading;

        dc_comment_read(names, vector->fields[0], arena, &reading);
        cr_expect_str_eq(show_comment(&reading), vector->fields[1],
                         "line %zu: \"%s\" (%s) read as: %s", vector->line, vector->fields[0],
                         vector->fields[3], show_comment(&reading));
        cr_expect_str_eq(dc_arena_strndup(arena, reading.folded, reading.head_end),
                         vector->fields[2], "line %zu: head of \"%s\"", vector->line,
                         vector->fields[0]);
    }
    vectors_done(&vectors);
}

Test(name_read, hits_tell_where_they_stand_in_the_folded_text)
{
    struct dc_name_reading reading = read_name("F_SupplierName客户");

    cr_assert_eq(reading.n_hits, 3);
    cr_expect_str_eq(reading.folded, "f_suppliername客户");
    cr_expect_eq(reading.hits[0].start, 2);
    cr_expect_eq(reading.hits[0].end, 10);
    cr_expect_eq(reading.hits[0].characters, 8);
    cr_expect_eq(reading.hits[1].start, 10);
    cr_expect_eq(reading.hits[2].start, 14);
    cr_expect_eq(reading.hits[2].end, 20);
    cr_expect_eq(reading.hits[2].characters, 2);
}

Test(name_read, cover_leaves_out_digits_and_dropped_prefixes)
{
    cr_expect_float_eq(read_name("t_supplier_1").covered, 1.0, 1e-9);
    cr_expect_float_eq(read_name("FName").covered, 1.0, 1e-9);
    cr_expect_float_eq(read_name("supplier_xyzuvwqk").covered, 0.5, 1e-9);
    cr_expect_float_eq(read_name("客户abcd").covered, 0.5, 1e-9);
    cr_expect_float_eq(read_name("xyz").covered, 0.0, 1e-9);
    cr_expect_float_eq(read_name("").covered, 0.0, 1e-9);
}

Test(name_read, cover_of_a_comment_is_that_of_its_head_without_particles)
{
    struct dc_name_reading reading;

    dc_comment_read(names, "the name of the supplier (xyzuvw)", arena, &reading);
    cr_expect_float_eq(reading.covered, 1.0, 1e-9);
    dc_comment_read(names, "客户的名称", arena, &reading);
    cr_expect_float_eq(reading.covered, 1.0, 1e-9);
    dc_comment_read(names, "著名的客户", arena, &reading);
    cr_expect_float_eq(reading.covered, 0.5, 1e-9);
}

Test(name_read, ambiguous_initials_name_all_they_can_mean)
{
    struct dc_name_reading reading = read_name("yhzh");
    const struct dc_name_hit *hit = &reading.hits[0];

    cr_assert_eq(reading.n_hits, 1);
    cr_assert_eq(hit->n_alternatives, 2);
    cr_expect_eq(hit->alternatives[0] + hit->alternatives[1],
                 concept_of("user_account") + concept_of("bank_account"));
    cr_expect(hit->concept == hit->alternatives[0] || hit->concept == hit->alternatives[1]);
}

Test(name_read, what_is_clear_has_no_alternatives)
{
    struct dc_name_reading reading = read_name("supplier_gysmc");

    cr_assert_eq(reading.n_hits, 3);
    for (size_t i = 0; i < reading.n_hits; i++) {
        cr_expect_null(reading.hits[i].alternatives);
        cr_expect_eq(reading.hits[i].n_alternatives, 0);
    }
}

Test(name_read, a_hostile_name_is_cut_and_read)
{
    char *name = dc_arena_alloc(arena, 100001);
    struct dc_name_reading reading;

    memset(name, 'a', 100000);
    memcpy(name, "supplier_", 9);
    reading = read_name(name);
    cr_expect_leq(strlen(reading.folded), 512);
    cr_assert_geq(reading.n_hits, 1);
    cr_expect_eq(reading.hits[0].concept, concept_of("supplier"));
    for (size_t i = 0; i < 100000; i++) {
        name[i] = (char)(128 + i % 128);
    }
    reading = read_name(name);
    cr_expect_eq(reading.n_hits, 0);
}

static const char *const pieces[] = {"supplier",
                                     "gys",
                                     "mc",
                                     "供应商",
                                     "_",
                                     "-",
                                     " ",
                                     "ID",
                                     "Vin",
                                     "名",
                                     "号",
                                     "\xFF",
                                     "\xE4\xB8",
                                     "9",
                                     "x",
                                     "码",
                                     "（",
                                     ":",
                                     "BOM",
                                     "清单",
                                     "e",
                                     "F",
                                     "\xEF\xB7\xBA",
                                     "ａ",
                                     "工单",
                                     "的",
                                     "workorder",
                                     "no",
                                     "总",
                                     "金额",
                                     "\n",
                                     "quantiy",
                                     "bh",
                                     "gongying",
                                     "je",
                                     "。",
                                     "0",
                                     "T"};

/* A name put together at random, but always the same for the same seed. */
static const char *random_name(uint64_t seed)
{
    struct dc_strbuf out = DC_STRBUF_INIT(4000);
    size_t n = seed % 40 == 0 ? 300 : seed % 12;
    const char *text;

    for (size_t i = 0; i < n; i++) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        dc_strbuf_puts(&out, pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)]);
    }
    text = dc_arena_strdup(arena, dc_strbuf_text(&out));
    dc_strbuf_done(&out);
    return text;
}

static void expect_sound(const struct dc_name_reading *reading, const char *name)
{
    size_t size = strlen(reading->folded);
    uint32_t last = 0;

    cr_assert(reading->covered >= 0 && reading->covered <= 1, "\"%s\": %f", name, reading->covered);
    cr_assert_leq(reading->head_end, size);
    for (size_t i = 0; i < reading->n_hits; i++) {
        const struct dc_name_hit *hit = &reading->hits[i];

        cr_assert(hit->start >= last && hit->end > hit->start && hit->end <= size,
                  "\"%s\": hit %zu", name, i);
        cr_assert(hit->concept >= 0 && hit->concept < (int)taxonomy->n_concepts);
        last = hit->end;
    }
}

Test(name_read, whatever_is_read_the_hits_stand_in_order_and_explain_a_share)
{
    for (uint64_t seed = 1; seed <= 20000; seed++) {
        const char *name = random_name(seed);
        struct dc_name_reading reading = read_name(name);

        expect_sound(&reading, name);
        dc_comment_read(names, name, arena, &reading);
        expect_sound(&reading, name);
        if (seed % 64 == 0) {
            dc_arena_reset(arena);
        }
    }
}

Test(name_read, a_null_text_is_an_empty_one)
{
    struct dc_name_reading reading = read_name(NULL);

    cr_expect_str_eq(reading.folded, "");
    cr_expect_eq(reading.n_hits, 0);
    dc_comment_read(names, NULL, arena, &reading);
    cr_expect_eq(reading.head_end, 0);
}

Test(name_read, destroying_no_index_is_fine)
{
    dc_name_index_destroy(NULL);
    cr_expect(true);
}
