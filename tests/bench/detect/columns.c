/* Invented columns. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "dcscan/sample.h"

/* Where in the benchmark a value stands; `noise` is random to the eye and the same each time. */
struct place {
    uint64_t table, row, noise;
};

static uint64_t mix(uint64_t n)
{
    n ^= n >> 33;
    n *= UINT64_C(0xFF51AFD7ED558CCD);
    n ^= n >> 33;
    n *= UINT64_C(0xC4CEB9FE1A85EC53);
    return n ^ n >> 33;
}

typedef int write_fn(const struct place *place, char *cell, size_t room);

static int pick(const char *const *words, size_t n_words, uint64_t noise, char *cell, size_t room)
{
    return snprintf(cell, room, "%s", words[noise % n_words]);
}
#define PICK(words) pick(words, sizeof(words) / sizeof *(words), place->noise, cell, room)

static int write_key(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "%" PRIu64, place->table * 100000 + place->row);
}

static int write_order(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "WO2024%02" PRIu64 "%02" PRIu64 "%05" PRIu64, 1 + place->noise % 12,
                    1 + place->noise / 12 % 28, place->row);
}

static int write_item_code(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "%02" PRIu64 ".%02" PRIu64 ".%04" PRIu64, place->noise % 30,
                    place->noise / 30 % 20, place->noise / 600 % 300);
}

static int write_item_name(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"深沟球轴承",   "六角螺栓", "法兰盘",   "冷轧钢板",
                                        "电动机",       "减速箱",   "液压油缸", "密封圈",
                                        "前减震器总成", "制动盘",   "转向节臂", "线束总成"};

    return PICK(words);
}

static int write_specification(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "M%" PRIu64 "×%" PRIu64 "-8.8", 4 + 2 * (place->noise % 8),
                    10 + place->noise / 8 % 90);
}

static int write_quantity(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "%" PRIu64 ".00", place->noise % 500);
}

static int write_price(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "%" PRIu64 ".%04" PRIu64, place->noise % 3000,
                    place->noise / 3000 % 10000);
}

static int write_unit(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"件", "KG", "PCS", "套", "米"};

    return PICK(words);
}

static int write_time(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room,
                    "2024-%02" PRIu64 "-%02" PRIu64 " %02" PRIu64 ":%02" PRIu64 ":%02" PRIu64,
                    1 + place->noise % 12, 1 + place->noise / 12 % 28, place->noise / 336 % 24,
                    place->noise / 8064 % 60, place->noise / 483840 % 60);
}

static int write_date(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "2024-%02" PRIu64 "-%02" PRIu64, 1 + place->noise % 12,
                    1 + place->noise / 12 % 28);
}

static int write_status(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"PREPARE", "CONFIRMED", "FINISHED", "CANCELED"};

    return PICK(words);
}

static int write_flag(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"Y", "N"};

    return PICK(words);
}

static int write_user(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"admin", "zhangwei", "liqiang", "mes_job"};

    return PICK(words);
}

static int write_person(const struct place *place, char *cell, size_t room)
{
    static const char *const surnames[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄"};
    static const char *const given[] = {"伟", "秀英", "志强", "丽", "建国", "海燕", "晓明", "国华"};

    return snprintf(cell, room, "%s%s", surnames[place->noise % 8], given[place->noise / 8 % 8]);
}

static int write_mobile(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "13%" PRIu64 "%08" PRIu64, place->noise % 10,
                    place->noise / 10 % 100000000);
}

static int write_firm(const struct place *place, char *cell, size_t room)
{
    static const char *const words[] = {"武汉江城精密机械有限公司",
                                        "襄阳汉水汽车零部件股份有限公司", "上海浦申贸易有限公司",
                                        "苏州金阊电子科技有限公司"};

    return PICK(words);
}

static int write_remark(const struct place *place, char *cell, size_t room)
{
    if (place->noise % 3 != 0) {
        return snprintf(cell, room, "%s", "");
    }
    return snprintf(cell, room,
                    "第%" PRIu64 "批次首件检验合格，刀具磨损在范围内，联系质检确认后放行。",
                    place->row);
}

static int write_measured(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "%" PRIu64 ".%03" PRIu64, 20 + place->noise % 60,
                    place->noise / 60 % 1000);
}

static int write_uuid(const struct place *place, char *cell, size_t room)
{
    uint64_t low = mix(place->noise);

    return snprintf(cell, room,
                    "%08" PRIx64 "-%04" PRIx64 "-4%03" PRIx64 "-9%03" PRIx64 "-%012" PRIx64,
                    place->noise >> 32, place->noise & 0xFFFF, place->noise >> 16 & 0xFFF,
                    low >> 52, low & 0xFFFFFFFFFFFF);
}

static int write_serial(const struct place *place, char *cell, size_t room)
{
    return snprintf(cell, room, "SN%08" PRIX64 "-%" PRIu64, place->noise & 0xFFFFFFFF,
                    place->row % 10);
}

/* Nulls in every tenth row of the columns behind the first four. */
static write_fn *const columns[] = {
    write_key,      write_order,  write_item_code, write_item_name, write_specification,
    write_quantity, write_price,  write_unit,      write_time,      write_date,
    write_status,   write_flag,   write_user,      write_person,    write_mobile,
    write_firm,     write_remark, write_measured,  write_uuid,      write_serial};

size_t bench_n_columns(void)
{
    return sizeof columns / sizeof *columns;
}

int64_t bench_value(size_t column, uint64_t table, uint64_t row, char *cell, size_t room)
{
    struct place place = {table, row, mix(table * 1000003 + row * 31 + column * 7919)};

    if (column >= 4 && row % 10 == column % 10) {
        cell[0] = '\0';
        return DC_CELL_NULL;
    }
    return columns[column](&place, cell, room);
}
