/*
 * Lines of tests/vectors/NAME.tsv, field by field. Lines that are empty or begin with # are left out. TEST_ROOT is the repository.
 */
#ifndef DCSCAN_TEST_VECTORS_H
#define DCSCAN_TEST_VECTORS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define MAX_VECTOR_FIELDS 8

/* Undoes \n, \r, \t and \\ in place. */
static inline void vector_unescape(char *text)
{
    char *to = text;

    for (const char *from = text; *from != '\0'; from++) {
        if (from[0] == '\\' && from[1] != '\0') {
            from++;
            *to++ = *from == 'n' ? '\n' : *from == 't' ? '\t' : *from == 'r' ? '\r' : *from;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* Calls check with the fields of each line; returns how many lines there were, so that an empty file can fail a test. */
static inline size_t for_each_vector(const char *name, size_t n_fields,
                                     void (*check)(char **fields))
{
    char path[512], line[4096], *fields[MAX_VECTOR_FIELDS];
    size_t n_lines = 0;
    FILE *file;

    snprintf(path, sizeof path, "%s/tests/vectors/%s", TEST_ROOT, name);
    file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    while (fgets(line, sizeof line, file) != NULL) {
        char *rest = line;

        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0') {
            continue;
        }
        for (size_t i = 0; i < n_fields; i++) {
            fields[i] = strsep(&rest, "\t");
            cr_assert_not_null(fields[i], "%s: too few fields before: %s", name, line);
            vector_unescape(fields[i]);
        }
        check(fields);
        n_lines++;
    }
    fclose(file);
    return n_lines;
}

#endif
