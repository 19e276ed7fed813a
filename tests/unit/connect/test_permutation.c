#include <criterion/criterion.h>
#include <stdlib.h>

#include "dcscan/alloc.h"
#include "permutation.h"

Test(permutation, every_number_comes_once)
{
    const uint64_t ranges[] = {1, 2, 3, 4, 5, 16, 17, 1000, 4096, 65537};

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        struct dc_permutation permutation;
        char *seen = dc_alloc(ranges[i], 1);

        dc_permutation_init(&permutation, ranges[i], 42);
        for (uint64_t k = 0; k < ranges[i]; k++) {
            uint64_t number = dc_permutation_at(&permutation, k);

            cr_assert_lt(number, ranges[i]);
            cr_assert_eq(seen[number], 0, "%lu twice in %lu", (unsigned long)number,
                         (unsigned long)ranges[i]);
            seen[number] = 1;
        }
        free(seen);
    }
}

Test(permutation, a_seed_decides_the_order)
{
    struct dc_permutation a, b, c;
    size_t n_same = 0;

    dc_permutation_init(&a, 1000000, 1);
    dc_permutation_init(&b, 1000000, 1);
    dc_permutation_init(&c, 1000000, 2);
    for (uint64_t i = 0; i < 1000; i++) {
        cr_assert_eq(dc_permutation_at(&a, i), dc_permutation_at(&b, i));
        n_same += dc_permutation_at(&a, i) == dc_permutation_at(&c, i);
    }
    cr_expect_lt(n_same, 10);
}

/* A thousand numbers of a million, in ten classes: chi-square with nine degrees is above 27.9 once in a thousand times. */
Test(permutation, the_first_numbers_are_spread_evenly)
{
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct dc_permutation permutation;
        double classes[10] = {0}, chi = 0;

        dc_permutation_init(&permutation, 1000000, seed);
        for (uint64_t i = 0; i < 1000; i++) {
            classes[dc_permutation_at(&permutation, i) / 100000]++;
        }
        for (size_t k = 0; k < 10; k++) {
            chi += (classes[k] - 100) * (classes[k] - 100) / 100;
        }
        cr_expect_lt(chi, 35, "seed %lu: %g", (unsigned long)seed, chi);
    }
}

Test(permutation, the_largest_range_holds)
{
    struct dc_permutation permutation;

    dc_permutation_init(&permutation, (uint64_t)1 << 62, 7);
    for (uint64_t i = 0; i < 1000; i++) {
        cr_assert_lt(dc_permutation_at(&permutation, i), (uint64_t)1 << 62);
    }
}
