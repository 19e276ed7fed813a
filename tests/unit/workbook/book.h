/* Workbooks written by hand in a test, good ones and hostile ones. */
#ifndef DCSCAN_TESTS_BOOK_H
#define DCSCAN_TESTS_BOOK_H

#include <stddef.h>

struct book {
    char folder[64], path[96];
    void *zip;
};

/* An empty package in a folder of its own. */
void book_begin(struct book *book);
void book_part(struct book *book, const char *name, const char *content);
/* A part of `size` bytes: `start`, then the filler over and over, then `end`. */
void book_big_part(struct book *book, const char *name, const char *start, const char *filler,
                   size_t size, const char *end);
/* Package relations, workbook with one sheet "清单" at xl/worksheets/sheet1.xml, custom properties. */
void book_frame(struct book *book);
/* Closes the package: it can be read now. */
void book_end(struct book *book);
void book_remove(struct book *book);
/* The frame and one sheet with this sheetData. */
void book_of_rows(struct book *book, const char *rows);

#endif
