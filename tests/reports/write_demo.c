/*
 * Writes the demo inventory, or a large one, as a report.
 *
 * usage: write_demo FOLDER LANG PATH [COLUMNS]     FOLDER: reports/definitions; COLUMNS: so many columns, 20 a table
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "dcscan/report.h"
#include "dcscan/text.h"
#include "demo_inventory.h"

/* One table of 20 columns as a plant has them, handed out again and again. */
static void fill_large(struct mem_inventory *inventory, int64_t n_columns)
{
    struct dc_inventory_table *table;

    demo_inventory_begin(inventory);
    table = mem_inventory_add_table(inventory, "mes-wuhan", "mes", "pro_feedback");
    table->comment = "生产报工记录";
    table->rows_estimated = 1250000;
    table->sample = (struct dc_sample_info){DC_SAMPLE_RANDOM_KEYS,
                                            "SELECT * FROM `mes`.`pro_feedback` WHERE `id` IN (…)",
                                            1000,
                                            1000,
                                            320000,
                                            0.4,
                                            false,
                                            1,
                                            0};
    for (int i = 0; i < 20; i++) {
        struct dc_inventory_column *column = mem_inventory_add_column(
            inventory, "quantity_feedback", "B2-02", 1 + i % 4);

        column->comment = "本次报工数量";
        column->type_name = "decimal(14,2)";
        column->finding.confidence = 0.9;
        column->finding.to_review = i == 0;
        column->finding.pi = i == 1 ? DC_PI_PERSONAL : DC_PI_NONE;
        snprintf(column->profile.examples[0], DC_EXAMPLE_SIZE, "1**.00");
        mem_inventory_add_evidence(inventory, column,
                                   &(struct dc_evidence){DC_EVIDENCE_COMMENT, "quantity", "数量",
                                                         2.5, "B2-02", -1, -1, -1});
        mem_inventory_add_evidence(inventory, column,
                                   &(struct dc_evidence){DC_EVIDENCE_NAME, "quantity", "quantity",
                                                         1.5, "B2-02", -1, -1, -1});
    }
    mem_inventory_repeat(inventory, (n_columns + 19) / 20);
}

static void say_cost(double seconds)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    printf("%.2f s, %ld MB\n", seconds, usage.ru_maxrss / 1024);
}

static int write_report(const char *folder, const char *lang, const char *path, int64_t n_columns)
{
    struct mem_inventory *inventory = mem_inventory_create();
    struct dc_report_definition *definition = NULL;
    struct dc_err err = {0};
    struct dc_report_request request = {.path = path,
                                        .lang = strcmp(lang, "en") == 0 ? DC_LANG_EN : DC_LANG_ZH,
                                        .reproducible = true,
                                        .changes = n_columns > 0 ? NULL : demo_changes()};
    double started = dc_clock_seconds();
    enum dc_status status;

    if (n_columns > 0) {
        fill_large(inventory, n_columns);
    } else {
        demo_inventory_fill(inventory);
    }
    status = dc_report_definition_load(folder, &definition, NULL, &err);
    if (status == DC_OK) {
        status = dc_report_write(definition, mem_inventory_reader(inventory), &request, &err);
    }
    if (status != DC_OK) {
        fprintf(stderr, "%s: %s\n", dc_status_name(status), err.message);
    } else if (n_columns > 0) {
        say_cost(dc_clock_seconds() - started);
    }
    dc_report_definition_destroy(definition);
    mem_inventory_destroy(inventory);
    return status == DC_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        fprintf(stderr, "usage: %s FOLDER LANG PATH [COLUMNS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    return write_report(argv[1], argv[2], argv[3], argc > 4 ? strtoll(argv[4], NULL, 10) : 0);
}
