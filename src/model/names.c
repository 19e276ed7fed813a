/* Stable words for the values of enumerations: they stand in stores, reports and rule files, so they never change. */
#include <string.h>

#include "dcscan/catalog.h"
#include "dcscan/finding.h"
#include "dcscan/sample.h"

static const char *const TYPE_CLASSES[DC_N_TYPE_CLASSES] = {
    [DC_TYPE_UNKNOWN] = "unknown",     [DC_TYPE_TEXT] = "text",
    [DC_TYPE_LONG_TEXT] = "long_text", [DC_TYPE_INTEGER] = "integer",
    [DC_TYPE_DECIMAL] = "decimal",     [DC_TYPE_REAL] = "real",
    [DC_TYPE_BOOLEAN] = "boolean",     [DC_TYPE_DATE] = "date",
    [DC_TYPE_TIME] = "time",           [DC_TYPE_TIMESTAMP] = "timestamp",
    [DC_TYPE_BINARY] = "binary",       [DC_TYPE_UUID] = "uuid",
    [DC_TYPE_JSON] = "json",           [DC_TYPE_XML] = "xml",
    [DC_TYPE_SPATIAL] = "spatial",
};

static const char *word(const char *const *words, size_t n, size_t index)
{
    return index < n ? words[index] : "unknown";
}

const char *dc_type_class_name(enum dc_type_class type)
{
    return word(TYPE_CLASSES, DC_N_TYPE_CLASSES, (size_t)type);
}

bool dc_type_class_parse(const char *name, enum dc_type_class *out)
{
    for (int i = 0; i < DC_N_TYPE_CLASSES; i++) {
        if (strcmp(name, TYPE_CLASSES[i]) == 0) {
            *out = (enum dc_type_class)i;
            return true;
        }
    }
    return false;
}

const char *dc_sample_method_name(enum dc_sample_method method)
{
    static const char *const names[DC_N_SAMPLE_METHODS] = {
        [DC_SAMPLE_NONE] = "none",
        [DC_SAMPLE_WHOLE] = "whole",
        [DC_SAMPLE_TABLESAMPLE] = "tablesample",
        [DC_SAMPLE_RANDOM_KEYS] = "random_keys",
        [DC_SAMPLE_RANDOM_ROWS] = "random_rows",
        [DC_SAMPLE_HEAD] = "head",
    };

    return word(names, DC_N_SAMPLE_METHODS, (size_t)method);
}

const char *dc_impact_object_name(enum dc_impact_object object)
{
    static const char *const names[DC_N_IMPACT_OBJECTS] = {
        [DC_IMPACT_NATIONAL_SECURITY] = "national_security",
        [DC_IMPACT_ECONOMY] = "economy",
        [DC_IMPACT_SOCIAL_ORDER] = "social_order",
        [DC_IMPACT_PUBLIC_INTEREST] = "public_interest",
        [DC_IMPACT_ORGANISATION] = "organisation",
        [DC_IMPACT_INDIVIDUAL] = "individual",
    };

    return word(names, DC_N_IMPACT_OBJECTS, (size_t)object);
}

const char *dc_impact_degree_name(enum dc_impact_degree degree)
{
    static const char *const names[DC_N_IMPACT_DEGREES] = {"none", "general", "serious",
                                                           "very_serious"};

    return word(names, DC_N_IMPACT_DEGREES, (size_t)degree);
}

const char *dc_scale_name(enum dc_scale scale)
{
    static const char *const names[DC_N_SCALES] = {"unknown", "small", "large", "very_large",
                                                   "mass"};

    return word(names, DC_N_SCALES, (size_t)scale);
}

const char *dc_column_status_name(enum dc_column_status status)
{
    static const char *const names[] = {"ok", "unreadable", "skipped"};

    return word(names, 3, (size_t)status);
}

const char *dc_pi_name(enum dc_pi pi)
{
    static const char *const names[] = {"none", "personal", "sensitive"};

    return word(names, 3, (size_t)pi);
}

const char *dc_decider_name(enum dc_decider decider)
{
    static const char *const names[] = {"machine", "person"};

    return word(names, 2, (size_t)decider);
}

const char *dc_evidence_kind_name(enum dc_evidence_kind kind)
{
    static const char *const names[DC_N_EVIDENCE_KINDS] = {
        [DC_EVIDENCE_REVIEW] = "review",       [DC_EVIDENCE_CHECKSUM] = "checksum",
        [DC_EVIDENCE_COMMENT] = "comment",     [DC_EVIDENCE_NAME] = "name",
        [DC_EVIDENCE_TABLE] = "table",         [DC_EVIDENCE_VALUE] = "value",
        [DC_EVIDENCE_NEIGHBOUR] = "neighbour", [DC_EVIDENCE_RELATION] = "relation",
        [DC_EVIDENCE_TYPE] = "type",           [DC_EVIDENCE_STATISTICS] = "statistics",
        [DC_EVIDENCE_LEVEL] = "level",         [DC_EVIDENCE_CANDIDATE] = "candidate",
    };

    return word(names, DC_N_EVIDENCE_KINDS, (size_t)kind);
}
