/* What names and comments say: the front of name reading. */
#include <stdlib.h>
#include <string.h>

#include "dcscan/text.h"

#include "name_read.h"

#define MAX_IDENTIFIER 512
#define MAX_COMMENT    2048

enum dc_status dc_name_index_create(const struct dc_taxonomy *taxonomy, struct dc_name_index **out,
                                    struct dc_err *err)
{
    struct dc_name_index *index;

    if (taxonomy == NULL) {
        return dc_err_set(err, DC_ERR_INTERNAL, "could not compile the lexicon: no taxonomy");
    }
    index = dc_alloc(1, sizeof *index);
    dc_lexicon_init(&index->lexicon, taxonomy);
    index->known = dc_name_known_create(taxonomy);
    *out = index;
    return DC_OK;
}

void dc_name_index_destroy(struct dc_name_index *index)
{
    if (index != NULL) {
        dc_lexicon_done(&index->lexicon);
        dc_name_known_destroy(index->known);
        free(index);
    }
}

/* Words that hold others together and mean nothing themselves. */
static bool is_particle(const char *token, size_t size)
{
    static const char *const particles[] = {"the", "a",  "an", "of", "for", "in", "to",   "and",
                                            "or",  "by", "on", "at", "的",  "及", "this", "与"};

    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (strlen(particles[i]) == size && memcmp(particles[i], token, size) == 0) {
            return true;
        }
    }
    return false;
}

/* Bytes of the Latin token or the one character at `at`. */
static size_t token_size(const struct name_text *text, size_t at)
{
    uint32_t code;

    return dc_is_latin(text->folded[at]) ? dc_token_end(text, at) - at
                                         : dc_utf8_next(text->folded + at, text->size - at, &code);
}

/* What a token weighs: its letters; a Chinese character as two, since it says as much; digits, signs and particles nothing. */
static size_t token_units(const struct name_text *text, size_t at, size_t size)
{
    if (is_particle(text->folded + at, size)) {
        return 0;
    }
    if ((unsigned char)text->folded[at] >= 0x80) {
        return 2;
    }
    return dc_is_latin_letter(text->folded[at]) ? size : 0;
}

/* Weight of what hits explain of a token: part of it where it was cut. */
static size_t covered_units(const struct name_hits *hits, size_t at, size_t size, size_t units,
                            size_t *next)
{
    size_t covered = 0;

    while (*next < hits->n_items && hits->items[*next].end <= at) {
        (*next)++;
    }
    for (size_t i = *next; i < hits->n_items && hits->items[i].start < at + size; i++) {
        size_t start = hits->items[i].start > at ? hits->items[i].start : at;
        size_t end = hits->items[i].end < at + size ? hits->items[i].end : at + size;

        covered += end - start;
    }
    return covered * units / size;
}

/* Share of the weight of [from, to) that hits explain. */
static double share_covered(const struct name_text *text, const struct name_hits *hits, size_t from,
                            size_t to)
{
    size_t all = 0, covered = 0, next = 0;

    for (size_t at = from, size; at < to; at += size) {
        size_t units;

        size = token_size(text, at);
        units = token_units(text, at, size);
        all += units;
        covered += units == 0 ? 0 : covered_units(hits, at, size, units, &next);
    }
    return all == 0 ? 0 : (double)covered / (double)all;
}

static void finish(const struct name_text *text, const struct name_hits *hits, size_t from,
                   size_t head_end, struct dc_name_reading *out)
{
    *out = (struct dc_name_reading){.folded = text->folded,
                                    .hits = hits->items,
                                    .n_hits = hits->n_items,
                                    .head_end = head_end,
                                    .covered = share_covered(text, hits, from, head_end)};
}

static void hits_init(struct name_hits *hits, const struct name_text *text, struct dc_arena *arena)
{
    /* Hits do not overlap, so there are no more of them than bytes. */
    hits->items = dc_arena_alloc(arena, (text->size + 1) * sizeof *hits->items);
    hits->n_items = 0;
}

void dc_name_read(const struct dc_name_index *index, const char *identifier, struct dc_arena *arena,
                  struct dc_name_reading *out)
{
    struct name_text text;
    struct name_reader reader = {&index->lexicon, &text, arena, true};
    struct name_hits hits;
    size_t prefix;

    dc_name_text_init(&text, identifier, MAX_IDENTIFIER, arena);
    hits_init(&hits, &text, arena);
    dc_name_read_words(&reader, &hits);
    prefix = dc_name_prefix_end(&text);
    if (hits.n_items > 0 && hits.items[0].start < prefix) {
        prefix = 0; /* a word after all */
    }
    dc_name_read_initials(&reader, prefix, &hits);
    finish(&text, &hits, prefix, text.size, out);
}

void dc_comment_read(const struct dc_name_index *index, const char *comment, struct dc_arena *arena,
                     struct dc_name_reading *out)
{
    struct name_text text;
    struct name_reader reader = {&index->lexicon, &text, arena, false};
    struct name_hits hits;

    dc_name_text_init(&text, comment, MAX_COMMENT, arena);
    hits_init(&hits, &text, arena);
    dc_name_read_words(&reader, &hits);
    finish(&text, &hits, 0, dc_comment_head(&text), out);
}
