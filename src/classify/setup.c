/* A taxonomy prepared for deciding: ids to indexes, weights to a struct, hints by concept. */
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"

static const char *const role_ids[N_KNOWN_ROLES] = {
    [ROLE_KEY] = "key",
    [ROLE_PARENT_KEY] = "parent_key",
    [ROLE_AUDIT_TIME] = "audit_time",
    [ROLE_AUDIT_USER] = "audit_user",
    [ROLE_DELETE_MARK] = "delete_mark",
    [ROLE_TENANT_KEY] = "tenant_key",
    [ROLE_SORT_ORDER] = "sort_order",
    [ROLE_TECHNICAL] = "technical",
    [ROLE_VERSION] = "version",
    [ROLE_STATUS] = "status",
    [ROLE_TYPE_CODE] = "type_code",
    [ROLE_FLAG] = "flag",
    [ROLE_LEVEL] = "level",
    [ROLE_CATEGORY] = "category",
    [ROLE_REMARK] = "remark",
    [ROLE_DESCRIPTION] = "description",
    [ROLE_CONTENT] = "content",
    [ROLE_ATTACHMENT] = "attachment",
    [ROLE_EXTENSION] = "extension",
    [ROLE_NUMBER] = "number",
    [ROLE_COUNT_OR_NUMBER] = "count_or_number",
    [ROLE_NAME] = "name",
    [ROLE_SHORT_NAME] = "short_name",
    [ROLE_QUANTITY] = "quantity",
    [ROLE_DATE] = "date",
    [ROLE_VALUE] = "value",
    [ROLE_DURATION] = "duration",
    [ROLE_RATE] = "rate",
    [ROLE_LIMIT] = "limit",
    [ROLE_SCORE] = "score",
    [ROLE_REFERENCE] = "reference",
    [ROLE_PERSON_NAME] = "person_name",
    [ROLE_EXPIRY_DATE] = "expiry_date",
    [ROLE_ACTUAL_DATE] = "actual_date",
    [ROLE_PLAN_DATE] = "plan_date",
    [ROLE_PERSON] = "person",
    [ROLE_LOGIN] = "login",
    [ROLE_COMPANY_NAME] = "company_name",
    [ROLE_URL] = "url",
    [ROLE_ADDRESS] = "address",
    [ROLE_COORDINATE] = "coordinate",
};

static const char *const leaf_codes[N_KNOWN_LEAVES] = {"Z1-01", "Z1-02", "Z1-03", "Z1-04"};

/* Roles that name an object, and roles of money; what is left is technical or personal by its leaf, or an attribute of the document. */
static const char *const naming_roles[] = {
    "number",          "name",    "short_name",   "specification",  "brand",    "unit",
    "reference",       "address", "fax",          "category",       "position", "property",
    "document_number", "url",     "company_name", "count_or_number"};
static const char *const money_roles[] = {
    "price", "amount",  "discount", "cost",           "fee",
    "tax",   "balance", "currency", "purchase_price", "sales_price"};

#define N_ITEMS(array) (sizeof(array) / sizeof *(array))

/* ---- weights ---- */

struct weight_field {
    const char *name;
    size_t offset;
    double fallback;
};

#define AT(member) offsetof(struct weights, member)
/* In the order of weights.yaml, which says what each means. */
static const struct weight_field weight_fields[] = {
    {"comment", AT(comment), 3.0},
    {"comment_rest", AT(comment_rest), 0.8},
    {"name", AT(name), 2.2},
    {"known", AT(known), 4.0},
    {"subject_table", AT(subject_table), 2.0},
    {"subject_comment", AT(subject_comment), 3.0},
    {"subject_column", AT(subject_column), 0.5},
    {"subject_hint", AT(subject_hint), 1.0},
    {"subject_side", AT(subject_side), 0.3},
    {"subject_settled", AT(subject_settled), 8.0},
    {"subject_context", AT(subject_context), 0.5},
    {"subject_minimum", AT(subject_minimum), 0.6},
    {"subject_sure", AT(subject_sure), 2.5},
    {"table", AT(table), 1.0},
    {"table_fallback", AT(table_fallback), 0.9},
    {"object_second", AT(object_second), 0.3},
    {"relation", AT(relation), 2.0},
    {"key_type", AT(key_type), 2.5},
    {"flag_type", AT(flag_type), 2.0},
    {"type", AT(type), 0.6},
    {"statistics", AT(statistics), 0.8},
    {"neighbour", AT(neighbour), 0.5},
    {"form_abbreviation", AT(form_abbreviation), 0.85},
    {"form_pinyin", AT(form_pinyin), 0.85},
    {"form_glued", AT(form_glued), 0.85},
    {"form_fuzzy", AT(form_fuzzy), 0.6},
    {"form_initials_2", AT(form_initials_2), 0.4},
    {"form_initials_3", AT(form_initials_3), 0.6},
    {"form_initials_4", AT(form_initials_4), 0.75},
    {"form_weak", AT(form_weak), 0.55},
    {"form_cut", AT(form_cut), 0.5},
    {"table_values", AT(table_values), 0.6},
    {"subject_value", AT(subject_value), 1.0},
    {"against", AT(against), 0.3},
    {"minimum", AT(minimum), 0.45},
    {"review", AT(review), 0.5},
    {"doubt", AT(doubt), 0.0},
    {"candidate", AT(candidate), 0.6},
    {"review_column", AT(review_column), 12.0},
    {"review_name", AT(review_name), 4.0},
    {"review_reference", AT(review_reference), 3.0},
    {"value_proof", AT(value_proof), 3.0},
    {"free_text_share", AT(free_text_share), 0.02},
    {"masked_share", AT(masked_share), 0.95},
};
#undef AT

static void load_weights(struct dc_classifier *classifier)
{
    for (size_t i = 0; i < N_ITEMS(weight_fields); i++) {
        double value = dc_taxonomy_weight(classifier->taxonomy, weight_fields[i].name,
                                          weight_fields[i].fallback);

        memcpy((char *)&classifier->weights + weight_fields[i].offset, &value, sizeof value);
    }
}

/* confidence_margin_1 … and confidence_value_1 …: points of the line; they have to ascend, or they end there. */
static void load_confidence(struct dc_classifier *classifier)
{
    static const struct confidence_step fallback[] = {{0.0, 0.3}, {0.5, 0.75}, {1.0, 0.97}};

    for (int i = 1; i <= N_CONFIDENCE_STEPS; i++) {
        char margin[32] = "confidence_margin_", value[32] = "confidence_value_";
        struct confidence_step *step = &classifier->steps[classifier->n_steps];

        margin[strlen(margin)] = value[strlen(value)] = (char)('0' + i);
        step->margin = dc_taxonomy_weight(classifier->taxonomy, margin, -1);
        step->confidence = dc_taxonomy_weight(classifier->taxonomy, value, -1);
        if (step->margin < 0 || step->confidence < 0 ||
            (classifier->n_steps > 0 &&
             (step->margin <= step[-1].margin || step->confidence < step[-1].confidence))) {
            break;
        }
        classifier->n_steps++;
    }
    if (classifier->n_steps < 2) {
        memcpy(classifier->steps, fallback, sizeof fallback);
        classifier->n_steps = N_ITEMS(fallback);
    }
}

/* ---- roles ---- */

static bool is_listed(const char *id, const char *const *list, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(id, list[i]) == 0) {
            return true;
        }
    }
    return false;
}

static enum role_group group_of(const struct dc_taxonomy *taxonomy, const struct dc_role *role)
{
    const struct dc_leaf *leaf = role->leaf == DC_NO_INDEX ? NULL : &taxonomy->leaves[role->leaf];

    if (is_listed(role->id, naming_roles, N_ITEMS(naming_roles))) {
        return GROUP_NAMING;
    }
    if (is_listed(role->id, money_roles, N_ITEMS(money_roles))) {
        return GROUP_MONEY;
    }
    if (role->overrides && leaf != NULL && leaf->technical) {
        return GROUP_TECHNICAL;
    }
    return role->overrides && leaf != NULL ? GROUP_PERSONAL : GROUP_DOCUMENT;
}

static void load_roles(struct dc_classifier *classifier)
{
    const struct dc_taxonomy *taxonomy = classifier->taxonomy;

    for (size_t i = 0; i < N_KNOWN_ROLES; i++) {
        classifier->roles[i] = dc_taxonomy_role(taxonomy, role_ids[i]);
    }
    classifier->groups = dc_arena_alloc(classifier->arena,
                                        (taxonomy->n_roles + 1) * sizeof *classifier->groups);
    for (size_t i = 0; i < taxonomy->n_roles; i++) {
        classifier->groups[i] = group_of(taxonomy, &taxonomy->roles[i]);
    }
}

static void load_own_leaves(struct dc_classifier *classifier)
{
    const struct dc_taxonomy *taxonomy = classifier->taxonomy;
    size_t n = taxonomy->n_subjects * taxonomy->n_roles;

    classifier->own_leaves = dc_arena_alloc(classifier->arena,
                                            (n + 1) * sizeof *classifier->own_leaves);
    for (size_t i = 0; i < n; i++) {
        classifier->own_leaves[i] = DC_NO_INDEX;
    }
    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        const struct dc_subject *subject = &taxonomy->subjects[s];

        for (size_t i = 0; i < subject->n_roles; i++) {
            classifier->own_leaves[s * taxonomy->n_roles + (size_t)subject->roles[i].role] =
                subject->roles[i].leaf;
        }
    }
}

int classify_own_leaf(const struct dc_classifier *classifier, int subject, int role)
{
    if (subject == DC_NO_INDEX || role == DC_NO_INDEX) {
        return DC_NO_INDEX;
    }
    return classifier->own_leaves[(size_t)subject * classifier->taxonomy->n_roles + (size_t)role];
}

/* ---- hints by concept ---- */

struct pair {
    int concept;
    struct hint hint;
};

struct pairs {
    struct pair *items;
    size_t n_items, capacity;
};

static void add_pair(struct pairs *pairs, int concept, int subject, double weight)
{
    pairs->items = dc_array_grow(pairs->items, pairs->n_items, &pairs->capacity,
                                 sizeof *pairs->items);
    pairs->items[pairs->n_items++] = (struct pair){concept, {subject, weight}};
}

/* Turns pairs into one list a concept, in the order of the pairs. */
static struct hint_list *by_concept(struct dc_classifier *classifier, struct pairs *pairs)
{
    size_t n = classifier->taxonomy->n_concepts;
    struct hint_list *lists = dc_arena_alloc(classifier->arena, (n + 1) * sizeof *lists);
    size_t *filled = dc_alloc(n + 1, sizeof *filled);
    struct hint *hints = dc_arena_alloc(classifier->arena, (pairs->n_items + 1) * sizeof *hints);
    size_t next = 0;

    for (size_t i = 0; i < pairs->n_items; i++) {
        lists[pairs->items[i].concept].n_items++;
    }
    for (size_t i = 0; i < n; i++) {
        lists[i].items = hints + next;
        filled[i] = next;
        next += lists[i].n_items;
    }
    for (size_t i = 0; i < pairs->n_items; i++) {
        hints[filled[pairs->items[i].concept]++] = pairs->items[i].hint;
    }
    free(filled);
    free(pairs->items);
    return lists;
}

static void load_hints(struct dc_classifier *classifier)
{
    const struct dc_taxonomy *taxonomy = classifier->taxonomy;
    struct pairs table = {NULL, 0, 0}, columns = {NULL, 0, 0}, combinations = {NULL, 0, 0};

    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        const struct dc_subject *subject = &taxonomy->subjects[s];

        for (size_t i = 0; i < subject->n_in_table; i++) {
            add_pair(&table, subject->in_table[i].concept, (int)s, subject->in_table[i].weight);
        }
        for (size_t i = 0; i < subject->n_in_columns; i++) {
            add_pair(&columns, subject->in_columns[i].concept, (int)s,
                     subject->in_columns[i].weight);
        }
    }
    for (size_t i = 0; i < taxonomy->n_combinations; i++) {
        if (taxonomy->combinations[i].n_concepts > 0) {
            add_pair(&combinations, taxonomy->combinations[i].concepts[0], (int)i,
                     taxonomy->combinations[i].weight);
        }
    }
    classifier->table_hints = by_concept(classifier, &table);
    classifier->column_hints = by_concept(classifier, &columns);
    classifier->combinations = by_concept(classifier, &combinations);
}

bool classify_setup(struct dc_classifier *classifier)
{
    for (size_t i = 0; i < N_KNOWN_LEAVES; i++) {
        classifier->leaves[i] = dc_taxonomy_leaf(classifier->taxonomy, leaf_codes[i]);
    }
    load_weights(classifier);
    load_confidence(classifier);
    load_roles(classifier);
    load_own_leaves(classifier);
    load_hints(classifier);
    return true;
}
