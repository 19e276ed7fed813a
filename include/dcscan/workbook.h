/*
 * A workbook (.xlsx) read row by row. It comes from outside: sizes, counts and depths are bounded, document types and entities are refused,
 * nothing is unpacked to a file, and nothing outside the workbook is ever opened. (minizip reads the package, expat its XML; both are used by
 * src/workbook only, apart from the writer's own check of what it wrote.)
 */
#ifndef DCSCAN_WORKBOOK_H
#define DCSCAN_WORKBOOK_H

#include <stddef.h>
#include <stdint.h>

#include "dcscan/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What a workbook may have at most; beyond it is refused. Rows and columns are those of the format. */
#define DC_WORKBOOK_MAX_ROWS    1048576
#define DC_WORKBOOK_MAX_COLUMNS 16384
#define DC_WORKBOOK_MAX_CELLS   200000000     /* of all sheets read */
#define DC_WORKBOOK_MAX_TEXT    131068        /* bytes of one cell: 32,767 characters */
#define DC_WORKBOOK_MAX_STRINGS (512LL << 20) /* bytes of the shared strings with their index */
#define DC_WORKBOOK_MAX_FILE    (2LL << 30)   /* bytes of the file */
#define DC_WORKBOOK_MAX_BYTES   (16LL << 30)  /* unpacked bytes that are read in all */
#define DC_WORKBOOK_MAX_RATIO   300 /* unpacked to packed, beyond the first 16 MiB of a part */

enum dc_workbook_kind {
    DC_WORKBOOK_TEXT,    /* shared or inline string, or a formula's text */
    DC_WORKBOOK_NUMBER,  /* `text` as written: "3", "0.5", "1E-3"; dates are numbers */
    DC_WORKBOOK_BOOLEAN, /* "0" or "1" */
    DC_WORKBOOK_ERROR    /* "#N/A" … */
};

struct dc_workbook_cell {
    uint32_t column; /* from 0 */
    enum dc_workbook_kind kind;
    const char *text; /* valid UTF-8, never NULL */
};

/* A row with its cells by column; cells without a value are left out. Valid during the call it is handed to. */
struct dc_workbook_row {
    int64_t number; /* from 1 */
    const struct dc_workbook_cell *cells;
    size_t n_cells;
};

struct dc_workbook;
/*
 * DC_ERR_USAGE when the file cannot be opened, DC_ERR_CONFIG when it is no workbook, damaged, encrypted or beyond the bounds above.
 * Reads what the package says of its sheets, its properties and the shared strings.
 */
enum dc_status dc_workbook_open(const char *path, struct dc_workbook **out, struct dc_err *err);
void dc_workbook_close(struct dc_workbook *workbook); /* NULL is fine */

size_t dc_workbook_n_sheets(const struct dc_workbook *workbook);
const char *dc_workbook_sheet_name(const struct dc_workbook *workbook, size_t sheet);
/* A custom property of the document; NULL where there is none. */
const char *dc_workbook_property(const struct dc_workbook *workbook, const char *name);

/* Gets rows in order; anything but DC_OK ends the reading and is handed on. */
typedef enum dc_status dc_workbook_row_fn(void *user, const struct dc_workbook_row *row,
                                          struct dc_err *err);
enum dc_status dc_workbook_read(struct dc_workbook *workbook, size_t sheet,
                                dc_workbook_row_fn *take, void *user, struct dc_err *err);

#ifdef __cplusplus
}
#endif
#endif
