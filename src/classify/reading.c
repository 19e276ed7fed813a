/* Words of the table's and the columns' names and comments. */
#include <string.h>

#include "dcscan/text.h"

#include "classify_internal.h"

/* ---- strength of a form ---- */

static double initials_strength(const struct weights *weights, uint32_t letters)
{
    return letters <= 2   ? weights->form_initials_2
           : letters == 3 ? weights->form_initials_3
                          : weights->form_initials_4;
}

static double strength_of(const struct table_work *work, const struct dc_name_hit *hit)
{
    const struct weights *weights = &work->classifier->weights;
    double strength = 1.0;

    if (hit->initials) {
        strength = initials_strength(weights, hit->end - hit->start);
    } else if (hit->pinyin) {
        strength = weights->form_pinyin;
    } else if (hit->abbreviation) {
        strength = weights->form_abbreviation;
    }
    if (hit->glued) {
        strength *= weights->form_glued;
    }
    if (hit->fuzzy) {
        strength *= weights->form_fuzzy;
    }
    return strength;
}

static struct word word_of(const struct table_work *work, const struct dc_name_reading *read,
                           const struct dc_name_hit *hit)
{
    return (struct word){
        .concept = hit->concept,
        .strength = strength_of(work, hit),
        .text = dc_arena_strndup(work->arena, read->folded + hit->start, hit->end - hit->start),
        .start = hit->start,
        .alternatives = hit->alternatives,
        .n_alternatives = hit->n_alternatives,
        .initials = hit->initials,
        .pinyin = hit->pinyin};
}

/* ---- one text ---- */

static void take_hits(struct table_work *work, const struct dc_name_reading *read,
                      struct reading *out)
{
    out->words = dc_arena_alloc(work->arena, (read->n_hits + 1) * sizeof *out->words);
    out->rest = dc_arena_alloc(work->arena, (read->n_hits + 1) * sizeof *out->rest);
    for (size_t i = 0; i < read->n_hits; i++) {
        if (read->hits[i].end <= read->head_end) {
            out->words[out->n_words++] = word_of(work, read, &read->hits[i]);
        } else {
            out->rest[out->n_rest++] = word_of(work, read, &read->hits[i]);
        }
    }
    out->covered = read->covered;
}

/* Whether the last word read is one of several parts, as "motor rpm" is. */
static bool ends_in_phrase(const struct dc_name_reading *read)
{
    const struct dc_name_hit *last = read->n_hits == 0 ? NULL : &read->hits[read->n_hits - 1];

    return last != NULL && read->folded[last->end] == '\0' &&
           memchr(read->folded + last->start, ' ', last->end - last->start) != NULL;
}

/* `column` is that of the name, or NULL for a table's. */
static void read_name(struct table_work *work, const char *name, const struct dc_column *column,
                      struct reading *out)
{
    struct dc_name_reading read;

    out->unit_role = DC_NO_INDEX;
    dc_name_read(work->classifier->index, name, work->arena, &read);
    if (column != NULL && classify_is_numeric(column->type)) {
        const char *shorter = classify_drop_unit(work, name, &out->unit_role);

        if (shorter != name && !ends_in_phrase(&read)) {
            dc_name_read(work->classifier->index, shorter, work->arena, &read);
        }
    }
    read.head_end = strlen(read.folded);
    take_hits(work, &read, out);
}

/* Digits or capital letters that a text explains at least twice: "0 正常 1 停用", "Y是 N否", "1:内部;2:外部". */
static bool explains_codes(const char *folded)
{
    size_t n_codes = 0;
    char before = ' ';

    for (const char *at = folded; *at != '\0'; before = *at, at++) {
        bool digit = *at >= '0' && *at <= '9';
        bool starts = !(before >= '0' && before <= '9') && before != '.';
        size_t size = strspn(at, "0123456789");

        if (digit && starts && size <= 2) {
            const char *behind = at + size;

            behind += strspn(behind, " -:=.,、：＝");
            n_codes += (unsigned char)*behind >= 0x80 || (*behind >= 'a' && *behind <= 'z');
        }
    }
    return n_codes >= 2;
}

static void read_comment(struct table_work *work, const char *comment, struct reading *out)
{
    struct dc_name_reading read;

    dc_comment_read(work->classifier->index, comment, work->arena, &read);
    take_hits(work, &read, out);
    out->code_list = explains_codes(read.folded);
    if (out->n_words == 0 && out->n_rest > 0) {
        struct word *none = out->words;

        out->words = out->rest;
        out->n_words = out->n_rest;
        out->rest = none;
        out->n_rest = 0;
        out->covered *= work->classifier->weights.form_weak;
    }
}

/* ---- known fields ---- */

static void read_known(struct table_work *work, struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    int known = dc_name_known_field(work->classifier->index, work->context->table->name,
                                    column->column->name);
    const struct dc_known_field *field;
    struct reading *out = &column->readings[FROM_KNOWN];

    column->known_leaf = DC_NO_INDEX;
    if (known == DC_NO_INDEX) {
        return;
    }
    field = &taxonomy->known_fields[known];
    column->known_leaf = field->leaf;
    column->known_system = field->system;
    out->words = dc_arena_alloc(work->arena, (field->n_concepts + 1) * sizeof *out->words);
    out->covered = 1.0;
    for (size_t i = 0; i < field->n_concepts; i++) {
        out->words[out->n_words++] = (struct word){.concept = field->concepts[i],
                                                   .strength = 1.0,
                                                   .text = field->name,
                                                   .start = (uint32_t)i};
    }
}

void classify_read_table(struct table_work *work)
{
    const struct dc_table *table = work->context->table;
    size_t n_initials = 0;

    read_name(work, table->name, NULL, &work->name);
    read_comment(work, table->comment, &work->comment);
    for (size_t i = 0; i < work->n_columns; i++) {
        struct column_work *column = &work->columns[i];
        const struct reading *name = &column->readings[FROM_NAME];

        column->readings[FROM_COMMENT].unit_role = DC_NO_INDEX;
        column->readings[FROM_KNOWN].unit_role = DC_NO_INDEX;
        read_name(work, column->column->path != NULL ? column->column->path : column->column->name,
                  column->column, &column->readings[FROM_NAME]);
        read_comment(work, column->column->comment, &column->readings[FROM_COMMENT]);
        read_known(work, column);
        n_initials += name->n_words > 0 && name->words[0].initials && name->covered > 0.8;
    }
    classify_forget_letters(work);
    classify_read_elements(work);
    classify_read_instruments(work);
    work->initials_share = work->n_columns == 0 ? 0 : (double)n_initials / (double)work->n_columns;
}

/* ---- ambiguous words ---- */

static double hint_for(const struct hint_list *hints, int subject)
{
    for (size_t i = 0; i < hints->n_items; i++) {
        if (hints->items[i].subject == subject) {
            return hints->items[i].weight;
        }
    }
    return 0;
}

static int leaf_of_concept(const struct dc_taxonomy *taxonomy, const struct dc_concept *concept)
{
    return concept->leaf != DC_NO_INDEX      ? concept->leaf
           : concept->subject != DC_NO_INDEX ? taxonomy->subjects[concept->subject].leaf
                                             : DC_NO_INDEX;
}

static bool type_holds(const struct dc_role *role, const struct dc_column *column)
{
    return role->types == 0 || (role->types & (1U << column->type)) != 0 ||
           column->type == DC_TYPE_UNKNOWN;
}

/* What belongs to persons, in a table that is not about them. */
static bool is_out_of_place(const struct table_work *work, const struct dc_concept *concept)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    int leaf = concept->leaf != DC_NO_INDEX   ? concept->leaf
               : concept->role != DC_NO_INDEX ? taxonomy->roles[concept->role].leaf
                                              : DC_NO_INDEX;

    return work->subject != DC_NO_INDEX && !taxonomy->subjects[work->subject].person &&
           strncmp(taxonomy->leaves[taxonomy->subjects[work->subject].leaf].code, "D4", 2) != 0 &&
           leaf != DC_NO_INDEX && taxonomy->leaves[leaf].pi != DC_PI_NONE &&
           strcmp(taxonomy->leaves[leaf].code, "P1-04") != 0;
}

/* A leaf of another class: what belongs elsewhere is meant only where nothing else fits. */
static bool is_foreign(const struct table_work *work, const struct dc_concept *concept)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);

    return work->subject != DC_NO_INDEX && concept->leaf != DC_NO_INDEX &&
           !classify_same_class(taxonomy, concept->leaf, taxonomy->subjects[work->subject].leaf);
}

static double fit_of_subject(const struct table_work *work, int concept)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_concept *candidate = work_concept(work, concept);
    const struct dc_subject *subject;
    double fit;
    int leaf;

    if (work->subject == DC_NO_INDEX) {
        return candidate->kind == DC_CONCEPT_TERM ? 0.2 : 0;
    }
    subject = &taxonomy->subjects[work->subject];
    leaf = leaf_of_concept(taxonomy, candidate);
    fit = candidate->subject == work->subject ? 0.7 : 0;
    fit += hint_for(&work->classifier->column_hints[concept], work->subject);
    fit += classify_same_class(taxonomy, leaf, subject->leaf) ? 0.5 : 0;
    /* departments and positions belong to persons */
    fit += subject->person && leaf != DC_NO_INDEX &&
                   strncmp(taxonomy->leaves[leaf].code, "D4", 2) == 0
               ? 0.4
               : 0;
    return fit - (is_out_of_place(work, candidate) ? 0.4 : 0) -
           (is_foreign(work, candidate) ? 0.35 : 0);
}

/* Whether type and values of a column can be of a role. */
static bool is_possible(const struct table_work *work, const struct column_work *column, int role)
{
    return type_holds(&work_taxonomy(work)->roles[role], column->column) &&
           (!classify_is_role(work->classifier, role, ROLE_COORDINATE) ||
            classify_can_be_degrees(column));
}

/* How well a concept fits a word's place: the table's subject, the column's type, first or last in the name. */
static double fit_of(const struct table_work *work, const struct column_work *column, int concept,
                     bool last)
{
    const struct dc_concept *candidate = work_concept(work, concept);
    double fit = fit_of_subject(work, concept);

    if (candidate->kind == DC_CONCEPT_ATTRIBUTE || candidate->kind == DC_CONCEPT_TERM) {
        fit += !last ? -0.3 : candidate->kind == DC_CONCEPT_TERM ? 0 : 0.5;
    } else if (candidate->kind == DC_CONCEPT_OBJECT) {
        fit += last ? -0.1 : 0.4;
    }
    if (candidate->role != DC_NO_INDEX) {
        fit -= is_possible(work, column, candidate->role) ? 0 : 1.0;
    }
    return fit - (candidate->weak ? 0.2 : 0);
}

static void settle(struct table_work *work, const struct column_work *column,
                   struct reading *reading)
{
    for (size_t i = 0; i < reading->n_words; i++) {
        struct word *word = &reading->words[i];
        double best = -100;

        for (size_t k = 0; k < word->n_alternatives; k++) {
            double fit = fit_of(work, column, word->alternatives[k], i + 1 == reading->n_words) -
                         0.05 * (double)k;

            if (fit > best) {
                best = fit;
                word->concept = word->alternatives[k];
            }
        }
    }
}

void classify_settle_words(struct table_work *work)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        settle(work, &work->columns[i], &work->columns[i].readings[FROM_NAME]);
        settle(work, &work->columns[i], &work->columns[i].readings[FROM_COMMENT]);
    }
}
