/* Tables of invented plants (tables.tsv): the knowledge has to carry where no name was seen before. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case.h"

#define N_FIELDS    5
#define TABLE_FLOOR 0.6  /* of the columns of one table */
#define FLOOR       0.97 /* of all columns */
#define CONFIDENT   0.9

struct plant {
    struct decided *decided;
    char *names[MAX_CASE_COLUMNS], *codes[MAX_CASE_COLUMNS];
    size_t n_columns;
    size_t n_right, n_all, n_confident, n_confident_right, n_tables;
};

static void split(char *line, char *fields[N_FIELDS])
{
    static char nothing[] = "";

    line[strcspn(line, "\r\n")] = '\0';
    for (size_t i = 0; i < N_FIELDS; i++) {
        char *tab = line == NULL ? NULL : strchr(line, '\t');

        fields[i] = line == NULL ? nothing : line;
        if (tab != NULL) {
            *tab = '\0';
        }
        line = tab == NULL ? NULL : tab + 1;
    }
}

static bool is_right(struct plant *plant, size_t column)
{
    const struct dc_finding *finding = case_finding(plant->decided, plant->names[column]);
    bool right = case_is_one_of(finding->leaf, plant->codes[column]);

    plant->n_confident += finding->confidence >= CONFIDENT;
    plant->n_confident_right += right && finding->confidence >= CONFIDENT;
    if (!right) {
        printf("# %s.%s: %s, not %s\n", plant->decided->table->name, plant->names[column],
               finding->leaf, plant->codes[column]);
    }
    return right;
}

/* Decides the table that has been read and counts it. */
static void end_table(struct plant *plant)
{
    size_t right = 0;

    if (plant->n_columns == 0) {
        return;
    }
    case_decide(plant->decided);
    case_expect_explained(plant->decided);
    for (size_t i = 0; i < plant->n_columns; i++) {
        right += is_right(plant, i);
        free(plant->names[i]);
        free(plant->codes[i]);
    }
    cr_expect_geq((double)right, TABLE_FLOOR * (double)plant->n_columns, "%s: %zu of %zu",
                  plant->decided->table->name, right, plant->n_columns);
    plant->n_right += right;
    plant->n_all += plant->n_columns;
    plant->n_tables++;
    plant->n_columns = 0;
}

static void take_line(struct plant *plant, char *line)
{
    char *fields[N_FIELDS];

    if (line[0] != 'T' && line[0] != 'C') {
        return;
    }
    split(line, fields);
    if (fields[0][0] == 'T') {
        end_table(plant);
        case_table(plant->decided, fields[1], fields[2]);
        plant->decided->source.about[DC_ABOUT_SYSTEM] = fields[3][0] == '\0'
                                                            ? NULL
                                                            : dc_arena_strdup(plant->decided->arena,
                                                                              fields[3]);
        return;
    }
    case_column(plant->decided, fields[1], fields[2], fields[3]);
    plant->names[plant->n_columns] = dc_strdup(fields[1]);
    plant->codes[plant->n_columns++] = dc_strdup(fields[4]);
}

static void decide_all(struct plant *plant)
{
    FILE *file = fopen(TEST_ROOT "/tests/unit/classify/tables.tsv", "r");
    char *line = NULL;
    size_t capacity = 0;

    cr_assert_not_null(file);
    plant->decided = case_open();
    while (getline(&line, &capacity, file) > 0) {
        take_line(plant, line);
    }
    end_table(plant);
    free(line);
    fclose(file);
}

Test(tables, of_plants_never_seen_are_decided_by_their_names)
{
    struct plant plant = {.decided = NULL};

    decide_all(&plant);
    cr_expect_geq(plant.n_tables, 80);
    cr_expect_geq((double)plant.n_right, FLOOR * (double)plant.n_all, "%zu of %zu", plant.n_right,
                  plant.n_all);
    cr_expect_geq((double)plant.n_confident_right, CONFIDENT * (double)plant.n_confident,
                  "%zu of %zu confident ones", plant.n_confident_right, plant.n_confident);
    case_close(plant.decided);
}
