"""MES, shop-floor side: programs, tags, history, commands, alarms."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def programs():
    nc = T("nc_program", "数控程序库", "B1-04", 420, [
        C("prog_id", "INTEGER PRIMARY KEY", "程序ID", seq(), PK),
        C("prog_no", "VARCHAR(10)", "数控程序号", code("O%04d"), "B1-04: NC program number"),
        C("prog_name", "VARCHAR(80)", "程序名称", join(of("part", "name"), fn(lambda r: texts.PROCESSES[r.i % 17][1])),
          "B1-04: NC program name"),
        C("machine_code", "VARCHAR(20)", "适用设备", of("equipment", "code"), EQUIPMENT_NO),
        C("content", "TEXT", "程序内容", paragraphs("CODE_LINES", 20, 60), "B1-04: NC program text"),
        C("tool_list", "VARCHAR(300)", "刀具表", join(const("T01/D12;T05/M8;T"), num(10, 40), const("/CBN")),
          "B1-04/C1-03 ~G1: tool list"),
        C("offset_x", "DECIMAL(12,6)", "工件零点偏置X(mm)", dec(108, 122, 6), "B1-04/B1-02: work offset, no longitude"),
        C("offset_y", "DECIMAL(12,6)", "工件零点偏置Y(mm)", dec(22, 42, 6), "B1-04/B1-02: work offset, no latitude"),
        C("checksum", "CHAR(8)", "校验和", hexa(8), "Z1-01/B1-04: checksum of program"),
        C("rev", "INT", "版次", num(1, 9), "B1-04/Z1-01: program revision"),
        C("programmer", "VARCHAR(20)", "编程员", of("employee", "name"), OPERATOR),
        C("upload_time", "DATETIME", "上传时间", stamp(), "B1-04/Z1-01: upload time of program"),
        *audit.ruoyi(),
    ])
    plc = T("plc_project", "", "B1-04", 60, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("project_name", "VARCHAR(60)", "", code("OP20_CELL_%02d"), "B1-04: PLC project name"),
        C("cpu_type", "VARCHAR(30)", "", pick("S7-1516F", "S7-1214C", "Q13UDV", "NX102"),
          "B3-04/B1-04/C1-01: PLC controller type"),
        C("ladder_xml", "TEXT", "", fn(lambda r: paragraphs("PLC_LINES", 3000, 4000)(r) if r.i == 7 else paragraphs("PLC_LINES", 30, 80)(r)),
          "B1-04 !: PLC program source"),
        C("backup_blob", "BLOB", "", blob(100, 600, b"PK\x03\x04"), "B1-04 !: PLC project backup"),
        C("plc_pwd", "VARCHAR(40)", "", fn(lambda r: "Plc@%04d" % int(r.rnd() * 10000)),
          "D6-03 !: PLC access password"),
        C("backup_by", "VARCHAR(64)", "", of("employee", "login"), "P1-05/P1-04: login of person who saved"),
        C("backup_at", "DATETIME", "", stamp(), "B1-04/Z1-01: backup time"),
    ], quote="")
    return [nc, plc]


def points():
    connection = T("plc_connection", "PLC 通讯连接配置", "B3-04", 90, [
        C("conn_id", "INTEGER PRIMARY KEY", "连接ID", seq(), PK),
        C("conn_name", "VARCHAR(40)", "连接名称", code("CONN_%03d"), "B3-04 !: control-network connection name"),
        C("plc_ip", "VARCHAR(15)", "PLC地址", private_ip("192.168"), "B3-04 !: PLC address", check="ipv4"),
        C("port", "INT", "端口", pick(102, 502, 4840, 44818), "B3-04 !: control protocol port"),
        C("protocol", "VARCHAR(20)", "协议", pick("S7", "ModbusTCP", "OPC UA"), "B3-04/Z1-02: control protocol"),
        C("rack_slot", "VARCHAR(10)", "机架/槽号", pick("0/1", "0/2"), "B3-04 !: rack and slot"),
        C("vlan_ot", "INT", "生产网VLAN", pick(110, 120, 130), "B3-04 !: VLAN of control network"),
        C("opc_user", "VARCHAR(40)", "OPC用户名", pick("opcuser", "historian"),
          "D6-02/B3-04/D6-03/P1-05 ~G2 none|personal: technical account of OPC server"),
        C("opc_password", "VARCHAR(100)", "OPC密码(AES)", base64(44), "D6-03 !: encrypted OPC password"),
        C("timeout_ms", "INT", "超时(毫秒)", pick(500, 1000, 3000), "B3-04/D6-07: communication parameter"),
        C("machine_code", "VARCHAR(20)", "所属设备", of("equipment", "code"), EQUIPMENT_NO),
        *audit.ruoyi(),
    ])
    tags = T("tag_def", "测点点表", "B3-04", "tag", [
        C("tag_id", "INTEGER PRIMARY KEY", "测点ID", own("id"), PK),
        C("tag_name", "VARCHAR(80)", "测点名", own("name"), "B3-04/B3-02 ~G2 !: tag name in point table"),
        C("tag_desc", "VARCHAR(80)", "测点描述", own("title"), "B3-04/B3-02 ~G2 !: tag description in point table"),
        C("plc_ip", "VARCHAR(15)", "PLC IP", own("plc"), "B3-04 !: PLC address of tag", check="ipv4"),
        C("register_addr", "VARCHAR(30)", "寄存器地址", own("address"), "B3-04 !: register address"),
        C("modbus_reg", "INT", "Modbus寄存器", own("register"), "B3-04 !: Modbus register"),
        C("opc_node", "VARCHAR(100)", "OPC节点", own("node"), "B3-04 !: OPC node"),
        C("data_type", "VARCHAR(10)", "数据类型", pick("REAL", "INT", "BOOL", "DWORD"), "B3-04/Z1-02: data type of tag"),
        C("unit", "VARCHAR(10)", "工程单位", own("unit"), "B3-04/B3-02/D2-05/Z1-02: engineering unit of tag"),
        C("range_low", "REAL", "量程下限", own("low"), "B3-04/B3-02 !: lower range of tag"),
        C("range_high", "REAL", "量程上限", own("high"), "B3-04/B3-02 !: upper range of tag"),
        C("scan_ms", "INT", "采集周期(ms)", pick(100, 500, 1000, 5000), "B3-04/D6-07: scan rate of tag"),
        C("machine_code", "VARCHAR(20)", "设备编码", own("machine"), EQUIPMENT_NO),
        *audit.ruoyi(),
    ])
    return [connection, tags]


def history():
    # key-value historian: one row a reading, the tag says what the value means
    values = T("tag_hist", "", "B3-02", 60000, [
        C("tag", "INT", "", of("tag", "id"), "Z1-01/B3-02: reference to tag"),
        C("ts", "BIGINT", "", epoch_ms(1718000000000, 900), "B3-02/Z1-01: time of reading"),
        C("val", "REAL", "", fn(lambda r: round(r.pick("tag").mid + (r.rnd() - 0.5) * 2 * r.pick("tag").span, 3)),
          "B3-02: measured value"),
        C("str_val", "TEXT", "", null(), "B3-02/Z1-03: text reading, always empty"),
        C("q", "INT", "", mostly(192, 0.98, 0, 64), "B3-02/Z1-02: quality code"),
    ], quote="", indexes=(("ix_tag_hist", "tag, ts"),))
    condition = T("machine_state", "设备状态与OEE", "B3-02", 2400, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("equip_code", "VARCHAR(20)", "设备编码", of("equipment", "code"), EQUIPMENT_NO),
        C("stat_hour", "DATETIME", "统计小时", flow("2024-06-01 00:00:00", 3600), "B3-02: hour of statistic"),
        C("machine_state", "VARCHAR(10)", "设备状态", pick("RUN", "IDLE", "ALARM", "OFF"), "B3-02/Z1-02: machine state"),
        C("run_minutes", "DECIMAL(5,1)", "运行时长(分)", dec(0, 60, 1), "B3-02: running time"),
        C("oee", "DECIMAL(5,4)", "OEE", dec(0.3, 0.95, 4), "B3-02/B2-03: OEE"),
        C("rpm", "INT", "主轴转速", num(0, 6000), "B3-02: measured spindle speed"),
        C("vibration", "DECIMAL(6,3)", "振动值(mm/s)", dec(0.2, 7.5, 3), "B3-02: vibration"),
        C("health_index", "DECIMAL(5,2)", "健康度", dec(40, 100, 1), "B3-02: health index"),
        C("rul_hours", "INT", "剩余寿命(小时)", num(10, 6000), "B3-02: remaining useful life"),
        *audit.plain(),
    ])
    return [values, condition]


def commands():
    log = T("cmd_write_log", "控制指令下发记录", "B3-01", 2600, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("cmd_code", "VARCHAR(20)", "指令代码", pick("START", "STOP", "SET_TEMP", "RESET", "OPEN_VALVE"),
          "B3-01: control command"),
        C("machine_code", "VARCHAR(20)", "设备编码", of("equipment", "code"), EQUIPMENT_NO),
        C("register_addr", "VARCHAR(30)", "寄存器地址", of("tag", "address"), "B3-04/B3-01 !: register address"),
        C("write_value", "VARCHAR(30)", "写入值", fn(lambda r: str(round(r.rnd() * 900, 1))),
          "B3-01: value written to controller"),
        C("old_value", "VARCHAR(30)", "写入前值", fn(lambda r: str(round(r.rnd() * 900, 1))),
          "B3-01/B3-02: value before the command"),
        C("operator_id", "VARCHAR(10)", "操作员工号", of("employee", "no"), OPERATOR_NO),
        C("client_ip", "VARCHAR(15)", "操作站IP", private_ip("192.168"),
          "B3-04/P1-05/D6-01/B3-01 none|personal: address of operator station", check="ipv4"),
        C("exec_result", "VARCHAR(10)", "执行结果", mostly("OK", 0.97, "TIMEOUT", "REJECT"),
          "B3-01/Z1-02: result of command"),
        C("cmd_time", "DATETIME", "下发时间", flow("2024-03-01 06:00:00", 4100, 3000), "B3-01: time of command"),
    ])
    loops = T("pid_loop", "", "B3-01", 120, [
        C("loop_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("loop_name", "VARCHAR(40)", "", code("TIC-%03d"), "B3-01/B3-04: control loop name"),
        C("sp", "REAL", "", dec(150, 900, 1), "B3-01/B1-02: set point of loop"),
        C("pid_kp", "REAL", "", dec(0.1, 12, 3), "B3-01/B3-04: controller gain"),
        C("pid_ti", "REAL", "", dec(5, 600, 1), "B3-01/B3-04: integral time"),
        C("pid_td", "REAL", "", dec(0, 90, 1), "B3-01/B3-04: derivative time"),
        C("out_hi", "REAL", "", pick(100, 95, 80), "B3-01/B3-04: output limit"),
        C("interlock", "VARCHAR(60)", "", pick("LSHH-101 & PSL-02", "DOOR_CLOSED", ""),
          "B3-01/B3-04: interlock condition"),
        C("auto_mode", "BOOLEAN", "", pick(0, 1, 1), "B3-01/Z1-02: automatic mode flag"),
    ], quote="")
    return [log, loops]


def events():
    alarms = T("bj_jl", "", "B3-03", 5000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("sbbh", "VARCHAR(20)", "", of("equipment", "code"), EQUIPMENT_NO),
        C("bjdm", "VARCHAR(12)", "", rcode("AL%04d", 100, 999), "B3-03: alarm code"),
        C("bjms", "VARCHAR(80)", "", text("FAULTS"), "B3-03: alarm text"),
        C("bjjb", "CHAR(1)", "", pick("1", "2", "3"), "Z1-02/B3-03: alarm level"),
        C("bjsj", "DATETIME", "", flow("2024-01-02 00:00:00", 3000, 2000), "B3-03: alarm time"),
        C("hfsj", "DATETIME", "", after("bjsj", 0, 1, True), "B3-03: recovery time"),
        C("qrr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("tjyy", "VARCHAR(60)", "", maybe(0.5, text("CAUSES")), "B3-03: reason of downtime"),
        C("tjsc", "INT", "", num(0, 240), "B3-03/C1-02: downtime in minutes"),
    ], indexes=(("ix_bj", "sbbh, bjsj"),))
    andon = T("andon_record", "安灯呼叫", "B3-03", 1500, [
        C("record_id", "INTEGER PRIMARY KEY", "记录ID", seq(), PK),
        C("station_code", "VARCHAR(30)", "工位编码", of("station", "code"), PLANT_UNIT),
        C("andon_type", "VARCHAR(10)", "呼叫类型", pick("质量", "设备", "物料"), TYPE),
        C("andon_reason", "VARCHAR(100)", "呼叫原因", text("FAULTS"), "B3-03: reason of call"),
        C("call_user", "VARCHAR(20)", "呼叫人", of("employee", "name"), OPERATOR),
        C("handler", "VARCHAR(20)", "处理人", of("employee:2", "name"), OPERATOR),
        C("handler_phone", "VARCHAR(20)", "处理人手机（脱敏）", masked("employee:2", "mobile", "mobile"),
          "P1-02 G2 ~G3: masked mobile, one level down (L4)"),
        C("call_time", "DATETIME", "呼叫时间", flow("2024-01-02 08:00:00", 9000, 5000), "B3-03/Z1-01: time of call"),
        C("close_time", "DATETIME", "关闭时间", after("call_time", 0, 0, True), "B3-03: time closed"),
        C("handle_desc", "VARCHAR(300)", "处理说明", hide(text("REPAIRS"), 0.02),
          "Z1-03/P1-02/B3-03 G3 ~G2 personal: handling text, some mobile numbers"),
        C("status", "CHAR(1)", "状态", pick("0", "1", "2"), STATUS),
    ])
    downtime = T("downtime_summary", "", "B3-03", 0, [
        C("stat_date", "DATE", "", null(), "B3-03/D5-02: date of statistic"),
        C("line_code", "VARCHAR(20)", "", null(), PLANT_UNIT),
        C("downtime_min", "INT", "", null(), "B3-03/D5-02/B3-02: downtime in minutes"),
        C("reason_code", "VARCHAR(10)", "", null(), "B3-03/Z1-02: reason code of downtime"),
    ], quote="")
    return [alarms, andon, downtime]


def tables():
    return [*programs(), *points(), *history(), *commands(), *events()]


def views():
    return [V("v_alarm_open", "B3-03", "SELECT sbbh, bjdm, bjsj FROM bj_jl WHERE hfsj IS NULL",
              ("sbbh", EQUIPMENT_NO), ("bjdm", "B3-03: alarm code"), ("bjsj", "B3-03: alarm time"))]
