"""Legacy imports of departments: odd identifiers, reserved words, GBK bytes, NULs, empty and unnamed columns."""

from ..labels import *
from ..makers import *
from ..schema import C, T, V

_LONG = "supplier_quality_agreement_attachment_revision_history_of_the_year_2023"     # 72 characters


def odd_names():
    quotes = T('weird "quoted" table', "表名含空格与双引号; 注释里有 'quotes', \"double\" 与 (括号)", "D2-02", 240, [
        C("select", "INTEGER PRIMARY KEY", "主键; reserved word", seq(), PK),
        C('say "hi"', "VARCHAR(40)", "带引号的列名, 客户问候语", pick("您好", "hello", ""), "Z1-03/D2-02: greeting text"),
        C("客户 姓名", "VARCHAR(20)", "客户（个人）姓名", of("owner", "name"), "P1-01/D2-01: name of private customer"),
        C("1st contact", "VARCHAR(20)", "首选联系电话", of("owner", "mobile"), "P1-02: customer's mobile", check="mobile"),
        C("价格;税", "DECIMAL(12,2)", "含税成交价，列名带分号", dec(100, 9000), "D2-03: sales price with tax"),
        C("折扣%", "DECIMAL(5,2)", "折扣率", pick(100, 98, 95.5), "D2-03: discount rate"),
        C("a_b%c", "VARCHAR(20)", "通配符列名：自定义项", null(), EMPTY_TEXT),
        C("[note]", "VARCHAR(100)", "方括号备注", hide(text("REMARKS"), 0.04),
          "Z1-03/P1-02 G3 ~G2 personal: note, some rows hold mobile numbers"),
        C("a'b", "VARCHAR(10)", "单引号列名：标志 Y/N", pick("Y", "N"), FLAG),
        C("-- not a comment", "VARCHAR(10)", "列名像注释：排序", num(1, 9), SORT, "DEFAULT '--'"),
    ], style="mixed")
    budget = T("2024年度 预算(草案)", "以数字开头、含空格与括号的表名", "D3-05", 90, [
        C("序号", "INTEGER PRIMARY KEY", "", seq(), "Z1-01: running number"),
        C("部门 名称", "VARCHAR(40)", "", of("dept", "name"), DEPT_NAME),
        C("预算金额(万元)", "DECIMAL(14,2)", "", skew(900, 1), "D3-05: budget amount"),
        C("上年实际", "DECIMAL(14,2)", "", skew(900, 1), "D3-05/D3-01: last year's actual amount"),
        C("负责人/电话", "VARCHAR(40)", "", join(of("employee", "name"), of("employee", "mobile"), sep=" "),
          "P1-02/P1-04/P1-01: name and mobile in one column"),
        C("说明", "TEXT", "", text("REMARKS"), "Z1-03/D3-05: explanation"),
    ])
    long_name = T("tbl_" + _LONG, "", "D1-01", 60, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vendor_name", "VARCHAR(80)", "", of("supplier", "name"), "D1-01: supplier name"),
        C(_LONG + "_no", "VARCHAR(20)", "", code("QA-%05d"), "D1-01/D5-01/A3-03/B4-01: number of quality agreement"),
        C("signed_on", "DATE", "", day(), "D1-01/D5-01: date agreement was signed"),
        C("scan", "BLOB", "", blob(20, 120, b"%PDF-1.4\n"), "Z1-03/D5-01: scan of agreement"),
    ])
    percent = T("100%_rate;x", "含百分号、下划线与分号的表名", "B2-03", 120, [
        C("rowid_", "INTEGER PRIMARY KEY", "", gap_seq(), PK),
        C("line", "VARCHAR(10)", "产线", of("line", "code"), PLANT_UNIT),
        C("fpy", "REAL", "一次合格率", dec(0.9, 1, 4), "B2-03/B4-02: first pass yield"),
        C("scrap%", "REAL", "报废率", dec(0, 0.05, 4), "B2-03/B4-03: scrap rate"),
        C("check", "DATE", "统计日期", day(), "B2-03: date of statistic"),
    ], quote="[")
    return [quotes, budget, long_name, percent]


def hyphened(r):
    text = r.pick("driver").mobile
    return "%s-%s-%s" % (text[:3], text[3:7], text[7:])


def imports():
    gbk = T("old_khda", "", "D2-01", 180, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("khmc", "TEXT", "", fn(lambda r: r.pick("customer").name.encode("gbk")),
          "D2-01: customer name, GBK bytes", bind="CAST(? AS TEXT)"),
        C("lxr", "TEXT", "", fn(lambda r: r.pick("customer").contact.name.encode("gbk")),
          "P1-02/P1-01 ~G2: contact's name, GBK bytes", bind="CAST(? AS TEXT)"),
        C("lxdh", "TEXT", "", fn(lambda r: r.pick("customer").contact.mobile),
          "P1-02: mobile of contact", check="mobile"),
        C("tyshxydm", "TEXT", "", fn(lambda r: r.pick("customer").uscc + "  "),
          "D2-01/D3-02 ~G1: credit code, padded with spaces"),
        C("drrq", "TEXT", "", const("2016/3/7"), "Z1-01/D2-01: import date"),
    ])
    padded = T("dbf_stock", "", "C2-01", 200, [
        C("PLU", "TEXT", "", fn(lambda r: r.pick("part").code + "\x00\x00"),
          "D2-05/C2-01: article number, padded with NUL"),
        C("QTY", "TEXT", "", fn(lambda r: "%10.2f" % (r.rnd() * 900)), "C2-01: stock quantity as text"),
        C("WH", "TEXT", "", of("warehouse", "code"), "C2-01: warehouse code"),
        C("MEMO", "BLOB", "", maybe(0.3, blob(6, 20)), "Z1-03/C2-01: memo bytes"),
        C("FLAG", "", "", pick("T", "F"), FLAG),
    ], quote="")
    opaque = T("TMP_0917", "", "Z1-04", 150, [
        C("F1", "", "", fn(lambda r: "%04x" % r.rng.getrandbits(16)),
          "Z1-04/Z1-01/Z1-03 G1 ~G2~G3~G4: meaning cannot be told"),
        C("F2", "", "", num(0, 9), "Z1-04/Z1-02/Z1-01 G1 ~G2~G3~G4: meaning cannot be told"),
        C("F3", "", "", dec(0, 1, 3), "Z1-04/Z1-02 G1 ~G2~G3~G4: meaning cannot be told"),
        C("F4", "", "", null(), "Z1-04/Z1-03/Z1-01 G1 ~G2~G3~G4: no name, no value"),
        C("F5", "", "", of("driver", "id_card"), "P1-03: only values tell: ID numbers", check="id"),
        C("F6", "", "", of("driver", "mobile"), "P1-02: only values tell: mobile numbers", check="mobile"),
    ], quote="")
    notes = T("excel_通讯录", "Excel 导入的外协通讯录", "P1-02", 320, [
        C("A", "TEXT", "", of("driver", "name"), "P1-01/P1-02 ~G3: only values tell: persons' names"),
        C("B", "TEXT", "", fn(hyphened),
          "P1-02: only values tell: mobiles with hyphens"),
        C("C", "TEXT", "", of("supplier", "short"), "D1-01/P1-02/D2-01: company short name"),
        C("D", "TEXT", "", of("driver", "email"), "P1-02: only values tell: e-mail addresses"),
        C("E", "TEXT", "", hide(pick("", "", "外协", "临时工"), 0.05, "id"),
          "Z1-03/P1-03 G4 ~G2~G3 sensitive: note, some rows hold ID numbers"),
        C("F", "TEXT", "", null(), "Z1-03/Z1-04/Z1-01 ~G1~G2~G3: empty column of a spreadsheet"),
    ])
    empty = T("select", "空表，表名为保留字：临时供应商名单", "D1-01", 0, [
        C("group", "VARCHAR(20)", "供应商分组", null(), "D1-01/Z1-02: supplier group"),
        C("order", "INT", "排序", null(), SORT),
        C("供应商名称", "VARCHAR(80)", "", null(), "D1-01: supplier name"),
        C("table", "VARCHAR(20)", "来源表名", null(), "D6-07/Z1-01/Z1-02: source table name"),
    ])
    return [gbk, padded, opaque, notes, empty]


def tables():
    return [*odd_names(), *imports()]


def views():
    return [V('view "of" odd', "D2-03", 'SELECT "客户 姓名", "价格;税" FROM "weird ""quoted"" table"',
              ("客户 姓名", "P1-01/D2-01: name of private customer"), ("价格;税", "D2-03: sales price with tax"))]
