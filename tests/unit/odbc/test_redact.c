#include "internal.h"
#include "support/vectors.h"

static void check_values(char **fields)
{
    char text[512];

    snprintf(text, sizeof text, "%s", fields[0]);
    dc_odbc_blot_values(text, fields[1]);
    cr_expect_str_eq(text, fields[2], "%s: got %s", fields[3], text);
}

Test(redact, quoted_values_are_blotted_out_and_names_stay)
{
    cr_expect_gt(for_each_vector("odbc_redaction.tsv", 4, check_values), 5);
}

static void check_passwords(char **fields)
{
    char text[512];

    snprintf(text, sizeof text, "%s", fields[0]);
    dc_odbc_blot_password_keys(text);
    cr_expect_str_eq(text, fields[1], "%s: got %s", fields[2], text);
}

Test(redact, passwords_of_connection_strings_are_blotted_out)
{
    cr_expect_gt(for_each_vector("odbc_passwords.tsv", 3, check_passwords), 3);
}

Test(redact, a_secret_is_blotted_out_wherever_it_stands)
{
    char text[] = "s3cret, then s3crets3cret";

    dc_odbc_blot_secret(text, "s3cret");
    cr_expect_str_eq(text, "***, then ******");
}

Test(redact, no_secret_changes_nothing)
{
    char text[] = "as it was";

    dc_odbc_blot_secret(text, NULL);
    dc_odbc_blot_secret(text, "");
    cr_expect_str_eq(text, "as it was");
}
