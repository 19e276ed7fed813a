/* Workbooks as spreadsheets write them, and as nobody should. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "book.h"
#include "dcscan/strbuf.h"
#include "dcscan/workbook.h"

static struct book book;
static struct dc_workbook *workbook;
static struct dc_err err;
static struct dc_strbuf seen;

static void begin(void)
{
    memset(&err, 0, sizeof err);
    dc_strbuf_init(&seen, 1 << 20);
}

static void end(void)
{
    dc_workbook_close(workbook);
    dc_strbuf_done(&seen);
    book_remove(&book);
}

TestSuite(workbook, .init = begin, .fini = end);

/* "2: 0=键 3#0.5" */
static enum dc_status note(void *user, const struct dc_workbook_row *row, struct dc_err *error)
{
    static const char marks[] = {[DC_WORKBOOK_TEXT] = '=',
                                 [DC_WORKBOOK_NUMBER] = '#',
                                 [DC_WORKBOOK_BOOLEAN] = '?',
                                 [DC_WORKBOOK_ERROR] = '!'};

    (void)user;
    (void)error;
    dc_strbuf_printf(&seen, "%lld:", (long long)row->number);
    for (size_t i = 0; i < row->n_cells; i++) {
        dc_strbuf_printf(&seen, " %u%c%s", row->cells[i].column, marks[row->cells[i].kind],
                         row->cells[i].text);
    }
    dc_strbuf_putc(&seen, '\n');
    return DC_OK;
}

static enum dc_status read_book(void)
{
    enum dc_status status = dc_workbook_open(book.path, &workbook, &err);

    return status == DC_OK ? dc_workbook_read(workbook, 0, note, NULL, &err) : status;
}

static void expect_refused(const char *why)
{
    cr_expect_eq(read_book(), DC_ERR_CONFIG);
    cr_expect_not_null(strstr(err.message, why), "said: %s", err.message);
}

static void begin_hostile(void)
{
    book_begin(&book);
    book_frame(&book);
}

Test(workbook, tells_sheets_and_properties)
{
    book_of_rows(&book, "");
    cr_assert_eq(read_book(), DC_OK, "%s", err.message);
    cr_assert_eq(dc_workbook_n_sheets(workbook), 1);
    cr_expect_str_eq(dc_workbook_sheet_name(workbook, 0), "清单");
    cr_expect_str_eq(dc_workbook_property(workbook, "dcscan run"), "7");
    cr_expect_null(dc_workbook_property(workbook, "other"));
}

Test(workbook, reads_cells_of_every_form)
{
    book_of_rows(
        &book,
        "<row r=\"2\"><c r=\"A2\" s=\"4\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c>"
        "<c r=\"AA2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> 值 </t></is></c></row>"
        "<row r=\"5\"><c r=\"A5\"><v>3</v></c><c r=\"B5\" t=\"str\"><f>A5</f><v>=x</v></c>"
        "<c r=\"C5\" t=\"b\"><v>1</v></c><c r=\"D5\" t=\"e\"><v>#N/A</v></c>"
        "<c r=\"E5\" s=\"9\"/></row>");
    cr_assert_eq(read_book(), DC_OK, "%s", err.message);
    cr_expect_str_eq(dc_strbuf_text(&seen), "2: 0=键 2=最终级别 26= 值 \n5: 0#3 1==x 2?1 3!#N/A\n");
}

Test(workbook, counts_rows_and_cells_that_do_not_say_where_they_stand)
{
    book_of_rows(
        &book, "<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c t=\"s\"><v>2</v></c></row>");
    cr_assert_eq(read_book(), DC_OK, "%s", err.message);
    cr_expect_str_eq(dc_strbuf_text(&seen), "1: 0#1 1#2\n3: 0=a\rb _x000D_\n");
}

Test(workbook, takes_prefixes_of_names)
{
    book_of_rows(&book, "<x:row xmlns:x=\"y\" r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c></x:row>");
    cr_assert_eq(read_book(), DC_OK, "%s", err.message);
    cr_expect_str_eq(dc_strbuf_text(&seen), "1: 0#1\n");
}

Test(workbook, without_shared_strings_is_read)
{
    begin_hostile();
    book_part(&book, "xl/worksheets/sheet1.xml",
              "<worksheet><sheetData><row><c "
              "t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>");
    book_end(&book);
    cr_assert_eq(read_book(), DC_OK, "%s", err.message);
    cr_expect_str_eq(dc_strbuf_text(&seen), "1: 0=x\n");
}

/* ---- refused ---- */

Test(workbook, that_is_a_zip_bomb_is_refused)
{
    begin_hostile();
    book_big_part(&book, "xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "          ",
                  64u << 20, "</sheetData></worksheet>");
    book_end(&book);
    expect_refused("unpacks to more than 300 times");
}

Test(workbook, with_entities_is_refused)
{
    begin_hostile();
    book_part(&book, "xl/sharedStrings.xml",
              "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>"
              "<sst><si><t>&b;</t></si></sst>");
    book_part(&book, "xl/worksheets/sheet1.xml", "<worksheet/>");
    book_end(&book);
    expect_refused("document type");
}

Test(workbook, that_names_a_file_outside_is_refused)
{
    begin_hostile();
    book_part(
        &book, "xl/worksheets/sheet1.xml",
        "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><worksheet>"
        "<sheetData><row><c t=\"inlineStr\"><is><t>&x;</t></is></c></row></sheetData></worksheet>");
    book_end(&book);
    expect_refused("document type");
    cr_expect_str_eq(dc_strbuf_text(&seen), "");
}

Test(workbook, with_a_document_type_outside_is_refused)
{
    begin_hostile();
    book_part(&book, "xl/worksheets/sheet1.xml",
              "<!DOCTYPE worksheet SYSTEM \"http://127.0.0.1:9/x.dtd\"><worksheet/>");
    book_end(&book);
    expect_refused("document type");
}

Test(workbook, with_a_huge_string_is_refused)
{
    begin_hostile();
    book_big_part(&book, "xl/sharedStrings.xml", "<sst><si><t>", "数据0123456789", 200000,
                  "</t></si></sst>");
    book_part(&book, "xl/worksheets/sheet1.xml", "<worksheet/>");
    book_end(&book);
    expect_refused("more than 32,767 characters");
}

Test(workbook, with_a_huge_text_in_a_cell_is_refused)
{
    begin_hostile();
    book_big_part(&book, "xl/worksheets/sheet1.xml",
                  "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>", "0123456789", 200000,
                  "</t></is></c></row></sheetData></worksheet>");
    book_end(&book);
    expect_refused("more than 32,767 characters");
}

Test(workbook, with_a_huge_attribute_is_refused)
{
    begin_hostile();
    book_big_part(&book, "xl/worksheets/sheet1.xml", "<worksheet x=\"",
                  "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069", 8u << 20,
                  "\"/>");
    book_end(&book);
    expect_refused("a tag of more than");
}

Test(workbook, nested_too_deep_is_refused)
{
    begin_hostile();
    book_big_part(&book, "xl/worksheets/sheet1.xml", "<worksheet>", "<a>", 65536, "");
    book_end(&book);
    expect_refused("nested more than 64 deep");
}

Test(workbook, with_more_cells_than_a_row_has_is_refused)
{
    char *rows = calloc(20000, 4);

    for (size_t i = 0; i < 16385; i++) {
        memcpy(rows + i * 4, "<c/>", 4);
    }
    memcpy(rows, "<row", 4);
    rows[4] = '>';
    memcpy(rows + 5, "   ", 3);
    memcpy(rows + strlen(rows), "<c/><c/></row>", 14);
    book_of_rows(&book, rows);
    free(rows);
    expect_refused("16,384 columns");
}

Test(workbook, with_cells_beyond_the_last_column_or_row_is_refused)
{
    book_of_rows(&book, "<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>");
    expect_refused("16,384 columns");
    dc_workbook_close(workbook);
    workbook = NULL;
    book_remove(&book);
    book_of_rows(&book, "<row r=\"1048577\"><c><v>1</v></c></row>");
    expect_refused("1,048,576");
}

Test(workbook, with_rows_out_of_order_is_refused)
{
    book_of_rows(&book, "<row r=\"3\"><c><v>1</v></c></row><row r=\"3\"><c><v>1</v></c></row>");
    expect_refused("out of order");
}

Test(workbook, that_points_behind_its_strings_is_refused)
{
    book_of_rows(&book, "<row><c t=\"s\"><v>99</v></c></row>");
    expect_refused("a text that is not there");
    dc_workbook_close(workbook);
    workbook = NULL;
    book_remove(&book);
    book_of_rows(&book, "<row><c t=\"s\"><v>-1</v></c></row>");
    expect_refused("a text that is not there");
}

Test(workbook, that_is_not_well_formed_is_refused)
{
    book_of_rows(&book, "<row><c></row>");
    expect_refused("not well-formed");
}

Test(workbook, without_sheets_is_refused)
{
    book_begin(&book);
    book_part(&book, "hello.txt", "x");
    book_end(&book);
    expect_refused("no workbook");
}

static void write_file(const void *bytes, size_t size)
{
    FILE *file = fopen(book.path, "wb");

    cr_assert_not_null(file);
    fwrite(bytes, 1, size, file);
    fclose(file);
}

Test(workbook, that_is_something_else_is_refused)
{
    book_of_rows(&book, "");
    write_file("a,b,c\n", 6);
    expect_refused("no workbook (.xlsx)");
    write_file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    expect_refused("encrypted with a password, or of the old format");
    write_file("PK\003\004xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 30);
    expect_refused("damaged");
}

Test(workbook, that_breaks_off_is_refused)
{
    char bytes[512];
    FILE *file;
    size_t size;

    book_of_rows(&book, "<row><c><v>1</v></c></row>");
    file = fopen(book.path, "rb");
    size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    write_file(bytes, size / 2);
    expect_refused("damaged");
}

Test(workbook, that_is_missing_is_said_to_be)
{
    book_of_rows(&book, "");
    remove(book.path);
    cr_expect_eq(read_book(), DC_ERR_USAGE);
    cr_expect_not_null(strstr(err.message, "No such file"), "said: %s", err.message);
}
