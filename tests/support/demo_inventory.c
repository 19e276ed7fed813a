/* The inventory of the golden workbooks. All of it is invented. */
#include "demo_inventory.h"

#include <stdio.h>
#include <string.h>

#define STARTED 1767225600 /* 2026-01-01 00:00:00 UTC */

static const struct dc_leaf_text LEAVES[] = {
    {"A1-03", "配方与材料组分", "Formula and material composition", "研发数据", "R&D data",
     "产品设计", "Product design", "研发数据", "R&D data", "GB/T 43697-2024 附录H；商业秘密", 4,
     true},
    {"B1-05", "工厂模型与产线工位", "Plant model", "生产运行数据", "Production data", "工艺",
     "Process", "生产运行数据", "Production data", "工程约定", 1, false},
    {"B2-02", "生产工单与派工", "Work orders and dispatch", "生产运行数据", "Production data",
     "计划与执行", "Planning and execution", "生产运行数据", "Production data",
     "GB/T 43697-2024 附录H", 2, true},
    {"B3-04", "工控系统配置与网络拓扑", "ICS configuration and topology", "生产运行数据",
     "Production data", "控制与工况", "Control", "生产运行数据", "Production data",
     "GB/T 43697-2024 附录G g", 4, true},
    {"D1-01", "供应商档案与准入", "Suppliers", "管理数据", "Management data", "采购供应",
     "Purchasing", "管理数据", "Management data", "GB/T 43697-2024 附录H", 2, true},
    {"D2-05", "产品与物料主数据", "Product master data", "管理数据", "Management data", "客户销售",
     "Sales", "管理数据", "Management data", "GB/T 43697-2024 附录H", 1, true},
    {"D3-02", "成本与费用", "Cost and expense", "管理数据", "Management data", "财务", "Finance",
     "管理数据", "Management data", "GB/T 43697-2024 附录H", 3, true},
    {"P1-01", "个人基本资料", "Basic personal particulars", "个人信息", "Personal information",
     "一般个人信息", "General", "个人信息", "Personal information",
     "GB/T 43697-2024 附录B；GB/T 35273-2020 附录A", 2, true},
    {"P1-02", "个人联系方式", "Contact details", "个人信息", "Personal information", "一般个人信息",
     "General", "个人信息", "Personal information", "GB/T 43697-2024 附录B", 2, true},
    {"P2-05", "特定身份与证件号码", "Identity and document numbers", "个人信息",
     "Personal information", "敏感个人信息", "Sensitive", "个人信息", "Personal information",
     "个人信息保护法 28条", 4, false},
    {"Z1-01", "主键与外键", "Keys", "通用技术字段", "Technical remainder", "通用", "General", "",
     "", "工程约定", 1, false},
    {"Z1-04", "待人工确认", "To be decided by a person", "通用技术字段", "Technical remainder",
     "通用", "General", "", "", "工程约定 X10", 0, false},
};

static const struct dc_candidate_text CANDIDATES[] = {
    {"ID04", "战略性或关键材料的产能、产量、库存", "Capacity, output or stock of key materials",
     "GB/T 43697-2024 附录G b、c、j", "核对是否属于词表所列关键材料",
     "check against the list of key materials", true},
    {"ID06", "出口管制技术的设计、工艺、配方、代码、试验数据", "Export-controlled technology",
     "GB/T 43697-2024 附录G f", "核对产品是否列入出口管制清单", "check the export control list",
     true},
    {"ID08", "控制系统与基础设施的配置、拓扑、点表、未修复漏洞",
     "Configuration and topology of control systems", "GB/T 43697-2024 附录G g、h",
     "核对是否关键信息基础设施", "check whether it is critical infrastructure", true},
};

static void fill_run(struct dc_run *run)
{
    run->id = 42;
    run->started_at = STARTED;
    run->finished_at = STARTED + 754;
    run->program_version = "0.1.0";
    run->pcre2_version = "10.42 2022-12-11 (JIT)";
    run->odbc_version = "03.52";
    run->taxonomy_name = "whcsa-003-2024";
    run->taxonomy_version = "0.1.0";
    run->taxonomy_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    run->taxonomy_title_zh = "制造业数据分类分级规则包（T/WHCSA 003-2024）";
    run->taxonomy_title_en = "Rules for manufacturing data (T/WHCSA 003-2024)";
    run->host = "plant-audit-01";
    run->account = "auditor";
    run->rules = "{\"cn-id\":\"55243f21f2141129\",\"cn-mobile\":\"1dbee8665af14ee6\",\"order-"
                 "number\":\"0d9600f5567c3a6b\"}";
    run->seed = 18446744073709551615u;
    run->complete = false;
}

static void fill_sources(struct mem_inventory *inventory)
{
    struct dc_run_source *mes = mem_inventory_add_source(inventory, "mes-wuhan");
    struct dc_run_source *erp = mem_inventory_add_source(inventory, "erp");
    struct dc_run_source *plm = mem_inventory_add_source(inventory, "plm");

    mes->about[DC_ABOUT_SYSTEM] = "MES";
    mes->about[DC_ABOUT_PLANT] = "武汉一厂";
    mes->about[DC_ABOUT_DEPARTMENT] = "制造部";
    mes->about[DC_ABOUT_OWNER] = "陈工";
    mes->about[DC_ABOUT_PURPOSE] = "生产执行与追溯";
    mes->about[DC_ABOUT_STORAGE] = "武汉一厂机房 A3";
    mes->about[DC_ABOUT_MLPS] = "3";
    *mes = (struct dc_run_source){
        .name = mes->name,
        .dbms = "MariaDB",
        .dbms_version = "10.11.6",
        .driver = "libmaodbc.so 3.1.15",
        .dialect = "mysql",
        .login = "dcscan_ro",
        .encoding = "UTF-8",
        .state = "ok",
        .error = "",
        .read_only = "session",
        .n_tables = 3,
        .n_tables_read = 3,
        .n_columns = 16,
        .rows_read = 2400,
        .bytes_read = 812345,
        .n_statements = 9,
        .seconds = 3.25,
        .level = 4,
        .about = {"MES", "武汉一厂", "制造部", "陈工", "", "生产执行与追溯", "", "", "",
                  "武汉一厂机房 A3", "", "", "", "3"},
    };
    *erp = (struct dc_run_source){
        .name = erp->name,
        .dbms = "PostgreSQL",
        .dbms_version = "15.6",
        .driver = "psqlodbcw.so 13.02",
        .dialect = "postgresql",
        .login = "dcscan_ro",
        .encoding = "UTF-8",
        .state = "partial",
        .error = "",
        .read_only = "session",
        .n_tables = 3,
        .n_tables_read = 2,
        .n_columns = 11,
        .rows_read = 1000,
        .bytes_read = 123456,
        .n_statements = 7,
        .seconds = 31.0,
        .level = 4,
        .about = {"ERP", "", "财务部", "", "", "", "", "", "", "", "", "", "", ""},
    };
    plm->state = "unreachable";
    plm->error = "source \"plm\": could not connect: [unixODBC][FreeTDS]Unable to connect to data "
                 "source [08001]";
    plm->read_only = "none";
}

/* A column with what most of them have. */
static struct dc_inventory_column *column(struct mem_inventory *inventory, const char *name,
                                          const char *comment, const char *type, const char *leaf,
                                          int level, double confidence)
{
    struct dc_inventory_column *made = mem_inventory_add_column(inventory, name, leaf, level);

    made->comment = comment;
    made->type_name = type;
    made->type = DC_TYPE_TEXT;
    made->finding.confidence = confidence;
    made->profile.rows = 1000;
    made->profile.distinct = 1000;
    mem_inventory_add_evidence(
        inventory, made,
        &(struct dc_evidence){DC_EVIDENCE_NAME, "name-word", name, 1.5, leaf, -1, -1, -1});
    return made;
}

static void example(struct dc_inventory_column *made, size_t index, const char *text)
{
    snprintf(made->profile.examples[index], DC_EXAMPLE_SIZE, "%s", text);
}

static void sampled(struct dc_inventory_table *table, enum dc_sample_method method, int64_t rows,
                    const char *statement)
{
    table->sample = (struct dc_sample_info){method, statement, 1000, rows, rows * 320,
                                            0.42,   false,     1,    0};
}

static void fill_work_orders(struct mem_inventory *inventory)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "mes-wuhan", "mes",
                                                               "pro_workorder");
    struct dc_inventory_column *made;

    table->comment = "生产工单";
    table->rows_estimated = 125000;
    sampled(table, DC_SAMPLE_RANDOM_KEYS, 1000,
            "SELECT `workorder_code`, `workorder_name` FROM `mes`.`pro_workorder` WHERE `id` IN "
            "(…1000 keys)");
    table->finding = (struct dc_table_finding){
        "work-order", "生产工单", "work order", 6.5, 2, "workorder_code", "B2-02", 0, 0, 0, 1};
    made = column(inventory, "id", "主键", "bigint", "Z1-01", 1, 0.99);
    made->primary_key = true;
    made = column(inventory, "workorder_code", "工单编码", "varchar(64)", "B2-02", 2, 0.97);
    example(made, 0, "WO2026****01");
    example(made, 1, "WO2026****17");
    mem_inventory_add_evidence(inventory, made,
                               &(struct dc_evidence){DC_EVIDENCE_TABLE, "work-order",
                                                     "pro_workorder", 2.0, "B2-02", -1, -1, -1});
    column(inventory, "station_code", "工位编码", "varchar(64)", "B1-05", 1, 0.91);
    made = column(inventory, "attr1", "", "varchar(255)", "Z1-04", 0, 0.12);
    made->finding.to_review = true;
    made->finding.runner_up = "B2-02";
    made = column(inventory, "remark", "备注；\n第二行", "text", "B2-02", 2, 0.55);
    made->profile.nulls = 412;
    made->profile.distinct = 97;
}

/* What the value rules counted of a telephone and of an ID number; the last is a rule that matched and was no evidence. */
static const struct dc_rule_tally PHONE_TALLIES[] = {{"cn-mobile", "cn_mobile", {788, 785, 786}}};
static const struct dc_rule_tally ID_TALLIES[] = {{"cn-id", "cn_id", {798, 798, 800}},
                                                  {"order-number", "", {12, 9, 9}}};

static void fill_people(struct mem_inventory *inventory)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "mes-wuhan", "mes",
                                                               "sys_user");
    struct dc_inventory_column *made;

    table->comment = "用户信息表";
    table->rows_estimated = 812;
    sampled(table, DC_SAMPLE_WHOLE, 812, "SELECT * FROM `mes`.`sys_user`");
    table->finding = (struct dc_table_finding){
        "user-account", "系统用户", "user account", 5.2, 4, "id_card", "P1-01", 3, 1, 0, 0};
    made = column(inventory, "nick_name", "姓名", "varchar(30)", "P1-01", 2, 0.93);
    made->finding.pi = DC_PI_PERSONAL;
    example(made, 0, "张**");
    made = column(inventory, "phonenumber", "手机号码", "varchar(11)", "P1-02", 2, 0.98);
    made->finding.pi = DC_PI_PERSONAL;
    made->profile.nulls = 12;
    example(made, 0, "138****0001");
    made->detail = (struct dc_column_detail){
        .profiled = true, .tallies = PHONE_TALLIES, .n_tallies = 1};
    mem_inventory_add_evidence(
        inventory, made,
        &(struct dc_evidence){DC_EVIDENCE_VALUE, "cn-mobile", "", 3.0, "P1-02", 788, 800, 785});
    made = column(inventory, "id_card", "身份证号", "char(18)", "P2-05", 4, 0.99);
    made->finding.pi = DC_PI_SENSITIVE;
    made->finding.level_reference = 4;
    made->finding.level_reason = "L3";
    made->finding.marks = "组合敏感";
    example(made, 0, "4201**********1234");
    made->detail = (struct dc_column_detail){
        .profiled = true, .tallies = ID_TALLIES, .n_tallies = 2};
    mem_inventory_add_evidence(
        inventory, made,
        &(struct dc_evidence){DC_EVIDENCE_CHECKSUM, "cn-id", "", 6.0, "P2-05", 798, 800, 798});
    mem_inventory_add_evidence(inventory, made,
                               &(struct dc_evidence){DC_EVIDENCE_COMMENT, "id-card", "身份证号",
                                                     3.0, "P2-05", -1, -1, -1});
    mem_inventory_add_evidence(
        inventory, made,
        &(struct dc_evidence){DC_EVIDENCE_LEVEL, "L3", "", 0, "P2-05", -1, -1, -1});
}

static void fill_control(struct mem_inventory *inventory)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "mes-wuhan", "mes",
                                                               "scada_point");
    struct dc_inventory_column *made;

    table->comment = "采集点表";
    table->rows_estimated = 30000000;
    sampled(table, DC_SAMPLE_HEAD, 588, "SELECT * FROM `mes`.`scada_point` LIMIT 1000");
    table->sample.cut = true;
    table->finding = (struct dc_table_finding){
        "ics", "工控配置", "control system", 4.0, 4, "plc_ip", "B3-04", 0, 0, 2, 0};
    made = column(inventory, "plc_ip", "PLC地址", "varchar(15)", "B3-04", 4, 0.95);
    mem_inventory_add_important(inventory, made, "ID08");
    made = column(inventory, "register_addr", "寄存器地址", "int", "B3-04", 4, 0.88);
    mem_inventory_add_important(inventory, made, "ID08");
    made = mem_inventory_add_column(inventory, "snapshot", "", 0);
    made->comment = "画面快照";
    made->type_name = "longblob";
    made->finding.status = DC_COLUMN_SKIPPED;
    made->finding.reason = "二进制内容不读取";
    made->finding.level_reason = "";
}

/* What a scanned database may hold on purpose or by accident. */
static void fill_hostile(struct mem_inventory *inventory)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "erp", "public",
                                                               "=cmd|' /C calc'!A0");
    struct dc_inventory_column *made;
    char *huge = dc_arena_alloc(mem_inventory_arena(inventory), 120001);

    memset(huge, 'x', 120000);
    table->comment = "+1+1";
    table->rows_estimated = -1;
    sampled(table, DC_SAMPLE_TABLESAMPLE, 1000,
            "SELECT * FROM \"public\".\"=cmd|' /C calc'!A0\" TABLESAMPLE SYSTEM (1)");
    table->finding.level = 4;
    table->finding.level_column = "=HYPERLINK(\"http://example.invalid\")";
    table->finding.leaf = "D3-02";
    column(inventory, "=HYPERLINK(\"http://example.invalid\")", "@SUM(A1)", "text", "D3-02", 3,
           0.8);
    column(inventory, "a,b;\"c\"\td", "-2+3", "text", "D1-01", 2, 0.7);
    column(inventory, "_x0041_ & <b>", "bell \x07 escape \x1b[31m", "text", "D2-05", 1, 0.6);
    column(inventory,
           "b\xe9\xf3"
           "d",
           "\xB1\xED\xC3\xFB 错误编码", "text", "D2-05", 1, 0.6);
    made = column(inventory,
                  "长名"
                  "🏭",
                  huge, "text", "A1-03", 4, 0.9);
    mem_inventory_add_important(inventory, made, "ID06");
    mem_inventory_add_important(inventory, made, "ID99");
    made->finding.level_reference = 3;
    made->finding.level_reason = "L6";
}

static void fill_unread(struct mem_inventory *inventory)
{
    struct dc_inventory_table *table = mem_inventory_add_table(inventory, "erp", "public",
                                                               "v_big_report");
    struct dc_inventory_column *made;

    table->kind = DC_TABLE_VIEW;
    table->status = DC_COLUMN_UNREADABLE;
    table->reason = "could not read: canceling statement due to statement timeout [57014]";
    made = mem_inventory_add_column(inventory, "amount", "", 0);
    made->finding.status = DC_COLUMN_UNREADABLE;
    made->finding.reason = table->reason;
    made->finding.level_reason = "";
    made->type_name = "numeric(12,2)";
    table = mem_inventory_add_table(inventory, "erp", "public", "空表");
    table->rows_estimated = 0;
    sampled(table, DC_SAMPLE_WHOLE, 0, "SELECT * FROM \"public\".\"空表\"");
    made = column(inventory, "amount", "金额", "numeric(12,2)", "D3-02", 3, 0.62);
    made->profile.rows = made->profile.distinct = 0;
    made->finding.decided_by = DC_BY_PERSON;
}

void demo_inventory_begin(struct mem_inventory *inventory)
{
    fill_run(mem_inventory_run(inventory));
    for (size_t i = 0; i < sizeof LEAVES / sizeof LEAVES[0]; i++) {
        mem_inventory_add_leaf(inventory, &LEAVES[i]);
    }
    for (size_t i = 0; i < sizeof CANDIDATES / sizeof CANDIDATES[0]; i++) {
        mem_inventory_add_candidate(inventory, &CANDIDATES[i]);
    }
    fill_sources(inventory);
}

void demo_inventory_fill(struct mem_inventory *inventory)
{
    demo_inventory_begin(inventory);
    fill_work_orders(inventory);
    fill_people(inventory);
    fill_control(inventory);
    fill_hostile(inventory);
    fill_unread(inventory);
}

/* ---- what changed ---- */

#define AT(table_, column_) \
    .source = "mes-wuhan", .catalog = "mes", .schema = "", .table = table_, .column = column_
#define VERDICT(leaf_, level_, pi_) .leaf = leaf_, .level = level_, .pi = pi_

static struct dc_change CHANGES[] = {
    {.kind = DC_CHANGE_TABLE_NEW,
     AT("pro_track", ""),
     .before = "",
     .after = "",
     VERDICT("P2-05", 4, DC_PI_SENSITIVE)},
    {.kind = DC_CHANGE_IMPORTANT_NEW,
     AT("pro_track", "longitude"),
     .before = "",
     .after = "ID04",
     VERDICT("P2-05", 4, DC_PI_SENSITIVE)},
    {.kind = DC_CHANGE_TABLE_GONE,
     AT("pro_tmp", ""),
     .before = "",
     .after = "",
     VERDICT("", 0, DC_PI_NONE)},
    {.kind = DC_CHANGE_TABLE_RENAMED,
     AT("pro_workorder", ""),
     .before = "old.workorder",
     .after = "mes.pro_workorder",
     VERDICT("B2-02", 3, DC_PI_NONE)},
    {.kind = DC_CHANGE_REVIEW_GONE,
     AT("pro_workorder", ""),
     .before = "important",
     .after = "3",
     VERDICT("B2-02", 3, DC_PI_NONE)},
    {.kind = DC_CHANGE_VOLUME,
     AT("pro_workorder", ""),
     .before = "125000",
     .after = "210000",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_LEVEL_UP,
     AT("pro_workorder", ""),
     .before = "2",
     .after = "3",
     VERDICT("B2-02", 3, DC_PI_NONE)},
    {.kind = DC_CHANGE_COLUMN_NEW,
     AT("pro_workorder", "=1+1"),
     .before = "",
     .after = "varchar(20)",
     VERDICT("D3-02", 3, DC_PI_NONE)},
    {.kind = DC_CHANGE_COLUMN_GONE,
     AT("pro_workorder", "a/b"),
     .before = "int",
     .after = "",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_COLUMN_RENAMED,
     AT("pro_workorder", "qty"),
     .before = "quantity",
     .after = "qty",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_TYPE,
     AT("pro_workorder", "qty"),
     .before = "int",
     .after = "decimal(14,2)",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_COMMENT,
     AT("pro_workorder", "qty"),
     .before = "",
     .after = "@数量\033[31m",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_LEAF,
     AT("pro_workorder", "x"),
     .before = "Z1-04",
     .after = "B2-02",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_LEVEL_DOWN,
     AT("pro_workorder", "x"),
     .before = "3",
     .after = "2",
     VERDICT("B2-02", 2, DC_PI_NONE)},
    {.kind = DC_CHANGE_PERSONAL,
     AT("pro_workorder", "y"),
     .before = "none",
     .after = "personal",
     VERDICT("P1-02", 2, DC_PI_PERSONAL)},
    {.kind = DC_CHANGE_MASKING_NEW,
     AT("pro_workorder", "y"),
     .before = "",
     .after = "已脱敏",
     VERDICT("P1-02", 2, DC_PI_PERSONAL)},
    {.kind = DC_CHANGE_MASKING_GONE,
     AT("pro_workorder", "z"),
     .before = "已脱敏",
     .after = "",
     VERDICT("P1-02", 2, DC_PI_PERSONAL)},
    {.kind = DC_CHANGE_MARKS,
     AT("pro_workorder", "z"),
     .before = "",
     .after = "组合敏感",
     VERDICT("P1-02", 2, DC_PI_PERSONAL)},
    {.kind = DC_CHANGE_IMPORTANT_GONE,
     AT("pro_workorder", "z"),
     .before = "ID06",
     .after = "",
     VERDICT("P1-02", 2, DC_PI_PERSONAL)},
};
#define N_CHANGES (sizeof CHANGES / sizeof CHANGES[0])

/* The earlier run began in summer time, where the zone has one. */
static struct dc_compared_source COMPARED[] = {
    {"mes-wuhan", 41, 42, 1759276800},
    {"erp", 0, 42, 0},
};

const struct dc_changes *demo_changes(void)
{
    static const struct dc_changes changes = {
        .items = CHANGES,
        .n_items = N_CHANGES,
        .counts = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
        .sources = COMPARED,
        .n_sources = 2,
        .rules_changed = true,
    };

    return &changes;
}
