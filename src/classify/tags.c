/*
 * Tables of names and values: parameters with their settings (param_key, param_value), attributes with theirs, the points of a historian
 * (tagname, value). What such a value is stands in the name beside it. So the names in the sample are read like names of columns, at
 * once: what is kept of them are concepts, no text.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dcscan/strbuf.h"
#include "dcscan/text.h"

#define MAX_HITS   6
#define MAX_TEXT   65536
#define MAX_VALUES 4    /* columns of values in one table */
#define SPEAKING   0.25 /* share of the names read that must agree on a leaf for it to be evidence */

/* Names of columns, in lower case without separators. */
static const char *const names_of_names[] = {"tag",           "tagname",
                                             "tagid",         "tagcode",
                                             "tagno",         "point",
                                             "pointname",     "pointid",
                                             "pointcode",     "pointno",
                                             "metric",        "metricname",
                                             "signal",        "signalname",
                                             "signalcode",    "param",
                                             "paramname",     "paramkey",
                                             "paramcode",     "parameter",
                                             "parametername", "parameterkey",
                                             "parametercode", "attr",
                                             "attrname",      "attrkey",
                                             "attrcode",      "attribute",
                                             "attributename", "attributecode",
                                             "key",           "keyname",
                                             "configkey",     "configname",
                                             "confkey",       "itemkey",
                                             "itemname",      "itemcode",
                                             "property",      "propertyname",
                                             "propertykey",   "propkey",
                                             "propname",      "setting",
                                             "settingkey",    "settingname",
                                             "var",           "varname",
                                             "variable",      "variablename",
                                             "field",         "fieldname",
                                             "kpi",           "kpiname",
                                             "indicator",     "indicatorname",
                                             "测点",          "测点名",
                                             "测点名称",      "测点编码",
                                             "点名",          "点位",
                                             "位号",          "参数",
                                             "参数名",        "参数名称",
                                             "参数编码",      "参数键",
                                             "属性",          "属性名",
                                             "属性名称",      "键",
                                             "键名",          "变量",
                                             "变量名",        "指标",
                                             "指标名",        "指标名称",
                                             "指标编码",      "配置项",
                                             "配置键",        NULL};
static const char *const names_of_values[] = {"value",
                                              "val",
                                              "values",
                                              "tagvalue",
                                              "tagval",
                                              "pointvalue",
                                              "paramvalue",
                                              "paramval",
                                              "parametervalue",
                                              "attrvalue",
                                              "attrval",
                                              "attributevalue",
                                              "configvalue",
                                              "confvalue",
                                              "itemvalue",
                                              "propertyvalue",
                                              "propvalue",
                                              "settingvalue",
                                              "datavalue",
                                              "metricvalue",
                                              "signalvalue",
                                              "keyvalue",
                                              "fieldvalue",
                                              "varvalue",
                                              "variablevalue",
                                              "numvalue",
                                              "strvalue",
                                              "textvalue",
                                              "stringvalue",
                                              "numericvalue",
                                              "valuenum",
                                              "valuestr",
                                              "valuetext",
                                              "valuestring",
                                              "currentvalue",
                                              "值",
                                              "数值",
                                              "测量值",
                                              "采集值",
                                              "实时值",
                                              "当前值",
                                              "参数值",
                                              "属性值",
                                              "变量值",
                                              "指标值",
                                              "配置值",
                                              NULL};

/* What one name means: concepts from left to right. */
struct tag {
    int concepts[MAX_HITS];
    double strengths[MAX_HITS];
    size_t n;
};

struct dc_tag_reader {
    const struct dc_classifier *classifier;
    struct dc_arena *arena; /* of one name at a time */
    bool open;
    size_t column;
    const char *values[MAX_VALUES]; /* names of the columns of values, of the catalogue */
    size_t n_values;
    struct tag tags[DC_MAX_TAGS];
    uint64_t hashes[DC_MAX_TAGS];
    size_t n_seen;
};

struct dc_tag_reader *dc_tag_reader_create(const struct dc_classifier *classifier)
{
    struct dc_tag_reader *reader = dc_alloc(1, sizeof *reader);

    reader->classifier = classifier;
    reader->arena = dc_arena_create(0);
    return reader;
}

void dc_tag_reader_destroy(struct dc_tag_reader *reader)
{
    if (reader != NULL) {
        dc_arena_destroy(reader->arena);
        free(reader);
    }
}

/* ---- the columns ---- */

static bool is_one_of(const char *name, const char *const *names)
{
    char bare[64];
    size_t size = 0;

    for (; *name != '\0' && size + 1 < sizeof bare; name++) {
        if (*name != '_' && *name != '-' && *name != ' ') {
            bare[size++] = (char)tolower((unsigned char)*name);
        }
    }
    bare[size] = '\0';
    for (; *name == '\0' && *names != NULL; names++) {
        if (strcmp(bare, *names) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_text(enum dc_type_class type)
{
    return type == DC_TYPE_TEXT || type == DC_TYPE_LONG_TEXT || type == DC_TYPE_UNKNOWN;
}

void dc_tag_reader_begin(struct dc_tag_reader *reader, const struct dc_table *table)
{
    bool has_names = false;

    reader->n_values = reader->n_seen = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        const struct dc_column *column = &table->columns[i];

        if (!has_names && is_text(column->type) && is_one_of(column->name, names_of_names)) {
            reader->column = i;
            has_names = true;
        } else if (reader->n_values < MAX_VALUES && is_one_of(column->name, names_of_values)) {
            reader->values[reader->n_values++] = column->name;
        }
    }
    reader->open = has_names && reader->n_values > 0;
}

/* ---- the names ---- */

static double strength_of(const struct weights *weights, const struct dc_name_hit *hit)
{
    double strength = hit->pinyin || hit->initials ? weights->form_pinyin
                      : hit->abbreviation          ? weights->form_abbreviation
                                                   : 1.0;

    return strength * (hit->glued ? weights->form_glued : 1.0) *
           (hit->fuzzy ? weights->form_fuzzy : 1.0);
}

static void read_tag(struct dc_tag_reader *reader, const char *name, struct tag *out)
{
    struct dc_name_reading read;

    *out = (struct tag){.n = 0};
    dc_name_read(reader->classifier->index, name, reader->arena, &read);
    for (size_t i = read.n_hits > MAX_HITS ? read.n_hits - MAX_HITS : 0; i < read.n_hits; i++) {
        if (!read.hits[i]
                 .initials) { /* codes of points hold letters that stand for nothing known */
            out->strengths[out->n] = strength_of(&reader->classifier->weights, &read.hits[i]) *
                                     read.covered;
            out->concepts[out->n++] = read.hits[i].concept;
        }
    }
}

static bool is_new(struct dc_tag_reader *reader, uint64_t hash)
{
    for (size_t i = 0; i < reader->n_seen; i++) {
        if (reader->hashes[i] == hash) {
            return false;
        }
    }
    return true;
}

static void take(struct dc_tag_reader *reader, struct dc_value value)
{
    uint64_t hash = value.null ? 0 : dc_hash64(value.bytes, value.size);

    if (value.null || value.size == 0 || value.truncated ||
        !dc_utf8_valid(value.bytes, value.size) || !is_new(reader, hash)) {
        return;
    }
    read_tag(reader, dc_arena_strndup(reader->arena, value.bytes, value.size),
             &reader->tags[reader->n_seen]);
    reader->hashes[reader->n_seen++] = hash;
    dc_arena_reset(reader->arena);
}

void dc_tag_reader_add(struct dc_tag_reader *reader, const struct dc_block *block)
{
    const struct dc_block_column *column;

    if (!reader->open || reader->column >= block->n_columns) {
        return;
    }
    column = &block->columns[reader->column];
    for (size_t row = 0; column->fetched && row < block->n_rows && reader->n_seen < DC_MAX_TAGS;
         row++) {
        take(reader, dc_block_value(column, row));
    }
}

/* ---- kept ---- */

static const char *text_of_tags(const struct dc_tag_reader *reader, struct dc_arena *arena)
{
    const struct dc_taxonomy *taxonomy = reader->classifier->taxonomy;
    struct dc_strbuf text = DC_STRBUF_INIT(MAX_TEXT);
    const char *copy;

    for (size_t i = 0; i < reader->n_seen; i++) {
        const struct tag *tag = &reader->tags[i];

        for (size_t k = 0; k < tag->n; k++) {
            dc_strbuf_printf(&text, "%s%s=%.3g", k > 0 ? " " : "",
                             taxonomy->concepts[tag->concepts[k]].id, tag->strengths[k]);
        }
        dc_strbuf_putc(&text, ';');
    }
    copy = text.overflowed ? NULL : dc_arena_strdup(arena, dc_strbuf_text(&text));
    dc_strbuf_done(&text);
    return copy;
}

void dc_tag_reader_end(struct dc_tag_reader *reader, const struct dc_table *table,
                       struct dc_arena *arena, struct dc_profile *profiles)
{
    const char *text;

    if (!reader->open || reader->n_seen == 0) {
        return;
    }
    text = text_of_tags(reader, arena);
    for (size_t i = 0; i < table->n_columns; i++) {
        for (size_t k = 0; k < reader->n_values && table->columns[i].path == NULL; k++) {
            if (strcmp(reader->values[k], table->columns[i].name) == 0) {
                profiles[i].tags = text;
            }
        }
    }
}

/* One part of the text at *at, which moves behind it. A concept that the taxonomy has no more says nothing. */
static struct tag next_tag(const struct dc_taxonomy *taxonomy, const char **at,
                           struct dc_arena *arena)
{
    struct tag tag = {.n = 0};
    const char *from = *at, *end = strchr(from, ';');

    while (end != NULL && from < end && tag.n < MAX_HITS) {
        size_t size = strcspn(from, "=;");
        int concept = dc_taxonomy_concept(taxonomy, dc_arena_strndup(arena, from, size));

        from += size + (from[size] == '=');
        if (concept != DC_NO_INDEX) {
            tag.strengths[tag.n] = strtod(from, NULL);
            tag.concepts[tag.n++] = concept;
        }
        from += strcspn(from, " ;");
        from += *from == ' ';
    }
    *at = end == NULL ? from + strlen(from) : end + 1;
    return tag;
}

/* ---- what they say ---- */

/* Votes of the names for leaves. */
struct vote {
    int leaf;
    int64_t n;
    double weight;
    const char *rule; /* what the first name for it meant */
};

/* A name as if it were that of the column: the leaf that it alone speaks for. */
static int leaf_of_tag(struct table_work *work, const struct column_work *column,
                       const struct tag *tag, double *weight, const char **rule)
{
    struct column_work alone = {.column = column->column,
                                .leaf = DC_NO_INDEX,
                                .runner_up = DC_NO_INDEX,
                                .known_leaf = DC_NO_INDEX,
                                .role = DC_NO_INDEX};
    struct reading *reading = &alone.readings[FROM_NAME];
    size_t best = 0;

    for (int source = 0; source < N_WORD_SOURCES; source++) {
        alone.readings[source].unit_role = DC_NO_INDEX;
    }
    reading->words = dc_arena_alloc(work->arena, (tag->n + 1) * sizeof *reading->words);
    reading->covered = 1;
    for (size_t i = 0; i < tag->n; i++) {
        reading->words[reading->n_words++] = (struct word){
            .concept = tag->concepts[i], .strength = tag->strengths[i], .text = ""};
    }
    classify_meanings_of(work, &alone);
    classify_meaning_alone(work, &alone);
    for (size_t i = 1; i < alone.n_evidence; i++) {
        best = alone.evidence[i].weight > alone.evidence[best].weight ? i : best;
    }
    if (alone.n_evidence == 0) {
        return DC_NO_INDEX;
    }
    *weight = alone.evidence[best].weight;
    *rule = alone.evidence[best].rule;
    return dc_taxonomy_leaf(work_taxonomy(work), alone.evidence[best].leaf);
}

static void add_vote(struct vote *votes, size_t *n_votes, const struct vote *vote)
{
    size_t at = 0;

    while (at < *n_votes && votes[at].leaf != vote->leaf) {
        at++;
    }
    if (at == *n_votes) {
        votes[(*n_votes)++] = *vote;
    } else {
        votes[at].n++;
        votes[at].weight += vote->weight;
    }
}

static size_t count_votes(struct table_work *work, const struct column_work *column,
                          struct vote *votes, int64_t *n_tags)
{
    const char *at = column->profile->tags;
    size_t n_votes = 0;

    for (*n_tags = 0; *at != '\0' && *n_tags < DC_MAX_TAGS; (*n_tags)++) {
        struct tag tag = next_tag(work_taxonomy(work), &at, work->arena);
        struct vote vote = {.n = 1, .rule = ""};

        vote.leaf = tag.n > 0 ? leaf_of_tag(work, column, &tag, &vote.weight, &vote.rule)
                              : DC_NO_INDEX;
        if (vote.leaf != DC_NO_INDEX) {
            add_vote(votes, &n_votes, &vote);
        }
    }
    return n_votes;
}

/* Each leaf that enough of the names speak for is a line, weighed by its share; the highest level that any name asks for is noted. */
void classify_tags(struct table_work *work, struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    struct vote votes[DC_MAX_TAGS];
    int64_t n_tags;
    size_t n_votes;

    if (column->profile == NULL || column->profile->tags == NULL) {
        return;
    }
    n_votes = count_votes(work, column, votes, &n_tags);
    for (size_t i = 0; i < n_votes; i++) {
        const struct dc_leaf *leaf = &taxonomy->leaves[votes[i].leaf];
        double share = (double)votes[i].n / (double)n_tags;

        if (share >= SPEAKING) {
            classify_add_line(work, column,
                              &(struct line){DC_EVIDENCE_NEIGHBOUR, "tag-names", votes[i].rule,
                                             votes[i].weight / (double)n_tags, votes[i].leaf,
                                             votes[i].n, n_tags, n_tags});
        }
        if (votes[i].weight / (double)votes[i].n >= work->classifier->weights.minimum) {
            column->tag_level = leaf->level > column->tag_level ? leaf->level : column->tag_level;
            column->tag_pi = leaf->pi > column->tag_pi ? leaf->pi : column->tag_pi;
        }
    }
}
