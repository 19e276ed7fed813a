/* Confidence, evidence, review. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "case.h"
#include "classify_internal.h"

Test(confidence, grows_with_the_score_and_falls_with_the_rival)
{
    struct decided *d = case_open();
    double before = 0;

    for (double score = 0.1; score < 8; score += 0.1) {
        double now = classify_confidence(d->classifier, score, 0);

        cr_expect_geq(now, before);
        before = now;
    }
    before = 1;
    for (double second = 0; second < 5; second += 0.1) {
        double now = classify_confidence(d->classifier, 5, second);

        cr_expect_leq(now, before);
        cr_expect(now > 0 && now < 1);
        before = now;
    }
    case_close(d);
}

static double sum_for(const struct dc_finding *finding, const char *leaf)
{
    double sum = 0;

    for (size_t i = 0; i < finding->n_evidence; i++) {
        if (strcmp(finding->evidence[i].leaf, leaf) == 0 &&
            finding->evidence[i].kind != DC_EVIDENCE_LEVEL) {
            sum += finding->evidence[i].weight;
        }
    }
    return sum;
}

Test(confidence, evidence_adds_up_to_the_verdict_strongest_first)
{
    struct decided *d = case_open();
    const struct dc_finding *finding;

    case_table(d, "work_order", "生产工单");
    case_column(d, "customer_name", "varchar(80)", "客户名称");
    case_decide(d);
    finding = case_finding(d, "customer_name");
    cr_assert_geq(finding->n_evidence, 2);
    for (size_t i = 1; i < finding->n_evidence; i++) {
        cr_expect_leq(fabs(finding->evidence[i].weight), fabs(finding->evidence[i - 1].weight));
    }
    cr_expect_gt(sum_for(finding, finding->leaf), sum_for(finding, finding->runner_up));
    cr_expect_float_eq(finding->confidence,
                       classify_confidence(d->classifier, sum_for(finding, finding->leaf),
                                           sum_for(finding, finding->runner_up)),
                       1e-9);
    case_close(d);
}

Test(confidence, a_doubtful_column_goes_to_review)
{
    struct decided *d = case_open();

    case_table(d, "zzqq", "");
    case_column(d, "qx", "varchar(20)", "");
    case_column(d, "password", "varchar(60)", "登录密码");
    case_decide(d);
    cr_expect(case_finding(d, "qx")->to_review);
    cr_expect_not(case_finding(d, "password")->to_review);
    cr_expect_eq(d->verdict.n_review, 1);
    case_close(d);
}

Test(confidence, the_same_table_gives_the_same_verdict)
{
    struct decided *d = case_open();
    struct dc_finding first;

    case_table(d, "po_dtl", "");
    case_column(d, "po_no", "varchar(20)", "");
    case_column(d, "unit_prc", "decimal(12,4)", "");
    case_decide(d);
    first = *case_finding(d, "unit_prc");
    case_decide(d);
    cr_expect_str_eq(case_leaf(d, "unit_prc"), first.leaf);
    cr_expect_float_eq(case_finding(d, "unit_prc")->confidence, first.confidence, 0);
    case_close(d);
}

Test(confidence, a_table_of_no_columns_is_no_trouble)
{
    struct decided *d = case_open();

    case_table(d, "empty", "");
    case_decide(d);
    cr_expect_eq(d->verdict.level, 0);
    cr_expect_str_eq(d->verdict.level_column, "");
    case_close(d);
}
