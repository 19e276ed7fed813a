/* Declared type, position as a key, comment that lists codes, and the statistics of the sample. */
#include <string.h>

#include "classify_internal.h"

#define FEW_VALUES      12 /* so few distinct values in many cells are a code */
#define LONGEST_LOGIN   20
#define MANY_CELLS      100
#define NEARLY_ALL      0.95
#define BUSINESS_KEY    0.5
#define AUTO_INCREMENT  2.6 /* nothing but a key counts itself up */
#define BUSINESS_NUMBER 1.7
#define MOST_NUMBER     31 /* places of a number that people read */
#define LONG_KEY        16 /* digits of whole numbers that machines hand out: snowflake and the like */
#define CLEAR           0.5 /* strength of a subject from which it says what a column without a name is */
#define HEX_KEY         22 /* places of a UUID in base 64 */

static double share_of(uint32_t count, int64_t distinct)
{
    return distinct <= 0 ? 0 : (double)count / (double)distinct;
}

static void add_z(struct table_work *work, struct column_work *column, enum dc_evidence_kind kind,
                  const char *rule, double weight, enum known_leaf leaf)
{
    classify_add(work, column, kind, rule, column->column->type_name, weight,
                 work->classifier->leaves[leaf]);
}

static bool is_role_of(const struct table_work *work, const struct column_work *column,
                       enum known_role known)
{
    for (int i = 0; i < N_WORD_SOURCES; i++) {
        if (column->meanings[i].strength > 0 &&
            classify_is_role(work->classifier, column->meanings[i].role, known)) {
            return true;
        }
    }
    return false;
}

/* ---- keys ---- */

static size_t count_keys(const struct table_work *work)
{
    size_t n = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        n += work->columns[i].column->primary_key;
    }
    return n;
}

/* Room for a number that people read: hexadecimal and UUID keys have 32 or 36 places, generous ones more. */
static bool is_short_text(const struct dc_column *column)
{
    return column->type == DC_TYPE_TEXT && column->length > 1 && column->length <= MOST_NUMBER &&
           column->length != HEX_KEY;
}

/* "tool_id VARCHAR(20)" without a sample: the number of a tool, not a surrogate key. */
static void add_text_id(struct table_work *work, struct column_work *column)
{
    const struct meaning *meaning = &column->meanings[FROM_NAME];

    if (is_short_text(column->column) && meaning->object != DC_NO_INDEX && meaning->strength > 0 &&
        !work_taxonomy(work)->subjects[meaning->object].technical &&
        !work_taxonomy(work)->subjects[meaning->object].person &&
        (column->profile == NULL || dc_profile_filled(column->profile) <= 0)) {
        classify_add(work, column, DC_EVIDENCE_TYPE, "short-text-id", column->column->type_name,
                     work->classifier->weights.key_type * BUSINESS_NUMBER,
                     classify_leaf_of(work, work->classifier->roles[ROLE_NUMBER], meaning->object));
    }
}

static void add_key(struct table_work *work, struct column_work *column)
{
    const struct dc_column *described = column->column;
    double weight = work->classifier->weights.key_type;
    bool numeric = described->type == DC_TYPE_INTEGER ||
                   (described->type == DC_TYPE_DECIMAL && described->scale <= 0);
    bool key_name = is_role_of(work, column, ROLE_KEY);

    if (described->auto_increment) {
        add_z(work, column, DC_EVIDENCE_TYPE, "auto-increment", weight * AUTO_INCREMENT, LEAF_KEY);
    } else if (described->type == DC_TYPE_UUID) {
        add_z(work, column, DC_EVIDENCE_TYPE, "uuid", weight, LEAF_KEY);
    } else if (described->primary_key && numeric && count_keys(work) == 1) {
        add_z(work, column, DC_EVIDENCE_TYPE, "primary-key", weight, LEAF_KEY);
    } else if (key_name && (numeric || described->primary_key)) {
        add_z(work, column, DC_EVIDENCE_TYPE, "key-type", weight * BUSINESS_KEY, LEAF_KEY);
    }
    if (key_name) {
        add_text_id(work, column);
    }
}

/* ---- types ---- */

static void add_type(struct table_work *work, struct column_work *column)
{
    const struct weights *weights = &work->classifier->weights;
    bool technical = column->role != DC_NO_INDEX &&
                     work->classifier->groups[column->role] == GROUP_TECHNICAL;

    switch (column->column->type) {
    case DC_TYPE_TEXT:
        if (column->column->length == 1 && !is_role_of(work, column, ROLE_DELETE_MARK)) {
            add_z(work, column, DC_EVIDENCE_TYPE, "one-character", weights->flag_type, LEAF_CODE);
        }
        break;
    case DC_TYPE_BOOLEAN:
        if (!is_role_of(work, column, ROLE_DELETE_MARK) && !is_role_of(work, column, ROLE_VALUE)) {
            add_z(work, column, DC_EVIDENCE_TYPE, "boolean", weights->flag_type, LEAF_CODE);
        }
        break;
    case DC_TYPE_BINARY:
    case DC_TYPE_LONG_TEXT:
    case DC_TYPE_JSON:
    case DC_TYPE_XML:
        if (!technical) {
            add_z(work, column, DC_EVIDENCE_TYPE, dc_type_class_name(column->column->type),
                  weights->type, LEAF_TEXT);
        }
        break;
    default:
        break;
    }
}

static void add_code_list(struct table_work *work, struct column_work *column)
{
    if (column->readings[FROM_COMMENT].code_list && column->column->type != DC_TYPE_DATE &&
        column->column->type != DC_TYPE_TIMESTAMP && !is_role_of(work, column, ROLE_DELETE_MARK)) {
        add_z(work, column, DC_EVIDENCE_COMMENT, "code-list", work->classifier->weights.flag_type,
              LEAF_CODE);
    }
}

/* ---- statistics ---- */

static void add_flag_values(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (profile->distinct <= 2 && dc_profile_filled(profile) >= MANY_CELLS / 4 &&
        share_of(profile->shapes.zero_or_one, profile->distinct) >= NEARLY_ALL &&
        !is_role_of(work, column, ROLE_DELETE_MARK) && !is_role_of(work, column, ROLE_KEY)) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "two-values",
              work->classifier->weights.statistics, LEAF_CODE);
    }
}

/* Few short codes over many rows; a name in Chinese or a quantity with decimals is none. */
static void add_code_values(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (profile->distinct > 2 && profile->distinct <= FEW_VALUES &&
        dc_profile_filled(profile) >= MANY_CELLS && profile->length_max <= 12 &&
        profile->shapes.has_han == 0 && profile->shapes.decimal == 0 && profile->shapes.date == 0 &&
        column->column->type != DC_TYPE_DECIMAL && !is_role_of(work, column, ROLE_KEY)) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "few-codes",
              work->classifier->weights.statistics * BUSINESS_KEY, LEAF_CODE);
    }
}

static void add_prose(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (share_of(profile->shapes.sentence, profile->distinct) >= 0.5 ||
        share_of(profile->shapes.json, profile->distinct) >= NEARLY_ALL) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "prose", work->classifier->weights.statistics,
              LEAF_TEXT);
    }
}

/* Whole numbers that count up, one a row, are a surrogate key whatever they are called. */
static void add_counting(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int64_t filled = dc_profile_filled(profile);

    if (filled >= MANY_CELLS / 4 && profile->ascending && profile->distinct == filled &&
        share_of(profile->shapes.integer, profile->distinct) >= NEARLY_ALL &&
        column->column->ordinal <= 2 && profile->length_max <= 12 &&
        profile->length_max - profile->length_min <= 6) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "counting-up",
              work->classifier->weights.statistics, LEAF_KEY);
    }
}

/* The id of an account that is a short word, no number and no hash, is what one logs in with. */
static void add_login(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int account = dc_taxonomy_subject(work_taxonomy(work), "user_account");

    if (account != DC_NO_INDEX && column->meanings[FROM_NAME].object == account &&
        is_role_of(work, column, ROLE_KEY) && column->column->type == DC_TYPE_TEXT &&
        share_of(profile->shapes.has_letter, profile->distinct) >= NEARLY_ALL &&
        share_of(profile->shapes.all_upper_alnum, profile->distinct) < 0.5 &&
        share_of(profile->shapes.hex, profile->distinct) < 0.5 &&
        share_of(profile->shapes.base64ish, profile->distinct) < 0.5 &&
        profile->shapes.has_space == 0 && profile->length_max <= LONGEST_LOGIN) {
        classify_add(work, column, DC_EVIDENCE_STATISTICS, "login-name", "",
                     work->classifier->weights.key_type * BUSINESS_NUMBER,
                     classify_leaf_of(work, work->classifier->roles[ROLE_LOGIN], DC_NO_INDEX));
    }
}

/* A column called an id whose values are business numbers: letters and digits, no hash. */
static void add_business_number(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;
    int leaf = classify_leaf_of(work, work->classifier->roles[ROLE_NUMBER],
                                column->meanings[FROM_NAME].object);

    if (is_role_of(work, column, ROLE_KEY) && column->column->type == DC_TYPE_TEXT &&
        column->known_leaf == DC_NO_INDEX &&
        share_of(profile->shapes.all_upper_alnum, profile->distinct) >= NEARLY_ALL &&
        share_of(profile->shapes.hex, profile->distinct) < 0.5 && profile->length_max <= 24) {
        classify_add(work, column, DC_EVIDENCE_STATISTICS, "business-number", "",
                     work->classifier->weights.key_type * BUSINESS_NUMBER, leaf);
    }
}

/* Words in two letters and digits are found without a name, too: no name at all leaves what values are like. */
static void add_nameless(struct table_work *work, struct column_work *column)
{
    const struct dc_profile *profile = column->profile;

    if (column->role != DC_NO_INDEX ||
        (work->subject != DC_NO_INDEX && work->subject_strength >= CLEAR)) {
        return;
    }
    if (column->column->type == DC_TYPE_INTEGER && profile->length_min >= LONG_KEY &&
        profile->shapes.integer == (uint32_t)profile->distinct) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "long-number",
              work->classifier->weights.statistics, LEAF_KEY);
    }
    if (profile->shapes.date > 0 && profile->shapes.date == (uint32_t)profile->distinct &&
        profile->shapes.midnight == 0) {
        add_z(work, column, DC_EVIDENCE_STATISTICS, "time-of-day",
              work->classifier->weights.statistics, LEAF_KEY);
    }
}

void classify_traits(struct table_work *work, struct column_work *column)
{
    add_key(work, column);
    add_type(work, column);
    add_code_list(work, column);
    if (column->profile == NULL || dc_profile_filled(column->profile) <= 0) {
        return;
    }
    add_flag_values(work, column);
    add_code_values(work, column);
    add_prose(work, column);
    add_counting(work, column);
    add_business_number(work, column);
    add_login(work, column);
    add_nameless(work, column);
}
