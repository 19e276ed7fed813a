"""Warehouse and logistics: stock, movements, waybills, drivers, gate and visitors."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def places():
    house = T("wm_warehouse", "仓库", "C2-01", "warehouse", [
        C("warehouse_id", "INTEGER PRIMARY KEY", "仓库ID", own("id"), PK),
        C("warehouse_code", "VARCHAR(10)", "仓库编码", own("code"), "C2-01: warehouse code"),
        C("warehouse_name", "VARCHAR(40)", "仓库名称", own("name"), "C2-01: warehouse name"),
        C("address", "VARCHAR(100)", "仓库地址", const("武汉市汉南区工业园一路18号"), "C2-01: warehouse address of firm"),
        C("area", "DECIMAL(10,2)", "面积", dec(300, 8000, 1), "C2-01: floor area"),
        C("charge", "VARCHAR(20)", "负责人", of("employee", "name"), OPERATOR),
        C("frozen_flag", "CHAR(1)", "是否冻结", mostly("N", 0.9, "Y"), FLAG),
        *audit.ruoyi(),
    ])
    location = T("wm_location", "", "C2-01", "location", [
        C("loc_id", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("loc_code", "VARCHAR(20)", "", own("code"), "C2-01: bin code"),
        C("whs_id", "INT", "", own("house_id"), FK, "REFERENCES wm_warehouse(warehouse_id)"),
        C("max_load_kg", "INT", "", pick(500, 1000, 2000), "C2-01: load capacity of bin"),
        C("pos_x", "INT", "", num(0, 200), "C2-01: bin position in warehouse"),
        C("pos_y", "INT", "", num(0, 120), "C2-01: bin position in warehouse"),
        C("enabled", "BOOLEAN", "", pick(1, 1, 1, 0), FLAG),
        *audit.plain(),
    ], quote="")
    return [house, location]


def stock():
    onhand = T("wm_stock", "库存现有量", "C2-01", 3600, [
        C("stock_id", "INTEGER PRIMARY KEY", "库存ID", gap_seq(), PK),
        C("item_code", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("item_name", "VARCHAR(80)", "物料名称", of("part", "name"), ITEM_NAME),
        C("unit_of_measure", "VARCHAR(10)", "单位", of("part", "unit"), UNIT),
        C("batch_code", "VARCHAR(20)", "入库批次号", rcode("B%07d", 2400001, 2499999), LOT),
        C("warehouse_code", "VARCHAR(10)", "仓库编码", of("location", "house"), "C2-01: warehouse code"),
        C("location_code", "VARCHAR(20)", "库位编码", of("location", "code"), "C2-01: bin code"),
        C("quantity_onhand", "DECIMAL(14,2)", "在库数量", skew(8000, 0), "C2-01: stock on hand"),
        C("quantity_lock", "DECIMAL(14,2)", "锁定数量", mostly(0, 0.8, 10, 50), "C2-01: reserved stock"),
        C("recpt_date", "DATE", "入库日期", day(), "C2-01: receipt date"),
        C("expire_date", "DATE", "有效期", maybe(0.2, day("2025-06-01", 500)), "C2-01/B2-04: expiry date of stock"),
        C("avg_cost", "DECIMAL(14,4)", "移动平均成本", of("part", "price"), "D3-04/D1-03: moving-average cost"),
    ], indexes=(("ix_stock_item", "item_code, warehouse_code"),))
    sap = T("MARD", "", "C2-01", "part", [
        C("MANDT", "CHAR(3)", "", const("800"), TENANT),
        C("MATNR", "VARCHAR(18)", "", own("sap"), ITEM_NO),
        C("WERKS", "CHAR(4)", "", const("1010"), "B1-05/@/Z1-02: SAP plant code"),
        C("LGORT", "CHAR(4)", "", pick("0001", "0002", "0010"), "C2-01: SAP storage location"),
        C("LABST", "DECIMAL(13,3)", "", skew(9000, 0), "C2-01: unrestricted stock"),
        C("INSME", "DECIMAL(13,3)", "", mostly(0, 0.8, 20, 40), "C2-01/B4-02: stock in inspection"),
        C("SPEME", "DECIMAL(13,3)", "", mostly(0, 0.9, 5), "C2-01: blocked stock"),
        C("LGPBE", "VARCHAR(10)", "", rcode("A%03d", 1, 300), "C2-01: storage bin"),
    ], extra=("PRIMARY KEY (MANDT, MATNR, WERKS)",))
    moves = T("wm_transaction", "库存事务", "C2-01", 10000, [
        C("transaction_id", "INTEGER PRIMARY KEY", "事务ID", seq(), PK),
        C("transaction_type", "VARCHAR(10)", "事务类型", pick("PUR_IN", "PRD_IN", "ISSUE", "SALE_OUT", "MOVE"), TYPE),
        C("source_doc_code", "VARCHAR(24)", "来源单据编号", rcode("WM24%08d", 1, 99999999), "C2-01: stock document number"),
        C("item_code", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("batch_code", "VARCHAR(20)", "批次号", rcode("B%07d", 2400001, 2499999), LOT),
        C("location_code", "VARCHAR(20)", "库位编码", of("location", "code"), "C2-01: bin code"),
        C("transaction_flag", "INT", "库存方向(+1/-1)", pick(1, -1), "Z1-02/C2-01: direction"),
        C("transaction_quantity", "DECIMAL(14,2)", "事务数量", skew(900, 0), "C2-01: quantity moved"),
        C("transaction_date", "DATETIME", "事务日期", flow("2024-01-02 07:00:00", 2500, 1500), "C2-01: time of movement"),
        C("create_by", "VARCHAR(64)", "创建者", of("employee", "login"), CREATED_BY),
        C("attr1", "VARCHAR(64)", "预留字段1", null(), EMPTY_TEXT),
        C("attr2", "VARCHAR(64)", "预留字段2", null(), EMPTY_TEXT),
    ])
    taking = T("pd_mx", "", "C2-01", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("pddh", "VARCHAR(20)", "", fn(lambda r: "PD24%04d" % (1 + r.i // 30)), "C2-01: stock-taking number"),
        C("ckbm", "VARCHAR(10)", "", of("location", "house"), "C2-01: warehouse code"),
        C("kw", "VARCHAR(20)", "", of("location", "code"), "C2-01: bin code"),
        C("wlbm", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("zcsl", "DECIMAL(14,2)", "", num(0, 2000), "C2-01: book quantity"),
        C("spsl", "DECIMAL(14,2)", "", num(0, 2000), "C2-01: counted quantity"),
        C("pdcy", "DECIMAL(14,2)", "", fn(lambda r: r.v["spsl"] - r.v["zcsl"]), "C2-01: stock-taking difference"),
        C("pdr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("pdrq", "DATE", "", day(), "C2-01: stock-taking date"),
        *audit.pinyin(),
    ])
    reserve = T("strategic_stock", "战略物资储备台账", "C2-01", 60, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("material", "VARCHAR(40)", "战略物资名称", fn(lambda r: texts.STRATEGIC[r.i % 6][0]),
          "C2-01/D1-04/D2-05 !: name of strategic material"),
        C("reserve_qty", "DECIMAL(14,3)", "战略物资储备量", skew(600, 2), "C2-01 ~G3~G4 !: reserve of strategic material"),
        C("unit", "VARCHAR(6)", "单位", fn(lambda r: texts.STRATEGIC[r.i % 6][1]), UNIT),
        C("reserve_place", "VARCHAR(60)", "储备库点", pick("一厂B3库", "外租保税库", "襄阳中转库"),
          "C2-01 ~G3~G4 !: store of strategic material"),
        C("turn_days", "INT", "可用天数", num(20, 240), "C2-01/D1-04/B2-01 ~G3~G4 !: days the reserve lasts"),
        C("check_date", "DATE", "核查日期", day(), "C2-01: date of check"),
        C("keeper", "VARCHAR(20)", "保管员", of("employee", "name"), OPERATOR),
        *audit.ruoyi(),
    ])
    return [onhand, sap, moves, taking, reserve]


def transport():
    waybill = T("waybill", "运单", "C2-02", 2200, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("waybill_no", "VARCHAR(16)", "运单号(16位，不是银行卡)", luhn_near_miss("6210", 16),
          "C2-02: 16-digit waybill number, no card", check="-luhn"),
        C("carrier", "VARCHAR(80)", "承运商", of("carrier", "name"), "C2-02/D1-01: carrier"),
        C("truck_no", "VARCHAR(10)", "车牌号", of("driver", "plate"),
          "C2-02/P1-07 none ~G3: plate of haulier's truck", check="plate"),
        C("driver_name", "VARCHAR(20)", "司机姓名", of("driver", "name"), "P1-01/P1-04/C2-02: driver's name"),
        C("driver_phone", "VARCHAR(20)", "司机电话", of("driver", "mobile"), "P1-02: driver's mobile", check="mobile"),
        C("driver_id_card", "VARCHAR(18)", "司机身份证号", of("driver", "id_card"), "P1-03: driver's ID number", check="id"),
        C("origin", "VARCHAR(40)", "起运地", const("武汉"), "C2-02: origin"),
        C("destination", "VARCHAR(40)", "目的地", pick(*texts.CITIES), "C2-02: destination"),
        C("gross_weight", "DECIMAL(10,2)", "毛重(kg)", skew(24000, 1), "C2-02: gross weight"),
        C("freight", "DECIMAL(10,2)", "运费", skew(9000), "C2-02/D1-03/D3-04/D3-02 ~G3: freight"),
        C("load_time", "DATETIME", "装车时间", stamp(), "C2-02: loading time"),
        C("sign_time", "DATETIME", "签收时间", after("load_time", 1, 4, True), "C2-02/D2-02: time of receipt"),
        C("signer", "VARCHAR(20)", "签收人", fn(lambda r: r.pick("customer").contact2.name),
          "P1-01/P1-02/C2-02/D2-02 ~G3: name of person who signed"),
        C("route_points", "TEXT", "途经点 JSON", as_json(stops=pick("武汉|信阳|合肥", "武汉|九江|南昌", "武汉|宜昌|重庆")),
          "C2-02/Z1-03: route"),
        C("remark", "VARCHAR(300)", "备注", hide(text("REMARKS"), 0.025),
          "Z1-03/P1-02 G3 ~G2 personal: remark, some rows hold mobile numbers"),
    ])
    driver = T("sj_xx", "", "P1-01", "driver", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), "Z1-01/P1-01: surrogate key"),
        C("xm", "VARCHAR(20)", "", own("name"), "P1-01: driver's name"),
        C("sfzh", "VARCHAR(18)", "", own("id_card"), "P1-03: driver's ID number", check="id"),
        C("jszh", "VARCHAR(18)", "", own("id_card"), "P1-03: driving licence number", check="id"),
        C("zjcx", "VARCHAR(4)", "", pick("A2", "B2", "A1"), "P1-06/P1-01/Z1-02: class of driving licence"),
        C("lxdh", "VARCHAR(11)", "", own("mobile"), "P1-02: driver's mobile", check="mobile"),
        C("cph", "VARCHAR(10)", "", own("plate"), "P1-07/C2-02 none|personal: driver's plate number", check="plate"),
        C("cysbm", "VARCHAR(20)", "", of("carrier", "code"), "C2-02/D1-01: carrier number"),
        C("cyzgz", "VARCHAR(19)", "", rcode("42010%014d", 10 ** 13, 10 ** 14 - 1),
          "P1-06/P1-03 ~G4: transport qualification certificate"),
        C("jzrq", "DATE", "", day("2025-01-01", 1500), "P1-06/P1-03/C2-02 ~G4: licence valid until"),
        C("hmd", "CHAR(1)", "", mostly("0", 0.97, "1"), "Z1-02/P1-10/C2-02: blacklist flag"),
        *audit.pinyin(),
    ])
    flow_stat = T("city_flow_stat", "城际物流流量统计（按城市汇总）", "C2-02", 480, [
        C("stat_month", "CHAR(7)", "统计月份", fn(lambda r: "2024-%02d" % (1 + r.i % 12)),
          "C2-02/D5-02 ~G3: month of statistic"),
        C("city", "VARCHAR(20)", "城市", pick(*texts.CITIES), "C2-02/D5-02/F1-04: city of flow statistic"),
        C("truck_trips", "INT", "货车车次", num(20, 9000), "C2-02/D5-02 ~G3 !: truck flow of a city"),
        C("freight_ton", "DECIMAL(14,2)", "货运量(吨)", skew(90000), "C2-02/D5-02 ~G3 !: freight volume of a city"),
        C("avg_km", "DECIMAL(8,1)", "平均运距", dec(80, 1500, 1), "C2-02/D5-02 ~G3: average haul"),
    ])
    return [waybill, driver, flow_stat]


def gate():
    access = T("gate_record", "门禁通行记录", "C2-03", 8000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("access_card", "VARCHAR(12)", "卡号", rcode("%010d", 1, 9999999999),
          "C2-03/P1-04 none|personal: access card number"),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/C2-03 ~G3: employee number"),
        C("emp_name", "VARCHAR(20)", "姓名", of("employee", "name"), "P1-01/P1-04/C2-03 ~G3: employee's name"),
        C("gate_no", "VARCHAR(10)", "门岗", pick("东一门", "东二门", "西门", "物流门"), "C2-03/D6-06/B1-05: gate"),
        C("entry_time", "DATETIME", "进出时间", flow("2024-06-01 05:30:00", 700, 600),
          "C2-03 none|personal: time of passage"),
        C("in_out_flag", "CHAR(1)", "进出标志", pick("I", "O"), "C2-03/Z1-02: direction of passage"),
        C("open_mode", "VARCHAR(10)", "开门方式", pick("人脸", "刷卡", "二维码"), "Z1-02/C2-03: way the gate was opened"),
        C("snapshot", "VARCHAR(200)", "抓拍图片", maybe(0.6, code("/gate/snap/%07d.jpg")),
          "P1-01/D6-06/C2-03/P2-08 personal|sensitive: picture of person's face"),
    ])
    visitor = T("visitor_register", "访客登记", "C2-03", "visitor", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("visitor_name", "VARCHAR(20)", "访客姓名", own("name"), "P1-01/C2-03 ~G3: visitor's name"),
        C("visitor_id_card", "VARCHAR(18)", "证件号码", own("id_card"), "P1-03: visitor's ID number", check="id"),
        C("visitor_phone", "VARCHAR(11)", "手机号", own("mobile"), "P1-02: visitor's mobile", check="mobile"),
        C("company", "VARCHAR(80)", "来访单位", of("supplier", "name"), "C2-03/D1-01/D2-01: visitor's company"),
        C("plate_no", "VARCHAR(10)", "车牌号", maybe(0.6, own("plate")),
          "P1-07/C2-03: visitor's plate number", check="plate"),
        C("visit_reason", "VARCHAR(60)", "来访事由", pick("业务洽谈", "设备维护", "供应商审核", "送货", "面试"), "C2-03: reason of visit"),
        C("host_name", "VARCHAR(20)", "被访人", of("employee", "name"), "P1-04/P1-01/C2-03 ~G3: host's name"),
        C("entry_time", "DATETIME", "入厂时间", stamp(), "C2-03: entry time"),
        C("leave_time", "DATETIME", "离厂时间", after("entry_time", 0, 0, True), "C2-03: leaving time"),
        C("photo", "BLOB", "访客照片", maybe(0.4, blob(40, 200, b"\xff\xd8\xff\xe0")),
          "P1-01/C2-03/P2-08: visitor's photo"),
        C("health_decl", "VARCHAR(20)", "健康申报", mostly("正常", 0.98, "体温异常"),
          "P2-04/C2-03: visitor's health declaration"),
    ])
    trucks = T("truck_inout", "", "C2-03", 1500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("plate", "VARCHAR(10)", "", of("driver", "plate"),
          "C2-03/C2-02/P1-07 none|personal: plate of entering truck", check="plate"),
        C("in_time", "DATETIME", "", flow("2024-06-01 06:00:00", 4000, 2000), "C2-03/C2-02: entry time"),
        C("out_time", "DATETIME", "", after("in_time", 0, 1, True), "C2-03/C2-02: leaving time"),
        C("gross_kg", "INT", "", num(8000, 40000), "C2-02/C2-03: weighed gross weight"),
        C("tare_kg", "INT", "", num(6000, 16000), "C2-02/C2-03: weighed tare"),
        C("cargo", "VARCHAR(40)", "", pick("castings", "coils", "waste oil", "finished parts"), "C2-02/C2-03: cargo"),
        C("guard", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
    ], quote="")
    return [access, visitor, trucks]


def empty():
    return T("wm_package", "装箱单（未启用）", "C2-01", 0, [
        C("package_id", "INTEGER PRIMARY KEY", "装箱单ID", null(), PK),
        C("package_code", "VARCHAR(24)", "装箱单编号", null(), "C2-01/D2-02/C2-02: packing list number"),
        C("so_code", "VARCHAR(24)", "销售订单编号", null(), "D2-02/@: sales order number"),
        C("client_name", "VARCHAR(80)", "客户名称", null(), CUSTOMER_NAME),
        C("package_length", "DECIMAL(8,2)", "箱长", null(), "C2-01/C2-02: package length"),
        C("net_weight", "DECIMAL(8,2)", "净重", null(), "C2-02/C2-01: net weight"),
        C("inspector", "VARCHAR(20)", "检查员", null(), OPERATOR),
        C("create_time", "DATETIME", "创建时间", null(), CREATED),
    ])


def tables():
    return [*places(), *stock(), *transport(), *gate(), empty()]


def views():
    return [V("v_stock_by_item", "C2-01",
              "SELECT item_code, sum(quantity_onhand) AS qty FROM wm_stock GROUP BY item_code",
              ("item_code", ITEM_NO), ("qty", "C2-01: stock on hand by item"))]
