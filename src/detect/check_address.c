/* Postal addresses, Chinese and English. */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* Words that end a part of a Chinese address, from large to small. Longer ones stand before those that they contain. */
static const struct address_part {
    const char *word;
    int rank;
    bool road; /* places a building: province to county alone is a region, no address */
    bool sure; /* rarely ends anything but a place's name */
} address_parts[] = {
    {"自治区", 1, false, true}, {"省", 1, false, true},     {"自治州", 2, false, true},
    {"市", 2, false, true},     {"地区", 2, false, false},  {"盟", 2, false, false},
    {"自治县", 3, false, true}, {"开发区", 3, false, true}, {"高新区", 3, false, true},
    {"新区", 3, false, true},   {"县", 3, false, true},     {"区", 3, false, false},
    {"旗", 3, false, false},    {"街道", 4, true, true},    {"镇", 4, true, true},
    {"乡", 4, true, true},      {"工业园", 5, true, true},  {"产业园", 5, true, true},
    {"科技园", 5, true, true},  {"大道", 5, true, true},    {"大街", 5, true, true},
    {"路", 5, true, true},      {"街", 5, true, true},      {"巷", 5, true, true},
    {"胡同", 5, true, true},    {"村", 5, true, true},      {"小区", 6, true, true},
    {"花园", 6, true, true},    {"公寓", 6, true, true},    {"家属院", 6, true, true},
    {"弄", 6, true, false},     {"号楼", 7, true, true},    {"号院", 7, true, true},
    {"号", 7, true, false},     {"栋", 8, true, false},     {"幢", 8, true, false},
    {"大厦", 8, true, true},    {"单元", 9, true, false},   {"楼", 9, true, false},
    {"层", 9, true, false},     {"室", 10, true, false},    {"房", 10, true, false},
};

/* Short names of the provinces and of the cities that people write without 省 and 市. */
static const char *const known_places[] = {
    "北京", "天津", "上海", "重庆", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江",
    "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南",   "湖北", "湖南", "广东",
    "广西", "海南", "四川", "贵州", "云南", "西藏", "陕西",   "甘肃", "青海", "宁夏",
    "新疆", "香港", "澳门", "台湾", "武汉", "广州", "深圳",   "杭州", "南京", "苏州",
    "成都", "西安", "长沙", "郑州", "青岛", "宁波",
};

static bool begins_with_place(const char *bytes, size_t size)
{
    for (size_t i = 0; i < sizeof known_places / sizeof *known_places; i++) {
        if (dc_has_prefix(bytes, size, known_places[i])) {
            return true;
        }
    }
    return false;
}

/* First characters of the words above, in ascending order. */
static const char part_beginnings[] =
    "乡产公区单县号地大室家小层工巷市幢开弄房新旗村栋楼盟省科胡自花街路镇高";

static const struct address_part *part_at(const char *bytes, size_t size)
{
    /* Most characters begin none of the words. */
    if (size < 3 || (unsigned char)bytes[0] < 0xE4 ||
        !dc_in_characters(bytes, part_beginnings, sizeof part_beginnings - 1)) {
        return NULL;
    }
    for (size_t i = 0; i < sizeof address_parts / sizeof *address_parts; i++) {
        if (dc_has_prefix(bytes, size, address_parts[i].word)) {
            return &address_parts[i];
        }
    }
    return NULL;
}

/* What the parts of a text say together. */
struct address_reading {
    int n_parts, n_sure, last_rank;
    bool road, broken;
};

static void take_part(struct address_reading *reading, const struct address_part *part)
{
    /* Parts come from large to small; a step back by more than one is prose or a list. */
    reading->broken |= part->rank + 1 < reading->last_rank;
    reading->last_rank = part->rank;
    reading->n_parts++;
    reading->n_sure += part->sure;
    reading->road |= part->road;
}

static bool is_prose_mark(const char *bytes, size_t size)
{
    static const char marks[] = "。！：；？"; /* in ascending order */

    return size >= 3 && (unsigned char)bytes[0] >= 0xE3 &&
           dc_in_characters(bytes, marks, sizeof marks - 1);
}

static bool is_chinese_address(const char *bytes, size_t size)
{
    struct address_reading reading = {0, 0, 0, false, false};
    size_t named = 0; /* bytes since the last part: what the next part names */

    if (begins_with_place(bytes, size)) {
        reading.n_parts = reading.n_sure = 1;
    }
    for (size_t at = 0; at < size;) {
        const struct address_part *part = part_at(bytes + at, size - at);

        if (is_prose_mark(bytes + at, size - at)) {
            return false;
        }
        if (part != NULL && named > 0) {
            take_part(&reading, part);
            at += strlen(part->word);
            named = 0;
        } else {
            /* By characters, so that no word is looked for inside one. */
            size_t step = (unsigned char)bytes[at] >= 0xE0 ? 3 : 1;

            at += step;
            named += step;
        }
    }
    return !reading.broken && reading.road && reading.n_parts >= 2 && reading.n_sure >= 1 &&
           named <= 60;
}

/* Words of a street, whole. */
static bool has_street_word(const char *bytes, size_t size)
{
    static const char *const words[] = {
        "Road",    "Rd",        "Street", "St",      "Avenue",          "Ave",
        "Lane",    "Boulevard", "Blvd",   "Highway", "Drive",           "Dr",
        "Strasse", "straße",    "Way",    "Plaza",   "Industrial Park", "Industrial Zone"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t at = dc_find_bytes(bytes, size, words[i]), end = at + strlen(words[i]);

        if (at > 0 && at < size && (end == size || !dc_is_letter(bytes[end])) &&
            !dc_is_upper(bytes[at - 1])) {
            return true;
        }
    }
    return false;
}

static bool is_english_address(const char *bytes, size_t size)
{
    size_t n_digits = 0, n_commas = 0, n_words = 0;

    for (size_t i = 0; i < size; i++) {
        n_digits += dc_is_digit(bytes[i]);
        n_commas += bytes[i] == ',';
        n_words += bytes[i] == ' ';
    }
    return n_digits > 0 && n_words >= 2 && n_commas + n_words >= 3 && size <= 200 &&
           has_street_word(bytes, size);
}

bool dc_check_address(const char *bytes, size_t size)
{
    return size >= 9 && size <= 300 &&
           (is_chinese_address(bytes, size) || is_english_address(bytes, size));
}
