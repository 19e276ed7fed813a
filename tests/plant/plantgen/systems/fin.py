"""Finance: Yonyou and Kingdee names, pinyin initials, English with Chinese comments."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def ledger():
    vouchers = T("GL_accvouch", "", "D3-01", 6000, [
        C("i_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("iperiod", "TINYINT", "", num(1, 12), "D3-01: accounting period"),
        C("csign", "NVARCHAR(2)", "", pick("记", "收", "付", "转"), "D3-01/Z1-02: voucher category"),
        C("ino_id", "SMALLINT", "", fn(lambda r: 1 + r.i // 4), "D3-01: voucher number"),
        C("inid", "SMALLINT", "", position(4), "Z1-01/D3-01: voucher line number"),
        C("dbill_date", "DATETIME", "", day("2024-01-01", 365), "D3-01: voucher date"),
        C("cbill", "NVARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("ccheck", "NVARCHAR(20)", "", pick("汪洁", "廖文", None), OPERATOR),
        C("ibook", "TINYINT", "", pick(0, 1), STATUS),
        C("cdigest", "NVARCHAR(120)", "", join(pick("付", "收", "计提", "结转", "报销"), pick("货款", "运费", "水电费", "差旅费", "折旧")),
          "D3-01/Z1-03: voucher digest"),
        C("ccode", "NVARCHAR(40)", "", pick("100201", "112201", "220201", "500101", "660203"), "D3-01: account code"),
        C("md", "MONEY", "", fn(lambda r: round(r.rnd() ** 3 * 900000, 2) if r.i % 2 else 0), "D3-01: debit amount"),
        C("mc", "MONEY", "", fn(lambda r: 0 if r.i % 2 else round(r.rnd() ** 3 * 900000, 2)), "D3-01: credit amount"),
        C("cexch_name", "NVARCHAR(8)", "", const(""), CURRENCY),
        C("cdept_id", "NVARCHAR(12)", "", of("dept", "code"), "D4-01/@: department code"),
        C("csup_id", "NVARCHAR(20)", "", maybe(0.3, of("supplier", "code")), SUPPLIER_NO),
        C("ccus_id", "NVARCHAR(20)", "", maybe(0.3, of("customer", "code")), CUSTOMER_NO),
    ], indexes=(("ix_glv", "iperiod, csign, ino_id"),))
    accounts = T("code", "", "D3-01", 40, [
        C("i_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("ccode", "NVARCHAR(40)", "", code("%04d01", 1001), "D3-01 ~G1: account code"),
        C("ccode_name", "NVARCHAR(60)", "", pick("银行存款", "应收账款", "应付账款", "生产成本", "管理费用", "主营业务收入"),
          "D3-01 ~G1: account name"),
        C("cclass", "NVARCHAR(10)", "", pick("资产", "负债", "权益", "成本", "损益"), "Z1-02/D3-01: account class"),
        C("bproperty", "BIT", "", pick(0, 1), "Z1-02/D3-01: balance direction flag"),
        C("igrade", "TINYINT", "", pick(1, 2, 3), "Z1-01/Z1-02/D3-01: level in account tree"),
        C("bend", "BIT", "", pick(0, 1), "Z1-02/D3-01: leaf account flag"),
    ], fixed=True)
    return [vouchers, accounts]


def invoices():
    return T("kp_fp", "", "D3-02", 2400, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("fpdm", "VARCHAR(12)", "", rcode("0420024%05d", 100, 99999), "D3-02: invoice code"),
        C("fphm", "VARCHAR(8)", "", rcode("%08d", 10000000, 99999999), "D3-02: invoice number"),
        C("kprq", "DATE", "", day(), "D3-02: invoice date"),
        C("gfmc", "VARCHAR(80)", "", of("customer", "name"), "D2-01/@: buyer's name"),
        C("gfsh", "VARCHAR(18)", "", of("customer", "uscc"), "D2-01/@ ~G1: buyer's tax number", check="uscc"),
        C("gfdzdh", "VARCHAR(150)", "", join(of("customer", "address"), of("customer", "phone"), sep=" "),
          "D2-01/@: buyer's address and phone"),
        C("gfyhzh", "VARCHAR(100)", "", join(of("customer", "bank"), of("customer", "account"), sep=" "),
          "D3-03/D3-02: buyer's bank and account"),
        C("hwmc", "VARCHAR(80)", "", join(const("*汽车零配件*"), of("part", "name")), "D2-05/@: goods on invoice"),
        C("sl", "DECIMAL(16,4)", "", skew(3000, 0), "D3-02/D2-02: invoiced quantity"),
        C("dj", "DECIMAL(16,6)", "", dec(3, 900, 4), "D2-03/D3-02: unit price on invoice"),
        C("je", "DECIMAL(16,2)", "", skew(2000000), "D3-02/D2-03: invoice amount without tax"),
        C("slv", "DECIMAL(4,2)", "", pick(0.13, 0.13, 0.06), "D3-02: tax rate"),
        C("se", "DECIMAL(16,2)", "", fn(lambda r: round(r.v["je"] * r.v["slv"], 2)), "D3-02: tax amount"),
        C("jshj", "DECIMAL(16,2)", "", fn(lambda r: round(r.v["je"] + r.v["se"], 2)), "D3-02: total with tax"),
        C("kpr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("fpzt", "CHAR(1)", "", mostly("0", 0.95, "2", "3"), STATUS),
        C("bz", "VARCHAR(200)", "", text("REMARKS"), REMARK),
        *audit.pinyin(),
    ])


def payments():
    return T("ap_payment", "付款单", "D3-02", 1500, [
        C("pay_id", "INTEGER PRIMARY KEY", "付款ID", seq(), PK),
        C("pay_no", "VARCHAR(20)", "付款单号", code("FK2024%06d"), "D3-02: payment number"),
        C("vendor_code", "VARCHAR(20)", "供应商编码", of("supplier", "code"), SUPPLIER_NO),
        C("vendor_name", "VARCHAR(80)", "供应商名称", of("supplier", "name"), SUPPLIER_NAME),
        C("pay_amount", "DECIMAL(16,2)", "付款金额", skew(3000000), "D3-02: payment amount"),
        C("bank_name", "VARCHAR(60)", "收款开户行", of("supplier", "bank"), "D3-03: payee's bank"),
        C("bank_account", "VARCHAR(30)", "收款账号", of("supplier", "account"), "D3-03: payee's bank account"),
        C("pay_method", "VARCHAR(10)", "付款方式(电汇, 承兑, 信用证)", pick("电汇", "承兑", "信用证"), "Z1-02/D3-02: payment method"),
        C("due_date", "DATE", "到期日", day(), "D3-02: due date"),
        C("pay_date", "DATE", "付款日期", maybe(0.8, day()), "D3-02: payment date"),
        C("settle_no", "VARCHAR(20)", "银行流水号", rcode("%016d", 10 ** 15, 10 ** 16 - 1),
          "D3-02/D3-03: bank transaction number"),
        C("applicant", "VARCHAR(20)", "申请人", of("employee", "name"), OPERATOR),
        C("status", "CHAR(2)", "状态", pick("10", "20", "30"), STATUS),
        C("create_time", "DATETIME", "创建时间", stamp(), CREATED),
    ])


def treasury():
    accounts = T("T_BD_BANKACCT", "", "D3-03", 30, [
        C("FID", "INTEGER PRIMARY KEY", "", seq(100101), PK),
        C("FNumber", "NVARCHAR(30)", "", code("BK%03d"), "D3-03: number of own bank account record"),
        C("FName", "NVARCHAR(80)", "", join(pick("基本户", "一般户", "保证金户", "外汇户"), num(1, 9)), "D3-03: account name"),
        C("FBankAcctNo", "NVARCHAR(30)", "", rcode("4201%015d", 10 ** 14, 10 ** 15 - 1),
          "D3-03: own bank account number"),
        C("FOpenBank", "NVARCHAR(60)", "", fn(lambda r: people.BANKS[r.i % 8]), "D3-03: opening bank"),
        C("FCNAPS", "NVARCHAR(12)", "", rcode("10%d521000018", 2, 5), "D3-03: bank routing number"),
        C("FBalance", "DECIMAL(18,2)", "", skew(90000000), "D3-03: account balance"),
        C("FCreditLine", "DECIMAL(18,2)", "", skew(200000000, 0), "D3-03: credit line"),
        C("FCurrencyID", "INT", "", const(1), "Z1-01/F1-04/Z1-02: bare currency id"),
        C("FForbidStatus", "CHAR(1)", "", mostly("A", 0.95, "B"), STATUS),
        C("FCreatorId", "INT", "", of("employee", "id"), FK_USER),
        C("FCreateDate", "DATETIME", "", stamp("2018-01-01", 1500), CREATED),
    ], fixed=True)
    customers = T("T_BD_CUSTOMER", "", "D2-01", "customer", [
        C("FCUSTID", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("FNumber", "NVARCHAR(30)", "", own("code"), "D2-01: customer number"),
        C("FName", "NVARCHAR(100)", "", own("name"), "D2-01: customer name"),
        C("FShortName", "NVARCHAR(40)", "", own("short"), "D2-01: customer short name"),
        C("FTaxRegisterCode", "NVARCHAR(20)", "", own("uscc"), "D2-01/D3-02 ~G1: tax number of customer", check="uscc"),
        C("FAddress", "NVARCHAR(150)", "", own("address"), "D2-01: business address of customer"),
        C("FTel", "NVARCHAR(20)", "", own("phone"), "D2-01/P1-02: switchboard number of firm"),
        C("FContact", "NVARCHAR(20)", "", fn(lambda r: r.e.contact.name), "P1-02/P1-01 ~G2: name of contact person"),
        C("FMobile", "NVARCHAR(20)", "", fn(lambda r: r.e.contact.mobile), "P1-02: mobile of contact", check="mobile"),
        C("FDocumentStatus", "CHAR(1)", "", pick("A", "B", "C"), STATUS),
        C("FUseOrgId", "INT", "", const(100011), "Z1-01/D4-01: bare organisation id"),
        C("FCreateDate", "DATETIME", "", stamp("2018-01-01", 1500), CREATED),
        C("FModifyDate", "DATETIME", "", stamp(), UPDATED),
    ])
    return [accounts, customers]


def claims():
    return T("expense_claim", "员工费用报销", "D3-02", 900, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("claim_no", "VARCHAR(20)", "报销单号", code("BX24%06d"), "D3-02/D3-01: expense claim number"),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), OPERATOR_NO),
        C("emp_name", "VARCHAR(20)", "报销人", of("employee", "name"), "P1-01/P1-04: claimant's name"),
        C("dept_name", "VARCHAR(40)", "部门", of("employee", "dept"), "D4-01/P1-04/@: claimant's department"),
        C("expense_type", "VARCHAR(10)", "费用类型", pick("差旅", "招待", "办公", "交通"), TYPE),
        C("amount", "DECIMAL(12,2)", "报销金额", skew(9000), "D3-02/D3-01 none|personal: claimed amount"),
        C("card_no", "VARCHAR(19)", "收款银行卡号(个人)", of("employee", "card"), "P2-05: employee's bank card", check="luhn"),
        C("open_bank", "VARCHAR(60)", "开户行", of("employee", "bank"), "P2-05/D3-03: bank of employee's card"),
        C("trip_from", "VARCHAR(20)", "出发地", pick(*texts.CITIES),
          "P1-08/D3-02/P2-06 G2 personal|sensitive: one city-level place of a person"),
        C("trip_to", "VARCHAR(20)", "到达地", pick(*texts.CITIES),
          "P1-08/D3-02/P2-06 G2 personal|sensitive: one city-level place of a person"),
        C("invoice_count", "INT", "附件张数", num(1, 20), "D3-02/Z1-03: number of receipts"),
        C("reason", "VARCHAR(200)", "事由", pick("客户现场支持", "供应商审核", "参加培训", "展会"), "Z1-03/D3-02: reason of expense"),
        C("apply_time", "DATETIME", "申请时间", stamp(), "D3-02/Z1-01: application time"),
        C("status", "CHAR(1)", "状态", pick("0", "1", "2"), STATUS),
        *audit.ruoyi(),
    ])


def assets_and_costs():
    assets = T("fa_asset", "固定资产卡片", "D3-01", 600, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("asset_no", "VARCHAR(18)", "资产编号（18位，不是信用代码）", uscc_near_miss("91FA"),
          "D3-01/C1-01: 18-character asset number", check="-uscc"),
        C("asset_name", "VARCHAR(80)", "资产名称", of("equipment", "name"), "D3-01/C1-01: asset name"),
        C("equip_code", "VARCHAR(20)", "对应设备编号", of("equipment", "code"), EQUIPMENT_NO),
        C("asset_value", "DECIMAL(16,2)", "资产原值", skew(6000000), "D3-01: acquisition value"),
        C("depreciation", "DECIMAL(16,2)", "累计折旧", skew(3000000), "D3-01: accumulated depreciation"),
        C("net_value", "DECIMAL(16,2)", "净值", skew(3000000), "D3-01: net value"),
        C("life_months", "INT", "使用寿命(月)", pick(60, 120, 240), "D3-01: useful life"),
        C("dep_method", "VARCHAR(10)", "折旧方法", pick("直线法", "双倍余额"), "Z1-02/D3-01: depreciation method"),
        C("use_dept", "VARCHAR(40)", "使用部门", of("dept", "name"), DEPT_NAME),
        C("keeper", "VARCHAR(20)", "保管人", of("employee", "name"), OPERATOR),
        C("start_date", "DATE", "入账日期", day("2015-01-01", 3000), "D3-01: capitalisation date"),
    ])
    costs = T("std_cost", "", "D3-04", 1200, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("item_code", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("cost_ver", "VARCHAR(10)", "", pick("2024V1", "2024V2"), "D3-04/Z1-01: cost version"),
        C("material_cost", "DECIMAL(14,4)", "", dec(1, 500, 4), "D3-04: material cost"),
        C("labor_cost", "DECIMAL(14,4)", "", dec(0.5, 80, 4), "D3-04: labour cost"),
        C("overhead", "DECIMAL(14,4)", "", dec(0.5, 120, 4), "D3-04: overhead cost"),
        C("outsourcing_cost", "DECIMAL(14,4)", "", maybe(0.3, dec(1, 60, 4), 0), "D3-04: subcontracting cost"),
        C("unit_cost", "DECIMAL(14,4)", "", fn(lambda r: round(r.v["material_cost"] + r.v["labor_cost"] + r.v["overhead"], 4)),
          "D3-04: unit cost"),
        C("std_hours", "DECIMAL(8,3)", "", dec(0.01, 3, 3), "D3-04/B1-01: standard hours in costing"),
        C("calc_date", "DATE", "", day("2024-01-01", 365), "D3-04/Z1-01: costing date"),
        *audit.plain(),
    ], quote="")
    return [assets, costs]


def planning():
    budget = T("budget_line", "年度预算", "D3-05", 500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("budget_year", "INT", "预算年度", pick(2024, 2025), "D3-05: budget year"),
        C("dept_code", "VARCHAR(10)", "部门编码", of("dept", "code"), "D4-01/@: department code"),
        C("subject_code", "VARCHAR(10)", "预算科目", pick("660201", "660203", "510105"), "D3-05/D3-01: budget account"),
        C("budget_amount", "DECIMAL(16,2)", "预算金额", skew(5000000, 0), "D3-05: budget amount"),
        C("used_amount", "DECIMAL(16,2)", "已执行金额", skew(4000000, 0), "D3-05/D3-01: amount spent"),
        C("adjust_reason", "VARCHAR(200)", "调整原因", maybe(0.2, text("CHANGE_REASONS")),
          "D3-05/Z1-03: reason of adjustment"),
        C("is_locked", "CHAR(1)", "锁定标志", pick("0", "1"), FLAG),
        *audit.ruoyi(),
    ])
    statement = T("fin_statement", "财务报表（未披露）", "D3-05", 36, [
        C("period", "CHAR(7)", "会计期间", fn(lambda r: "%d-%02d" % (2022 + (r.i - 1) // 12, 1 + (r.i - 1) % 12)),
          "D3-05: accounting period", "PRIMARY KEY"),
        C("revenue", "DECIMAL(18,2)", "营业收入", dec(4e7, 9e7), "D3-05/D5-02: revenue"),
        C("cost_of_sales", "DECIMAL(18,2)", "营业成本", dec(3e7, 7e7), "D3-05/D3-04: cost of sales"),
        C("net_profit", "DECIMAL(18,2)", "净利润", dec(-2e6, 8e6), "D3-05: net profit"),
        C("total_assets", "DECIMAL(18,2)", "资产总额", dec(6e8, 9e8), "D3-05: total assets"),
        C("total_liab", "DECIMAL(18,2)", "负债总额", dec(3e8, 5e8), "D3-05: total liabilities"),
        C("cash_flow", "DECIMAL(18,2)", "经营现金流净额", dec(-5e6, 2e7), "D3-05: operating cash flow"),
        C("preparer", "VARCHAR(20)", "编制人", of("employee", "name"), OPERATOR),
    ], fixed=True)
    tax = T("tax_return", "", "D3-02", 48, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("tax_type", "VARCHAR(20)", "", pick("VAT", "CIT", "stamp duty"), "D3-02/Z1-02: kind of tax"),
        C("tax_period", "CHAR(7)", "", fn(lambda r: "2024-%02d" % (1 + r.i % 12)), "D3-02: tax period"),
        C("taxable_income", "DECIMAL(18,2)", "", dec(1e6, 9e7), "D3-02/D3-05: taxable income"),
        C("tax_payable", "DECIMAL(18,2)", "", dec(1e4, 6e6), "D3-02: tax payable"),
        C("filed_at", "DATETIME", "", stamp("2024-02-01", 330), "D3-02/Z1-01: filing time"),
        C("receipt_no", "VARCHAR(30)", "", rcode("HB%016d", 10 ** 15, 10 ** 16 - 1),
          "D3-02/F1-01: receipt number of tax filing"),
    ], fixed=True)
    rates = T("fx_rate", "汇率（央行中间价）", "F1-04", 700, [
        C("rate_date", "DATE", "日期", fn(lambda r: "%d-%02d-%02d" % (2023 + r.i // 400, 1 + r.i // 28 % 12, 1 + r.i % 28)),
          "F1-04: date of public rate"),
        C("currency", "CHAR(3)", "币种", fn(lambda r: ("USD", "EUR", "JPY")[r.i % 3]), "F1-04/Z1-02: currency code"),
        C("exchange_rate", "DECIMAL(10,6)", "汇率", dec(4.5, 8.1, 4), "F1-04: public exchange rate"),
    ])
    return [budget, statement, tax, rates]


def management():
    invest = T("invest_project", "投资项目（董事会审议稿）", "D5-03", 24, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("project_name", "VARCHAR(80)", "项目名称", pick("新能源电驱壳体二期", "一体化压铸岛", "海外工厂前期", "收购某橡塑企业股权"),
          "D5-03: investment project"),
        C("invest_amount", "DECIMAL(18,2)", "投资金额(万元)", skew(90000, 0), "D5-03: investment amount"),
        C("ma_target", "VARCHAR(80)", "并购标的", maybe(0.3, of("supplier", "name")), "D5-03/D1-01: acquisition target"),
        C("irr", "DECIMAL(6,4)", "内部收益率", dec(0.05, 0.28, 4), "D5-03: internal rate of return"),
        C("board_resolution", "TEXT", "决议内容", pick("同意立项，授权经营层办理", "补充测算后再议", "原则同意"), "D5-03: board resolution"),
        C("meeting_date", "DATE", "会议日期", day(), "D5-03: date of board meeting"),
    ], fixed=True)
    stat = T("grp_kpi_stat", "集团经营统计（各子公司汇总，未公开）", "D5-02", 420, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("stat_period", "CHAR(7)", "统计期间", fn(lambda r: "2024-%02d" % (1 + r.i % 12)), "D5-02: statistics period"),
        C("unit_name", "VARCHAR(40)", "单位名称", pick("武汉一厂", "武汉二厂", "襄阳公司", "芜湖公司", "集团合计"),
          "D5-02/D4-01: group member company"),
        C("kpi_name", "VARCHAR(40)", "指标名称", pick("产量合计", "销量合计", "产能利用率", "人均产值", "万元产值能耗"), "D5-02: indicator name"),
        C("kpi_value", "DECIMAL(18,4)", "指标值", skew(900000, 2), "D5-02 !: unpublished group-level statistic"),
        C("yoy", "DECIMAL(8,4)", "同比", dec(-0.3, 0.5, 4), "D5-02 !: unpublished group-level growth"),
        C("target_value", "DECIMAL(18,4)", "目标值", skew(900000, 2), "D5-02/D5-03 !: unpublished group-level target"),
        C("reporter", "VARCHAR(20)", "填报人", of("employee", "name"), OPERATOR),
    ])
    audit = T("audit_finding", "内审与法务台账", "D5-02", 130, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("audit_no", "VARCHAR(20)", "审计编号", code("NS2024-%03d"), "D5-02: audit number"),
        C("audit_finding", "TEXT", "审计发现", text("AUDITS"), "D5-02: audit finding"),
        C("risk_level", "VARCHAR(4)", "风险等级", pick("高", "中", "低"), "Z1-02/D5-02: risk level"),
        C("amount_involved", "DECIMAL(16,2)", "涉及金额", skew(500000), "D5-02: amount involved"),
        C("case_no", "VARCHAR(40)", "案件编号", maybe(0.2, rcode("(2024)鄂0106民初%d号", 1000, 9999)),
          "D5-02: court case number"),
        C("case_cause", "VARCHAR(40)", "案由", maybe(0.2, text("LAW_CASES")), "D5-02: cause of case"),
        C("rectify_due", "DATE", "整改期限", day("2024-06-01", 300), "D5-02: rectification deadline"),
        C("auditor", "VARCHAR(20)", "审计人员", of("employee", "name"), OPERATOR),
    ])
    return [invest, stat, audit]


def tables():
    return [*ledger(), invoices(), payments(), *treasury(), claims(), *assets_and_costs(), *planning(), *management()]


def views():
    return [V("v_dept_budget", "D3-05",
              "SELECT dept_code, budget_year, sum(budget_amount) AS total_budget FROM budget_line GROUP BY dept_code, budget_year",
              ("dept_code", "D4-01/@: department code"), ("budget_year", "D3-05: budget year"),
              ("total_budget", "D3-05/D5-02: budget summed by department"))]
