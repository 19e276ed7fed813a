"""Energy, safety and environment: meters, carbon, hazards, chemicals, controlled substances, emissions, accidents."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def energy():
    meter = T("en_meter", "能源计量器具台账", "B5-01", "meter", [
        C("meter_id", "INTEGER PRIMARY KEY", "表计ID", own("id"), PK),
        C("meter_code", "VARCHAR(10)", "表计编号", own("code"), "B5-01: meter number"),
        C("meter_name", "VARCHAR(30)", "表计名称", own("name"), "B5-01: meter name"),
        C("energy_type", "VARCHAR(10)", "能源类型", own("kind"), "Z1-02/B5-01: kind of energy"),
        C("unit", "VARCHAR(6)", "计量单位", own("unit"), "D2-05/B5-01/Z1-02: unit of measure"),
        C("workshop", "VARCHAR(20)", "所属车间", own("shop"), PLANT_UNIT),
        C("multiplier", "INT", "倍率", pick(1, 40, 80), "B5-01: meter multiplier"),
        C("gateway_ip", "VARCHAR(15)", "采集网关IP", private_ip("192.168"),
          "B3-04/D6-01/B5-01 !: address of gateway in control network", check="ipv4"),
        C("calib_due", "DATE", "检定到期", day("2025-01-01", 700), "C1-02/B5-01: calibration due date"),
        *audit.ruoyi(),
    ])
    reading = T("en_reading", "", "B5-01", 8000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("meter_code", "VARCHAR(10)", "", of("meter", "code"), "B5-01: meter number"),
        C("read_time", "DATETIME", "", flow("2024-06-01 00:00:00", 900), "B5-01: reading time"),
        C("cum_value", "REAL", "", fn(lambda r: round(10000 + r.i * 3.7 + r.rnd() * 3, 2)),
          "B5-01: cumulative reading"),
        C("kwh", "REAL", "", dec(0, 900, 2), "B5-01: consumption"),
        C("load_kw", "REAL", "", dec(0, 1200, 1), "B5-01: load"),
        C("tariff_band", "CHAR(1)", "", pick("P", "F", "V"), "B5-01/Z1-02: tariff band"),
        C("q", "INT", "", mostly(0, 0.99, 1), "Z1-02/B5-01: quality code"),
    ], quote="", indexes=(("ix_en", "meter_code, read_time"),))
    pinyin = T("nh_tj", "", "B5-01", 360, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("tjyf", "CHAR(6)", "", fn(lambda r: "2024%02d" % (1 + r.i % 12)), "B5-01/D5-02: month of statistic"),
        C("cjmc", "VARCHAR(20)", "", of("shop", "name"), PLANT_UNIT),
        C("ydl", "DECIMAL(14,2)", "", skew(900000, 1), "B5-01/D5-02: electricity consumption"),
        C("ysl", "DECIMAL(14,2)", "", skew(9000, 1), "B5-01/D5-02: water consumption"),
        C("yql", "DECIMAL(14,2)", "", skew(60000, 1), "B5-01/D5-02: gas consumption"),
        C("zhnh", "DECIMAL(14,4)", "", skew(400, 3), "B5-01/D5-02: total energy consumption"),
        C("dwnh", "DECIMAL(14,4)", "", dec(0.1, 3, 4), "B5-01/D5-02: energy per unit of output"),
        C("df", "DECIMAL(14,2)", "", skew(600000), "D3-02/D3-04/B5-01 ~G3: electricity cost"),
    ])
    carbon = T("carbon_emission", "碳排放核算", "B5-01", 96, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("calc_year", "INT", "核算年度", pick(2022, 2023, 2024), "B5-01: accounting year"),
        C("source_name", "VARCHAR(40)", "排放源", pick("外购电力", "天然气燃烧", "柴油叉车", "CO2焊接保护气"),
          "B5-01/B6-03: emission source"),
        C("activity_data", "DECIMAL(16,3)", "活动水平", skew(9000000), "B5-01: activity data"),
        C("emission_factor", "DECIMAL(12,6)", "排放因子", pick(0.5703, 2.1622, 3.0959),
          "F1-04/B5-01: published emission factor"),
        C("co2_emission", "DECIMAL(16,3)", "碳排放量(tCO2)", skew(20000), "B5-01: carbon emission"),
        C("verifier", "VARCHAR(40)", "核查机构", pick("碳核查示范机构", "内部核算"), "B5-01/D1-01: verification body"),
    ])
    return [meter, reading, pinyin, carbon]


def safety():
    hazard = T("yh_tz", "", "B6-01", 900, [
        C("yhbh", "VARCHAR(20)", "", code("YH24%05d"), "B6-01: hazard number", "PRIMARY KEY"),
        C("yhms", "VARCHAR(200)", "", text("HAZARDS"), "B6-01: hazard description"),
        C("yhjb", "VARCHAR(10)", "", pick("一般", "一般", "重大"), "B6-01/Z1-02: hazard class"),
        C("yhbw", "VARCHAR(40)", "", of("equipment", "place"), "B6-01/B1-05: place of hazard"),
        C("jcr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("jcrq", "DATE", "", day(), "B6-01: inspection date"),
        C("zgqx", "DATE", "", after("jcrq", 1, 30), "B6-01: rectification deadline"),
        C("zgzrr", "VARCHAR(20)", "", of("employee:2", "name"), "P1-04/P1-01/P1-05/B6-01: responsible person's name"),
        C("zgcs", "VARCHAR(200)", "", text("ACTIONS"), "B6-01: rectification measure"),
        C("zgzt", "CHAR(1)", "", pick("0", "1", "2"), STATUS),
        C("zp", "VARCHAR(200)", "", maybe(0.5, code("/ehs/photo/%06d.jpg")), "Z1-03/B6-01: photo path"),
        *audit.pinyin(),
    ])
    permit = T("work_permit", "危险作业许可票", "B6-01", 700, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("permit_no", "VARCHAR(20)", "作业票号", code("DH24%05d"), "B6-01: work permit number"),
        C("permit_type", "VARCHAR(20)", "作业类型", pick("动火", "受限空间", "高处", "吊装"), "B6-01/Z1-02: kind of dangerous work"),
        C("hot_work_level", "VARCHAR(6)", "动火等级", pick("特级", "一级", "二级", None), "B6-01/Z1-02: hot work level"),
        C("work_place", "VARCHAR(60)", "作业地点", of("equipment", "place"), "B6-01/B1-05: place of work"),
        C("contractor", "VARCHAR(80)", "施工单位", of("supplier", "name"), SUPPLIER_NAME),
        C("worker_name", "VARCHAR(20)", "作业人", of("driver", "name"), "P1-01/P1-04/B6-01: worker's name"),
        C("worker_cert", "VARCHAR(18)", "特种作业操作证号", of("driver", "id_card"),
          "P1-03/P1-06: certificate number equals ID number", check="id"),
        C("gas_test", "VARCHAR(40)", "气体检测结果", pick("O2 20.8%, LEL 0%", "O2 20.5%, H2S 0ppm"),
          "B6-01: gas test before work"),
        C("guardian", "VARCHAR(20)", "监护人", of("employee", "name"),
          "P1-04/P1-01/P1-05/B6-01: safety watch's name, no guardian of child"),
        C("start_time", "DATETIME", "许可开始", stamp(), "B6-01: permit valid from"),
        C("end_time", "DATETIME", "许可结束", after("start_time", 0, 1, True), "B6-01: permit valid to"),
        C("approver", "VARCHAR(20)", "批准人", of("employee", "name"), OPERATOR),
        *audit.ruoyi(),
    ])
    return [hazard, permit]


def chemicals():
    stock = T("hazchem_stock", "危险化学品储存台账", "B6-02", 320, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("chemical_name", "VARCHAR(40)", "危化品名称", fn(lambda r: texts.CHEMICALS[r.i % 16][0]),
          "B6-02: hazardous chemical"),
        C("cas_no", "VARCHAR(12)", "CAS号", fn(lambda r: texts.CHEMICALS[r.i % 16][1]),
          "B6-02/F1-04 ~G1: CAS number in store ledger", check="cas"),
        C("un_no", "VARCHAR(6)", "UN编号", fn(lambda r: "UN" + texts.CHEMICALS[r.i % 16][2]),
          "B6-02/F1-04 ~G1: UN number in store ledger"),
        C("internal_code", "VARCHAR(12)", "内部物料码（形似CAS，校验不符）", cas_near_miss,
          "D2-05/B6-02: internal number, no CAS", check="-cas"),
        C("stock_qty", "DECIMAL(12,2)", "储存量(kg)", skew(6000, 1), "B6-02: stock of hazardous chemical"),
        C("threshold_qty", "DECIMAL(12,2)", "临界量(t)", pick(10, 20, 50, 500), "B6-02/F1-04 ~G1: threshold quantity"),
        C("tank_no", "VARCHAR(10)", "储罐编号", rcode("T-%02d", 1, 12), "B6-02 !: tank of hazardous chemical"),
        C("location", "VARCHAR(60)", "存放位置", pick("危化品库A区2号间", "危化品库B区1号间", "涂装车间调漆房", "罐区西侧"),
          "B6-02 !: position of hazardous store"),
        C("hazard_level", "VARCHAR(10)", "重大危险源级别", pick("四级", "三级", "不构成"), "B6-02/Z1-02: major hazard level"),
        C("keeper", "VARCHAR(20)", "保管人", of("employee", "name"), OPERATOR),
        C("keeper_tel", "VARCHAR(11)", "保管人电话", of("employee", "mobile"), "P1-02: keeper's mobile", check="mobile"),
        C("update_time", "DATETIME", "更新时间", stamp(), UPDATED),
    ])
    precursor = T("yzd_yzb", "易制毒易制爆化学品出入库", "B6-02", 420, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("pm", "VARCHAR(20)", "易制毒/易制爆品名", fn(lambda r: texts.PRECURSORS[r.i % 6][0]),
          "B6-02 !: controlled substance"),
        C("cas", "VARCHAR(12)", "CAS", fn(lambda r: texts.PRECURSORS[r.i % 6][1]),
          "B6-02/F1-04 ~G1: CAS number of controlled substance", check="cas"),
        C("rkl", "DECIMAL(12,2)", "入库量", skew(600, 1), "B6-02/C2-01 !: quantity put into store"),
        C("ckl", "DECIMAL(12,2)", "出库量", skew(500, 1), "B6-02/C2-01 !: quantity taken out"),
        C("jcl", "DECIMAL(12,2)", "易制毒/易制爆结存量", skew(900, 1), "B6-02/C2-01 !: stock of controlled substance"),
        C("cfdd", "VARCHAR(40)", "易制毒/易制爆存放地点", pick("双锁专柜1", "双锁专柜2"), "B6-02/C2-01 !: store of controlled substance"),
        C("lyr", "VARCHAR(20)", "领用人", of("employee", "name"), OPERATOR),
        C("lyrsfz", "VARCHAR(18)", "领用人身份证", of("employee", "id_card"),
          "P1-03: ID number of person who took it", check="id"),
        C("bah", "VARCHAR(30)", "公安备案证明号", rcode("4201%012d", 10 ** 11, 10 ** 12 - 1),
          "B6-02/F1-01: police filing number"),
    ])
    source = T("radio_source", "放射源（射线探伤）台账", "B6-02", 12, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("radio_source_no", "VARCHAR(14)", "放射源编号", code("0523IR0%05d", 10001), "B6-02 !: radioactive source number"),
        C("nuclide", "VARCHAR(10)", "核素", pick("Ir-192", "Se-75"), "B6-02 !: nuclide"),
        C("activity_bq", "REAL", "活度(Bq)", pick(3.7e12, 1.85e12), "B6-02 !: activity of source"),
        C("source_class", "VARCHAR(6)", "放射源类别", pick("Ⅱ类", "Ⅲ类"), "B6-02/Z1-02: class of radioactive source"),
        C("store_place", "VARCHAR(40)", "放射源贮存场所", const("探伤室源库"), "B6-02 !: place of radioactive source"),
        C("license_no", "VARCHAR(30)", "辐射安全许可证", const("鄂环辐证[A0001]"), "B6-02/F1-01: radiation licence"),
        C("duty_person", "VARCHAR(20)", "责任人", of("employee", "name"), OPERATOR),
    ], fixed=True)
    return [stock, precursor, source]


def environment():
    online = T("emission_online", "排口在线监测", "B6-03", 6000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("outlet_no", "VARCHAR(10)", "排放口编号", pick("DA001", "DA002", "DA003", "DW001"), "B6-03: outlet number"),
        C("monitor_time", "DATETIME", "监测时间", flow("2024-06-01 00:00:00", 3600), "B6-03: monitoring time"),
        C("cod", "REAL", "COD(mg/L)", dec(10, 90, 2), "B6-03: COD"),
        C("nh3n", "REAL", "氨氮(mg/L)", dec(0.1, 9, 3), "B6-03: ammonia nitrogen"),
        C("so2", "REAL", "SO2(mg/m3)", maybe(0.7, dec(1, 40, 2)), "B6-03: SO2"),
        C("nox", "REAL", "NOx(mg/m3)", maybe(0.7, dec(5, 120, 2)), "B6-03: NOx"),
        C("pm", "REAL", "颗粒物(mg/m3)", dec(0.5, 20, 2), "B6-03: particulate matter"),
        C("ph", "REAL", "pH", dec(6.2, 8.6, 2), "B6-03: pH of waste water"),
        C("flow_rate", "REAL", "流量(m3/h)", dec(1, 90, 2), "B6-03: flow"),
        C("data_flag", "CHAR(1)", "数据标记 N正常 F停运 C校准", mostly("N", 0.97, "F", "C"), "Z1-02/B6-03: data mark"),
    ])
    waste = T("危险废物转移联单", "", "B6-03", 260, [
        C("联单编号", "VARCHAR(20)", "", rcode("2024420113%06d", 1, 999999),
          "B6-03/B6-02: hazardous waste manifest number"),
        C("废物名称", "VARCHAR(40)", "", pick("废切削液", "废漆渣", "废活性炭", "废油桶"), "B6-03/B6-02: name of hazardous waste"),
        C("废物代码", "VARCHAR(12)", "", pick("900-006-09", "900-252-12", "900-039-49", "900-041-49"),
          "B6-03/F1-04: waste code"),
        C("转移量(吨)", "DECIMAL(10,3)", "", dec(0.1, 18, 3), "B6-03/B6-02: quantity transferred"),
        C("接收单位", "VARCHAR(80)", "", pick("江北环保处置有限公司", "鄂东固废中心"), "B6-03/D1-01: receiving company"),
        C("运输车牌", "VARCHAR(10)", "", of("driver", "plate"),
          "C2-02/B6-03/P1-07: plate of haulier's truck", check="plate"),
        C("转移日期", "DATE", "", day(), "B6-03: transfer date"),
        C("经办人", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
    ])
    permit = T("emission_permit", "排污许可", "B6-03", 8, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("emission_permit", "VARCHAR(24)", "排污许可证号", fn(lambda r: "91420113MA000000%dX%03dV" % (r.i, r.i)),
          "B6-03 ~G1: emission permit number"),
        C("pollutant", "VARCHAR(20)", "污染物", pick("VOCs", "COD", "氨氮", "颗粒物"), "B6-03 ~G1: pollutant"),
        C("limit_ton", "DECIMAL(10,3)", "年许可量(吨)", dec(0.5, 40, 2), "B6-03 ~G1: permitted quantity"),
        C("valid_to", "DATE", "有效期至", day("2026-01-01", 900), "B6-03 ~G1: permit valid until"),
    ], fixed=True)
    return [online, waste, permit]


def accidents():
    accident = T("accident", "生产安全事故", "B6-04", 80, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("accident_no", "VARCHAR(20)", "事故编号", code("SG24%03d"), "B6-04: accident number"),
        C("accident_level", "VARCHAR(10)", "事故等级", pick("轻微", "一般"), "B6-04/Z1-02: accident level"),
        C("happen_time", "DATETIME", "发生时间", stamp(), "B6-04: accident time"),
        C("place", "VARCHAR(60)", "事故地点", of("equipment", "place"), "B6-04/B1-05: place of accident"),
        C("casualties", "INT", "伤亡人数", mostly(0, 0.6, 1, 2), "B6-04: casualties"),
        C("direct_loss", "DECIMAL(12,2)", "直接损失(元)", skew(300000), "B6-04: direct loss"),
        C("cause", "TEXT", "事故原因", text("CAUSES"), "B6-04: cause of accident"),
        C("injured_name", "VARCHAR(20)", "伤者姓名", maybe(0.5, of("employee", "name")),
          "P1-01/B6-04/P2-04 ~G3: injured person's name"),
        C("measures", "TEXT", "防范措施", text("ACTIONS"), "B6-04: preventive measures"),
        *audit.ruoyi(),
    ])
    plan = T("emergency_plan", "重大危险源应急预案与演练", "B6-04", 30, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("plan_no", "VARCHAR(20)", "预案编号", code("YA-%03d"), "B6-04: emergency plan number"),
        C("emergency_plan", "TEXT", "应急预案内容", paragraphs("EMERGENCY", 8, 20),
          "B6-04 ~G4 !: emergency plan of major hazard"),
        C("assembly_point", "VARCHAR(40)", "集合点与撤离路线", pick("东二门外停车场", "办公楼前广场"),
          "B6-04 ~G4 !: assembly point and evacuation route"),
        C("resource_list", "VARCHAR(200)", "应急物资及存放点", pick("空呼4套/门卫室；吸附棉/危化库", "消防砂2m3/罐区"),
          "B6-04 ~G4 !: emergency stores and places"),
        C("commander", "VARCHAR(20)", "总指挥", of("employee", "name"), "P1-04/P1-01/P1-05/B6-04: commander's name"),
        C("commander_tel", "VARCHAR(11)", "总指挥电话", of("employee", "mobile"),
          "P1-02: commander's mobile", check="mobile"),
        C("last_drill", "DATE", "最近演练日期", day(), "B6-04: date of last drill"),
    ], fixed=True)
    return [accident, plan]


def tables():
    return [*energy(), *safety(), *chemicals(), *environment(), *accidents()]


def views():
    return [V("v_month_energy", "B5-01", "SELECT tjyf, sum(ydl) AS ydl_sum, sum(zhnh) AS zhnh_sum FROM nh_tj GROUP BY tjyf",
              ("tjyf", "B5-01/D5-02: month of statistic"), ("ydl_sum", "B5-01/D5-02: electricity summed over workshops"),
              ("zhnh_sum", "B5-01/D5-02: energy summed over workshops"))]
