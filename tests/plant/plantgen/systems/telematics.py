"""Connected products: vehicles, owners, real-time data, positions, remote control, OTA, charging, messages."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def identities():
    vehicle = T("tsp_vehicle", "车辆档案", "E1-01", "vehicle", [
        C("vehicle_id", "INTEGER PRIMARY KEY", "车辆ID", own("id"), PK),
        C("vin", "VARCHAR(17)", "车架号", own("vin"), "E1-01 none|personal: VIN", "UNIQUE", "vin"),
        C("plate_no", "VARCHAR(8)", "车牌号", own("plate"), "P1-07/E1-01: plate of private car", check="plate"),
        C("vehicle_model", "VARCHAR(20)", "车型", own("model"), "E1-01 G1 ~G3: car model, general attribute"),
        C("body_color", "VARCHAR(6)", "车身颜色", own("color"), "E1-01 G1 ~G3: colour, general attribute"),
        C("motor_no", "VARCHAR(20)", "电机编号", own("motor"), "E1-01: motor number"),
        C("battery_code", "VARCHAR(24)", "电池包编码", own("battery"), "E1-01: battery code"),
        C("tbox_id", "VARCHAR(12)", "终端编号", own("tbox"), "E1-01: terminal number"),
        C("iccid", "VARCHAR(20)", "ICCID", own("iccid"), "E1-01: SIM card number of terminal", check="iccid"),
        C("imei", "VARCHAR(15)", "终端IMEI", own("imei"), "E1-01/P1-09: IMEI of terminal", check="imei"),
        C("owner_id", "INT", "车主ID", own("owner_id"), "Z1-01/P1-05/P1-01: bare owner id"),
        C("sale_date", "DATE", "销售日期", own("sold"), "C3-01/E1-01/P1-07: date sold"),
        C("config_code", "VARCHAR(20)", "配置编码", rcode("CFG-%05d", 1, 240), "E1-01: configuration code"),
        C("status", "CHAR(1)", "联网状态", mostly("1", 0.9, "0"), "Z1-02/E1-01/E1-02: connection status"),
    ])
    owner = T("tsp_owner", "车主信息", "P1-01", "owner", [
        C("owner_id", "INTEGER PRIMARY KEY", "车主ID", own("id"), "Z1-01/P1-05/P1-01: surrogate key of owner"),
        C("owner_name", "VARCHAR(20)", "车主姓名", own("name"), "P1-01: owner's name"),
        C("owner_id_card", "VARCHAR(18)", "车主身份证", own("id_card"), "P1-03: owner's ID number", check="id"),
        C("owner_phone", "VARCHAR(11)", "车主手机", own("mobile"), "P1-02: owner's mobile", check="mobile"),
        C("owner_address", "VARCHAR(150)", "车主地址", own("address"), "P1-02: owner's home address"),
        C("wx_openid", "VARCHAR(32)", "微信openid", fn(lambda r: "o" + "%027x" % r.rng.getrandbits(108)),
          "P1-05: WeChat open id"),
        C("vip_level", "VARCHAR(10)", "会员等级", pick("普通", "银卡", "金卡"), "P1-10/Z1-02: membership level"),
        C("user_tag", "TEXT", "用户标签", as_json(love=pick("自驾", "通勤", "露营"), churn=dec(0, 1, 2)),
          "P1-10: tags and churn score of owner"),
        C("credit_report", "VARCHAR(200)", "车贷征信报告", maybe(0.1, code("/fin/credit/%06d.pdf")),
          "P2-08/P1-10: credit report of person"),
        C("pay_account", "VARCHAR(40)", "支付账号", own("email"), "P2-05/P1-05/P1-02: payment account"),
        C("register_time", "DATETIME", "注册时间", stamp("2022-01-01", 1000), "Z1-01/P1-05/P1-01: registration time"),
    ])
    ecu = T("ecu_config", "", "E1-07", 1200, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "", of("vehicle", "vin"), "E1-01/E1-07 none|personal: VIN", check="vin"),
        C("ecu_id", "VARCHAR(10)", "", pick("VCU", "BMS", "MCU", "IVI", "ADAS"), "E1-07: ECU"),
        C("hw_version", "VARCHAR(20)", "", pick("H1.0", "H1.2", "H2.0"), "E1-07/E1-01: hardware version"),
        C("sw_version", "VARCHAR(20)", "", join(num(1, 4), num(0, 19), num(0, 29), num(0, 199), sep="."),
          "E1-07: software version, looks like an address"),
        C("calib_id", "VARCHAR(20)", "", rcode("CAL%08d", 1, 99999999), "E1-07: calibration identifier"),
        C("updated_at", "DATETIME", "", stamp(), UPDATED),
    ], quote="")
    return [vehicle, owner, ecu]


def realtime():
    data = T("rt_32960", "", "E1-02", 15000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "", of("vehicle", "vin"), "E1-01/E1-02 none|personal: VIN", check="vin"),
        C("collect_time", "DATETIME", "", flow("2025-03-01 00:00:00", 10), "E1-02: collection time"),
        C("vehicle_stat", "INT", "", pick(1, 1, 2), "E1-02/Z1-02: vehicle state"),
        C("charge_stat", "INT", "", pick(1, 3, 3, 4), "E1-02/Z1-02: charging state"),
        C("run_mode", "INT", "", const(1), "E1-02/Z1-02: running mode"),
        C("speed", "REAL", "", dec(0, 125, 1), "E1-02: speed"),
        C("odo", "REAL", "", dec(12, 98000, 1), "E1-02: mileage"),
        C("tot_volt", "REAL", "", dec(310, 415, 1), "E1-02: total voltage"),
        C("tot_curr", "REAL", "", dec(-120, 260, 1), "E1-02: total current"),
        C("soc", "INT", "", num(4, 100), "E1-02: state of charge"),
        C("dcdc_stat", "INT", "", pick(1, 1, 2), "E1-02/Z1-02: DC-DC state"),
        C("gear", "INT", "", pick(14, 15, 0, 13), "E1-02/Z1-02: gear"),
        C("resistance", "INT", "", num(500, 9000), "E1-02: insulation resistance"),
        C("accel_pedal", "INT", "", num(0, 100), "E1-02/E1-08: accelerator pedal"),
        C("brake_pedal", "INT", "", num(0, 100), "E1-02/E1-08: brake pedal"),
        C("motor_rev", "INT", "", num(-200, 12000), "E1-02: motor speed"),
        C("motor_tor", "REAL", "", dec(-80, 310, 1), "E1-02: motor torque"),
        C("motor_temp", "INT", "", num(18, 105), "E1-02: motor temperature"),
        C("max_cell_volt", "REAL", "", dec(3.2, 4.2, 3), "E1-02: highest cell voltage"),
        C("min_cell_volt", "REAL", "", dec(3.1, 4.1, 3), "E1-02: lowest cell voltage"),
        C("max_temp", "INT", "", num(12, 58), "E1-02: highest cell temperature"),
        C("alarm_level", "INT", "", mostly(0, 0.97, 1, 2), "E1-02/E1-07/Z1-02: alarm level"),
    ], quote="", indexes=(("ix_rt", "vin, collect_time"),))
    cells = T("battery_cell", "电池单体数据", "E1-02", 1200, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("battery_code", "VARCHAR(24)", "电池编码", of("vehicle", "battery"), "E1-01/E1-02: battery code"),
        C("cell_json", "TEXT", "单体电压数组(JSON)", array(dec(3.3, 4.1, 3), 24),
          "E1-02: cell voltages as JSON"),
        C("temp_json", "TEXT", "探针温度(JSON)", array(num(18, 47), 8),
          "E1-02: probe temperatures as JSON"),
        C("soh", "REAL", "健康度SOH", dec(78, 100, 1), "E1-02/E1-09: battery health"),
        C("cycle_cnt", "INT", "循环次数", num(1, 1500), "E1-02/E1-09: charge cycles"),
        C("report_time", "DATETIME", "上报时间", stamp("2025-01-01", 150), "E1-02: report time"),
    ])
    return [data, cells]


def track(axis, spread):
    return fn(lambda r: round(getattr(r.pick("vehicle"), axis) + (r.rnd() - 0.5) * spread, 6))


def positions():
    points = T("gps_track", "车辆位置上报", "E1-03", 20000, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-03 none|personal: VIN", check="vin"),
        C("lng", "DECIMAL(10,6)", "经度", track("lng", 0.08),
          "E1-03/P2-06 sensitive !: longitude of car, metre precision"),
        C("lat", "DECIMAL(10,6)", "纬度", track("lat", 0.06),
          "E1-03/P2-06 sensitive !: latitude of car, metre precision"),
        C("heading", "INT", "航向角", num(0, 359), "E1-03 none|sensitive: heading"),
        C("altitude", "REAL", "海拔", dec(12, 90, 1), "E1-03/E1-10 none|sensitive: altitude of car"),
        C("gps_speed", "REAL", "GPS速度", dec(0, 120, 1), "E1-02/E1-03 none|sensitive: speed by satellite"),
        C("gps_time", "DATETIME", "定位时间", flow("2025-03-01 00:00:00", 9), "E1-03 none|sensitive: time of position"),
        C("valid", "TINYINT", "定位有效 1有效 0无效", mostly(1, 0.98, 0), "Z1-02/E1-03: validity flag"),
    ], indexes=(("ix_gps", "vin, gps_time"),))
    trips = T("xc_gj", "", "E1-03", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("cjh", "VARCHAR(17)", "", of("vehicle", "vin"), "E1-01/E1-03 none|personal: VIN", check="vin"),
        C("kssj", "DATETIME", "", stamp("2025-01-01", 150), "E1-03/E1-08 none|sensitive: start of trip"),
        C("jssj", "DATETIME", "", after("kssj", 0, 0, True), "E1-03/E1-08 none|sensitive: end of trip"),
        C("qdjd", "REAL", "", track("lng", 0.05), "E1-03/P2-06 sensitive !: longitude of start"),
        C("qdwd", "REAL", "", track("lat", 0.05), "E1-03/P2-06 sensitive !: latitude of start"),
        C("zdjd", "REAL", "", track("lng", 0.2), "E1-03/P2-06 sensitive !: longitude of destination"),
        C("zdwd", "REAL", "", track("lat", 0.2), "E1-03/P2-06 sensitive !: latitude of destination"),
        C("mdd", "VARCHAR(60)", "", pick("汉阳区王家湾", "洪山区光谷广场", "武昌火车站", "沌口体育中心"),
          "E1-03/P2-06 sensitive: destination of trip"),
        C("xslc", "REAL", "", dec(0.5, 220, 1), "E1-02/E1-03/E1-08: distance of trip"),
    ])
    hdmap = T("hd_map_tile", "高精地图瓦片", "E1-10", 80, [
        C("tile_id", "VARCHAR(20)", "瓦片编号", code("T%010d"), "E1-10/Z1-01: map tile number", "PRIMARY KEY"),
        C("lane_line", "TEXT", "车道线坐标序列", array(fn(lambda r: [dec(114.1, 114.4, 7)(r), dec(30.4, 30.7, 7)(r)]), 12),
          "E1-10 !: lane lines, centimetre precision"),
        C("elevation", "REAL", "高程", dec(15, 80, 2), "E1-10 !: elevation"),
        C("road_coord", "TEXT", "道路坐标", fn(lambda r: "%.7f,%.7f" % (114.1 + r.rnd() * 0.3, 30.4 + r.rnd() * 0.3)),
          "E1-10 !: road coordinates"),
        C("crs", "VARCHAR(10)", "坐标系", pick("GCJ02", "CGCS2000"), "E1-10/F1-04/Z1-02: coordinate system"),
        C("map_ver", "VARCHAR(10)", "地图版本", pick("2024Q4", "2025Q1"), "E1-10/Z1-01: map version"),
    ])
    return [points, trips, hdmap]


def remote():
    single = T("remote_cmd", "单车远程控制记录", "E1-04", 2200, [
        C("cmd_id", "INTEGER PRIMARY KEY", "指令ID", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-04 none|personal: VIN", check="vin"),
        C("remote_cmd", "VARCHAR(20)", "控制命令", pick("DOOR_UNLOCK", "REMOTE_START", "AC_ON", "FIND_CAR", "LOCK"),
          "E1-04: remote command"),
        C("cmd_param", "VARCHAR(100)", "指令参数", as_json(temp=num(18, 28), min=pick(5, 10)), "E1-04: command parameters"),
        C("app_user", "VARCHAR(11)", "发起人账号（手机号）", fn(lambda r: r.pick("vehicle").owner.mobile),
          "P1-02/P1-05 ~G2: login account that is a mobile number", check="mobile"),
        C("cmd_time", "DATETIME", "下发时间", flow("2025-02-01 00:00:00", 4000, 2500), "E1-04: time of command"),
        C("exec_result", "VARCHAR(10)", "执行结果", mostly("SUCCESS", 0.95, "TIMEOUT", "REJECT"),
          "E1-04/Z1-02: result of command"),
        C("client_ip", "VARCHAR(15)", "客户端IP", documentation_ip, "P1-05/D6-04: end user's address", check="ipv4"),
        C("session_token", "VARCHAR(64)", "会话令牌", hexa(48), "D6-03: session token"),
    ])
    batch = T("cmd_batch", "批量车队远控任务", "E1-04", 60, [
        C("batch_id", "INTEGER PRIMARY KEY", "批次ID", seq(), PK),
        C("cmd_batch", "VARCHAR(20)", "批次号", code("CB25%04d"), "E1-04 !: number of fleet command batch"),
        C("cmd_content", "VARCHAR(100)", "批量指令内容", pick("限速80km/h", "禁止启动", "上报周期10s"),
          "E1-04 !: remote command to a fleet"),
        C("target_count", "INT", "目标车辆数", num(100, 2000), "E1-04 !: size of commanded fleet"),
        C("model_scope", "VARCHAR(60)", "车型范围", pick("CX3 EV", "V80 物流车", "全部"),
          "E1-04/E1-01 ~G1: car models of batch"),
        C("approve_by", "VARCHAR(64)", "审批人账号", of("employee", "login"), "P1-05/P1-04: approver's login"),
        C("plan_time", "DATETIME", "计划执行时间", stamp("2025-01-01", 150), "E1-04: planned time of batch"),
    ])
    return [single, batch]


def upgrades():
    package = T("ota_package", "OTA升级包", "E1-07", 70, [
        C("pkg_id", "INTEGER PRIMARY KEY", "升级包ID", seq(), PK),
        C("ota_package", "VARCHAR(40)", "升级包名称", code("VCU_FULL_%04d.zip"), "E1-07: OTA package"),
        C("ecu_id", "VARCHAR(10)", "目标ECU", pick("VCU", "BMS", "IVI"), "E1-07: target ECU"),
        C("sw_version", "VARCHAR(20)", "目标版本", join(num(1, 4), num(0, 9), num(0, 60), sep="."),
          "E1-07: target version"),
        C("file_sha256", "CHAR(64)", "包摘要", hexa(64), "E1-07/Z1-01: digest of package"),
        C("sign_key", "TEXT", "签名私钥", pem("PRIVATE KEY", 120),
          "D6-03: private signing key"),
        C("release_note", "TEXT", "升级说明", text("DRIVER_MESSAGES"), "Z1-03/E1-07: release note"),
        C("publish_time", "DATETIME", "发布时间", stamp(), "E1-07/Z1-01: publication time"),
    ])
    task = T("ota_task", "", "E1-07", 2400, [
        C("task_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("pkg_id", "INT", "", fk("ota_package"), FK, "REFERENCES ota_package(pkg_id)"),
        C("vin", "VARCHAR(17)", "", of("vehicle", "vin"), "E1-01/E1-07 none|personal: VIN", check="vin"),
        C("from_ver", "VARCHAR(20)", "", join(num(1, 3), num(0, 9), num(0, 60), sep="."),
          "E1-07: version before upgrade"),
        C("progress", "INT", "", num(0, 100), "E1-07: progress of upgrade"),
        C("flash_record", "TEXT", "", pick("erase ok; write ok; verify ok", "write retry 1; verify ok", "verify fail 0x22"),
          "E1-07: flash record"),
        C("state", "VARCHAR(10)", "", pick("WAIT", "DONE", "FAIL"), STATUS),
        C("done_at", "DATETIME", "", maybe(0.8, stamp("2025-01-01", 150)), "E1-07/Z1-01: time upgrade ended"),
        *audit.plain(),
    ], quote="")
    dtc = T("dtc_record", "车辆故障码", "E1-07", 2600, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-07 none|personal: VIN", check="vin"),
        C("dtc_code", "VARCHAR(8)", "故障码", rcode("P%04X", 0x0A00, 0x1FFF), "E1-07: diagnostic trouble code"),
        C("dtc_desc", "VARCHAR(80)", "故障描述", pick("绝缘故障", "单体过压", "CAN通讯丢失", "电机过温"),
          "E1-07: description of trouble code"),
        C("freeze_frame", "TEXT", "冻结帧(JSON)", as_json(speed=num(0, 120), soc=num(5, 100), volt=dec(310, 415, 1)),
          "E1-07/E1-02: freeze frame"),
        C("diag_time", "DATETIME", "诊断时间", stamp("2025-01-01", 150), "E1-07: diagnosis time"),
        C("cleared", "CHAR(1)", "是否已清除", pick("Y", "N"), FLAG),
    ])
    return [package, task, dtc]


def behaviour():
    drive = T("drive_event", "驾驶行为事件", "E1-08", 2400, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-08 none|personal: VIN", check="vin"),
        C("hard_brake_cnt", "INT", "急刹次数", num(0, 9), "E1-08/P1-10 none|personal: harsh braking count"),
        C("hard_accel_cnt", "INT", "急加速次数", num(0, 9), "E1-08/P1-10 none|personal: harsh acceleration count"),
        C("drive_score", "DECIMAL(5,1)", "驾驶评分", dec(50, 100, 1), "E1-08/P1-10 none|personal: driving score"),
        C("crash_time", "DATETIME", "碰撞时间", maybe(0.02, stamp("2025-01-01", 150)), "E1-08: crash time"),
        C("takeover_event", "VARCHAR(40)", "接管事件", maybe(0.1, pick("驾驶员接管", "系统请求接管")), "E1-08: takeover event"),
        C("ads_state", "INT", "自动驾驶状态", pick(0, 0, 1, 2), "E1-08/Z1-02: driving automation state"),
        C("event_date", "DATE", "日期", day("2025-01-01", 150), "E1-08: event date"),
    ])
    exterior = T("ext_image", "车外影像与感知", "E1-05", 400, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-05 none|personal: VIN", check="vin"),
        C("image_path", "VARCHAR(200)", "车外图片路径", code("/adas/ext/%07d.jpg"), "E1-05 none|sensitive !: exterior image"),
        C("point_cloud", "VARCHAR(200)", "点云文件", code("/adas/pcd/%07d.pcd"), "E1-05 none|sensitive !: point cloud"),
        C("object_list", "TEXT", "目标列表(JSON)", as_json(car=num(0, 9), person=num(0, 9)),
          "E1-05 none|sensitive: objects around car"),
        C("face_bbox", "VARCHAR(60)", "人脸框", fn(lambda r: "[%d,%d,48,52]" % (int(r.rnd() * 1900), int(r.rnd() * 1000))),
          "E1-05 none|sensitive !: face boxes in exterior image"),
        C("plate_ocr", "VARCHAR(8)", "识别车牌", of("driver", "plate"),
          "E1-05/P1-07 personal|sensitive !: plate read in exterior image", check="plate"),
        C("shot_time", "DATETIME", "拍摄时间", stamp("2025-01-01", 150), "E1-05 none|sensitive: time of picture"),
    ])
    cabin = T("cabin_voice", "座舱语音与疲劳监测", "E1-06", 500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vin", "VARCHAR(17)", "车架号", of("vehicle", "vin"), "E1-01/E1-06 none|personal: VIN", check="vin"),
        C("voice_file", "VARCHAR(200)", "语音文件", code("/ivi/voice/%07d.wav"), "E1-06 sensitive: cabin voice recording"),
        C("asr_text", "TEXT", "语音识别文本", hide(pick("导航回家", "打电话给妈妈", "播放音乐", "空调调到24度"), 0.06),
          "E1-06/P1-08 personal|sensitive: speech text from cabin"),
        C("fatigue_level", "INT", "疲劳等级", num(0, 3),
          "E1-06/P2-04/E1-08 none|personal|sensitive: fatigue level of driver"),
        C("cabin_video", "VARCHAR(200)", "车内视频", maybe(0.2, code("/ivi/video/%07d.mp4")),
          "E1-06 sensitive: cabin video"),
        C("rec_time", "DATETIME", "录制时间", stamp("2025-01-01", 150), "E1-06 none|sensitive: recording time"),
    ])
    return [drive, exterior, cabin]


def charging():
    pile = T("charge_pile", "充电桩（充电网运营）", "E1-09", "pile", [
        C("pile_id", "INTEGER PRIMARY KEY", "桩ID", own("id"), PK),
        C("pile_no", "VARCHAR(12)", "桩编号", own("code"), "E1-09 !: charging pile number"),
        C("station_no", "VARCHAR(10)", "站编号", own("station"), "E1-09 !: charging station number"),
        C("station_name", "VARCHAR(40)", "站名", own("station_name"), "E1-09 ~G1: charging station name"),
        C("pile_lng", "DECIMAL(10,6)", "桩经度", own("lng"), "E1-09/E1-03 none !: longitude of charging pile"),
        C("pile_lat", "DECIMAL(10,6)", "桩纬度", own("lat"), "E1-09/E1-03 none !: latitude of charging pile"),
        C("rated_power", "INT", "额定功率(kW)", own("power"), "E1-09 !: rated power of pile"),
        C("pile_stat", "CHAR(1)", "桩状态", pick("0", "1", "2"), "E1-09/Z1-02: pile state"),
    ])
    order = T("charge_order", "", "E1-09", 2600, [
        C("order_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("charge_order", "VARCHAR(24)", "", rcode("420113%018d", 10 ** 17, 10 ** 18 - 1),
          "E1-09: charging order number"),
        C("pile_no", "VARCHAR(12)", "", of("pile", "code"), "E1-09 !: charging pile number"),
        C("vin", "VARCHAR(17)", "", of("vehicle", "vin"), "E1-01/E1-09 none|personal: VIN", check="vin"),
        C("user_mobile", "VARCHAR(11)", "", fn(lambda r: r.pick("vehicle").owner.mobile),
          "P1-02: user's mobile", check="mobile"),
        C("start_time", "DATETIME", "", stamp("2025-01-01", 150), "E1-09: start of charging"),
        C("charge_kwh", "REAL", "", dec(1, 80, 2), "E1-09 !: energy charged"),
        C("charge_power", "REAL", "", dec(3, 170, 1), "E1-09 !: charging power"),
        C("charge_volt", "REAL", "", dec(300, 750, 1), "E1-09 !: charging voltage"),
        C("charge_current", "REAL", "", dec(5, 250, 1), "E1-09 !: charging current"),
        C("bat_temp", "INT", "", num(5, 58), "E1-09/E1-02 !: battery temperature"),
        C("fee", "DECIMAL(8,2)", "", skew(120), "E1-09/P1-07/D2-03/D3-02 none|personal: charging fee"),
        C("pay_account", "VARCHAR(40)", "", fn(lambda r: r.pick("vehicle").owner.email),
          "P2-05/P1-05/P1-02: payment account"),
        *audit.plain(),
    ], quote="")
    return [pile, order]


def messages():
    def late(make, early):
        """The first twelfth of the rows came from an old import and is unlike the rest."""
        return fn(lambda r: early(r) if r.i * 12 <= r.n else make(r))
    push = T("msg_push_record", "", "P1-08", 62000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("biz_no", "VARCHAR(20)", "", late(rcode("MS25%010d", 1, 9999999999), const("IMPORT")),
          "P1-08/D6-04/Z1-01 ~G2 none|personal: message number"),
        C("channel", "VARCHAR(8)", "", late(pick("SMS", "APP", "SMS"), const("")), "Z1-02/P1-08: message channel"),
        C("target", "VARCHAR(40)", "", late(of("owner", "mobile"), pick("", "", "test", "0", "-")),
          "P1-02/P1-08: recipient's mobile; head blank",
          check="mobile", share=0.94),
        C("content", "VARCHAR(200)", "", late(text("DRIVER_MESSAGES"), pick("", "test message", "old import")),
          "P1-08/Z1-03 ~G2: message text sent to person"),
        C("send_time", "DATETIME", "", late(flow("2025-01-01 00:00:00", 200), const("1970-01-01 00:00:00")),
          "P1-08/D6-04/Z1-01 none|personal: time message was sent"),
        C("result", "VARCHAR(10)", "", late(mostly("OK", 0.97, "FAIL"), const("")),
          "Z1-02/D6-04/P1-08: sending result"),
    ], quote="")
    app = T("app_user_device", "APP用户终端", "P1-09", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("user_id", "INT", "用户ID", of("owner", "id"), "Z1-01/P1-05: bare user id"),
        C("device_model", "VARCHAR(30)", "手机型号", pick("HW-P60", "MI-13", "NX-15,2", "OP-X6"), "P1-09: phone model"),
        C("device_imei", "VARCHAR(15)", "手机IMEI", fn(lambda r: identity.imei(r.rng)),
          "P1-09: IMEI of phone", check="imei"),
        C("mac_addr", "VARCHAR(17)", "MAC地址", mac(), "P1-09: MAC address of phone"),
        C("android_id", "CHAR(16)", "Android ID", hexa(16), "P1-09/P1-05: Android id"),
        C("last_ip", "VARCHAR(15)", "最近登录IP", documentation_ip, "P1-05/D6-04: user's address", check="ipv4"),
        C("push_token", "VARCHAR(80)", "推送令牌", hexa(64), "D6-03/P1-05/P1-09 ~G2 none|personal: push token of device"),
        C("browse_log", "TEXT", "浏览记录", as_json(page=pick("/car/detail", "/shop/list", "/me"), sec=num(1, 300)),
          "P1-08: browsing record"),
        C("email_verified", "TINYINT", "邮箱是否验证", pick(0, 1), "Z1-02/P1-05: verification flag, no e-mail"),
    ])
    return [push, app]


def platform():
    return T("iot_device", "物联平台设备接入", "E2-01", 500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("device_id", "VARCHAR(36)", "设备标识", uuid(), "E2-01/Z1-01: device identifier on platform"),
        C("product_key", "VARCHAR(20)", "产品Key", pick("a1PumpX", "a1Pile7", "a1Gate2"),
          "E2-01: product key on platform"),
        C("device_secret", "VARCHAR(64)", "设备密钥", hexa(32), "D6-03: device secret"),
        C("tenant_id", "VARCHAR(12)", "租户编号", rcode("TN%04d", 1, 40), "E2-01/Z1-01 ~G1: tenant number on platform"),
        C("app_name", "VARCHAR(40)", "工业APP", pick("设备健康", "能耗优化", "远程运维"), "E2-01/D6-07: industrial app"),
        C("topic", "VARCHAR(80)", "MQTT主题", code("/sys/%05d/thing/event/post"), "E2-01/D6-07: platform topic"),
        C("online_time", "DATETIME", "最近上线", stamp("2025-01-01", 150), "E2-01: last time online"),
        C("status", "VARCHAR(10)", "状态", pick("ONLINE", "OFFLINE", "INACTIVE"), STATUS),
        *audit.ruoyi(),
    ])


def tables():
    return [*identities(), *realtime(), *positions(), *remote(), *upgrades(), *behaviour(), *charging(), *messages(), platform()]


def views():
    return [V("v_vehicle_owner", "E1-01",
              "SELECT v.vin, v.plate_no, o.owner_name, o.owner_phone FROM tsp_vehicle v JOIN tsp_owner o ON o.owner_id = v.owner_id",
              ("vin", "E1-01/P1-07 personal: VIN beside its owner"), ("plate_no", "P1-07: plate of private car"),
              ("owner_name", "P1-01: owner's name"), ("owner_phone", "P1-02: owner's mobile"))]
