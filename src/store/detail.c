/* What a later decision needs of a column beside its finding and profile: the catalogue's words and the counters of rules. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "store_internal.h"

static void put_int(json_t *object, const char *key, int64_t value, int64_t usual)
{
    if (value != usual) {
        json_object_set_new(object, key, json_integer(value));
    }
}

static void put_text(json_t *object, const char *key, const char *text)
{
    if (text != NULL) {
        json_object_set_new(object, key, json_string(text));
    }
}

static void put_reference(json_t *object, const struct dc_column *column)
{
    json_t *list;

    if (column->ref_table == NULL) {
        return;
    }
    list = json_array();
    json_array_append_new(list, json_string(column->ref_schema == NULL ? "" : column->ref_schema));
    json_array_append_new(list, json_string(column->ref_table));
    json_array_append_new(list, json_string(column->ref_column == NULL ? "" : column->ref_column));
    json_object_set_new(object, "reference", list);
}

static json_t *rules_of(const struct dc_profile *profile, const struct dc_counted_rule *counted)
{
    json_t *rules = json_object();

    for (size_t i = 0; i < profile->n_rules; i++) {
        const struct dc_rule_count *count = &profile->rules[i];

        if (count->matched > 0 || count->pattern_distinct > 0) {
            json_t *numbers = json_array();

            json_array_append_new(numbers, json_integer(count->matched));
            json_array_append_new(numbers, json_integer(count->distinct));
            json_array_append_new(numbers, json_integer(count->pattern_distinct));
            json_array_append_new(numbers,
                                  json_string(counted[i].check == NULL ? "" : counted[i].check));
            json_object_set_new(rules, counted[i].id, numbers);
        }
    }
    return rules;
}

/* Impact beyond what level and mark say: left out where there is none. */
static void put_impact(json_t *object, const struct dc_finding *finding)
{
    json_t *list;

    if (finding == NULL) {
        return;
    }
    if (finding->scale != DC_SCALE_UNKNOWN) {
        json_object_set_new(object, "size", json_string(dc_scale_name(finding->scale)));
    }
    if (finding->reach.degree != DC_DEGREE_NONE) {
        list = json_array();
        json_array_append_new(list, json_string(dc_impact_object_name(finding->reach.object)));
        json_array_append_new(list, json_string(dc_impact_degree_name(finding->reach.degree)));
        json_object_set_new(object, "reach", list);
    }
}

const char *store_encode_detail(struct dc_arena *arena, const struct dc_column *column,
                                const struct dc_profile *profile, const struct dc_finding *finding,
                                const struct dc_counted_rule *rules)
{
    json_t *object = json_object();
    const char *copy;
    char *text;

    put_int(object, "length", column->length, -1);
    put_int(object, "scale", column->scale, -1);
    put_int(object, "auto_increment", column->auto_increment, 0);
    put_int(object, "unreadable", column->unreadable, 0);
    put_text(object, "path", column->path);
    put_reference(object, column);
    put_impact(object, finding);
    if (profile != NULL) {
        put_int(object, "invalid", profile->invalid, 0);
        put_int(object, "read_as_gb18030", profile->read_as_gb18030, 0);
        put_int(object, "read_as_latin1", profile->read_as_latin1, 0);
        put_int(object, "read_as_utf16", profile->read_as_utf16, 0);
        put_text(object, "tags", profile->tags);
        if (profile->rules != NULL && rules != NULL) {
            json_object_set_new(object, "rules", rules_of(profile, rules));
        }
    }
    text = json_dumps(object, JSON_COMPACT);
    if (text == NULL) {
        abort(); /* out of memory */
    }
    copy = dc_arena_strdup(arena, text);
    free(text);
    json_decref(object);
    return copy;
}

/* ---- back ---- */

static int64_t int_of(const json_t *object, const char *key, int64_t usual)
{
    const json_t *value = json_object_get(object, key);

    return json_is_integer(value) ? json_integer_value(value) : usual;
}

static const char *text_of(struct dc_arena *arena, const json_t *list, size_t index)
{
    const char *text = json_string_value(json_array_get(list, index));

    return text == NULL ? "" : dc_arena_strdup(arena, text);
}

static uint32_t count_of(const json_t *list, size_t index)
{
    return (uint32_t)json_integer_value(json_array_get(list, index));
}

static void take_rules(struct dc_arena *arena, json_t *rules, struct dc_column_detail *detail)
{
    struct dc_rule_tally *tallies = dc_arena_alloc(arena,
                                                   (json_object_size(rules) + 1) * sizeof *tallies);
    const char *rule;
    json_t *numbers;

    detail->profiled = rules != NULL;
    detail->tallies = tallies;
    json_object_foreach(rules, rule, numbers)
    {
        tallies[detail->n_tallies++] = (struct dc_rule_tally){
            dc_arena_strdup(arena, rule),
            dc_arena_strdup(arena, json_string_value(json_array_get(numbers, 3))),
            {count_of(numbers, 0), count_of(numbers, 1), count_of(numbers, 2)}};
    }
}

/* The place of a word among those that `name` gives for 0 … n - 1; `usual` for another one. */
static int place_of(const json_t *word, const char *(*name)(int), int n, int usual)
{
    const char *text = json_string_value(word);

    for (int i = 0; text != NULL && i < n; i++) {
        if (strcmp(name(i), text) == 0) {
            return i;
        }
    }
    return usual;
}

static const char *scale_name(int scale)
{
    return dc_scale_name((enum dc_scale)scale);
}

static const char *object_name(int object)
{
    return dc_impact_object_name((enum dc_impact_object)object);
}

static const char *degree_name(int degree)
{
    return dc_impact_degree_name((enum dc_impact_degree)degree);
}

static void take_impact(const json_t *object, struct dc_finding *finding)
{
    const json_t *reach = json_object_get(object, "reach");

    finding->scale = (enum dc_scale)place_of(json_object_get(object, "size"), scale_name,
                                             DC_N_SCALES, DC_SCALE_UNKNOWN);
    finding->reach = (struct dc_impact){
        (enum dc_impact_object)place_of(json_array_get(reach, 0), object_name, DC_N_IMPACT_OBJECTS,
                                        DC_IMPACT_PUBLIC_INTEREST),
        (enum dc_impact_degree)place_of(json_array_get(reach, 1), degree_name, DC_N_IMPACT_DEGREES,
                                        DC_DEGREE_NONE)};
}

void store_decode_detail(struct dc_arena *arena, const char *json, struct dc_column_detail *detail,
                         struct dc_finding *finding)
{
    json_t *object = json_loads(json, 0, NULL);
    const json_t *reference = json_object_get(object, "reference");

    *detail = (struct dc_column_detail){.length = int_of(object, "length", -1),
                                        .scale = (int32_t)int_of(object, "scale", -1),
                                        .auto_increment = int_of(object, "auto_increment", 0) != 0,
                                        .unreadable = int_of(object, "unreadable", 0) != 0,
                                        .invalid = int_of(object, "invalid", 0),
                                        .read_as_gb18030 = int_of(object, "read_as_gb18030", 0),
                                        .read_as_latin1 = int_of(object, "read_as_latin1", 0),
                                        .read_as_utf16 = int_of(object, "read_as_utf16", 0)};
    detail->path = dc_arena_strdup(arena, json_string_value(json_object_get(object, "path")));
    detail->tags = dc_arena_strdup(arena, json_string_value(json_object_get(object, "tags")));
    if (reference != NULL) {
        detail->ref_schema = text_of(arena, reference, 0);
        detail->ref_table = text_of(arena, reference, 1);
        detail->ref_column = text_of(arena, reference, 2);
    }
    take_rules(arena, json_object_get(object, "rules"), detail);
    take_impact(object, finding);
    json_decref(object);
}

/* ---- thresholds of a run ---- */

#define N_THRESHOLDS 5

static const char *const threshold_keys[N_THRESHOLDS] = {"vehicles", "contract", "assessment",
                                                         "sensitive", "large_scale_handler"};

const char *store_encode_thresholds(struct dc_arena *arena,
                                    const struct dc_person_thresholds *thresholds)
{
    const int64_t numbers[N_THRESHOLDS] = {thresholds->vehicles, thresholds->contract,
                                           thresholds->assessment, thresholds->sensitive,
                                           thresholds->large_scale_handler};
    const char *text = "{";

    for (size_t i = 0; i < N_THRESHOLDS; i++) {
        text = dc_arena_printf(arena, "%s%s\"%s\":%lld", text, i == 0 ? "" : ",", threshold_keys[i],
                               (long long)numbers[i]);
    }
    return dc_arena_printf(arena, "%s}", text);
}

bool store_decode_thresholds(const char *json, struct dc_person_thresholds *thresholds)
{
    json_t *object = json_loads(json, 0, NULL);
    int64_t numbers[N_THRESHOLDS];

    if (object == NULL) {
        return false;
    }
    for (size_t i = 0; i < N_THRESHOLDS; i++) {
        numbers[i] = int_of(object, threshold_keys[i], 0);
    }
    *thresholds = (struct dc_person_thresholds){numbers[0], numbers[1], numbers[2], numbers[3],
                                                numbers[4]};
    json_decref(object);
    return true;
}
