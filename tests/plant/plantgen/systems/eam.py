"""Equipment: ledger in pinyin initials, maintenance, spare parts and moulds, service orders of sold products."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def ledger():
    pinyin = T("sb_tz", "", "C1-01", "equipment", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("sbbh", "VARCHAR(20)", "", own("code"), "C1-01: equipment number"),
        C("sbmc", "VARCHAR(40)", "", own("name"), "C1-01: equipment name"),
        C("sbxh", "VARCHAR(40)", "", own("model"), "C1-01: equipment model"),
        C("ccbh", "VARCHAR(20)", "", own("serial"), "C1-01: maker's serial number"),
        C("sccj", "VARCHAR(60)", "", own("maker"), "C1-01: equipment maker"),
        C("azwz", "VARCHAR(60)", "", own("place"), "C1-01/B1-05: installation place"),
        C("sycj", "VARCHAR(40)", "", own("shop_name"), PLANT_UNIT),
        C("gzrq", "DATE", "", own("bought"), "C1-01: purchase date"),
        C("gzje", "DECIMAL(14,2)", "", skew(4000000), "D3-01/D1-03/C1-01: purchase amount of equipment"),
        C("edgl", "DECIMAL(8,2)", "", dec(1.5, 250, 1), "C1-01: rated power"),
        C("fzr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("fzrdh", "VARCHAR(20)", "", of("employee", "mobile"), "P1-02: mobile of responsible person", check="mobile"),
        C("sbzt", "CHAR(2)", "", pick("ZY", "TY", "BF"), STATUS),
        C("cjsj", "DATETIME", "", stamp("2020-01-01", 500), CREATED),
        C("gxsj", "DATETIME", "", stamp(), UPDATED),
    ], indexes=(("ix_sbbh", "sbbh"),))
    special = T("special_equip", "特种设备登记", "C1-01", 80, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("special_equip_reg", "VARCHAR(20)", "使用登记证编号", rcode("起17鄂A%05d(24)", 1, 99999),
          "C1-01: registration number"),
        C("equip_code", "VARCHAR(20)", "设备编号", of("equipment", "code"), "C1-01: equipment number"),
        C("category", "VARCHAR(20)", "类别(起重机械, 压力容器, 场内车辆)", pick("起重机械", "压力容器", "场内车辆"), "C1-01/Z1-02: category"),
        C("rated_load", "VARCHAR(20)", "额定参数", pick("10t", "0.8MPa", "3t"), "C1-01: rated parameter"),
        C("inspect_due", "DATE", "检验有效期至", day("2025-01-01", 700), "C1-02/C1-01: inspection valid until"),
        C("operator_name", "VARCHAR(20)", "操作人员", of("employee", "name"), OPERATOR),
        C("operator_cert", "VARCHAR(18)", "作业人员证号", of("employee", "id_card"),
          "P1-03/P1-06: certificate number equals ID number", check="id"),
        C("safety_officer", "VARCHAR(20)", "安全管理员", of("employee:2", "name"), OPERATOR),
        *audit.ruoyi(),
    ])
    equip_doc = T("equip_file", "设备随机资料", "C1-01", 160, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("equip_code", "VARCHAR(20)", "设备编号", of("equipment", "code"), "C1-01: equipment number"),
        C("file_name", "VARCHAR(80)", "文件名称", pick("使用说明书.pdf", "电气原理图.dwg", "合格证.jpg", "验收报告.docx"),
          "C1-01/Z1-03/A3-03: file name of equipment document"),
        C("file_data", "BLOB", "文件内容", maybe(0.5, blob(50, 500, b"%PDF-1.4\n")), "Z1-03/C1-01/A3-03: file content"),
        C("upload_by", "VARCHAR(64)", "上传人", of("employee", "login"), CREATED_BY),
    ])
    return [pinyin, special, equip_doc]


def maintenance():
    check = T("spot_check", "点检记录", "C1-02", 3600, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("equip_code", "VARCHAR(20)", "设备编号", of("equipment", "code"), EQUIPMENT_NO),
        C("check_item", "VARCHAR(60)", "点检项目", pick("油位", "气压", "异响", "紧固", "防护罩", "急停按钮"), "C1-02: check item"),
        C("check_std", "VARCHAR(60)", "点检标准", pick("液位在上下限之间", "0.5-0.6MPa", "无异响"), "C1-02: check standard"),
        C("check_value", "VARCHAR(20)", "点检结果", mostly("正常", 0.95, "异常", "已处理"), "C1-02/Z1-02: check result"),
        C("checker", "VARCHAR(20)", "点检人", of("employee", "name"), OPERATOR),
        C("check_time", "DATETIME", "点检时间", flow("2024-01-02 08:00:00", 7000, 3000), "C1-02: check time"),
        C("photo", "VARCHAR(200)", "照片", maybe(0.1, code("/eam/photo/%06d.jpg")), "Z1-03/C1-02: photo path"),
    ])
    plan = T("maint_plan", "保养计划", "C1-02", 420, [
        C("plan_id", "INTEGER PRIMARY KEY", "计划ID", seq(), PK),
        C("plan_code", "VARCHAR(20)", "计划编号", code("BY24%05d"), "C1-02: maintenance plan number"),
        C("equip_code", "VARCHAR(20)", "设备编号", of("equipment", "code"), EQUIPMENT_NO),
        C("maint_content", "VARCHAR(200)", "保养内容", pick("更换液压油", "清洗滤芯", "主轴精度检测", "导轨润滑"),
          "C1-02: maintenance content"),
        C("cycle_type", "VARCHAR(6)", "周期类型", pick("日", "周", "月", "年"), "C1-02/Z1-02: cycle type"),
        C("cycle_num", "INT", "周期数", num(1, 6), "C1-02: cycle count"),
        C("last_date", "DATE", "上次保养", day(), "C1-02: last maintenance date"),
        C("next_date", "DATE", "下次保养", after("last_date", 30, 200), "C1-02: next maintenance date"),
        C("status", "CHAR(1)", "状态", pick("0", "1"), STATUS),
        *audit.ruoyi(),
    ])
    order = T("wx_gd", "", "C1-02", 2200, [
        C("wxdh", "VARCHAR(20)", "", code("WX24%06d"), "C1-02: repair order number", "PRIMARY KEY"),
        C("sbbh", "VARCHAR(20)", "", of("equipment", "code"), EQUIPMENT_NO),
        C("sbmc", "VARCHAR(40)", "", of("equipment", "name"), EQUIPMENT_NAME),
        C("gzxx", "VARCHAR(200)", "", text("FAULTS"), "C1-02: fault symptom"),
        C("gzyy", "VARCHAR(200)", "", text("CAUSES"), "C1-02: fault cause"),
        C("wxjg", "VARCHAR(300)", "", hide(text("REPAIRS"), 0.02),
          "C1-02/Z1-03/P1-02 ~G3 none|personal: repair result, some mobile numbers"),
        C("bxr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("bxsj", "DATETIME", "", stamp(), "C1-02: time fault was reported"),
        C("wxr", "VARCHAR(20)", "", of("employee:2", "name"), OPERATOR),
        C("wcsj", "DATETIME", "", after("bxsj", 0, 3, True), "C1-02: time of completion"),
        C("tjsc", "DECIMAL(8,1)", "", dec(0.2, 48, 1), "C1-02/B3-03: downtime in hours"),
        C("wxfy", "DECIMAL(10,2)", "", skew(20000), "C1-02/D3-04/D3-01 ~G3: repair cost"),
        C("zt", "CHAR(1)", "", pick("1", "2", "3"), STATUS),
        *audit.pinyin(),
    ])
    return [check, plan, order]


def spares():
    spare = T("spare_part", "备品备件", "C1-03", 700, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("spare_code", "VARCHAR(20)", "备件编码", code("BJ%06d"), "C1-03: spare part number"),
        C("spare_name", "VARCHAR(60)", "备件名称", pick("接近开关", "电磁阀", "同步带", "伺服驱动器", "轴承6205", "密封件包"),
          "C1-03: spare part name"),
        C("spec", "VARCHAR(60)", "规格", pick("M12 PNP", "DC24V", "8M-1200", "2.2kW"), "C1-03: spare part specification"),
        C("min_stock", "INT", "最低库存", num(1, 20), "C1-03/C2-01: minimum stock"),
        C("stock_qty", "INT", "现存量", num(0, 60), "C1-03/C2-01: spare parts on hand"),
        C("price", "DECIMAL(12,2)", "采购单价", skew(9000), "D1-03/C1-03: purchase price of spare part"),
        C("fit_equip", "VARCHAR(40)", "适用设备型号", of("equipment", "model"), "C1-01/C1-03: equipment model it fits"),
        C("shelf", "VARCHAR(20)", "货架位", rcode("BJ-%03d", 1, 200), "C2-01/C1-03: shelf position"),
        *audit.ruoyi(),
    ])
    mould = T("mould", "", "C1-03", 240, [
        C("mould_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("mould_code", "VARCHAR(20)", "", code("MD-%04d"), "C1-03: mould number"),
        C("mould_name", "VARCHAR(60)", "", of("part", "name_en"), "C1-03: mould name"),
        C("cavity", "INT", "", pick(1, 2, 4), "C1-03: cavities of mould"),
        C("mould_life", "INT", "", pick(80000, 100000, 150000), "C1-03: designed mould life"),
        C("shots", "INT", "", num(0, 150000), "C1-03/B2-03: shots made so far"),
        C("owner_cust", "VARCHAR(80)", "", of("customer", "name"), CUSTOMER_NAME),
        C("drawing_no", "VARCHAR(32)", "", code("MJ-%05d"), "A1-01/C1-03 G2 ~G3~G4: drawing number as mere reference"),
        C("location", "VARCHAR(20)", "", rcode("MK-%02d", 1, 60), "C1-03/C2-01: storage place of mould"),
        C("next_maint", "DATE", "", day("2025-01-01", 300), "C1-02/C1-03: next maintenance of mould"),
        C("status", "VARCHAR(10)", "", pick("IN_USE", "REPAIR", "SCRAP"), STATUS),
        *audit.plain(),
    ], quote="")
    return [spare, mould]


def service():
    base = T("installed_base", "已售产品档案（安装基地）", "C3-01", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("product_sn", "VARCHAR(20)", "产品序列号", code("CP2023%07d"), "C3-01/B2-04: serial number of sold product"),
        C("product_name", "VARCHAR(60)", "产品名称", pick("充电桩功率模块", "台架测试设备", "换电机构"), "D2-05/C3-01: product name"),
        C("client_code", "VARCHAR(20)", "客户编号", of("customer", "code"), CUSTOMER_NO),
        C("sale_date", "DATE", "销售日期", day("2021-01-01", 1200), "C3-01/D2-02: date sold"),
        C("install_address", "VARCHAR(120)", "安装地址", of("customer", "address"),
          "C3-01: installation address, a firm's"),
        C("warranty_end", "DATE", "保修截止", after("sale_date", 730, 1100), "C3-01: end of warranty"),
        C("site_contact", "VARCHAR(20)", "现场联系人", fn(lambda r: r.pick("customer").contact.name),
          "P1-02/P1-01 ~G2: name of contact person"),
        C("site_phone", "VARCHAR(20)", "现场电话", fn(lambda r: r.pick("customer").contact.mobile),
          "P1-02: mobile of contact", check="mobile"),
        *audit.ruoyi(),
    ])
    order = T("service_order", "售后服务工单", "C3-02", 1100, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("service_no", "VARCHAR(20)", "服务单号", code("FW24%06d"), "C3-02: service order number"),
        C("product_sn", "VARCHAR(20)", "产品序列号", rcode("CP2023%07d", 1, 900),
          "C3-01/C3-02: serial number of sold product"),
        C("repair_item", "VARCHAR(100)", "维修项目", text("REPAIRS"), "C3-02: repair item"),
        C("replaced_part", "VARCHAR(32)", "更换配件", of("part", "code"), "C3-02/D2-05: replaced part"),
        C("service_fee", "DECIMAL(10,2)", "服务费", skew(5000), "C3-02/D2-03/D3-02: service fee"),
        C("engineer", "VARCHAR(20)", "服务工程师", of("employee", "name"), OPERATOR),
        C("visit_time", "DATETIME", "上门时间", stamp(), "C3-02: time of visit"),
        C("visit_note", "TEXT", "现场记录", hide(text("REPAIRS"), 0.05),
          "Z1-03/C3-02/P1-02 G3 ~G2 personal: visit note, some mobile numbers"),
        C("customer_sign", "BLOB", "客户签名图片", maybe(0.6, blob(30, 200, b"\x89PNG\r\n\x1a\n")),
          "P1-01/C3-02/Z1-03: customer's signature image"),
        C("status", "CHAR(2)", "状态", pick("10", "20", "30"), STATUS),
    ])
    return [base, order]


def tables():
    return [*ledger(), *maintenance(), *spares(), *service()]


def views():
    return []
