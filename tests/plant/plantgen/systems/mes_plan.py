"""MES, planning side: plant model, routing, process parameters, bills, plans, work orders, reporting, lots."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def step(part):
    """Process step of the row: the same one for number and name."""
    return fn(lambda r: texts.PROCESSES[r.i * 7 % 17][part])


def parameter(part):
    return fn(lambda r: texts.PARAMETERS[r.i * 5 % 17][part])


def plant_model():
    shop = T("mes_workshop", "车间", "B1-05", "shop", [
        C("workshop_id", "INTEGER PRIMARY KEY", "车间ID", own("id"), PK),
        C("workshop_code", "VARCHAR(20)", "车间编码", own("code"), "B1-05: workshop code", "UNIQUE"),
        C("workshop_name", "VARCHAR(40)", "车间名称", own("name"), "B1-05/D4-01: workshop name"),
        C("area", "DECIMAL(10,2)", "面积(㎡)", dec(1200, 9000, 1), "B1-05: floor area of workshop"),
        C("charge", "VARCHAR(20)", "负责人", of("employee", "name"), OPERATOR),
        C("enable_flag", "CHAR(1)", "是否启用", const("Y"), FLAG),
        *audit.ruoyi(),
    ])
    line = T("mes_line", "产线", "B1-05", "line", [
        C("line_id", "INTEGER PRIMARY KEY", "产线ID", own("id"), PK),
        C("line_code", "VARCHAR(20)", "产线编码", own("code"), "B1-05: line code"),
        C("line_name", "VARCHAR(40)", "产线名称", own("name"), "B1-05: line name"),
        C("workshop_code", "VARCHAR(20)", "车间编码", own("shop"), "B1-05: workshop code"),
        C("takt_seconds", "INT", "设计节拍(秒)", num(30, 180), "B1-05/B2-01/B1-01 G3 ~G1: designed takt of line"),
        C("sort_no", "INT", "排序号", own("id"), SORT),
        *audit.ruoyi(),
    ])
    station = T("mes_station", "工位", "B1-05", "station", [
        C("station_id", "INTEGER PRIMARY KEY", "工位ID", own("id"), PK),
        C("station_code", "VARCHAR(30)", "工位编码", own("code"), "B1-05: workstation code"),
        C("station_name", "VARCHAR(40)", "工位名称", own("name"), "B1-05: workstation name"),
        C("line_id", "INT", "产线ID", own("line_id"), FK, "REFERENCES mes_line(line_id)"),
        C("process_code", "VARCHAR(20)", "工序编码", own("op"), PROCESS_NO),
        C("process_name", "VARCHAR(40)", "工序名称", own("op_name"), PROCESS_NO),
        C("is_bottleneck", "TINYINT", "是否瓶颈工位", pick(0, 0, 1), "Z1-02/B2-01/B1-05: bottleneck flag"),
        C("create_time", "DATETIME", "创建时间", stamp("2021-01-01", 300), CREATED),
    ])
    return [shop, line, station]


def routing():
    route = T("pro_route", "工艺路线", "B1-01", 300, [
        C("route_id", "INTEGER PRIMARY KEY", "路线ID", seq(), PK),
        C("route_code", "VARCHAR(30)", "工艺路线编号", code("RT%05d"), "B1-01: routing code"),
        C("route_name", "VARCHAR(60)", "工艺路线名称", join(of("part", "name"), const("加工路线")), "B1-01: routing name"),
        C("product_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("version", "VARCHAR(8)", "版本", pick("1.0", "1.1", "2.0"), "B1-01/Z1-01: routing version"),
        C("route_desc", "VARCHAR(500)", "工艺路线说明", pick("压铸-去毛刺-机加-清洗-装配", "锻坯-粗车-热处理-精磨"),
          "B1-01: routing description"),
        C("enable_flag", "CHAR(1)", "是否启用", pick("Y", "Y", "N"), FLAG),
        C("create_by", "VARCHAR(64)", "创建者", of("employee", "login"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp(), CREATED),
    ])
    steps = T("pro_route_process", "工艺组成（工序）", "B1-01", 1800, [
        C("record_id", "INTEGER PRIMARY KEY", "记录ID", seq(), PK),
        C("route_id", "INT", "工艺路线ID", parent("pro_route", 6), FK),
        C("op_no", "VARCHAR(8)", "工序号", step(0), "B1-01: operation number"),
        C("process_name", "VARCHAR(40)", "工序名称", step(1), "B1-01: operation name"),
        C("order_num", "INT", "顺序", position(6), "Z1-01/B1-01: sequence of operation"),
        C("next_process", "VARCHAR(40)", "下道工序", fn(lambda r: texts.PROCESSES[(r.i * 7 + 1) % 17][1]),
          "B1-01: following operation"),
        C("standard_hours", "DECIMAL(8,3)", "标准工时(分)", dec(0.3, 40, 2), "B1-01: standard time"),
        C("setup_hours", "DECIMAL(8,3)", "准备工时(分)", dec(5, 60, 1), "B1-01: set-up time"),
        C("attention", "VARCHAR(500)", "工艺要求", text("STEPS"), "B1-01: process requirement"),
        C("equip_type", "VARCHAR(40)", "设备类型", of("equipment", "model"), "C1-01/@: equipment type"),
        C("is_check", "CHAR(1)", "是否质检确认", pick("Y", "N"), FLAG),
        C("sop_doc", "VARCHAR(200)", "作业指导书", code("/sop/%05d.pdf"), "B1-01/Z1-03: work instruction file"),
        *audit.ruoyi(),
    ], style="block")
    sop = T("sop_step", "", "B1-01", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("sop_no", "VARCHAR(20)", "", code("SOP-%05d"), "B1-01: work instruction number"),
        C("step_no", "INT", "", position(6), "B1-01/Z1-01: step number"),
        C("step_text", "TEXT", "", text("STEPS"), "B1-01: work step text"),
        C("tool", "VARCHAR(40)", "", pick("torque wrench", "plug gauge", "press", "-"),
          "B1-01/C1-03 ~G1: tool of the step"),
        C("ppe", "VARCHAR(40)", "", pick("goggles", "gloves", "ear plugs"), "B1-01/B6-01: protective equipment"),
        C("video_url", "VARCHAR(200)", "", maybe(0.3, code("/sop/video/%05d.mp4")), "B1-01/Z1-03: instruction video"),
    ], quote="")
    return [route, steps, sop]


def parameters():
    params = T("pro_process_param", "工序工艺参数（受控）", "B1-02", 1500, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("route_code", "VARCHAR(30)", "工艺路线编号", rcode("RT%05d", 1, 300), "B1-01/@: referenced routing"),
        C("process_code", "VARCHAR(20)", "工序编码", step(0), PROCESS_NO),
        C("param_name", "VARCHAR(40)", "工艺参数名", parameter(0), "B1-02: process parameter name"),
        C("param_unit", "VARCHAR(12)", "单位", parameter(1), "B1-02/D2-05/Z1-02: unit of parameter"),
        C("set_value", "DECIMAL(12,3)", "设定值", dec(1, 900, 2), "B1-02/B3-01: set point"),
        C("usl", "DECIMAL(12,3)", "参数上限", dec(1, 950, 2), "B1-02: upper process limit"),
        C("lsl", "DECIMAL(12,3)", "参数下限", dec(0, 800, 2), "B1-02: lower process limit"),
        C("is_special", "CHAR(1)", "是否特殊特性 (SC/CC)", pick("", "SC", "CC"),
          "B1-02/Z1-02/B4-01 ~G1: special characteristic mark"),
        C("control_method", "VARCHAR(40)", "控制方法", pick("自动监控", "首末件", "SPC"), "B1-02/B4-01: control method"),
        C("version", "INT", "版本号", num(1, 6), "Z1-01/B1-02: version"),
        C("update_by", "VARCHAR(64)", "更新者", of("employee", "login"), UPDATED_BY),
        C("update_time", "DATETIME", "更新时间", stamp(), UPDATED),
    ])
    pinyin = T("gycs", "", "B1-02", 700, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("gxbh", "VARCHAR(20)", "", step(0), PROCESS_NO),
        C("gxmc", "VARCHAR(40)", "", step(1), PROCESS_NO),
        C("sdwd", "DECIMAL(8,2)", "", dec(140, 920, 1), "B1-02: set temperature"),
        C("sdyl", "DECIMAL(8,2)", "", dec(2, 80, 2), "B1-02: set pressure"),
        C("bwsj", "DECIMAL(8,2)", "", dec(1, 240, 1), "B1-02: holding time"),
        C("csx", "DECIMAL(8,2)", "", dec(150, 950, 1), "B1-02: upper parameter limit"),
        C("cxx", "DECIMAL(8,2)", "", dec(130, 900, 1), "B1-02: lower parameter limit"),
        C("sdzs", "INT", "", num(800, 6000), "B1-02: set rotation speed"),
        C("jjl", "DECIMAL(8,3)", "", dec(0.05, 0.6, 3), "B1-02: feed rate"),
        C("bzr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("bzsj", "DATETIME", "", stamp(), "Z1-01/B1-02: date compiled"),
        C("zt", "CHAR(1)", "", pick("0", "1"), STATUS),
        *audit.pinyin(),
    ])
    recipe = T("recipe_setpoint", "Recipe library of the furnaces and die-casting cells", "B1-02", 480, [
        C("recipe_id", "INT", "recipe", num(1, 60), "B1-02/Z1-01: recipe id"),
        C("seq_no", "INT", "segment number", seq(), "Z1-01/B1-02: segment number"),
        C("zone", "VARCHAR(10)", "heating zone", pick("Z1", "Z2", "Z3"), "B1-02: zone of furnace"),
        C("set_temp", "REAL", "temperature set point, degC", dec(180, 920, 1), "B1-02/B3-01: temperature set point"),
        C("ramp_rate", "REAL", "ramp, K/min", dec(0.5, 12, 2), "B1-02: heating ramp"),
        C("hold_time", "INT", "hold time; minutes, not seconds", num(5, 240), "B1-02: hold time"),
        C("carbon_pot", "REAL", "carbon potential \"Cp\", %", maybe(0.5, dec(0.3, 1.2, 2)), "B1-02: carbon potential"),
        C("valid", "BOOLEAN", "1 = released, 0 = draft", pick(0, 1), FLAG),
    ], extra=("PRIMARY KEY (recipe_id, seq_no)",))
    return [params, pinyin, recipe]


def bills_and_plans():
    mbom = T("md_product_bom", "制造BOM", "B1-03", 2600, [
        C("bom_id", "INTEGER PRIMARY KEY", "流水号", seq(), PK),
        C("product_code", "VARCHAR(32)", "产品编码", of("part", "code"), "D2-05/@: product of the bill"),
        C("bom_item_code", "VARCHAR(32)", "BOM物料编码", fn(lambda r: r.world.pool("part")[r.i * 3 % 24].code),
          "B1-03/D2-05/A1-02: child item of bill"),
        C("bom_item_name", "VARCHAR(80)", "BOM物料名称", fn(lambda r: r.world.pool("part")[r.i * 3 % 24].name),
          "B1-03/D2-05/A1-02: child item name of bill"),
        C("quantity", "DECIMAL(12,4)", "预计使用量", pick(1, 1, 2, 4, 0.35), "B1-03: planned usage"),
        C("scrap_rate", "DECIMAL(6,4)", "损耗率", pick(0.01, 0.02, 0.005), "B1-03: scrap rate"),
        C("issue_whs", "VARCHAR(10)", "发料仓库", of("warehouse", "code"), "C2-01/B1-03: issuing warehouse"),
        C("op_no", "VARCHAR(8)", "投料工序", step(0), PROCESS_NO),
        C("unit_of_measure", "VARCHAR(10)", "单位", pick("件", "kg"), UNIT),
        C("remark", "VARCHAR(200)", "备注", text("REMARKS"), REMARK),
    ])
    plan = T("mps_plan", "主生产计划", "B2-01", 1200, [
        C("plan_id", "INTEGER PRIMARY KEY", "计划ID", seq(), PK),
        C("plan_no", "VARCHAR(20)", "计划单号", code("MPS25%05d"), "B2-01: plan number"),
        C("product_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("plan_qty", "INT", "计划产量", num(50, 5000), "B2-01: planned output"),
        C("plan_week", "CHAR(7)", "计划周", fn(lambda r: "2025W%02d" % (1 + r.i % 52)), "B2-01: planned week"),
        C("schedule_date", "DATE", "排产日期", day("2025-01-01", 180), "B2-01: scheduled date"),
        C("line_code", "VARCHAR(20)", "产线编码", of("line", "code"), PLANT_UNIT),
        C("priority", "INT", "优先级", num(1, 5), "B2-01/Z1-02/Z1-01: planning priority"),
        C("planner", "VARCHAR(20)", "计划员", of("employee", "name"), OPERATOR),
        C("status", "VARCHAR(10)", "状态", pick("PLAN", "RELEASED", "CLOSED"), STATUS),
        *audit.ruoyi(),
    ])
    capacity = T("line_capacity", "", "B2-01", 180, [
        C("line_code", "VARCHAR(20)", "", of("line", "code"), PLANT_UNIT),
        C("cal_month", "CHAR(7)", "", fn(lambda r: "2025-%02d" % (1 + r.i % 12)), "B2-01: capacity month"),
        C("capacity", "INT", "", num(8000, 90000), "B2-01: capacity of line"),
        C("avail_hours", "REAL", "", dec(200, 620, 1), "B2-01: available hours"),
        C("utilization", "REAL", "", dec(0.4, 0.98, 3), "B2-01: utilisation"),
        C("bottleneck_op", "VARCHAR(8)", "", step(0), "B2-01/B1-01: bottleneck operation"),
        C("shift_model", "VARCHAR(10)", "", pick("2x10", "3x8"), "B2-01/D4-02/Z1-02: shift model"),
        *audit.plain(),
    ], quote="")
    return [mbom, plan, capacity]


def work_orders():
    wo = T("wo", "", "B2-02", 3000, [
        C("wo_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("wo_no", "VARCHAR(20)", "", code("WO24%06d"), "B2-02: work-order number"),
        C("src_doc", "VARCHAR(20)", "", rcode("MPS25%05d", 1, 1200), "B2-02/B2-01: source document number"),
        C("itm_cd", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("itm_nm", "VARCHAR(80)", "", of("part", "name"), ITEM_NAME),
        C("spec", "VARCHAR(80)", "", of("part", "spec"), ITEM_SPEC),
        C("qty", "DECIMAL(12,2)", "", num(20, 4000), "B2-02/B2-01: order quantity"),
        C("uom", "VARCHAR(6)", "", pick("EA", "SET"), UNIT),
        C("qty_ok", "DECIMAL(12,2)", "", fn(lambda r: int(r.v["qty"] * r.rnd())),
          "B2-03/B2-02: good quantity produced"),
        C("qty_ng", "DECIMAL(12,2)", "", num(0, 30), "B2-03/B4-03/B2-02: defective quantity produced"),
        C("ln_cd", "VARCHAR(20)", "", of("line", "code"), PLANT_UNIT),
        C("cust_nm", "VARCHAR(80)", "", of("customer", "name"), CUSTOMER_NAME),
        C("lot", "VARCHAR(20)", "", rcode("L24%07d", 1, 9999999), LOT),
        C("pln_st", "DATETIME", "", stamp(), "B2-02/B2-01: planned start"),
        C("pln_ed", "DATETIME", "", after("pln_st", 1, 9, True), "B2-02/B2-01: planned end"),
        C("act_st", "DATETIME", "", maybe(0.8, stamp()), "B2-02/B2-03: actual start"),
        C("stat", "CHAR(1)", "", pick("P", "R", "C", "X"), STATUS),
        C("crt_by", "VARCHAR(20)", "", of("employee", "login"), CREATED_BY),
        C("crt_dt", "DATETIME", "", stamp(), CREATED),
    ], quote="", indexes=(("ux_wo_no", "wo_no"),))
    task = T("pro_task", "派工单", "B2-02", 4200, [
        C("task_id", "INTEGER PRIMARY KEY", "任务ID", seq(), PK),
        C("task_code", "VARCHAR(24)", "任务编号", code("TK24%07d"), "B2-02: dispatch task number"),
        C("wo_no", "VARCHAR(20)", "工单编码", fn(lambda r: "WO24%06d" % (1 + int(r.rnd() * r.counts["wo"]))),
          "B2-02: work-order number"),
        C("station_code", "VARCHAR(30)", "工位编码", of("station", "code"), PLANT_UNIT),
        C("process_name", "VARCHAR(40)", "工序名称", step(1), PROCESS_NO),
        C("quantity", "DECIMAL(12,2)", "排产数量", num(10, 900), "B2-01/B2-02: scheduled quantity"),
        C("start_time", "DATETIME", "计划开始时间", stamp(), "B2-01/B2-02: scheduled start"),
        C("duration", "INT", "时长(分)", num(20, 900), "B2-01/B2-02: scheduled duration"),
        C("worker_no", "VARCHAR(10)", "派工人员工号", of("employee", "no"), OPERATOR_NO),
        C("worker_name", "VARCHAR(20)", "派工人员", of("employee", "name"), OPERATOR),
        C("color_code", "CHAR(7)", "甘特图颜色", const("#00AEF3"), "Z1-02/D6-07: display colour"),
        C("status", "VARCHAR(10)", "任务状态", pick("NORMAL", "STARTED", "FINISHED"), STATUS),
        *audit.ruoyi(),
    ])
    order = T("order", "工单附加说明（表名为保留字）", "B2-02", 700, [
        C("key", "INTEGER PRIMARY KEY", "主键，列名为保留字", seq(), PK),
        C("group", "VARCHAR(20)", "班组，如 \"甲班\", 'B组'", pick("甲班", "乙班", "丙班"), "D4-01/D4-02/B2-02: team of work order"),
        C("from", "VARCHAR(20)", "来源单号", rcode("WO24%06d", 1, 3000), "B2-02: source work order"),
        C("to", "VARCHAR(20)", "去向单号", rcode("WO24%06d", 1, 3000), "B2-02: following work order"),
        C("desc", "TEXT", "说明", text("REMARKS"), "Z1-03/@: explanation"),
        C("index", "INT", "序号", num(1, 9), SORT),
        C("values", "VARCHAR(100)", "附加属性 JSON", as_json(rush=pick(0, 1), color=pick("R", "G")),
          "Z1-03/@: extension JSON"),
    ], style="mixed", extra=('CHECK ("index" > 0 AND "group" IN (\'甲班\', \'乙班\', \'丙班\'))',))
    return [wo, task, order]


def reporting():
    feedback = T("pro_feedback", "生产报工", "B2-03", 8000, [
        C("record_id", "INTEGER PRIMARY KEY", "记录ID", seq(), PK),
        C("feedback_code", "VARCHAR(24)", "报工单编号", code("FB24%07d"), "B2-03: report number"),
        C("workorder_code", "VARCHAR(20)", "工单编码", fn(lambda r: "WO24%06d" % (1 + int(r.rnd() * r.counts["wo"]))),
          WORK_ORDER),
        C("process_code", "VARCHAR(20)", "工序编码", step(0), PROCESS_NO),
        C("station_code", "VARCHAR(30)", "工位编码", of("station", "code"), PLANT_UNIT),
        C("quantity_feedback", "DECIMAL(12,2)", "报工数量", num(5, 400), "B2-03: quantity reported"),
        C("quantity_qualified", "DECIMAL(12,2)", "合格品数量", num(5, 390), "B2-03/B4-02: good quantity"),
        C("quantity_unquali", "DECIMAL(12,2)", "不良品数量", num(0, 12), "B2-03/B4-03: defective quantity"),
        C("user_name", "VARCHAR(64)", "报工用户名", of("employee", "login"), "P1-05/P1-04: reporter's login"),
        C("nick_name", "VARCHAR(20)", "报工人姓名", of("employee", "name"), "P1-01/P1-04/P1-05: reporter's name"),
        C("feedback_time", "DATETIME", "报工时间", flow("2024-01-02 07:30:00", 900, 800), "B2-03: report time"),
        C("work_minutes", "INT", "作业时长(分)", num(10, 480), "B2-03/D4-02: working time"),
        C("channel", "VARCHAR(10)", "报工途径", pick("PC", "MOBILE", "PDA"), TYPE),
        C("status", "CHAR(1)", "状态", pick("0", "1"), STATUS),
    ])
    consume = T("mtl_consume", "", "B2-03", 4500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("wo_no", "VARCHAR(20)", "", rcode("WO24%06d", 1, 3000), WORK_ORDER),
        C("mtl_no", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("lot_no", "VARCHAR(20)", "", rcode("B%07d", 2400001, 2499999), LOT),
        C("consume_qty", "DECIMAL(12,3)", "", dec(0.5, 300, 2), "B2-03: consumed quantity"),
        C("std_qty", "DECIMAL(12,3)", "", dec(0.5, 300, 2), "B1-03/B2-03: standard consumption"),
        C("yield_rate", "DECIMAL(6,4)", "", dec(0.85, 1, 4), "B2-03: yield"),
        C("ts", "DATETIME", "", flow("2024-01-02 07:30:00", 1500, 900), "B2-03/Z1-01: time of consumption"),
        C("op_id", "VARCHAR(10)", "", of("employee", "no"), OPERATOR_NO),
        *audit.plain(),
    ], quote="")
    return [feedback, consume]


def tracing():
    lots = T("lot_master", "生产批次", "B2-04", 1600, [
        C("lot_no", "VARCHAR(20)", "批次号", code("L24%07d"), "B2-04: lot number", "PRIMARY KEY"),
        C("product_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("heat_no", "VARCHAR(20)", "炉号", rcode("H%06d", 1, 999999), "B2-04: heat number"),
        C("produce_date", "DATE", "生产日期", day(), "B2-04: production date"),
        C("expire_date", "DATE", "有效期至", maybe(0.2, day("2026-01-01", 500)), "B2-04: expiry date"),
        C("vendor_code", "VARCHAR(20)", "原料供应商", of("supplier", "code"), SUPPLIER_NO),
        C("vendor_lot", "VARCHAR(30)", "供应商批次", rcode("V-%08d", 1, 99999999), "B2-04: supplier's lot number"),
        C("quality_status", "VARCHAR(10)", "质量状态", mostly("OK", 0.95, "HOLD", "NG"),
          "Z1-02/B4-02/B2-04: quality status of lot"),
        *audit.ruoyi(),
    ])
    genealogy = T("sn_trace", "序列号追溯（无 rowid 表）", "B2-04", 9000, [
        C("sn", "VARCHAR(17)", "零件序列号(17位, 非VIN)", fn(lambda r: _serial(r)),
          "B2-04: 17-character serial number, no VIN", "NOT NULL", "-vin"),
        C("seq", "INT", "序号", const(1), SORT),
        C("parent_sn", "VARCHAR(17)", "上级序列号", maybe(0.4, vin_near_miss("PX7A2L08")),
          "B2-04: parent serial number", check="-vin"),
        C("lot_no", "VARCHAR(20)", "批次号", fn(lambda r: "L24%07d" % (1 + int(r.rnd() * r.counts["lot_master"]))),
          "B2-04: lot number"),
        C("barcode", "VARCHAR(60)", "二维码内容", join(const("[)>06P"), of("part", "code"), const("V10086T"), num(100000, 999999)),
          "B2-04: barcode content"),
        C("online_time", "DATETIME", "上线时间", flow("2024-01-02 08:00:00", 420, 300), "B2-04: time put on line"),
        C("offline_time", "DATETIME", "下线时间", after("online_time", 0, 1, True), "B2-04: time off line"),
        C("pallet_no", "VARCHAR(15)", "托盘号(15位, 非IMEI)", luhn_near_miss("8601", 15),
          "B2-04/C2-01: 15-digit pallet number, no IMEI", check="-imei"),
    ], extra=('PRIMARY KEY ("sn", "seq")',), without_rowid=True)
    return [lots, genealogy]


def _serial(r):
    body = "PX7A2L08%09d" % r.i
    return body if not identity.is_vin(body) else "PX7A2L08%09d" % (900000000 + r.i)


def tables():
    return [*plant_model(), *routing(), *parameters(), *bills_and_plans(), *work_orders(), *reporting(), *tracing()]


def views():
    return [V("v_wo_progress", "B2-02", "SELECT wo_no, itm_nm, qty, qty_ok, stat FROM wo",
              ("wo_no", "B2-02: work-order number"), ("itm_nm", ITEM_NAME), ("qty", "B2-02/B2-01: order quantity"),
              ("qty_ok", "B2-03/B2-02: good quantity produced"), ("stat", STATUS))]
