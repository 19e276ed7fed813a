#include <criterion/criterion.h>

#include "dcscan/catalog.h"
#include "dcscan/finding.h"
#include "dcscan/sample.h"

Test(names, every_type_class_is_parsed_back)
{
    for (int i = 0; i < DC_N_TYPE_CLASSES; i++) {
        enum dc_type_class back = DC_N_TYPE_CLASSES;

        cr_expect(dc_type_class_parse(dc_type_class_name((enum dc_type_class)i), &back), "class %d",
                  i);
        cr_expect_eq((int)back, i);
    }
}

Test(names, an_unknown_type_class_leaves_the_output)
{
    enum dc_type_class type = DC_TYPE_UUID;

    cr_expect_not(dc_type_class_parse("varchar", &type));
    cr_expect_not(dc_type_class_parse("", &type));
    cr_expect_eq(type, DC_TYPE_UUID);
}

Test(names, words_that_other_tools_read_are_as_published)
{
    cr_expect_str_eq(dc_column_status_name(DC_COLUMN_OK), "ok");
    cr_expect_str_eq(dc_column_status_name(DC_COLUMN_UNREADABLE), "unreadable");
    cr_expect_str_eq(dc_column_status_name(DC_COLUMN_SKIPPED), "skipped");
    cr_expect_str_eq(dc_pi_name(DC_PI_NONE), "none");
    cr_expect_str_eq(dc_pi_name(DC_PI_PERSONAL), "personal");
    cr_expect_str_eq(dc_pi_name(DC_PI_SENSITIVE), "sensitive");
    cr_expect_str_eq(dc_decider_name(DC_BY_MACHINE), "machine");
    cr_expect_str_eq(dc_decider_name(DC_BY_PERSON), "person");
    cr_expect_str_eq(dc_sample_method_name(DC_SAMPLE_NONE), "none");
    cr_expect_str_eq(dc_sample_method_name(DC_SAMPLE_HEAD), "head");
}

Test(names, every_kind_of_evidence_has_its_own_word)
{
    for (int a = 0; a < DC_N_EVIDENCE_KINDS; a++) {
        cr_expect_str_neq(dc_evidence_kind_name((enum dc_evidence_kind)a), "unknown");
        for (int b = 0; b < a; b++) {
            cr_expect_str_neq(dc_evidence_kind_name((enum dc_evidence_kind)a),
                              dc_evidence_kind_name((enum dc_evidence_kind)b));
        }
    }
}

Test(names, numbers_outside_an_enumeration_are_unknown)
{
    cr_expect_str_eq(dc_type_class_name((enum dc_type_class)99), "unknown");
    cr_expect_str_eq(dc_sample_method_name((enum dc_sample_method)99), "unknown");
    cr_expect_str_eq(dc_column_status_name((enum dc_column_status)99), "unknown");
    cr_expect_str_eq(dc_pi_name((enum dc_pi)99), "unknown");
    cr_expect_str_eq(dc_decider_name((enum dc_decider)99), "unknown");
    cr_expect_str_eq(dc_evidence_kind_name((enum dc_evidence_kind)99), "unknown");
}
