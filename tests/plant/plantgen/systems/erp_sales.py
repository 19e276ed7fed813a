"""ERP, sales side: customers, orders, prices, market, contracts, customs and export control."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V

_BODIES = ("某市人民政府机关事务管理局", "某省军区后勤保障部", "某军代表室", "城市轨道交通集团", "省电力公司", "某边防支队", "市公安局警务保障处")


def customers():
    kna1 = T("KNA1", "", "D2-01", "customer", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("KUNNR", "VARCHAR(10)", "", own("code"), "D2-01: SAP customer number", "PRIMARY KEY"),
        C("LAND1", "CHAR(2)", "", own("country"), "D2-01/F1-04/Z1-02: customer's country key"),
        C("NAME1", "NVARCHAR(60)", "", own("name"), "D2-01: customer name"),
        C("ORT01", "NVARCHAR(35)", "", fn(lambda r: r.e.region[2]), "D2-01/F1-04: customer's city"),
        C("PSTLZ", "VARCHAR(10)", "", fn(lambda r: "4300" + identity.digits(r.rng, 2)),
          "D2-01/F1-04: customer's postcode"),
        C("STRAS", "NVARCHAR(60)", "", own("address"), "D2-01: customer's street address"),
        C("TELF1", "VARCHAR(16)", "", own("phone"), "D2-01/P1-02: switchboard number of firm"),
        C("STCD5", "VARCHAR(60)", "", own("uscc"), "D2-01/D3-02 ~G1: unified social credit code", check="uscc"),
        C("BRSCH", "CHAR(4)", "", pick("AUTO", "TRUC", "BUS"), "D2-01/Z1-02: industry key"),
        C("KTOKD", "CHAR(4)", "", pick("Z001", "KUNA"), TYPE),
        C("AUFSD", "CHAR(2)", "", mostly("", 0.97, "01"), STATUS),
        C("ERDAT", "CHAR(8)", "", day8("2014-01-01", 3500), CREATED),
        C("ERNAM", "VARCHAR(12)", "", of("employee", "login"), CREATED_BY),
    ])
    credit = T("客户信用档案", "", "D2-01", "customer", [
        C("客户编码", "VARCHAR(20)", "", own("code"), "D2-01: customer number", "PRIMARY KEY"),
        C("客户名称", "VARCHAR(80)", "", own("name"), "D2-01: customer name"),
        C("客户行业", "VARCHAR(20)", "", own("industry"), "D2-01: customer's industry"),
        C("客户等级", "CHAR(1)", "", own("rating"), "D2-01/Z1-02: customer grade"),
        C("信用额度", "DECIMAL(16,2)", "", skew(50000000, 0), "D2-01/D3-02 ~G3: credit limit"),
        C("账期天数", "INT", "", pick(30, 60, 90, 120), "D2-01/D3-02/D5-01: payment period in days"),
        C("法定代表人", "VARCHAR(20)", "", own("legal"),
          "D2-01/P1-01 none|personal ~G1: legal representative, public registration"),
        C("开票开户行", "VARCHAR(60)", "", own("bank"), "D3-03/D3-02: customer's bank"),
        C("开票账号", "VARCHAR(30)", "", own("account"), "D3-03/D3-02: customer's bank account"),
        C("业务员", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("备注", "VARCHAR(200)", "", text("REMARKS"), REMARK),
    ])
    return [kna1, credit]


def contact_persons():
    return T("kh_lxr", "", "P1-02", 380, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P1-02: surrogate key"),
        C("khbm", "VARCHAR(20)", "", of("customer", "code"), CUSTOMER_NO),
        C("khmc", "VARCHAR(80)", "", of("customer", "name"), CUSTOMER_NAME),
        C("lxr", "VARCHAR(20)", "", fn(lambda r: r.pick("customer").contact.name),
          "P1-02/P1-01 ~G2: name of contact person"),
        C("xb", "CHAR(2)", "", fn(lambda r: r.pick("customer").contact.sex), "P1-01: gender of contact"),
        C("zw", "VARCHAR(20)", "", pick("采购经理", "SQE", "物流主管", "项目经理"), "P1-04/P1-02: position of contact"),
        C("sjh", "VARCHAR(11)", "", fn(lambda r: r.pick("customer").contact.mobile),
          "P1-02: mobile of contact", check="mobile"),
        C("dh", "VARCHAR(20)", "", phone(), "P1-02/D2-01: landline of contact"),
        C("yx", "VARCHAR(60)", "", fn(lambda r: r.pick("customer").contact.email), "P1-02: e-mail of contact"),
        C("sr", "DATE", "", fn(lambda r: r.pick("customer").contact.birth), "P1-01: birthday of contact"),
        C("ah", "VARCHAR(40)", "", pick("钓鱼", "羽毛球", "品茶", "徒步", ""), "P1-10/P1-01: hobby of contact"),
        C("bz", "VARCHAR(200)", "", text("REMARKS"), REMARK),
        *audit.pinyin(),
    ])


def key_accounts():
    return T("gov_key_account", "政企军客户清单（含军工、政府、关基单位）", "D2-01", 36, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("client_code", "VARCHAR(20)", "客户编码", code("GK%04d"),
          "D2-01 G4 ~G2 !: government or military customer number"),
        C("client_name", "VARCHAR(80)", "客户名称", pick(*_BODIES), "D2-01 G4 ~G2 !: government or military customer name"),
        C("client_kind", "VARCHAR(20)", "客户性质", pick("政府", "军队", "军工", "关基"),
          "D2-01/Z1-02 G4 ~G2 !: kind of sensitive customer"),
        C("install_site", "VARCHAR(120)", "供货/安装地点", pick("某营区车库", "市政务中心", "变电站检修基地"),
          "D2-01/C3-01 G4 ~G2 !: delivery site of sensitive customer"),
        C("contract_no", "VARCHAR(30)", "合同编号", code("HT-GK-%04d"), "D5-01/@: contract number"),
        C("contact_person", "VARCHAR(20)", "联系人", of("owner", "name"), "P1-02/P1-01 ~G2: name of contact person"),
        C("contact_phone", "VARCHAR(20)", "联系电话", of("owner", "mobile"), "P1-02: mobile of contact", check="mobile"),
    ], fixed=True)


def orders():
    order = T("sales_order", "销售订单", "D2-02", 1600, [
        C("so_id", "INTEGER PRIMARY KEY", "订单ID", seq(), PK),
        C("so_no", "VARCHAR(18)", "销售单号(18位流水，不是证件号)", id_near_miss(),
          "D2-02: 18-digit order number, no ID", "NOT NULL", "-id"),
        C("customer_code", "VARCHAR(20)", "客户编码", of("customer", "code"), CUSTOMER_NO),
        C("customer_name", "VARCHAR(80)", "客户名称", of("customer", "name"), CUSTOMER_NAME),
        C("customer_po", "VARCHAR(11)", "客户订单号", number_near_mobile(),
          "D2-02: customer's order number, no mobile", check="-mobile"),
        C("order_date", "DATE", "下单日期", day(), "D2-02: order date"),
        C("request_date", "DATE", "要求交货日期", after("order_date", 7, 60), "D2-02: requested delivery date"),
        C("sales_person", "VARCHAR(20)", "业务员", of("employee", "name"), OPERATOR),
        C("receiver", "VARCHAR(20)", "收货人", fn(lambda r: r.pick("customer").contact2.name),
          "P1-02/P1-01/@ ~G2: name of consignee"),
        C("receiver_phone", "VARCHAR(20)", "收货人电话", fn(lambda r: r.pick("customer").contact2.mobile),
          "P1-02: consignee's mobile", check="mobile"),
        C("delivery_address", "VARCHAR(200)", "交货地址", of("customer", "address"),
          "D2-02/D2-01/P1-02: delivery address, a firm's"),
        C("total_amount", "DECIMAL(16,2)", "订单金额(含税)", skew(3000000), "D2-03: order amount"),
        C("order_status", "VARCHAR(4)", "订单状态", pick("10", "20", "30", "90"), STATUS),
        C("create_by", "VARCHAR(64)", "创建人", of("employee", "login"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp(), CREATED),
        C("remark", "VARCHAR(500)", "备注", hide(text("REMARKS"), 0.02),
          "Z1-03/P1-02 G3 ~G2 personal: remark, some rows hold mobile numbers"),
    ], indexes=(("ix_so_customer", "customer_code, order_date"),))
    line = T("sales_order_item", "销售订单明细", "D2-02", 4300, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("so_id", "INT", "订单ID", parent("sales_order", 3), FK, "REFERENCES sales_order(so_id)"),
        C("line_no", "INT", "行号", position(3, 10), "Z1-01/@: line number"),
        C("item_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("item_name", "VARCHAR(80)", "产品名称", of("part", "name"), ITEM_NAME),
        C("customer_part_no", "VARCHAR(17)", "客户零件号", vin_near_miss("M9K1W4"),
          "D2-05/D2-02: 17-character part number, no VIN", check="-vin"),
        C("order_qty", "DECIMAL(14,2)", "订单数量", skew(4000, 0), "D2-02: order quantity"),
        C("shipped_qty", "DECIMAL(14,2)", "已发数量", fn(lambda r: round(r.v["order_qty"] * r.rnd())),
          "D2-02: shipped quantity"),
        C("unit", "VARCHAR(10)", "单位", of("part", "unit"), UNIT),
        C("sale_price", "DECIMAL(14,4)", "销售单价", fn(lambda r: round(r.pick("part").price * 1.35, 4)),
          "D2-03: sales price"),
        C("discount_rate", "DECIMAL(6,4)", "折扣率", pick(1, 0.98, 0.95, 0.9), "D2-03: discount rate"),
        C("line_amount", "DECIMAL(16,2)", "行金额", fn(lambda r: round(r.v["order_qty"] * r.v["sale_price"], 2)),
          "D2-03: line amount"),
        *audit.plain(),
    ])
    delivery = T("LIKP", "", "D2-02", 1300, [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("VBELN", "VARCHAR(10)", "", seq(80000001), "D2-02: SAP delivery number", "PRIMARY KEY"),
        C("KUNNR", "VARCHAR(10)", "", of("customer", "code"), CUSTOMER_NO),
        C("VSTEL", "CHAR(4)", "", pick("1010", "1020"), "B1-05/D2-02/C2-02/Z1-02: shipping point"),
        C("LFDAT", "CHAR(8)", "", day8(), "D2-02: delivery date"),
        C("WADAT_IST", "CHAR(8)", "", maybe(0.8, day8(), "00000000"), "D2-02/C2-01: actual goods issue date"),
        C("BTGEW", "DECIMAL(15,3)", "", skew(9000, 1), "D2-02/C2-02: total weight"),
        C("ANZPK", "INT", "", num(1, 40), "D2-02/C2-02: number of packages"),
        C("BOLNR", "VARCHAR(35)", "", luhn_near_miss("9812", 16),
          "C2-02/@: 16-digit bill of lading, no card", check="-luhn"),
        C("ERNAM", "VARCHAR(12)", "", of("employee", "login"), CREATED_BY),
        C("ERDAT", "CHAR(8)", "", day8(), CREATED),
    ])
    return [order, line, delivery]


def prices():
    agreement = T("sale_price_agreement", "销售价格协议", "D2-03", 700, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("customer_code", "VARCHAR(20)", "客户编码", of("customer", "code"), CUSTOMER_NO),
        C("product_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("price_excl_tax", "DECIMAL(14,4)", "不含税价", dec(5, 1200, 4), "D2-03: sales price without tax"),
        C("msrp", "DECIMAL(14,2)", "公开指导价(MSRP)", dec(10, 2000, 2), "D2-03/D2-05 G1 ~G3: public list price"),
        C("rebate", "DECIMAL(6,4)", "年度返利比例", pick(0, 0.01, 0.02, 0.035), "D2-03: yearly rebate"),
        C("gross_margin", "DECIMAL(6,4)", "毛利率", dec(0.02, 0.42, 4), "D2-03/D3-04: gross margin"),
        C("currency", "CHAR(3)", "币种", mostly("CNY", 0.9, "EUR"), CURRENCY),
        C("valid_from", "DATE", "生效", day("2023-01-01", 500), "D2-03: price valid from"),
        C("approver", "VARCHAR(20)", "审批人", of("employee", "name"), OPERATOR),
        *audit.ruoyi(),
    ])
    opportunity = T("crm_opportunity", "商机", "D2-04", 260, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("opportunity", "VARCHAR(100)", "商机名称", join(of("customer", "short"), of("part", "name"), const("定点")),
          "D2-04: opportunity name"),
        C("client_name", "VARCHAR(80)", "客户名称", of("customer", "name"), CUSTOMER_NAME),
        C("forecast_amount", "DECIMAL(16,2)", "预计年销售额", skew(80000000, 0), "D2-04: forecast amount"),
        C("win_prob", "INT", "成交概率(%)", pick(10, 30, 50, 70, 90), "D2-04: winning probability"),
        C("competitor", "VARCHAR(80)", "竞争对手", pick("甲公司", "乙公司", "某外资企业"), "D2-04: competitor"),
        C("target_price", "DECIMAL(14,2)", "客户目标价", dec(5, 900, 2), "D2-04/D2-03: customer's target price"),
        C("stage", "VARCHAR(10)", "阶段", pick("线索", "RFQ", "报价", "定点"), STATUS),
        C("sop_date", "DATE", "预计SOP", day("2025-06-01", 500), "D2-04: expected start of production"),
        C("owner", "VARCHAR(64)", "负责人", of("employee", "login"), "P1-05/P1-04: responsible person's login"),
        C("next_step", "TEXT", "下一步计划", text("ACTIONS"), "D2-04/Z1-03: next step"),
        *audit.ruoyi(),
    ])
    dealer = T("jxs", "", "D2-04", 90, [
        C("jxsbm", "VARCHAR(20)", "", code("JX%04d"), "D2-04/D2-01: dealer number", "PRIMARY KEY"),
        C("jxsmc", "VARCHAR(80)", "", join(pick(*texts.CITIES), pick("宏发汽配", "顺达汽车用品", "鑫源车业"), const("有限公司")),
          "D2-04/D2-01: dealer name"),
        C("qy", "VARCHAR(20)", "", pick("华中", "华东", "华南", "西南"), "D2-04/Z1-02: sales region"),
        C("fzr", "VARCHAR(20)", "", of("owner", "name"), "P1-02/P1-01/D2-04 ~G2: dealer's responsible person"),
        C("lxdh", "VARCHAR(20)", "", of("owner", "mobile"), "P1-02: mobile of dealer's contact", check="mobile"),
        C("jd", "REAL", "", dec(108.2, 121.4, 6), "D2-04 G2 ~G3: longitude of shop"),
        C("wd", "REAL", "", dec(22.6, 34.7, 6), "D2-04 G2 ~G3: latitude of shop"),
        C("mdxsmb", "DECIMAL(14,2)", "", skew(3000000, 0), "D2-04/D2-03: dealer's sales target"),
        C("zt", "CHAR(1)", "", pick("1", "1", "0"), STATUS),
        *audit.pinyin(),
    ])
    return [agreement, opportunity, dealer]


def contracts():
    return T("htgl", "", "D5-01", 460, [
        C("htbh", "VARCHAR(30)", "", code("HT-2024-%05d"), "D5-01: contract number", "PRIMARY KEY"),
        C("htmc", "VARCHAR(100)", "", pick("零部件采购框架合同", "模具开发合同", "设备采购合同", "运输服务合同", "质量保证协议"),
          "D5-01: contract name"),
        C("htlx", "VARCHAR(10)", "", pick("采购", "销售", "工程", "服务"), TYPE),
        C("jf", "VARCHAR(80)", "", const("武汉示范汽车零部件有限公司"), "D5-01: party A, own company"),
        C("yf", "VARCHAR(80)", "", of("supplier", "name"), "D5-01/D1-01/D2-01: party B"),
        C("yfsh", "VARCHAR(18)", "", of("supplier", "uscc"),
          "D1-01/D5-01/D2-01/D3-02 ~G1: credit code of party B", check="uscc"),
        C("htje", "DECIMAL(16,2)", "", skew(20000000), "D5-01/D1-03/D2-03: contract amount"),
        C("qdrq", "DATE", "", day("2022-01-01", 1200), "D5-01: signing date"),
        C("dqrq", "DATE", "", after("qdrq", 200, 1000), "D5-01: expiry date"),
        C("fktk", "VARCHAR(200)", "", text("CLAUSES"), "D5-01: payment terms"),
        C("httk", "TEXT", "", fn(lambda r: paragraphs("CLAUSES", 400, 500)(r) if r.i % 97 == 5 else paragraphs("CLAUSES", 5, 12)(r)),
          "D5-01: contract clauses, some very long"),
        C("fjlj", "VARCHAR(200)", "", code("/contract/%05d.pdf"), ATTACHMENT),
        C("jbr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("zt", "CHAR(2)", "", pick("10", "20", "99"), STATUS),
        *audit.pinyin(),
    ])


def trade():
    customs = T("customs_decl", "进出口报关单", "D5-05", 520, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("customs_no", "VARCHAR(18)", "报关单号(18位)", id_near_miss("47"),
          "D5-05 ~G2: 18-digit customs number, no ID", check="-id"),
        C("trade_mode", "VARCHAR(10)", "监管方式", pick("一般贸易", "来料加工", "暂时进出境"), "D5-05/Z1-02 ~G2: customs regime"),
        C("hs_code", "VARCHAR(10)", "HS编码", pick("8708301000", "8708809000", "8708999990", "8544302090"),
          "D5-05/F1-04 ~G2: HS code"),
        C("goods_name", "VARCHAR(80)", "商品名称", of("part", "name"), "D5-05/D2-05 ~G2: declared goods name"),
        C("origin_country", "VARCHAR(20)", "原产国", pick("中国", "德国", "日本"), "D5-05/F1-04 ~G2: country of origin"),
        C("declared_value", "DECIMAL(16,2)", "申报总价", skew(900000), "D5-05/D2-03/D1-03 ~G2: declared value"),
        C("currency", "CHAR(3)", "币制", pick("USD", "EUR", "JPY"), CURRENCY),
        C("port", "VARCHAR(20)", "进出境口岸", pick("武汉阳逻", "上海洋山", "宁波北仑"), "D5-05/C2-02 ~G2: customs port"),
        C("end_user", "VARCHAR(80)", "最终用户", of("customer", "name_en"), "D5-05/D2-01 ~G2: end user"),
        C("declare_date", "DATE", "申报日期", day(), "D5-05 ~G2: declaration date"),
        C("broker", "VARCHAR(40)", "报关行", pick("汉江报关", "通达关务"), "D5-05/D1-01 ~G2: customs broker"),
    ])
    export = T("export_license", "出口许可与最终用户核查", "D5-05", 80, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("export_license", "VARCHAR(30)", "出口许可证号", code("24-AX-%06d"), "D5-05: export licence number"),
        C("eccn", "VARCHAR(10)", "管制物项编码ECCN", pick("EAR99", "2B350", "9A018", "1C210"),
          "D5-05 ~G4: export control code"),
        C("item_desc", "VARCHAR(100)", "物项描述", of("part", "name_en"), "D5-05/D2-05: description of controlled item"),
        C("end_user", "VARCHAR(100)", "最终用户", of("customer", "name_en"), "D5-05/D2-01: end user"),
        C("end_use", "VARCHAR(100)", "最终用途说明", pick("passenger car assembly", "spare parts", "laboratory"),
          "D5-05: end use"),
        C("dest_country", "VARCHAR(20)", "目的国", pick("DE", "MX", "TH", "RU"), "D5-05/F1-04: destination country"),
        C("screen_result", "VARCHAR(20)", "清单筛查结果", pick("无命中", "待复核"), "D5-05/Z1-02: list screening result"),
        C("valid_to", "DATE", "有效期至", day("2025-01-01", 700), "D5-05: licence valid until"),
        C("handler", "VARCHAR(20)", "经办人", of("employee", "name"), OPERATOR),
    ])
    hs = T("ref_hs_code", "海关税则参考（公开数据）", "F1-04", 60, [
        C("hs_code", "VARCHAR(10)", "税则号列", fn(lambda r: "8708%06d" % (r.i * 1000)),
          "F1-04/D5-05: public tariff code", "PRIMARY KEY"),
        C("hs_name", "VARCHAR(80)", "商品名称", pick("机动车辆用制动器零件", "机动车辆用悬挂系统零件", "机动车辆用转向器零件"),
          "F1-04/D5-05: public tariff text"),
        C("tax_rate", "DECIMAL(6,4)", "最惠国税率", pick(0.06, 0.05, 0.1), "F1-04/D3-02: public tariff rate"),
        C("unit", "VARCHAR(8)", "法定单位", pick("千克", "个"), "F1-04/D2-05/Z1-02: statutory unit"),
    ], fixed=True)
    return [customs, export, hs]


def tables():
    return [*customers(), contact_persons(), key_accounts(), *orders(), *prices(), contracts(), *trade()]


def views():
    return []
