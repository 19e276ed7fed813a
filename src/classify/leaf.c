/* Role × object × subject → leaf, and the lines of evidence that names and comments give. */
#include <math.h>
#include <string.h>

#include "classify_internal.h"

#define WEAK_NEEDS 0.4 /* strength of a subject from which it outweighs a weak word */

/* ---- types that cannot hold a role ---- */

struct gives_way {
    enum dc_type_class type;
    enum known_role role;
};

/* What a column of a type is when its name says something that the type cannot hold. */
static const struct gives_way by_type[] = {
    {DC_TYPE_BOOLEAN, ROLE_FLAG},  {DC_TYPE_DATE, ROLE_DATE},
    {DC_TYPE_TIME, ROLE_DATE},     {DC_TYPE_TIMESTAMP, ROLE_DATE},
    {DC_TYPE_UUID, ROLE_KEY},      {DC_TYPE_BINARY, ROLE_ATTACHMENT},
    {DC_TYPE_SPATIAL, ROLE_VALUE}, {DC_TYPE_LONG_TEXT, ROLE_CONTENT},
    {DC_TYPE_JSON, ROLE_CONTENT},  {DC_TYPE_XML, ROLE_CONTENT},
    {DC_TYPE_TEXT, ROLE_NAME},     {DC_TYPE_DECIMAL, ROLE_QUANTITY},
    {DC_TYPE_REAL, ROLE_QUANTITY}, {DC_TYPE_INTEGER, ROLE_QUANTITY}};

static int role_of_type(const struct dc_classifier *classifier, enum dc_type_class type)
{
    for (size_t i = 0; i < sizeof by_type / sizeof *by_type; i++) {
        if (by_type[i].type == type) {
            return classifier->roles[by_type[i].role];
        }
    }
    return DC_NO_INDEX;
}

/* A whole number that can be an id: no fraction declared. */
static bool can_be_id(const struct dc_column *column)
{
    return column->type == DC_TYPE_INTEGER ||
           (column->type == DC_TYPE_DECIMAL && column->scale <= 0);
}

/* "number" is a quantity in a numeric column and a number of a document in a text. */
static int settle_count(const struct dc_classifier *classifier, const struct dc_column *column)
{
    return classifier->roles[classify_is_numeric(column->type) ? ROLE_QUANTITY : ROLE_NUMBER];
}

/* Roles whose bearer other tables refer to by an id. */
static bool is_keyed(const struct dc_classifier *classifier, int role)
{
    static const enum known_role keyed[] = {ROLE_PERSON, ROLE_AUDIT_USER, ROLE_PERSON_NAME,
                                            ROLE_LOGIN, ROLE_NAME};

    return classify_is_one_of(classifier, role, keyed, sizeof keyed / sizeof *keyed);
}

/* A number with a fraction refers to nothing: it is a quantity of what it names. */
static bool is_fraction_of(const struct dc_classifier *classifier, const struct dc_column *column,
                           int role)
{
    return classify_is_role(classifier, role, ROLE_REFERENCE) && column->type == DC_TYPE_DECIMAL &&
           column->scale > 0;
}

int classify_fit_role(const struct dc_classifier *classifier, const struct dc_column *column,
                      int role)
{
    const struct dc_role *described;

    if (classify_is_role(classifier, role, ROLE_COUNT_OR_NUMBER)) {
        return settle_count(classifier, column);
    }
    if (is_fraction_of(classifier, column, role)) {
        return classifier->roles[ROLE_QUANTITY];
    }
    if (role == DC_NO_INDEX || column->type == DC_TYPE_UNKNOWN) {
        return role;
    }
    described = &classifier->taxonomy->roles[role];
    if (described->types == 0
            ? column->type != DC_TYPE_BOOLEAN || classifier->groups[role] == GROUP_TECHNICAL
            : (described->types & (1U << column->type)) != 0) {
        return role;
    }
    /* a person, a name, a login in a whole number is the key of one; a telephone or address in it is a flag or a count */
    if (can_be_id(column) && is_keyed(classifier, role)) {
        return classifier->roles[ROLE_KEY];
    }
    if (can_be_id(column) && classifier->groups[role] == GROUP_PERSONAL) {
        return classifier->roles[ROLE_FLAG];
    }
    return role_of_type(classifier, column->type);
}

/* ---- role × object × subject ---- */

static int leaf_by_role(const struct dc_classifier *classifier, int role)
{
    return role == DC_NO_INDEX ? DC_NO_INDEX : classifier->taxonomy->roles[role].leaf;
}

static int leaf_of_subject(const struct dc_classifier *classifier, int subject)
{
    return subject == DC_NO_INDEX ? DC_NO_INDEX : classifier->taxonomy->subjects[subject].leaf;
}

static int first_leaf(const int *leaves, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (leaves[i] != DC_NO_INDEX) {
            return leaves[i];
        }
    }
    return DC_NO_INDEX;
}

/* Within one thing: its own leaf for the role, the role's, its leaf. */
static int leaf_within(const struct dc_classifier *classifier, int role, int subject)
{
    const int order[] = {classify_own_leaf(classifier, subject, role),
                         leaf_by_role(classifier, role), leaf_of_subject(classifier, subject)};

    return first_leaf(order, 3);
}

int classify_leaf_of(const struct table_work *work, int role, int object)
{
    const struct dc_classifier *classifier = work->classifier;
    enum role_group group = role == DC_NO_INDEX ? GROUP_NAMING : classifier->groups[role];

    if (object == DC_NO_INDEX || object == work->subject) {
        return leaf_within(classifier, role, work->subject);
    }
    if (group == GROUP_NAMING || work->subject == DC_NO_INDEX) {
        const int order[] = {classify_own_leaf(classifier, object, role),
                             role == DC_NO_INDEX || !classifier->taxonomy->roles[role].overrides
                                 ? DC_NO_INDEX
                                 : leaf_by_role(classifier, role),
                             classify_is_role(classifier, role, ROLE_CATEGORY) ||
                                     classify_is_role(classifier, role, ROLE_COMPANY_NAME)
                                 ? leaf_of_subject(classifier, object)
                                 : leaf_by_role(classifier, role),
                             leaf_of_subject(classifier, object)};

        return first_leaf(order, 4);
    }
    if (group == GROUP_MONEY) {
        const int order[] = {classify_own_leaf(classifier, work->subject, role),
                             classify_own_leaf(classifier, object, role),
                             leaf_by_role(classifier, role),
                             leaf_of_subject(classifier, work->subject)};

        return first_leaf(order, 4);
    }
    return leaf_within(classifier, role, work->subject);
}

/* ---- evidence of names and comments ---- */

static const enum dc_evidence_kind kinds[N_WORD_SOURCES] = {[FROM_KNOWN] = DC_EVIDENCE_NAME,
                                                            [FROM_COMMENT] = DC_EVIDENCE_COMMENT,
                                                            [FROM_NAME] = DC_EVIDENCE_NAME};

static double source_weight(const struct weights *weights, int source)
{
    return source == FROM_KNOWN     ? weights->known
           : source == FROM_COMMENT ? weights->comment
                                    : weights->name;
}

/* A weak word needs a second signal: the other source, or a subject of the same class. */
static bool is_supported(const struct table_work *work, const struct column_work *column,
                         const struct meaning *meaning, int leaf)
{
    for (int i = 0; i < N_WORD_SOURCES; i++) {
        const struct meaning *other = &column->meanings[i];

        if (other != meaning && other->strength > 0 &&
            ((other->object != DC_NO_INDEX && other->object == meaning->object) ||
             (other->leaf != DC_NO_INDEX && other->leaf == leaf))) {
            return true;
        }
    }
    return work->subject != DC_NO_INDEX &&
           classify_same_class(work_taxonomy(work), leaf,
                               work_taxonomy(work)->subjects[work->subject].leaf);
}

/* Whether a leaf was found without the table's subject. */
static bool stands_alone(const struct table_work *work, const struct meaning *meaning, int leaf)
{
    const struct dc_classifier *classifier = work->classifier;

    return meaning->leaf != DC_NO_INDEX || meaning->object != DC_NO_INDEX ||
           leaf == leaf_by_role(classifier, meaning->role);
}

/* Terms that cannot be in such a column: no password is a date, no telephone a yes or no. */
static double type_factor(const struct table_work *work, const struct column_work *column,
                          const struct meaning *meaning)
{
    enum dc_type_class type = column->column->type;
    bool instant = type == DC_TYPE_DATE || type == DC_TYPE_TIME || type == DC_TYPE_TIMESTAMP;

    if (meaning->leaf == DC_NO_INDEX) {
        return 1.0;
    }
    if (type == DC_TYPE_BOOLEAN) {
        return work->classifier->weights.against;
    }
    return instant && strcmp(work_taxonomy(work)->leaves[meaning->leaf].code, "D6-03") == 0
               ? work->classifier->weights.against
               : 1.0;
}

/* X9: what a name only refers to keeps the document in hand as runner-up, and the other way round. */
static void add_second(struct table_work *work, struct column_work *column, int source,
                       const struct meaning *meaning, double weight, int leaf)
{
    int other;

    if (meaning->object == DC_NO_INDEX || meaning->object == work->subject ||
        work->subject == DC_NO_INDEX || meaning->leaf != DC_NO_INDEX) {
        return;
    }
    other = leaf_within(work->classifier, meaning->role, work->subject);
    if (other == leaf) {
        other = leaf_within(work->classifier, meaning->role, meaning->object);
    }
    if (other != leaf) {
        classify_add(work, column, kinds[source], meaning->rule, meaning->detail,
                     weight * work->classifier->weights.object_second, other);
    }
}

/* A weak object without a second signal is no object: 项目 in a table of checks is an item, not a project. */
static void drop_weak_object(struct table_work *work, struct column_work *column,
                             struct meaning *meaning)
{
    if (meaning->weak && meaning->object != DC_NO_INDEX && meaning->leaf == DC_NO_INDEX &&
        work->subject != DC_NO_INDEX && work->subject_strength > WEAK_NEEDS &&
        !is_supported(work, column, meaning,
                      classify_leaf_of(work, meaning->role, meaning->object))) {
        meaning->object = DC_NO_INDEX;
        meaning->weak = false;
    }
}

/*
 * Tables of frameworks hold no business of the plant, and those of vehicles on the road none of its production and operation: what seems to
 * be some is most likely a word with two meanings.
 */
static bool is_out_of_domain(const struct table_work *work, int leaf)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_subject *subject;

    if (work->subject == DC_NO_INDEX || work->subject_strength < WEAK_NEEDS) {
        return false;
    }
    subject = &taxonomy->subjects[work->subject];
    if (subject->technical) {
        return strchr("ABCE", taxonomy->leaves[leaf].code[0]) != NULL ||
               (taxonomy->leaves[leaf].code[0] == 'D' &&
                strchr("123", taxonomy->leaves[leaf].code[1]) != NULL);
    }
    return strncmp(taxonomy->leaves[subject->leaf].code, "E1", 2) == 0 &&
           strchr("BC", taxonomy->leaves[leaf].code[0]) != NULL;
}

static double subject_factor(const struct table_work *work, int leaf)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);

    if (taxonomy->leaves[leaf].technical || taxonomy->leaves[leaf].pi != DC_PI_NONE ||
        !is_out_of_domain(work, leaf) ||
        classify_same_class(taxonomy, leaf, taxonomy->subjects[work->subject].leaf)) {
        return 1.0;
    }
    return work->classifier->weights.form_weak;
}

/* A "number" whose values are telephone numbers is one. */
static double proof_factor(const struct table_work *work, const struct column_work *column,
                           const struct meaning *meaning, int leaf)
{
    return column->proven != DC_NO_INDEX && column->proven != leaf &&
                   classify_is_bare(work, meaning)
               ? work->classifier->weights.against
               : 1.0;
}

static void add_meaning(struct table_work *work, struct column_work *column, int source)
{
    const struct weights *weights = &work->classifier->weights;
    const struct meaning *meaning = &column->meanings[source];
    int leaf = meaning->leaf != DC_NO_INDEX
                   ? meaning->leaf
                   : classify_leaf_of(work, meaning->role, meaning->object);
    double weight = source_weight(weights, source) * meaning->strength *
                    type_factor(work, column, meaning);

    if (meaning->strength <= 0 || leaf == DC_NO_INDEX) {
        return;
    }
    weight *= subject_factor(work, leaf) * proof_factor(work, column, meaning, leaf);
    if (meaning->weak && !is_supported(work, column, meaning, leaf)) {
        weight *= weights->form_weak;
    }
    if (!stands_alone(work, meaning, leaf)) {
        weight *= 0.35 + 0.65 * work->subject_strength;
    }
    classify_add(work, column, kinds[source], meaning->rule, meaning->detail, weight, leaf);
    add_second(work, column, source, meaning, weight, leaf);
    if (meaning->aside != DC_NO_INDEX) {
        classify_add(work, column, kinds[source], meaning->rule, meaning->detail,
                     weight * weights->object_second, meaning->aside);
    }
}

/* Words behind a comment's head say a little: a term among them its leaf. */
static void add_rest(struct table_work *work, struct column_work *column)
{
    const struct reading *comment = &column->readings[FROM_COMMENT];

    for (size_t i = 0; i < comment->n_rest; i++) {
        const struct dc_concept *concept = work_concept(work, comment->rest[i].concept);

        if (concept->kind == DC_CONCEPT_TERM && concept->leaf != DC_NO_INDEX && !concept->weak &&
            !comment->code_list) {
            classify_add(work, column, DC_EVIDENCE_COMMENT, concept->id, comment->rest[i].text,
                         work->classifier->weights.comment_rest, concept->leaf);
            return;
        }
    }
}

/* The reading that counts most (X2: a comment before a name), or NULL where none says anything. */
static const struct meaning *weightiest(const struct table_work *work,
                                        const struct column_work *column)
{
    const struct meaning *best = NULL;
    double most = 0;

    for (int i = 0; i < N_WORD_SOURCES; i++) {
        double weight = source_weight(&work->classifier->weights, i) * column->meanings[i].strength;

        if (weight > most) {
            most = weight;
            best = &column->meanings[i];
        }
    }
    return best;
}

/* What the table's subject says: of the role the best reading gave, else of the one the type allows. */
static void add_table(struct table_work *work, struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct meaning *best = weightiest(work, column);
    double weight = work->classifier->weights.table_fallback;
    int role = role_of_type(work->classifier, classify_type_of_values(column));
    int leaf;

    if (work->subject == DC_NO_INDEX) {
        return;
    }
    if (best != NULL && best->role != DC_NO_INDEX) {
        role = best->role;
        weight = work->classifier->weights.table;
    }
    if (best == NULL && work->subject_by_values) {
        weight = work->classifier->weights.table_values;
        role = classify_is_role(work->classifier, role, ROLE_NAME) ? DC_NO_INDEX : role;
    }
    leaf = leaf_within(work->classifier, role, work->subject);
    classify_add(work, column, DC_EVIDENCE_TABLE, taxonomy->subjects[work->subject].id,
                 work->context->table->name, weight * work->subject_strength, leaf);
}

static void note_role(struct column_work *column)
{
    double best = 0;

    column->role = DC_NO_INDEX;
    for (int i = 0; i < N_WORD_SOURCES; i++) {
        if (column->meanings[i].strength > best && column->meanings[i].role != DC_NO_INDEX) {
            best = column->meanings[i].strength;
            column->role = column->meanings[i].role;
        }
    }
}

void classify_meaning_alone(struct table_work *work, struct column_work *column)
{
    drop_weak_object(work, column, &column->meanings[FROM_NAME]);
    add_meaning(work, column, FROM_NAME);
}

/* What a known system calls by this name needs no reading of the name; but a person in a whole number is only a key. */
static bool is_known(const struct table_work *work, const struct column_work *column)
{
    int leaf = column->known_leaf;

    return leaf != DC_NO_INDEX &&
           (work_taxonomy(work)->leaves[leaf].pi == DC_PI_NONE || !can_be_id(column->column));
}

void classify_names(struct table_work *work, struct column_work *column)
{
    note_role(column);
    if (column->known_leaf != DC_NO_INDEX) {
        classify_add(work, column, DC_EVIDENCE_NAME, column->known_system, column->column->name,
                     work->classifier->weights.known, column->known_leaf);
    }
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        drop_weak_object(work, column, &column->meanings[source]);
    }
    for (int source = 0; source < N_WORD_SOURCES; source++) {
        if (source != FROM_NAME || !is_known(work, column)) {
            add_meaning(work, column, source);
        }
    }
    add_rest(work, column);
    add_table(work, column);
}
