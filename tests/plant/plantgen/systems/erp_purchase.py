"""ERP, purchasing side: SAP technical names, Yonyou names, pinyin initials, English with and without comments."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def sap_material():
    mara = T("MARA", "", "D2-05", "part", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("MATNR", "VARCHAR(18)", "", own("sap"), "D2-05: SAP material number", "PRIMARY KEY"),
        C("ERSDA", "CHAR(8)", "", day8("2015-01-01", 3000), CREATED),
        C("ERNAM", "VARCHAR(12)", "", of("employee", "login"), CREATED_BY),
        C("LAEDA", "CHAR(8)", "", day8(), UPDATED),
        C("AENAM", "VARCHAR(12)", "", of("employee", "login"), UPDATED_BY),
        C("LVORM", "CHAR(1)", "", mostly("", 0.97, "X"), DELETED),
        C("MTART", "CHAR(4)", "", pick("FERT", "HALB", "ROH", "HIBE"), TYPE),
        C("MATKL", "VARCHAR(9)", "", rcode("G%04d", 100, 160), "D2-05/Z1-02: material group"),
        C("BISMT", "VARCHAR(18)", "", own("code"), "D2-05: old material number"),
        C("MEINS", "VARCHAR(3)", "", pick("EA", "KG", "M", "SET"), "D2-05/Z1-02: base unit of measure"),
        C("BRGEW", "DECIMAL(13,3)", "", own("weight"), "D2-05: gross weight of material"),
        C("NTGEW", "DECIMAL(13,3)", "", fn(lambda r: round(r.e.weight * 0.96, 3)), "D2-05: net weight of material"),
        C("GEWEI", "VARCHAR(3)", "", const("KG"), "D2-05/Z1-02: weight unit"),
        C("ZEINR", "VARCHAR(22)", "", own("drawing"), "A1-01/D2-05 G2 ~G3~G4: drawing number as mere reference"),
        C("EAN11", "VARCHAR(18)", "", maybe(0.4, own("gtin"), ""), "D2-05/B2-04: article barcode EAN", check="gtin"),
    ])
    makt = T("MAKT", "", "D2-05", "part", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("MATNR", "VARCHAR(18)", "", own("sap"), "D2-05: SAP material number"),
        C("SPRAS", "CHAR(1)", "", const("1"), "Z1-02/F1-04/@: language key"),
        C("MAKTX", "NVARCHAR(40)", "", join(own("name"), own("spec"), sep=" "), "D2-05: material description"),
        C("MAKTG", "NVARCHAR(40)", "", own("name"), "D2-05/Z1-01: search copy of description"),
    ], extra=("PRIMARY KEY (MANDT, MATNR, SPRAS)",), without_rowid=True)
    return [mara, makt]


def sap_vendor():
    lfa1 = T("LFA1", "", "D1-01", "supplier", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("LIFNR", "VARCHAR(10)", "", own("code"), "D1-01: SAP supplier number", "PRIMARY KEY"),
        C("LAND1", "CHAR(2)", "", own("country"), "D1-01/F1-04/Z1-02: supplier's country key"),
        C("NAME1", "NVARCHAR(60)", "", own("name"), "D1-01: supplier name"),
        C("SORTL", "NVARCHAR(20)", "", own("short"), "D1-01/Z1-01: search term of supplier"),
        C("ORT01", "NVARCHAR(35)", "", fn(lambda r: r.e.region[2]), "D1-01/F1-04: supplier's city"),
        C("STRAS", "NVARCHAR(60)", "", own("address"), "D1-01: supplier's street address"),
        C("TELF1", "VARCHAR(16)", "", own("phone"), "D1-01/P1-02: switchboard number of firm"),
        C("TELFX", "VARCHAR(31)", "", own("fax"), "D1-01/P1-02: fax number of firm"),
        C("STCD5", "VARCHAR(60)", "", own("uscc"), "D1-01/D3-02 ~G1: unified social credit code", check="uscc"),
        C("KTOKK", "CHAR(4)", "", pick("Z001", "Z002", "LIEF"), TYPE),
        C("SPERR", "CHAR(1)", "", mostly("", 0.97, "X"), STATUS),
        C("ERDAT", "CHAR(8)", "", day8("2014-01-01", 3500), CREATED),
        C("ERNAM", "VARCHAR(12)", "", of("employee", "login"), CREATED_BY),
    ])
    lfbk = T("LFBK", "", "D3-03", "supplier", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("LIFNR", "VARCHAR(10)", "", own("code"), "D1-01/@: supplier number, refers to master", "PRIMARY KEY"),
        C("BANKS", "CHAR(3)", "", const("CN"), "D3-03/F1-04/Z1-02 ~G1: country key of bank"),
        C("BANKL", "VARCHAR(15)", "", own("cnaps"), "D3-03: bank routing number"),
        C("BANKN", "VARCHAR(30)", "", own("account"), "D3-03: supplier's bank account number"),
        C("KOINH", "NVARCHAR(60)", "", own("name"), "D3-03/D1-01: holder of bank account, a firm"),
        C("BKREF", "VARCHAR(20)", "", null(), "D3-03/Z1-03 ~G1: bank reference, empty"),
    ])
    return [lfa1, lfbk]


def sap_orders():
    ekko = T("EKKO", "", "D1-02", 1500, [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("EBELN", "VARCHAR(10)", "", seq(4500000001), "D1-02: SAP purchase order number", "PRIMARY KEY"),
        C("BUKRS", "CHAR(4)", "", const("1000"), "D4-01/Z1-02/@: company code"),
        C("BSTYP", "CHAR(1)", "", const("F"), TYPE),
        C("BSART", "CHAR(4)", "", pick("NB", "ZNB", "UB"), TYPE),
        C("AEDAT", "CHAR(8)", "", day8(), CREATED),
        C("ERNAM", "VARCHAR(12)", "", of("employee", "login"), CREATED_BY),
        C("LIFNR", "VARCHAR(10)", "", of("supplier", "code"), SUPPLIER_NO),
        C("ZTERM", "CHAR(4)", "", pick("Z030", "Z060", "Z090"), "D1-02/D5-01/D3-02/Z1-02: payment terms key"),
        C("EKORG", "CHAR(4)", "", const("1000"), "D4-01/Z1-02/@: purchasing organisation"),
        C("EKGRP", "CHAR(3)", "", pick("P01", "P02", "P03"), "D4-01/Z1-02/D1-02: purchasing group"),
        C("WAERS", "CHAR(5)", "", mostly("CNY", 0.93, "EUR", "USD"), CURRENCY),
        C("WKURS", "DECIMAL(9,5)", "", pick(1, 1, 7.85, 7.21), "F1-04/D1-02/D1-03: exchange rate"),
        C("BEDAT", "CHAR(8)", "", day8(), "D1-02: purchase order date"),
        C("LOEKZ", "CHAR(1)", "", mostly("", 0.98, "L"), DELETED),
    ])
    ekpo = T("EKPO", "", "D1-02", 4200, [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("EBELN", "VARCHAR(10)", "", fn(lambda r: str(4500000000 + min(1 + (r.i - 1) // 3, r.counts["EKKO"]))),
          "D1-02: SAP purchase order number", 'REFERENCES "EKKO"("EBELN")'),
        C("EBELP", "INT", "", seq(10, 10), "Z1-01/D1-02: order line number"),
        C("MATNR", "VARCHAR(18)", "", of("part", "sap"), ITEM_NO),
        C("TXZ01", "NVARCHAR(40)", "", of("part", "name"), ITEM_NAME),
        C("WERKS", "CHAR(4)", "", pick("1010", "1020"), "B1-05/@/Z1-02: SAP plant code"),
        C("LGORT", "CHAR(4)", "", pick("0001", "0002", "0010"), "C2-01/@: SAP storage location"),
        C("MENGE", "DECIMAL(13,3)", "", skew(5000, 0), "D1-02: order quantity"),
        C("MEINS", "VARCHAR(3)", "", pick("EA", "KG", "SET"), UNIT),
        C("NETPR", "DECIMAL(11,2)", "", of("part", "price"), "D1-03: net purchase price"),
        C("PEINH", "INT", "", pick(1, 1, 100, 1000), "D1-03/D1-02: price unit"),
        C("NETWR", "DECIMAL(13,2)", "", fn(lambda r: round(r.v["MENGE"] * r.v["NETPR"] / r.v["PEINH"], 2)),
          "D1-03: net order value"),
        C("MWSKZ", "CHAR(2)", "", pick("J1", "J2"), "D3-02/Z1-02/@: tax code"),
        C("ELIKZ", "CHAR(1)", "", pick("", "X"), STATUS),
    ], extra=('PRIMARY KEY ("EBELN", "EBELP")',))
    return [ekko, ekpo]


def contacts():
    return T("supplier_contact", "", "P1-02", 420, [
        C("id", "INTEGER PRIMARY KEY", "", gap_seq(), "Z1-01/P1-02: surrogate key with gaps"),
        C("vendor_code", "VARCHAR(20)", "", of("supplier", "code"), SUPPLIER_NO),
        C("contact_name", "VARCHAR(40)", "", fn(lambda r: r.pick("supplier").contact.name),
          "P1-02/P1-01 ~G2: name of contact person"),
        C("gender", "CHAR(1)", "", fn(lambda r: "M" if r.pick("supplier").contact.male else "F"),
          "P1-01: gender of contact"),
        C("position", "VARCHAR(40)", "", pick("Sales Manager", "QE", "GM", "Logistics"),
          "P1-04/P1-02: position of contact"),
        C("mobile", "VARCHAR(20)", "", fn(lambda r: r.pick("supplier").contact.mobile),
          "P1-02: mobile of contact", check="mobile"),
        C("tel", "VARCHAR(20)", "", phone(), "P1-02/D1-01: landline of contact"),
        C("email", "VARCHAR(60)", "", fn(lambda r: r.pick("supplier").contact.email), "P1-02: e-mail of contact"),
        C("wechat", "VARCHAR(40)", "", fn(lambda r: r.pick("supplier").contact.wechat),
          "P1-02/P1-05: WeChat account of contact"),
        C("is_primary", "TINYINT", "", pick(0, 1), FLAG),
        C("note", "TEXT", "", hide(text("NOTES_EN"), 0.03),
          "Z1-03/P1-02 G3 ~G2 personal: note, some rows hold mobile numbers"),
        *audit.plain(),
    ], quote="")


def qualifications():
    return T("gys_zz", "", "D1-01", 340, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("gysbh", "VARCHAR(20)", "", of("supplier", "code"), "D1-01: supplier number"),
        C("gysmc", "VARCHAR(80)", "", of("supplier", "name"), "D1-01: supplier name"),
        C("tyshxydm", "VARCHAR(18)", "", of("supplier", "uscc"),
          "D1-01/D3-02 ~G1: unified social credit code", check="uscc"),
        C("frdb", "VARCHAR(20)", "", of("supplier", "legal"),
          "D1-01/P1-01 none|personal ~G1: legal representative, public registration"),
        C("zcdz", "VARCHAR(120)", "", of("supplier", "address"), "D1-01 ~G1: registered address of firm"),
        C("zzmc", "VARCHAR(40)", "", pick("IATF16949", "ISO14001", "ISO45001", "营业执照", "特种设备制造许可"),
          "D1-01: name of qualification"),
        C("zsbh", "VARCHAR(30)", "", rcode("CN-%08d", 10000000, 99999999), "D1-01: certificate number of firm"),
        C("yxqz", "DATE", "", day("2025-01-01", 1000), "D1-01: certificate valid until"),
        C("fj", "VARCHAR(200)", "", code("/srm/cert/%05d.pdf"), ATTACHMENT),
        C("shzt", "CHAR(1)", "", pick("0", "1", "2"), STATUS),
        *audit.pinyin(),
    ])


def requests():
    return T("cg_qgd", "", "D1-02", 900, [
        C("qgdh", "VARCHAR(20)", "", code("QG2024%05d"), "D1-02: purchase request number", "PRIMARY KEY"),
        C("qgrq", "DATE", "", day(), "D1-02: request date"),
        C("qgbm", "VARCHAR(40)", "", of("dept", "name"), DEPT_NAME),
        C("qgr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("wlbm", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("wlmc", "VARCHAR(80)", "", of("part", "name"), ITEM_NAME),
        C("ggxh", "VARCHAR(80)", "", of("part", "spec"), ITEM_SPEC),
        C("jldw", "VARCHAR(10)", "", of("part", "unit"), UNIT),
        C("cgsl", "DECIMAL(14,2)", "", skew(2000, 0), "D1-02: quantity requested"),
        C("yjdj", "DECIMAL(14,4)", "", of("part", "price"), "D1-03: estimated purchase price"),
        C("yt", "VARCHAR(100)", "", pick("生产用", "研发试制", "设备维修", "办公"), "D1-02/Z1-03: purpose of request"),
        C("xqrq", "DATE", "", after("qgrq", 5, 60), "D1-02: date needed"),
        C("spzt", "CHAR(1)", "", pick("0", "1", "2", "9"), STATUS),
        C("cjsj", "DATETIME", "", stamp(), CREATED),
    ])


def arrivals():
    return T("PU_ArrivalVouchs", "到货单子表", "D1-02", 2600, [
        C("Autoid", "INTEGER PRIMARY KEY", "自增", seq(1000000001), PK),
        C("cCode", "NVARCHAR(30)", "到货单号", code("DH2024%06d"), "D1-02/C2-01: arrival document number"),
        C("dDate", "DATETIME", "单据日期", stamp(), "D1-02: arrival date"),
        C("cVenCode", "NVARCHAR(20)", "供应商编码", of("supplier", "code"), SUPPLIER_NO),
        C("cInvCode", "NVARCHAR(60)", "存货编码", of("part", "code"), ITEM_NO),
        C("cInvName", "NVARCHAR(255)", "存货名称", of("part", "name"), ITEM_NAME),
        C("cInvStd", "NVARCHAR(255)", "规格型号", of("part", "spec"), ITEM_SPEC),
        C("iQuantity", "DECIMAL(26,9)", "数量", skew(3000, 0), "D1-02/C2-01: quantity arrived"),
        C("iUnitPrice", "DECIMAL(26,9)", "本币无税单价", of("part", "price"), "D1-03: purchase price without tax"),
        C("iTaxPrice", "DECIMAL(26,9)", "含税单价", fn(lambda r: round(r.v["iUnitPrice"] * 1.13, 4)),
          "D1-03: purchase price with tax"),
        C("iSum", "MONEY", "价税合计", fn(lambda r: round(r.v["iTaxPrice"] * r.v["iQuantity"], 2)),
          "D1-03/D3-02: line amount with tax"),
        C("cBatch", "NVARCHAR(60)", "批号", rcode("B%07d", 2400001, 2499999), LOT),
        C("cWhCode", "NVARCHAR(10)", "仓库编码", of("warehouse", "code"), "C2-01/@: warehouse code"),
        C("cMaker", "NVARCHAR(20)", "制单人", of("employee", "name"), OPERATOR),
        C("cVerifier", "NVARCHAR(20)", "审核人", maybe(0.8, of("employee:2", "name")), OPERATOR),
        C("cDefine1", "NVARCHAR(20)", "自定义项1", null(), EMPTY_TEXT),
        C("cDefine2", "NVARCHAR(20)", "自定义项2", null(), EMPTY_TEXT),
        C("ufts", "BLOB", "时间戳", blob(8, 8), VERSION),
    ], style="block")


def bidding():
    project = T("bid_project", "招标项目（开标前标底保密）", "D1-03", 120, [
        C("bid_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("bid_no", "VARCHAR(20)", "招标编号", code("ZB2024-%04d"), "D1-03/D1-02: tender number"),
        C("bid_title", "VARCHAR(100)", "招标名称", join(of("part", "name"), const("年度采购招标")), "D1-03/D1-02: tender title"),
        C("base_price", "DECIMAL(16,2)", "标底", skew(9000000), "D1-03 G4 ~G3: reserve price before opening"),
        C("open_time", "DATETIME", "开标时间", stamp("2024-03-01", 500), "D1-03: opening time of tender"),
        C("win_vendor", "VARCHAR(80)", "中标单位", of("supplier", "name"), "D1-03/D1-01 ~G1: winning bidder"),
        C("win_price", "DECIMAL(16,2)", "中标价", skew(9000000), "D1-03 ~G1: winning price"),
        C("bid_agent", "VARCHAR(60)", "招标代理", pick("江城招标咨询公司", "自行组织"), "D1-03/D1-01: tender agency"),
        C("expert_list", "VARCHAR(200)", "评标专家名单", join(of("employee", "name"), pick("周莉", "吴海", "孙静"), sep="、"),
          "P1-01/D1-03/P1-04 ~G3: names of evaluation experts"),
        C("status", "VARCHAR(10)", "状态", pick("公告", "开标", "定标", "废标"), STATUS),
        *audit.ruoyi(),
    ])
    quote = T("bid_quote", "", "D1-03", 520, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("bid_id", "INT", "", parent("bid_project", 4), FK, "REFERENCES bid_project(bid_id)"),
        C("vendor_code", "VARCHAR(20)", "", of("supplier", "code"), SUPPLIER_NO),
        C("quote_price", "DECIMAL(16,2)", "", skew(9000000), "D1-03 ~G4: bidder's quotation"),
        C("delivery_days", "INT", "", num(7, 90), "D1-03/D1-02: offered delivery time"),
        C("tech_score", "DECIMAL(5,2)", "", dec(50, 99), "D1-03: technical bid score"),
        C("biz_score", "DECIMAL(5,2)", "", dec(50, 99), "D1-03: commercial bid score"),
        C("total_score", "DECIMAL(5,2)", "", dec(50, 99), "D1-03: total bid score"),
        C("bid_rank", "INT", "", position(4), "D1-03: rank of bidder"),
        C("quote_file", "VARCHAR(200)", "", code("/srm/bid/%05d.zip"), ATTACHMENT),
        C("submit_ip", "VARCHAR(15)", "", documentation_ip,
          "P1-05/D6-04/D1-03 none|personal: IP the bid came from", check="ipv4"),
        C("submit_time", "DATETIME", "", stamp(), "D1-03/Z1-01: submission time of bid"),
    ], quote="[")
    return [project, quote]


def ratings():
    prices = T("vendor_price_list", "采购价格目录", "D1-03", 1800, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("item_no", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("vendor_code", "VARCHAR(20)", "供应商编码", of("supplier", "code"), SUPPLIER_NO),
        C("unit_price", "DECIMAL(14,4)", "未税单价", of("part", "price"), "D1-03: purchase unit price"),
        C("tax_rate", "DECIMAL(5,4)", "税率", pick(0.13, 0.13, 0.06), "D3-02/D1-03: tax rate"),
        C("moq", "INT", "最小起订量", pick(1, 100, 500, 1000), "D1-03/D1-02: minimum order quantity"),
        C("price_unit", "VARCHAR(8)", "价格单位", pick("PCS", "KG"), UNIT),
        C("valid_from", "DATE", "生效日", day("2023-01-01", 500), "D1-03: price valid from"),
        C("valid_to", "DATE", "失效日", after("valid_from", 300, 700), "D1-03: price valid to"),
        C("discount", "DECIMAL(6,4)", "年降比例", pick(0.03, 0.02, 0.05, 0), "D1-03: agreed yearly price reduction"),
        C("is_locked", "CHAR(1)", "是否锁价", pick("Y", "N"), FLAG),
        *audit.ruoyi(),
    ], indexes=(("ix_vpl_item", "item_no, vendor_code"),))
    evaluation = T("supplier_eval", "供应商绩效评价", "D1-01", 700, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("supplier_code", "VARCHAR(20)", "供应商编码", of("supplier", "code"), "D1-01: supplier number"),
        C("eval_period", "VARCHAR(7)", "评价期间(YYYY-MM)", pick("2024-03", "2024-06", "2024-09", "2024-12"),
          "D1-01: evaluation period"),
        C("quality_score", "DECIMAL(5,1)", "质量得分", dec(60, 100, 1), "D1-01: supplier's quality score"),
        C("delivery_score", "DECIMAL(5,1)", "交付得分", dec(60, 100, 1), "D1-01: supplier's delivery score"),
        C("price_score", "DECIMAL(5,1)", "价格得分", dec(60, 100, 1), "D1-01/D1-03: supplier's price score"),
        C("ppm", "INT", "来料PPM", num(0, 900), "D1-01/B4-02/B4-03: supplier's defect rate"),
        C("rating", "CHAR(1)", "等级", pick("A", "B", "B", "C", "D"), "D1-01/Z1-02: supplier's grade"),
        C("evaluator", "VARCHAR(20)", "评价人", of("employee", "name"), OPERATOR),
        C("comment", "VARCHAR(200)", "评语", text("ACTIONS"), "Z1-03/@: evaluation comment"),
        *audit.ruoyi(),
    ])
    critical = T("critical_material", "关键物料与断供风险台账", "D1-04", 90, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("critical_item", "VARCHAR(32)", "关键物料编码", of("part", "code"), "D1-04/D2-05: critical material number"),
        C("item_name", "VARCHAR(80)", "物料名称", of("part", "name"), "D2-05/@: name of critical material"),
        C("sole_source", "CHAR(1)", "是否独家供应", pick("Y", "N"), "D1-04/Z1-02 !: sole-source flag"),
        C("vendor_name", "VARCHAR(80)", "现供应商", of("supplier", "name"), "D1-01/@: current supplier"),
        C("origin_country", "VARCHAR(20)", "来源国", pick("德国", "日本", "中国", "韩国"), "D1-04/D5-05/F1-04: country of origin"),
        C("localization_rate", "DECIMAL(5,2)", "国产化率(%)", dec(0, 100, 1), "D1-04: localisation rate"),
        C("supply_risk", "VARCHAR(10)", "断供风险等级", pick("高", "中", "低"), "D1-04/Z1-02 !: supply risk level"),
        C("safety_days", "INT", "安全库存天数", num(7, 120), "D1-04/C2-01: safety stock in days"),
        C("alt_vendor", "VARCHAR(80)", "备选供应商", of("supplier", "short"), "D1-04/D1-01: alternative supplier"),
        C("alt_plan", "TEXT", "替代方案", text("CHANGES"), "D1-04: substitution plan"),
        *audit.ruoyi(),
    ])
    return [prices, evaluation, critical]


def tables():
    return [*sap_material(), *sap_vendor(), *sap_orders(), contacts(), qualifications(), requests(), arrivals(),
            *bidding(), *ratings()]


def views():
    return [V("v_po_line", "D1-02",
              'SELECT p."EBELN", h."LIFNR", p."MATNR", p."MENGE", p."NETPR" FROM "EKPO" p JOIN "EKKO" h ON h."EBELN" = p."EBELN"',
              ("EBELN", "D1-02: purchase order number"), ("LIFNR", SUPPLIER_NO), ("MATNR", ITEM_NO),
              ("MENGE", "D1-02: order quantity"), ("NETPR", "D1-03: net purchase price"))]
