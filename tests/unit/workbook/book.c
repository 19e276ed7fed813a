#include "book.h"

#include <criterion/criterion.h>
#include <minizip/zip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define DOC  "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELS "http://schemas.openxmlformats.org/package/2006/relationships"

void book_begin(struct book *book)
{
    snprintf(book->folder, sizeof book->folder, "/tmp/dcscan-book-XXXXXX");
    cr_assert_not_null(mkdtemp(book->folder));
    snprintf(book->path, sizeof book->path, "%s/book.xlsx", book->folder);
    book->zip = zipOpen64(book->path, APPEND_STATUS_CREATE);
    cr_assert_not_null(book->zip);
}

static void open_part(struct book *book, const char *name)
{
    cr_assert_eq(zipOpenNewFileInZip64(book->zip, name, NULL, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                                       Z_DEFAULT_COMPRESSION, 1),
                 ZIP_OK);
}

static void write_part(struct book *book, const char *bytes, size_t size)
{
    cr_assert_eq(zipWriteInFileInZip(book->zip, bytes, (unsigned)size), ZIP_OK);
}

void book_part(struct book *book, const char *name, const char *content)
{
    open_part(book, name);
    write_part(book, content, strlen(content));
    zipCloseFileInZip(book->zip);
}

void book_big_part(struct book *book, const char *name, const char *start, const char *filler,
                   size_t size, const char *end)
{
    size_t n = strlen(filler), block = n * (65536 / n), done = 0;
    char *bytes = malloc(block);

    for (size_t i = 0; i < block; i++) {
        bytes[i] = filler[i % n];
    }
    open_part(book, name);
    write_part(book, start, strlen(start));
    for (; done < size; done += block) {
        write_part(book, bytes, block);
    }
    write_part(book, end, strlen(end));
    zipCloseFileInZip(book->zip);
    free(bytes);
}

void book_frame(struct book *book)
{
    book_part(book, "_rels/.rels",
              HEAD "<Relationships xmlns=\"" RELS "\">"
                   "<Relationship Id=\"a\" Type=\"" DOC
                   "/officeDocument\" Target=\"xl/workbook.xml\"/>"
                   "<Relationship Id=\"b\" Type=\"" DOC
                   "/custom-properties\" Target=\"/docProps/custom.xml\"/></Relationships>");
    book_part(book, "docProps/custom.xml",
              HEAD "<Properties xmlns:vt=\"v\"><property fmtid=\"x\" pid=\"2\" name=\"dcscan run\">"
                   "<vt:lpwstr>7</vt:lpwstr></property></Properties>");
    book_part(book, "xl/workbook.xml",
              HEAD
              "<workbook xmlns=\"" MAIN "\" xmlns:r=\"" DOC
              "\"><sheets><sheet name=\"清单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>");
    book_part(book, "xl/_rels/workbook.xml.rels",
              HEAD "<Relationships xmlns=\"" RELS "\">"
                   "<Relationship Id=\"rId1\" Type=\"" DOC
                   "/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                   "<Relationship Id=\"rId9\" Type=\"" DOC
                   "/worksheet\" Target=\"http://127.0.0.1:9/x\" TargetMode=\"External\"/>"
                   "<Relationship Id=\"rId2\" Type=\"" DOC
                   "/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>");
}

void book_end(struct book *book)
{
    cr_assert_eq(zipClose(book->zip, NULL), ZIP_OK);
    book->zip = NULL;
}

void book_remove(struct book *book)
{
    unlink(book->path);
    rmdir(book->folder);
}

void book_of_rows(struct book *book, const char *rows)
{
    char *sheet = NULL;

    cr_assert_gt(
        asprintf(&sheet, HEAD "<worksheet xmlns=\"" MAIN "\"><sheetData>%s</sheetData></worksheet>",
                 rows),
        0);
    book_begin(book);
    book_frame(book);
    book_part(book, "xl/sharedStrings.xml",
              HEAD "<sst xmlns=\"" MAIN
                   "\"><si><t>键</t></si><si><r><t>最终</t></r><r><t>级别</t></r>"
                   "<rPh sb=\"0\" eb=\"1\"><t>zuizhong</t></rPh></si><si><t>a_x000D_b "
                   "_x005F_x000D_</t></si></sst>");
    book_part(book, "xl/worksheets/sheet1.xml", sheet);
    book_end(book);
    free(sheet);
}
