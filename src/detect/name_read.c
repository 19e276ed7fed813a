/* What names and comments say: the front of name reading. */
#include <stdlib.h>

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

/* Letters in [from, to), a Chinese character counting as two, as it says as much. */
static size_t count_units(const struct name_text *text, size_t from, size_t to)
{
    size_t units = 0;

    for (size_t i = from; i < to; i++) {
        unsigned char byte = (unsigned char)text->folded[i];

        if (dc_is_latin_letter((char)byte)) {
            units++;
        } else if (byte >= 0xC0) {
            units += 2;
        }
    }
    return units;
}

/* Share of the letters in [from, to) that hits explain. */
static double share_covered(const struct name_text *text, const struct name_hits *hits, size_t from,
                            size_t to)
{
    size_t all = count_units(text, from, to), covered = 0;

    for (size_t i = 0; i < hits->n_items && hits->items[i].start < to; i++) {
        size_t start = hits->items[i].start > from ? hits->items[i].start : from;
        size_t end = hits->items[i].end < to ? hits->items[i].end : to;

        covered += start < end ? count_units(text, start, end) : 0;
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
