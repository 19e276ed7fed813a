/*
 * What a reading says. In Chinese and in identifiers the last word is the head: 供应商名称 and supplier_name are names, of a
 * supplier. A flag word in front or at the end makes a flag of all. A combination listed in the taxonomy goes before the rule.
 */
#include <string.h>

#include "classify_internal.h"

struct reader {
    const struct table_work *work;
    const struct dc_column *column;
    const struct reading *reading;
};

static const struct dc_concept *concept_at(const struct reader *reader, size_t at)
{
    return work_concept(reader->work, reader->reading->words[at].concept);
}

static bool has_role(const struct reader *reader, size_t at, enum known_role known)
{
    return classify_is_role(reader->work->classifier, concept_at(reader, at)->role, known);
}

static enum role_group group_at(const struct reader *reader, size_t at)
{
    int role = concept_at(reader, at)->role;

    return role == DC_NO_INDEX ? N_ROLE_GROUPS : reader->work->classifier->groups[role];
}

static bool is_instant(enum dc_type_class type)
{
    return type == DC_TYPE_DATE || type == DC_TYPE_TIME || type == DC_TYPE_TIMESTAMP;
}

#define NOWHERE SIZE_MAX

/* The word in front of `before` (or the last of all) that is no modifier. */
static size_t previous_word(const struct reader *reader, size_t before)
{
    for (size_t i = before; i > 0; i--) {
        if (concept_at(reader, i - 1)->kind != DC_CONCEPT_MODIFIER) {
            return i - 1;
        }
    }
    return NOWHERE;
}

static size_t first_word(const struct reader *reader)
{
    for (size_t i = 0; i < reader->reading->n_words; i++) {
        if (concept_at(reader, i)->kind != DC_CONCEPT_MODIFIER) {
            return i;
        }
    }
    return NOWHERE;
}

/* The object nearest in front of `at`, else behind it. */
static size_t object_near(const struct reader *reader, size_t at)
{
    for (size_t i = at; i > 0; i--) {
        if (concept_at(reader, i - 1)->kind == DC_CONCEPT_OBJECT) {
            return i - 1;
        }
    }
    for (size_t i = at + 1; i < reader->reading->n_words; i++) {
        if (concept_at(reader, i)->kind == DC_CONCEPT_OBJECT) {
            return i;
        }
    }
    return NOWHERE;
}

/* A head that leaves the word in front what it is: the number of a bank card is the card number. */
static bool is_transparent(const struct reader *reader, size_t at)
{
    static const enum known_role transparent[] = {ROLE_NUMBER,   ROLE_NAME,    ROLE_SHORT_NAME,
                                                  ROLE_VALUE,    ROLE_CONTENT, ROLE_COUNT_OR_NUMBER,
                                                  ROLE_REFERENCE};

    for (size_t i = 0; i < sizeof transparent / sizeof *transparent; i++) {
        if (has_role(reader, at, transparent[i])) {
            return true;
        }
    }
    return false;
}

/* ---- combinations ---- */

static bool holds_all(const struct reader *reader, const struct dc_combination *combination)
{
    size_t from = 0;

    for (size_t i = 0; i < combination->n_concepts; i++) {
        size_t at = combination->ordered ? from : 0;

        while (at < reader->reading->n_words &&
               reader->reading->words[at].concept != combination->concepts[i]) {
            at++;
        }
        if (at == reader->reading->n_words) {
            return false;
        }
        from = at + 1;
    }
    return true;
}

/* One concept alone has to be what the reading is about, not only occur in it. */
static bool fits_head(const struct reader *reader, const struct dc_combination *combination)
{
    size_t head = previous_word(reader, reader->reading->n_words);

    if (combination->n_concepts > 1 || head == NOWHERE ||
        work_concept(reader->work, combination->concepts[0])->kind == DC_CONCEPT_MODIFIER) {
        return true;
    }
    if (reader->reading->words[head].concept != combination->concepts[0] &&
        is_transparent(reader, head)) {
        head = previous_word(reader, head);
    }
    return head != NOWHERE && reader->reading->words[head].concept == combination->concepts[0];
}

static const struct dc_combination *combination_of(const struct reader *reader)
{
    const struct dc_classifier *classifier = reader->work->classifier;
    const struct dc_combination *best = NULL;

    for (size_t i = 0; i < reader->reading->n_words; i++) {
        const struct hint_list *list = &classifier->combinations[reader->reading->words[i].concept];

        for (size_t k = 0; k < list->n_items; k++) {
            const struct dc_combination *candidate =
                &classifier->taxonomy->combinations[list->items[k].subject];

            if ((candidate->subject == DC_NO_INDEX ||
                 candidate->subject == reader->work->subject) &&
                (best == NULL || candidate->weight > best->weight) &&
                holds_all(reader, candidate) && fits_head(reader, candidate)) {
                best = candidate;
            }
        }
    }
    return best;
}

/* ---- heads ---- */

/* Where something can be found: the address of an e-mail, the URL of a portrait are these. */
static bool is_locator(const struct reader *reader, size_t at)
{
    return has_role(reader, at, ROLE_URL) || has_role(reader, at, ROLE_ADDRESS);
}

/* A role that says what a column is even behind it: 审核人姓名 is still the auditor, 类型名称 still the type. */
static bool carries(const struct reader *reader, size_t at)
{
    enum role_group group = group_at(reader, at);

    return group == GROUP_PERSONAL || group == GROUP_MONEY ||
           has_role(reader, at, ROLE_TYPE_CODE) || has_role(reader, at, ROLE_STATUS) ||
           has_role(reader, at, ROLE_CATEGORY) || has_role(reader, at, ROLE_LEVEL) ||
           has_role(reader, at, ROLE_PARENT_KEY) || has_role(reader, at, ROLE_ATTACHMENT);
}

/* Terms of persons and credentials are themselves only as values: when a password was changed is none. */
static bool is_own_value_only(const struct reader *reader, int leaf)
{
    const struct dc_leaf *denoted = &reader->work->classifier->taxonomy->leaves[leaf];

    return denoted->pi != DC_PI_NONE || strcmp(denoted->code, "D6-03") == 0;
}

/* Two letters that stand for the pinyin of some word can stand for many others. */
static bool is_weak_object(const struct reader *reader, size_t at)
{
    const struct word *word = &reader->reading->words[at];

    return concept_at(reader, at)->weak || (word->initials && strlen(word->text) <= 2);
}

static void set_object(const struct reader *reader, size_t at, struct meaning *out)
{
    size_t object = object_near(reader, at);

    if (object != NOWHERE) {
        out->object = concept_at(reader, object)->subject;
        out->weak = is_weak_object(reader, object);
        out->strength = (out->strength + reader->reading->words[object].strength) / 2;
    }
}

static void say_term(const struct reader *reader, size_t at, struct meaning *out)
{
    out->leaf = concept_at(reader, at)->leaf;
    out->role = concept_at(reader, at)->role;
    out->strength = reader->reading->words[at].strength;
    out->weak = concept_at(reader, at)->weak;
    set_object(reader, at, out);
    out->strength = reader->reading->words[at].strength;
}

/* An attribute behind a term or another attribute. */
static void say_behind(const struct reader *reader, size_t head, size_t before, struct meaning *out)
{
    const struct dc_concept *front = concept_at(reader, before);

    if (front->kind == DC_CONCEPT_TERM && front->leaf != DC_NO_INDEX) {
        if (is_transparent(reader, head) || is_locator(reader, head) ||
            (group_at(reader, head) != GROUP_TECHNICAL && !is_own_value_only(reader, front->leaf) &&
             group_at(reader, head) != GROUP_PERSONAL && group_at(reader, head) != GROUP_MONEY)) {
            say_term(reader, before, out);
        } else {
            out->aside = front->leaf;
        }
    } else if (front->kind == DC_CONCEPT_ATTRIBUTE && carries(reader, before) &&
               (is_transparent(reader, head) ||
                (is_locator(reader, head) && group_at(reader, before) == GROUP_PERSONAL))) {
        out->role = front->role;
    }
}

/* The type of an object is a code; the name or number of its type belongs to the object. */
static void keep_type_names(const struct reader *reader, size_t head, size_t before,
                            struct meaning *out)
{
    if (before != NOWHERE && out->object != DC_NO_INDEX && is_transparent(reader, head) &&
        (has_role(reader, before, ROLE_TYPE_CODE) || has_role(reader, before, ROLE_CATEGORY))) {
        out->role = concept_at(reader, head)->role;
    }
}

static void say_attribute(const struct reader *reader, size_t head, struct meaning *out)
{
    size_t before = previous_word(reader, head);

    out->role = concept_at(reader, head)->role;
    out->strength = reader->reading->words[head].strength;
    out->weak = concept_at(reader, head)->weak;
    if (before != NOWHERE) {
        say_behind(reader, head, before, out);
    }
    if (out->leaf == DC_NO_INDEX) {
        set_object(reader, head, out);
        keep_type_names(reader, head, before, out);
    }
}

static void say_object(const struct reader *reader, size_t head, struct meaning *out)
{
    const struct dc_concept *object = concept_at(reader, head);
    size_t before = previous_word(reader, head);

    out->object = object->subject;
    out->leaf = object->leaf;
    out->weak = object->weak;
    out->strength = reader->reading->words[head].strength;
    out->role = object->role != DC_NO_INDEX ? object->role
                                            : reader->work->classifier->roles[ROLE_REFERENCE];
    /* English puts some attributes in front: date of order, total price of goods */
    if (before != NOWHERE && concept_at(reader, before)->kind == DC_CONCEPT_ATTRIBUTE &&
        !is_transparent(reader, before) && group_at(reader, before) != GROUP_NAMING) {
        out->role = concept_at(reader, before)->role;
    }
}

/* 是否, is, has, can … in front: modifiers that make a flag of all that follows; 是否 does so wherever it stands (协议是否同意). */
static bool asks_yes_or_no(const struct reader *reader)
{
    for (size_t i = 0; i < reader->reading->n_words; i++) {
        if (concept_at(reader, i)->kind == DC_CONCEPT_MODIFIER && has_role(reader, i, ROLE_FLAG) &&
            (i == 0 || (unsigned char)reader->reading->words[i].text[0] >= 0x80)) {
            return true;
        }
    }
    return false;
}

/* A flag in front or at the end, whatever else is said. */
static bool say_flag(const struct reader *reader, size_t head, struct meaning *out)
{
    size_t first = first_word(reader);
    bool front;

    if (asks_yes_or_no(reader)) {
        out->role = reader->work->classifier->roles[ROLE_FLAG];
        out->strength = reader->reading->words[0].strength;
        return true;
    }
    front = first != NOWHERE && has_role(reader, first, ROLE_FLAG);
    if (head == NOWHERE || first == NOWHERE) {
        return false;
    }

    if (!front && !has_role(reader, head, ROLE_FLAG)) {
        return false;
    }
    if (front && head != first &&
        (has_role(reader, head, ROLE_REMARK) || group_at(reader, head) == GROUP_PERSONAL ||
         is_instant(reader->column->type))) {
        return false;
    }
    out->role = reader->work->classifier->roles[ROLE_FLAG];
    out->strength = reader->reading->words[front ? first : head].strength;
    set_object(reader, head, out);
    return true;
}

static const char *detail_of(const struct reader *reader)
{
    const char *detail = "";

    for (size_t i = 0; i < reader->reading->n_words; i++) {
        detail = i == 0 ? reader->reading->words[i].text
                        : dc_arena_printf(reader->work->arena, "%s %s", detail,
                                          reader->reading->words[i].text);
    }
    return detail;
}

static const char *rule_of(const struct reader *reader, const struct meaning *meaning, size_t head)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(reader->work);

    if (meaning->leaf != DC_NO_INDEX || meaning->role == DC_NO_INDEX) {
        return concept_at(reader, head)->id;
    }
    if (meaning->object == DC_NO_INDEX) {
        return taxonomy->roles[meaning->role].id;
    }
    return dc_arena_printf(reader->work->arena, "%s.%s", taxonomy->subjects[meaning->object].id,
                           taxonomy->roles[meaning->role].id);
}

/* The combination that fits says role or leaf; the object is looked for all the same. */
static void say_combination(const struct reader *reader, const struct dc_combination *combination,
                            size_t head, struct meaning *out)
{
    out->role = combination->role;
    out->leaf = combination->leaf;
    out->strength = reader->reading->words[head].strength;
    if (combination->leaf == DC_NO_INDEX) {
        size_t object = object_near(reader, reader->reading->n_words);

        if (object != NOWHERE) {
            out->object = concept_at(reader, object)->subject;
            out->weak = concept_at(reader, object)->weak;
        }
    }
}

/* A thing with a unit is something measured or counted of it, not a reference to it: pump1_bar. */
static void say_unit(const struct reader *reader, struct meaning *out)
{
    if (reader->reading->unit_role != DC_NO_INDEX && out->leaf == DC_NO_INDEX &&
        (out->role == DC_NO_INDEX ||
         classify_is_role(reader->work->classifier, out->role, ROLE_REFERENCE))) {
        out->role = reader->reading->unit_role;
    }
}

static void say(const struct reader *reader, struct meaning *out)
{
    size_t head = previous_word(reader, reader->reading->n_words);
    const struct dc_combination *combination = combination_of(reader);

    *out = (struct meaning){.role = DC_NO_INDEX,
                            .object = DC_NO_INDEX,
                            .leaf = DC_NO_INDEX,
                            .aside = DC_NO_INDEX,
                            .rule = "",
                            .detail = ""};
    if (head == NOWHERE && combination == NULL && !asks_yes_or_no(reader)) {
        return;
    }
    head = head == NOWHERE ? reader->reading->n_words - 1 : head;
    if (combination != NULL) {
        say_combination(reader, combination, head, out);
    } else if (!say_flag(reader, head, out)) {
        switch (concept_at(reader, head)->kind) {
        case DC_CONCEPT_ATTRIBUTE:
            say_attribute(reader, head, out);
            break;
        case DC_CONCEPT_TERM:
            say_term(reader, head, out);
            break;
        case DC_CONCEPT_OBJECT:
        case DC_CONCEPT_MODIFIER:
            say_object(reader, head, out);
            break;
        }
    }
    say_unit(reader, out);
    out->role = classify_fit_role(reader->work->classifier, reader->column, out->role);
    out->detail = detail_of(reader);
    out->rule = rule_of(reader, out, head);
}

static bool is_guessed(const struct reading *reading)
{
    for (size_t i = 0; i < reading->n_words; i++) {
        if (reading->words[i].initials) {
            return true;
        }
    }
    return false;
}

/* Initials support one another: in a table where most columns read well through them, each is surer. */
static double trust_of(const struct table_work *work, const struct reading *reading)
{
    double trust = 0.35 + 0.65 * reading->covered;

    if (is_guessed(reading) && work->initials_share > 0.4) {
        trust *= 1.0 + 0.6 * work->initials_share;
    }
    return trust;
}

/* Initials are guesses: what a comment says in words goes before them. */
#define GUESSED 0.5

static double beside_comment(const struct column_work *column)
{
    return is_guessed(&column->readings[FROM_NAME]) && column->meanings[FROM_COMMENT].strength > 0
               ? GUESSED
               : 1.0;
}

static bool is_generic_role(const struct dc_classifier *classifier, int role)
{
    return role != DC_NO_INDEX &&
           (classifier->groups[role] == GROUP_NAMING ||
            classifier->groups[role] == GROUP_DOCUMENT || classifier->groups[role] == GROUP_MONEY);
}

/* A reading that names no object takes the one the other names: client_code, commented 编码. */
static void lend_object(const struct table_work *work, struct meaning *to,
                        const struct meaning *from)
{
    if (to->strength > 0 && to->object == DC_NO_INDEX && to->leaf == DC_NO_INDEX &&
        from->strength > 0 && from->object != DC_NO_INDEX && from->leaf == DC_NO_INDEX &&
        !from->weak && is_generic_role(work->classifier, to->role)) {
        to->object = from->object;
        to->weak = from->weak;
    }
}

/* Says no more than that something has a name, a number, a value. */
bool classify_is_bare(const struct table_work *work, const struct meaning *meaning)
{
    static const enum known_role bare[] = {
        ROLE_NUMBER,          ROLE_NAME, ROLE_SHORT_NAME, ROLE_VALUE,
        ROLE_COUNT_OR_NUMBER, ROLE_URL,  ROLE_ADDRESS,    ROLE_CONTENT};

    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++) {
        if (classify_is_role(work->classifier, meaning->role, bare[i])) {
            return meaning->strength > 0 && meaning->object == DC_NO_INDEX &&
                   meaning->leaf == DC_NO_INDEX;
        }
    }
    return false;
}

bool classify_is_generic(const struct table_work *work, const struct meaning *meaning)
{
    int role = meaning->role;
    bool room = classify_is_role(work->classifier, role, ROLE_EXTENSION) ||
                (role != DC_NO_INDEX &&
                 strcmp(work_taxonomy(work)->roles[role].id, "property") == 0);

    return classify_is_bare(work, meaning) ||
           (room && meaning->object == DC_NO_INDEX && meaning->leaf == DC_NO_INDEX);
}

/* A bare 名称 beside nick_name is the name of a person; a bare "code" commented 身份证号 an ID number. */
static void adopt(const struct table_work *work, struct meaning *to, const struct meaning *from)
{
    if (from->strength <= 0 || !classify_is_bare(work, to)) {
        return;
    }
    if (from->leaf != DC_NO_INDEX) {
        to->leaf = from->leaf;
        to->role = from->role;
        to->weak = from->weak;
    } else if (from->role != DC_NO_INDEX &&
               work->classifier->groups[from->role] == GROUP_PERSONAL) {
        to->role = from->role;
    }
}

#define DEGREE_DECIMALS 3
#define DEGREE_DIGITS   7 /* of whole numbers of 1e-6 degrees and finer */

bool classify_can_be_degrees(const struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (profile == NULL || dc_profile_filled(profile) <= 0 ||
        (profile->shapes.integer == 0 && profile->shapes.decimal == 0)) {
        return true;
    }
    return profile->decimals_max >= DEGREE_DECIMALS ||
           (profile->decimals_max <= 0 && profile->length_max >= DEGREE_DIGITS);
}

/* A reading that the values cannot bear: temperatures are no latitudes. */
static double values_factor(const struct table_work *work, const struct column_work *column,
                            int source)
{
    return classify_is_role(work->classifier, column->meanings[source].role, ROLE_COORDINATE) &&
                   !classify_can_be_degrees(column)
               ? work->classifier->weights.against
               : 1.0;
}

void classify_meanings_of(struct table_work *work, struct column_work *column)
{
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        struct reader reader = {work, column->column, &column->readings[source]};

        say(&reader, &column->meanings[source]);
        column->meanings[source].strength *= trust_of(work, &column->readings[source]) *
                                             values_factor(work, column, source);
    }
    column->meanings[FROM_NAME].strength *= beside_comment(column);
    adopt(work, &column->meanings[FROM_COMMENT], &column->meanings[FROM_NAME]);
    adopt(work, &column->meanings[FROM_NAME], &column->meanings[FROM_COMMENT]);
    lend_object(work, &column->meanings[FROM_COMMENT], &column->meanings[FROM_NAME]);
    lend_object(work, &column->meanings[FROM_NAME], &column->meanings[FROM_COMMENT]);
}

void classify_meanings(struct table_work *work)
{
    for (size_t i = 0; i < work->n_columns; i++) {
        classify_meanings_of(work, &work->columns[i]);
    }
}
