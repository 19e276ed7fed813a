#include <criterion/criterion.h>
#include <string.h>

#include "dcscan/status.h"
#include "dcscan/text.h"

Test(status, set_fills_the_error_and_returns_the_status)
{
    struct dc_err err = {0};

    cr_expect_eq(dc_err_set(&err, DC_ERR_READ, "could not read \"%s\": %s", "a", "gone"),
                 DC_ERR_READ);
    cr_expect_eq(err.status, DC_ERR_READ);
    cr_expect_str_eq(err.message, "could not read \"a\": gone");
}

Test(status, set_forgets_an_earlier_failure)
{
    struct dc_err err = {0};

    dc_err_set(&err, DC_ERR_READ, "first");
    dc_err_add_object(&err, "table \"t\"");
    dc_err_set_hint(&err, "try again");
    err.native_code = 7;
    memcpy(err.sqlstate, "HY000", 6);
    dc_err_set(&err, DC_ERR_LOST, "second");
    cr_expect_str_eq(err.object, "");
    cr_expect_str_eq(err.hint, "");
    cr_expect_str_eq(err.sqlstate, "");
    cr_expect_eq(err.native_code, 0);
}

Test(status, set_may_quote_its_own_message)
{
    struct dc_err err = {0};

    dc_err_set(&err, DC_ERR_READ, "inner");
    dc_err_set(&err, DC_ERR_READ, "outer: %s", err.message);
    cr_expect_str_eq(err.message, "outer: inner");
}

Test(status, no_error_asked_for_is_fine)
{
    cr_expect_eq(dc_err_set(NULL, DC_ERR_USAGE, "x"), DC_ERR_USAGE);
    dc_err_add_object(NULL, "x");
    dc_err_set_hint(NULL, "x");
}

Test(status, objects_stand_outermost_first)
{
    struct dc_err err = {0};
    char text[256];

    dc_err_set(&err, DC_ERR_READ, "could not fetch: broken");
    memcpy(err.sqlstate, "HY000", 6);
    dc_err_add_object(&err, "table \"a\".\"b\"");
    dc_err_add_object(&err, "source \"%s\"", "mes");
    cr_expect_str_eq(dc_err_format(&err, text, sizeof text),
                     "source \"mes\": table \"a\".\"b\": could not fetch: broken [HY000]");
}

Test(status, a_long_message_is_cut_at_a_character)
{
    struct dc_err err = {0};
    char text[3 * 1000 + 1];

    for (size_t i = 0; i < 1000; i++) {
        memcpy(text + 3 * i, "检", 4);
    }
    dc_err_set(&err, DC_ERR_READ, "%s", text);
    cr_expect_eq(strlen(err.message), (DC_ERR_MESSAGE_SIZE - 1) / 3 * 3);
    cr_expect(dc_utf8_valid(err.message, strlen(err.message)));
    dc_err_add_object(&err, "%s", text);
    dc_err_add_object(&err, "x");
    cr_expect_eq(strlen(err.object), 3 + (DC_ERR_OBJECT_SIZE - 1 - 3) / 3 * 3);
}

Test(status, format_fits_any_buffer)
{
    struct dc_err err = {0};
    char text[8] = "unused";

    dc_err_set(&err, DC_ERR_READ, "检验检验");
    dc_err_format(&err, text, sizeof text);
    cr_expect_str_eq(text, "检验");
    dc_err_format(&err, text, 1);
    cr_expect_str_eq(text, "");
}

Test(status, every_status_has_its_own_word)
{
    for (int a = DC_OK; a <= DC_ERR_INTERNAL; a++) {
        cr_expect_str_neq(dc_status_name((enum dc_status)a), "unknown");
        for (int b = DC_OK; b < a; b++) {
            cr_expect_str_neq(dc_status_name((enum dc_status)a), dc_status_name((enum dc_status)b));
        }
    }
    cr_expect_str_eq(dc_status_name((enum dc_status)99), "unknown");
}
