#include <criterion/criterion.h>
#include <string.h>

#include "loader.h"

struct example {
    const char *pattern;
    const char *doubtful; /* what is told, or NULL */
};

static const struct example examples[] = {
    {"a{,3}", "{,3}"},
    {"a{11, 14}", "{11, 14}"},
    {"a{ 3}", "{ 3}"},
    {"a{3 }", "{3 }"},
    {"a{3,\t}", "{3,\t}"},
    {"x\\x{ 41}", "{ 41}"},
    {"x\\x{41 }", "{41 }"},
    {"\\o{ 17}", "{ 17}"},
    {"\\k{ name }", "{ name }"},
    {"(a)\\g{ 1}", "{ 1}"},
    {"[0-9]{,2}", "{,2}"},
    {"[]x]{,2}", "{,2}"},
    {"[^]x]{,2}", "{,2}"},
    {"[[:alpha:]]{,2}", "{,2}"},
    {"\\\\{,2}", "{,2}"},
    {"\\Qa\\E{,2}", "{,2}"},
    {"a{3}", NULL},
    {"a{3,}", NULL},
    {"a{3,5}", NULL},
    {"a{,}", NULL},
    {"a{}", NULL},
    {"a{b}", NULL},
    {"a{3", NULL},
    {"a\\{,3}", NULL},
    {"[{,3}]", NULL},
    {"[\\]{,3}]", NULL},
    {"[[:alpha:]{,3}]", NULL},
    {"\\Q{,3}\\E", NULL},
    {"\\Q{,3}", NULL},
    {"\\x{41}", NULL},
    {"\\p{L}", NULL},
    {"\\N{U+41}", NULL},
    {"\\x{", NULL},
    {"\\x{}", NULL},
    {"\\", NULL},
    {"[", NULL},
    {"[^", NULL},
    {"[[:", NULL},
    {"", NULL},
};

Test(pattern, constructs_that_depend_on_the_version_are_found)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const struct example *example = &examples[i];
        size_t start = 0, size = 0;
        bool doubtful = dc_pattern_version_dependent(example->pattern, &start, &size);

        cr_expect_eq(doubtful, example->doubtful != NULL, "%s", example->pattern);
        if (doubtful && example->doubtful != NULL) {
            cr_expect_eq(size, strlen(example->doubtful), "%s", example->pattern);
            cr_expect_eq(strncmp(example->pattern + start, example->doubtful, size), 0, "%s",
                         example->pattern);
        }
    }
}

/* ---- repetitions that repeat themselves ---- */

static const char *const catastrophic[] = {
    "(a+)+",        "(a*)*",           "(?:\\d+)*x",       "([a-z]+-?)+@",
    "(?:a{1,3})*",  "(?:a{2,}b?){10}", "((a+))+",          "(?:x|a+)+",
    "(?i:a+)+",     "(?<n>a+)+",       "x(y|(?:(\\w*))+)", "(?:[^)]+)+\\)",
    "(?:(?:a+)?)+", "(?:^a+$)+",       "(\\p{L}+)*",
};

static const char *const harmless[] = {
    "a+",
    "(a+)",
    "(?:\\.\\d+)*",
    "(?:a+b)+",
    "(?>a+)+",
    "(a++)*",
    "(a+)?",
    "(?:a{3})+",
    "(?:a+){1,3}",
    "[(a+)+]",
    "\\(a+\\)+",
    "\\Q(a+)+\\E",
    "(?:\\d{4}-)*",
    "(?:[A-Z]\\d?)+",
    "(a|b)+",
    "(?:a+,b+,)*",
    "",
    "(",
    ")",
    "((((",
    "(?",
    "(?:a+)*+",
    "a{1,2",
    "\\",
};

Test(pattern, repetitions_that_repeat_themselves_are_found)
{
    size_t where = 0;

    for (size_t i = 0; i < sizeof catastrophic / sizeof *catastrophic; i++) {
        cr_expect(dc_pattern_repeats_itself(catastrophic[i], &where), "%s", catastrophic[i]);
        cr_expect_lt(where, strlen(catastrophic[i]), "%s", catastrophic[i]);
    }
}

Test(pattern, repetitions_with_something_between_are_left)
{
    size_t where = 0;

    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        cr_expect_not(dc_pattern_repeats_itself(harmless[i], &where), "%s at %zu", harmless[i],
                      where);
    }
}
