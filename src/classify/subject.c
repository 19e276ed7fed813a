/* What a table is about: its name and comment first, then what its columns have in common; without words, what the values prove. */
#include <math.h>
#include <string.h>

#include "dcscan/text.h"

#include "classify_internal.h"

#define MOST_VOTES   2.0 /* that columns of one kind can give together */
#define MOST_HINTS   3.0
#define REFERENCE    0.5 /* a name or number that may as well refer to another thing */
#define FIRST_COLUMN 2.5 /* the first business column weighs as so many others */
#define KEY_COLUMN   3.0 /* a primary key that names an object names the table's own */
#define OTHER        0.8 /* share of what a word means besides */
#define MEASURED     3 /* columns with measured quantities, from which a table holds measurements */
#define SURE_WORD    0.8
#define KNOWN_FIELDS 2 /* of a system, before its name of a table is believed */

static void speak(struct table_work *work, int subject, double weight)
{
    if (subject != DC_NO_INDEX) {
        work->subject_scores[subject] += weight;
        classify_trace_add(work, subject, weight);
    }
}

/* ---- the table's own words ---- */

/* Of the reading in hand, which word speaks. */
static void tell_word(const struct table_work *work, const struct word *word)
{
    if (work->trace != NULL) {
        classify_trace_about(
            work, work->trace->kind,
            word->text != NULL ? word->text : work_concept(work, word->concept)->id, "");
    }
}

static void speak_word(struct table_work *work, const struct word *word, double weight)
{
    if (word->n_alternatives == 0) {
        speak(work, work_concept(work, word->concept)->subject, weight);
        return;
    }
    for (size_t i = 0; i < word->n_alternatives; i++) {
        speak(work, work_concept(work, word->alternatives[i])->subject,
              weight * (i == 0 ? 1.0 : OTHER));
    }
}

static void hint_concept(struct table_work *work, int concept, double weight)
{
    const struct hint_list *hints = &work->classifier->table_hints[concept];

    for (size_t k = 0; k < hints->n_items; k++) {
        speak(work, hints->items[k].subject, weight * hints->items[k].weight);
    }
}

/* A word that can mean several things hints at what belongs to each: sc is 生产 as well as 时长. */
static void hint_words(struct table_work *work, const struct word *words, size_t n, double weight)
{
    for (size_t i = 0; i < n; i++) {
        tell_word(work, &words[i]);
        hint_concept(work, words[i].concept, weight * words[i].strength);
        for (size_t k = 0; k < words[i].n_alternatives; k++) {
            if (words[i].alternatives[k] != words[i].concept) {
                hint_concept(work, words[i].alternatives[k], weight * words[i].strength * OTHER);
            }
        }
    }
}

/* A term in the table's name speaks for the subjects of its leaf: 检测结果, 打卡时间. */
static void speak_term(struct table_work *work, const struct word *word, double weight)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    int leaf = work_concept(work, word->concept)->leaf;

    for (size_t s = 0; leaf != DC_NO_INDEX && s < taxonomy->n_subjects; s++) {
        if (taxonomy->subjects[s].leaf == leaf) {
            speak(work, (int)s, weight);
        }
    }
}

static bool is_object(const struct table_work *work, const struct word *word)
{
    return work_concept(work, word->concept)->subject != DC_NO_INDEX &&
           work_concept(work, word->concept)->kind == DC_CONCEPT_OBJECT;
}

/* The last object is the head: 采购入库单 is a goods receipt. A weak one behind another is only a detail: order_item. */
static size_t head_object(const struct table_work *work, const struct reading *reading)
{
    size_t weak = SIZE_MAX;

    for (size_t i = reading->n_words; i > 0; i--) {
        if (!is_object(work, &reading->words[i - 1])) {
            continue;
        }
        if (!work_concept(work, reading->words[i - 1].concept)->weak) {
            return i - 1;
        }
        weak = weak == SIZE_MAX ? i - 1 : weak;
    }
    return weak;
}

static void speak_reading(struct table_work *work, const struct reading *reading, double weight)
{
    const struct weights *weights = &work->classifier->weights;
    size_t head = head_object(work, reading);
    double trust = 0.5 + 0.5 * reading->covered;

    for (size_t i = 0; i < reading->n_words; i++) {
        const struct word *word = &reading->words[i];

        tell_word(work, word);
        if (is_object(work, word)) {
            bool weak = work_concept(work, word->concept)->weak;

            speak_word(work, word,
                       weight * trust * word->strength * (weak ? weights->form_weak : 1.0) *
                           (i == head ? 1.0 : weights->subject_side));
        } else if (work_concept(work, word->concept)->kind == DC_CONCEPT_TERM) {
            speak_term(work, word, weight * trust * word->strength * weights->subject_side);
        }
    }
    hint_words(work, reading->words, reading->n_words, weights->subject_hint);
    hint_words(work, reading->rest, reading->n_rest, weights->subject_hint * 0.5);
}

/* ---- names that settle it ---- */

/* Columns named as in the system. */
static size_t count_known_fields(const struct table_work *work, const char *system)
{
    const struct dc_table *table = work->context->table;
    size_t n = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        int field = dc_name_known_field(work->classifier->index, table->name,
                                        table->columns[i].name);

        n += field != DC_NO_INDEX &&
             strcmp(work_taxonomy(work)->known_fields[field].system, system) == 0;
    }
    return n;
}

/*
 * "Inventory" is a material master in one system and stock in all others: a name common enough to mean something else counts only where
 * columns of that system stand with it. Framework tables and names of several parts are telling.
 */
static bool is_of_system(const struct table_work *work, const struct dc_known_table *known)
{
    return work_taxonomy(work)->subjects[known->subject].technical ||
           strchr(known->name, '_') != NULL ||
           count_known_fields(work, known->system) >= KNOWN_FIELDS;
}

static void settled_by_name(struct table_work *work)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const char *name = work->context->table->name;
    int known = dc_name_known_table(work->classifier->index, name);

    classify_trace_about(work, "settled", name, "");
    if (known != DC_NO_INDEX && is_of_system(work, &taxonomy->known_tables[known])) {
        speak(work, taxonomy->known_tables[known].subject,
              work->classifier->weights.subject_settled);
    }
    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        for (size_t i = 0; i < taxonomy->subjects[s].table_names.n_items; i++) {
            if (dc_glob_match(taxonomy->subjects[s].table_names.items[i], name)) {
                speak(work, (int)s, work->classifier->weights.subject_settled);
                break;
            }
        }
    }
}

/* ---- surroundings: system, schema ---- */

static void speak_context(struct table_work *work)
{
    const struct dc_source *source = work->context->source;
    const struct dc_table *table = work->context->table;
    const char *texts[] = {source == NULL ? NULL : source->about[DC_ABOUT_SYSTEM],
                           source == NULL ? NULL : source->name, table->schema, table->catalog};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct dc_name_reading read;

        if (texts[i] == NULL || texts[i][0] == '\0') {
            continue;
        }
        dc_name_read(work->classifier->index, texts[i], work->arena, &read);
        for (size_t k = 0; k < read.n_hits; k++) {
            struct word word = {.concept = read.hits[k].concept, .strength = 1.0};

            classify_trace_about(work, "surroundings", "", "");
            hint_words(work, &word, 1, work->classifier->weights.subject_context);
        }
    }
}

/* ---- columns ---- */

static const struct meaning *best_meaning(const struct column_work *column)
{
    const struct meaning *best = &column->meanings[0];

    for (int i = 1; i < N_WORD_SOURCES; i++) {
        if (column->meanings[i].strength > best->strength) {
            best = &column->meanings[i];
        }
    }
    return best;
}

static bool is_naming(const struct table_work *work, int role)
{
    return role != DC_NO_INDEX && work->classifier->groups[role] == GROUP_NAMING;
}

/* What the first business column of a master table is: its number or name. */
static bool is_title(const struct table_work *work, int role)
{
    return classify_is_role(work->classifier, role, ROLE_NUMBER) ||
           classify_is_role(work->classifier, role, ROLE_NAME) ||
           classify_is_role(work->classifier, role, ROLE_REFERENCE);
}

/* Quantities and results make a document of a table: what it names first is then a thing it deals with. */
static bool is_document(const struct table_work *work)
{
    static const char *const roles[] = {"quantity",      "plan_quantity",   "actual_quantity",
                                        "good_quantity", "defect_quantity", "measured_value",
                                        "physical",      "process_quantity"};
    for (size_t i = 0; i < work->n_columns; i++) {
        int role = best_meaning(&work->columns[i])->role;

        for (size_t k = 0; role != DC_NO_INDEX && k < sizeof roles / sizeof *roles; k++) {
            if (strcmp(work_taxonomy(work)->roles[role].id, roles[k]) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* Objects that columns name: the first business column and the key most likely name the table's own. */
static void vote_objects(struct table_work *work, double *votes)
{
    bool first = true;
    double title = is_document(work) ? 1.0 : FIRST_COLUMN;

    for (size_t i = 0; i < work->n_columns; i++) {
        const struct column_work *column = &work->columns[i];
        const struct meaning *meaning = best_meaning(column);
        bool key = classify_is_role(work->classifier, meaning->role, ROLE_KEY);
        double weight = work->classifier->weights.subject_column * meaning->strength;

        if (meaning->strength <= 0 || meaning->object == DC_NO_INDEX || meaning->weak) {
            first = first && (key || meaning->strength <= 0);
            continue;
        }
        if (key) {
            weight *= column->column->primary_key ? KEY_COLUMN : 0.3;
        } else if (is_naming(work, meaning->role)) {
            weight *= first && is_title(work, meaning->role) ? title : REFERENCE;
            first = false;
        } else {
            weight *= REFERENCE;
        }
        votes[meaning->object] += weight;
        classify_trace_about(work, "column", meaning->detail, column->column->name);
        classify_trace_add(work, meaning->object, weight);
    }
}

/* A column's term, told for every subject of its leaf. */
static void trace_term(struct table_work *work, size_t column, int leaf, double weight)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);

    if (work->trace == NULL) {
        return;
    }
    classify_trace_about(work, "term", taxonomy->leaves[leaf].code,
                         work->columns[column].column->name);
    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        classify_trace_add(work, taxonomy->subjects[s].leaf == leaf ? (int)s : DC_NO_INDEX, weight);
    }
}

/* Terms speak for the subjects whose leaf they denote. */
static void vote_terms(struct table_work *work, double *votes)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    double *leaves = dc_arena_alloc(work->arena, (taxonomy->n_leaves + 1) * sizeof *leaves);

    for (size_t i = 0; i < work->n_columns; i++) {
        const struct meaning *meaning = best_meaning(&work->columns[i]);
        int leaf = work->columns[i].known_leaf != DC_NO_INDEX ? work->columns[i].known_leaf
                                                              : meaning->leaf;

        if (leaf != DC_NO_INDEX && !taxonomy->leaves[leaf].technical) {
            double weight = work->classifier->weights.subject_column *
                            (meaning->strength > 0 ? meaning->strength : 0.5);

            leaves[leaf] += weight;
            trace_term(work, i, leaf, weight);
        }
    }
    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        votes[s] += leaves[taxonomy->subjects[s].leaf];
    }
}

/* Concepts that a word means or may mean, each with the strongest form it was met in. */
static void see_word(const struct word *word, double *seen)
{
    seen[word->concept] = fmax(seen[word->concept], word->strength);
    for (size_t i = 0; i < word->n_alternatives; i++) {
        double *strength = &seen[word->alternatives[i]];

        *strength = fmax(*strength, word->strength * OTHER);
    }
}

/* A concept speaks once, however many columns hold it. */
static void hint_columns(struct table_work *work, double *hints)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    double *seen = dc_arena_alloc(work->arena, (taxonomy->n_concepts + 1) * sizeof *seen);

    for (size_t i = 0; i < work->n_columns; i++) {
        for (int source = 0; source < N_WORD_SOURCES; source++) {
            const struct reading *reading = &work->columns[i].readings[source];

            for (size_t k = 0; k < reading->n_words; k++) {
                see_word(&reading->words[k], seen);
            }
        }
    }
    for (size_t c = 0; c < taxonomy->n_concepts; c++) {
        const struct hint_list *list = &work->classifier->column_hints[c];

        classify_trace_about(work, "hint", taxonomy->concepts[c].id, "");
        for (size_t k = 0; seen[c] > 0 && k < list->n_items; k++) {
            hints[list->items[k].subject] += seen[c] * list->items[k].weight;
            classify_trace_add(work, list->items[k].subject, seen[c] * list->items[k].weight);
        }
    }
}

/* Votes and hints count up to a bound: what was told of each is shared out. */
static void speak_bounded(struct table_work *work, int subject, double votes, double hints,
                          size_t told)
{
    double hint_weight = work->classifier->weights.subject_hint;
    double bound_votes = fmin(votes, MOST_VOTES), bound_hints = fmin(hints, MOST_HINTS);

    work->subject_scores[subject] += bound_votes + bound_hints * hint_weight;
    if (work->trace != NULL) {
        classify_trace_scale(work, told, subject, votes > 0 ? bound_votes / votes : 0,
                             hints > 0 ? bound_hints * hint_weight / hints : 0);
    }
}

static void speak_columns(struct table_work *work)
{
    size_t n = work_taxonomy(work)->n_subjects, told = classify_trace_mark(work);
    double *votes = dc_arena_alloc(work->arena, (n + 1) * sizeof *votes);
    double *hints = dc_arena_alloc(work->arena, (n + 1) * sizeof *hints);

    vote_objects(work, votes);
    vote_terms(work, votes);
    hint_columns(work, hints);
    for (size_t s = 0; s < n; s++) {
        speak_bounded(work, (int)s, votes[s], hints[s], told);
    }
}

/* ---- measurements ---- */

static bool is_measured(const struct table_work *work, const struct column_work *column)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    int role = best_meaning(column)->role;

    return role != DC_NO_INDEX && (strcmp(taxonomy->roles[role].id, "physical") == 0 ||
                                   strcmp(taxonomy->roles[role].id, "measured_value") == 0);
}

static size_t loudest(const struct table_work *work)
{
    size_t best = 0;

    for (size_t s = 1; s < work_taxonomy(work)->n_subjects; s++) {
        best = work->subject_scores[s] > work->subject_scores[best] ? s : best;
    }
    return best;
}

/* Whether what speaks loudest is a thing that can be measured: a machine, a place, or nothing at all. */
static bool is_thing(const struct table_work *work)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    size_t best = loudest(work);

    return taxonomy->n_subjects > 0 &&
           (work->subject_scores[best] < work->classifier->weights.subject_minimum ||
            strcmp(taxonomy->leaves[taxonomy->subjects[best].leaf].code, "C1-01") == 0 ||
            strcmp(taxonomy->leaves[taxonomy->subjects[best].leaf].code, "B1-05") == 0);
}

/* A ledger of boilers has no temperatures: where much is measured of a machine, its condition is meant. */
static void speak_measured(struct table_work *work)
{
    int condition = dc_taxonomy_subject(work_taxonomy(work), "machine_condition");
    size_t n = 0;

    for (size_t i = 0; i < work->n_columns; i++) {
        n += is_measured(work, &work->columns[i]);
    }
    classify_trace_about(work, "measured", "", "");
    if (n >= MEASURED && n * 3 >= work->n_columns && is_thing(work)) {
        speak(work, condition, work->classifier->weights.subject_comment);
    }
    if (work->n_instruments > 0 && work->n_instruments * 3 >= work->n_columns) {
        speak(work, dc_taxonomy_subject(work_taxonomy(work), "sensor_data"),
              work->classifier->weights.subject_comment);
    }
}

/* ---- subjects that are others in some surroundings ---- */

static bool reads_surely(const struct reading *reading, int concept)
{
    for (size_t i = 0; i < reading->n_words; i++) {
        if (reading->words[i].concept == concept && reading->words[i].strength >= SURE_WORD) {
            return true;
        }
    }
    return false;
}

static bool is_read(const struct table_work *work, int concept)
{
    bool read = reads_surely(&work->name, concept) || reads_surely(&work->comment, concept);

    for (size_t i = 0; !read && i < work->n_columns; i++) {
        for (int source = 0; !read && source < N_WORD_SOURCES; source++) {
            read = reads_surely(&work->columns[i].readings[source], concept);
        }
    }
    return read;
}

/* The loudest subject hands its score over where what makes it another is read. */
static void hand_over(struct table_work *work)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct dc_subject *subject;
    size_t best = loudest(work);

    if (taxonomy->n_subjects == 0) {
        return;
    }
    subject = &taxonomy->subjects[best];
    for (size_t i = 0; i < subject->n_becomes; i++) {
        if (is_read(work, subject->becomes[i].concept)) {
            classify_trace_about(work, "becomes", subject->id, "");
            classify_trace_add(work, (int)best, -work->subject_scores[best]);
            speak(work, subject->becomes[i].subject, work->subject_scores[best]);
            work->subject_scores[best] = 0;
            return;
        }
    }
}

/* ---- the best ---- */

static void choose(struct table_work *work)
{
    const struct dc_taxonomy *taxonomy = work_taxonomy(work);
    const struct weights *weights = &work->classifier->weights;
    double second = 0, sure;

    work->subject = work->second_subject = DC_NO_INDEX;
    work->subject_score = 0;
    for (size_t s = 0; s < taxonomy->n_subjects; s++) {
        if (work->subject_scores[s] > work->subject_score) {
            work->subject_score = work->subject_scores[s];
            work->subject = (int)s;
        }
    }
    for (size_t s = 0; work->subject != DC_NO_INDEX && s < taxonomy->n_subjects; s++) {
        if (work->subject_scores[s] > second &&
            taxonomy->subjects[s].leaf != taxonomy->subjects[work->subject].leaf) {
            second = work->subject_scores[s];
            work->second_subject = (int)s;
        }
    }
    work->subject_strength = 0;
    if (work->subject_score < weights->subject_minimum) {
        work->subject = DC_NO_INDEX;
        return;
    }
    sure = fmin(1.0, work->subject_score / weights->subject_sure);
    work->subject_strength = sure * (0.55 + 0.45 * fmin(1.0, work->subject_score - second));
}

static void speak_own_words(struct table_work *work)
{
    memset(work->subject_scores, 0, work_taxonomy(work)->n_subjects * sizeof *work->subject_scores);
    if (work->trace != NULL) {
        work->trace->n = 0;
    }
    settled_by_name(work);
    classify_trace_about(work, "table_name", "", "");
    speak_reading(work, &work->name, work->classifier->weights.subject_table);
    classify_trace_about(work, "table_comment", "", "");
    speak_reading(work, &work->comment, work->classifier->weights.subject_comment);
}

/* ---- what the table's own words say of those of its columns ---- */

static double own_score(const struct table_work *work, int concept)
{
    int subject = work_concept(work, concept)->subject;

    return subject == DC_NO_INDEX ? 0 : work->subject_scores[subject];
}

static void prefer(const struct table_work *work, struct word *word)
{
    double best = own_score(work, word->concept);

    for (size_t i = 0; i < word->n_alternatives; i++) {
        double score = own_score(work, word->alternatives[i]);

        if (score > best && score >= work->classifier->weights.subject_minimum) {
            best = score;
            word->concept = word->alternatives[i];
        }
    }
}

/* inv_no of an invoice is no stock: an ambiguous word means what the table's name or comment says. */
void classify_own_words(struct table_work *work)
{
    speak_own_words(work);
    for (size_t i = 0; i < work->n_columns; i++) {
        struct reading *reading = &work->columns[i].readings[FROM_NAME];

        for (size_t k = 0; k < reading->n_words; k++) {
            prefer(work, &reading->words[k]);
        }
    }
}

void classify_subject(struct table_work *work)
{
    speak_own_words(work);
    speak_context(work);
    speak_columns(work);
    speak_measured(work);
    hand_over(work);
    work->subject_by_values = work->subject_scores[loudest(work)] <
                              work->classifier->weights.subject_minimum;
    if (work->subject_by_values) {
        classify_speak_values(work);
    }
    choose(work);
}
