#include <criterion/criterion.h>

#include "dcscan/profile.h"
#include "dcscan/sample.h"

/* Draws without a hit, and the share that is ruled out at 95 %: 1 - 0.05^(1/n), computed with 30 digits elsewhere. */
static const struct {
    int64_t seen;
    double upper;
} bounds[] = {
    {1, 0.95},
    {2, 0.776393202250021},
    {10, 0.258865550893052},
    {100, 0.0295130496070399},
    {1000, 0.0029912495450953},
    {1000000000, 2.99573226906679e-09},
};

Test(profile, the_share_ruled_out_shrinks_with_the_sample)
{
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        double upper = dc_share_upper_95(bounds[i].seen);

        cr_expect_float_eq(upper / bounds[i].upper, 1, 1e-12, "seen %ld: %.15g",
                           (long)bounds[i].seen, upper);
    }
}

Test(profile, nothing_seen_rules_nothing_out)
{
    cr_expect_eq(dc_share_upper_95(0) >= 1.0, true);
    cr_expect_eq(dc_share_upper_95(-1) >= 1.0, true);
}

Test(profile, filled_cells_are_neither_null_nor_empty)
{
    struct dc_profile profile = {.rows = 100, .nulls = 20, .empties = 5};

    cr_expect_eq(dc_profile_filled(&profile), 75);
}

Test(sample, a_cell_tells_null_from_empty_and_whole_from_cut)
{
    const int64_t lengths[] = {3, 0, DC_CELL_NULL, 10, DC_CELL_NO_TOTAL};
    const char data[] = "abc\0\0\0\0\0\0\0\0\0defg\0hij";
    struct dc_block_column column = {data, 4, lengths, true};

    cr_expect_eq(dc_block_value(&column, 0).size, 3);
    cr_expect_not(dc_block_value(&column, 0).truncated);
    cr_expect_eq(dc_block_value(&column, 1).size, 0);
    cr_expect_not(dc_block_value(&column, 1).null);
    cr_expect(dc_block_value(&column, 2).null);
    cr_expect_null(dc_block_value(&column, 2).bytes);
    cr_expect_eq(dc_block_value(&column, 3).size, 3);
    cr_expect(dc_block_value(&column, 3).truncated);
    cr_expect(dc_block_value(&column, 4).truncated);
    cr_expect_eq(dc_block_value(&column, 4).size, 3);
}
