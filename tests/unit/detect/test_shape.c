/* Shapes of values: one line a value, with all the shapes that it has. */
#include <criterion/criterion.h>
#include <string.h>

#include "shape.h"

#define BIT(member) DC_SHAPE_BIT(member)

static const struct {
    const char *value;
    uint32_t bits;
    int32_t decimals;
} shapes[] = {
    {"0", BIT(integer) | BIT(zero_or_one) | BIT(short_text), 0},
    {"12345", BIT(integer), 0},
    {"-7", BIT(integer) | BIT(negative) | BIT(short_text), 0},
    {"+7", BIT(integer) | BIT(short_text), 0},
    {"12.50", BIT(decimal), 1},
    {"-0.125", BIT(decimal) | BIT(negative), 3},
    {".5", BIT(decimal) | BIT(short_text), 1},
    {"12.", BIT(decimal) | BIT(short_text), 0},
    {"12.000", BIT(decimal), 0},
    {"1.5E-7", BIT(decimal) | BIT(has_letter), 1},
    {"30.593", BIT(decimal) | BIT(lat_range), 3},
    {"30.590", BIT(decimal), 2},
    {"114.3055", BIT(decimal) | BIT(lng_range), 4},
    {"60.593", BIT(decimal), 3},
    {"1.2.3", 0, -1},
    {"-", BIT(short_text), -1},
    {"1-2", BIT(short_text), -1},
    {"Y", BIT(zero_or_one) | BIT(short_text) | BIT(has_letter) | BIT(all_upper_alnum), -1},
    {"true", BIT(zero_or_one) | BIT(short_text) | BIT(has_letter), -1},
    {"是", BIT(zero_or_one) | BIT(short_text) | BIT(has_han) | BIT(all_han), -1},
    {"2024-03-01", BIT(date) | BIT(midnight), -1},
    {"2024/3/1", BIT(date) | BIT(midnight), -1},
    {"2024-03-01 08:15:00", BIT(date) | BIT(has_space), -1},
    {"2024-03-01 00:00:00.000", BIT(date) | BIT(midnight) | BIT(has_space), -1},
    {"2024-03-01T08:15:00Z", BIT(date) | BIT(has_letter), -1},
    {"2024-13-01", 0, -1},
    {"2024-03/01", 0, -1},
    {"2024-03-01x", BIT(has_letter), -1},
    {"WO-2024_001/A.1", BIT(has_letter) | BIT(all_upper_alnum), -1},
    {"Wo-1", BIT(has_letter) | BIT(short_text), -1},
    {"轴承", BIT(has_han) | BIT(all_han) | BIT(short_text), -1},
    {"轴承6204", BIT(has_han), -1},
    {"138****0001", BIT(has_star), -1},
    {"张**", BIT(has_star) | BIT(has_han) | BIT(short_text), -1},
    {"张*", BIT(has_star) | BIT(has_han) | BIT(short_text), -1},
    {"6222xxxxxxxx1234", BIT(has_star) | BIT(has_letter), -1},
    {"12*30*45", 0, -1},
    {"{\"a\":1}", BIT(json) | BIT(has_letter), -1},
    {"[1,2]", BIT(json), -1},
    {"<a>1</a>", BIT(xml) | BIT(has_letter), -1},
    {"d41d8cd98f00b204e9800998ecf8427e", BIT(hex) | BIT(base64ish) | BIT(has_letter), -1},
    {"1234567890123456", BIT(integer), 0},
    {"tlm4Z9c+qk/Qm1yXz0==", BIT(base64ish) | BIT(has_letter), -1},
    {"ThisIsNoKeyAtAll1", BIT(base64ish) | BIT(has_letter), -1},
    {"thisisnokeyatall1", BIT(has_letter), -1},
    {"设备运行正常，无异常声音。", BIT(has_han) | BIT(sentence), -1},
    {"shipped on time today", BIT(has_letter) | BIT(has_space) | BIT(sentence), -1},
};

static struct dc_value_shape shape_of(const char *value)
{
    struct dc_value_shape shape;

    dc_value_shape(value, strlen(value), dc_class_mask(value, strlen(value)), &shape);
    return shape;
}

Test(shape, is_told_of_ordinary_values)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct dc_value_shape shape = shape_of(shapes[i].value);

        cr_expect_eq(shape.bits, shapes[i].bits, "\"%s\": %x instead of %x", shapes[i].value,
                     shape.bits, shapes[i].bits);
        cr_expect_eq(shape.decimals, shapes[i].decimals, "\"%s\": %d decimals", shapes[i].value,
                     shape.decimals);
    }
}

Test(shape, counts_characters_not_bytes)
{
    cr_assert_eq(shape_of("轴承6204").characters, 6);
    cr_assert_eq(shape_of("abc").characters, 3);
    cr_assert_eq(shape_of("\xFF\xFE").characters, 2);
    cr_assert((shape_of("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七"
                        "八九十一二三四五六七八九十"
                        "一二三四五六七八九十一二三四五")
                   .bits &
               BIT(long_text)) != 0);
}

Test(shape, knows_invalid_text)
{
    cr_assert(shape_of("轴承").valid);
    cr_assert_not(shape_of("轴\xE6\x89").valid);
    cr_assert_not(shape_of("\xD6\xE1\xB3\xD0").valid); /* 轴承 in GB 18030 */
}

Test(shape, takes_stars_for_masks_only_where_they_hide_a_good_part)
{
    cr_assert(shape_of("420106********0123").masked);
    cr_assert(shape_of("●●●●5678").masked);
    cr_assert_not(shape_of("see the note ** at the end of the long page").masked);
    cr_assert_not(shape_of("2*3").masked);
    cr_assert_not(shape_of("xxxx").masked);
}

Test(shape, has_places_for_all_counters)
{
    cr_assert_eq(DC_SHAPE_PLACE(integer), 0);
    cr_assert_eq(DC_SHAPE_PLACE(lng_range), DC_N_SHAPES - 1);
}
