"""Quality: inspection plans and records, SPC, non-conformances, gauges, complaints, claims, recalls."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V


def item(part):
    return fn(lambda r: texts.INSPECTIONS[r.i * 3 % 10][part])


def standards():
    standard = T("qc_template", "检验标准（检验方案）", "B4-01", 520, [
        C("template_id", "INTEGER PRIMARY KEY", "方案ID", seq(), PK),
        C("template_code", "VARCHAR(20)", "方案编号", code("QT%05d"), "B4-01: inspection plan number"),
        C("item_code", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("index_name", "VARCHAR(40)", "检验项目", item(0), "B4-01: inspection item"),
        C("unit", "VARCHAR(10)", "单位", item(1), "B4-01/D2-05/Z1-02: unit of inspection item"),
        C("std_value", "DECIMAL(12,4)", "标准值", item(2), "B4-01: standard value"),
        C("upper_limit", "DECIMAL(12,4)", "上限", fn(lambda r: round(r.v["std_value"] * 1.02, 4)), "B4-01: upper limit"),
        C("lower_limit", "DECIMAL(12,4)", "下限", fn(lambda r: round(r.v["std_value"] * 0.98, 4)), "B4-01: lower limit"),
        C("aql", "VARCHAR(6)", "AQL", pick("0.65", "1.0", "2.5"), "B4-01: acceptance quality limit"),
        C("sample_plan", "VARCHAR(40)", "抽样方案", pick("GB/T 2828.1-II", "全检", "首末件"), "B4-01: sampling plan"),
        C("inspect_method", "VARCHAR(60)", "检测方法", pick("卡尺", "三坐标", "目视", "气密仪", "扭力扳手"), "B4-01: inspection method"),
        C("defect_level", "CHAR(2)", "缺陷等级 A/B/C", pick("A", "B", "C"), "Z1-02/B4-01: defect class"),
        C("enable_flag", "CHAR(1)", "是否启用", mostly("Y", 0.9, "N"), FLAG),
        *audit.ruoyi(),
    ])
    codes = T("qxdm", "", "B4-03", 40, [
        C("qxdm", "VARCHAR(10)", "", code("QX%03d"), "B4-03/Z1-02: defect code", "PRIMARY KEY"),
        C("qxmc", "VARCHAR(40)", "", fn(lambda r: texts.DEFECTS[r.i % 16]), "B4-03: defect name"),
        C("qxlb", "VARCHAR(10)", "", pick("外观", "尺寸", "功能"), "Z1-02/B4-03: defect class"),
        C("yzd", "CHAR(1)", "", pick("A", "B", "C"), "Z1-02/B4-03: severity"),
        C("qybz", "CHAR(1)", "", const("1"), FLAG),
        *audit.pinyin(),
    ], fixed=True)
    return [standard, codes]


def incoming():
    head = T("iqc_head", "来料检验单", "B4-02", 1500, [
        C("iqc_id", "INTEGER PRIMARY KEY", "检验ID", seq(), PK),
        C("iqc_code", "VARCHAR(20)", "检验单号", code("IQC24%06d"), "B4-02: incoming inspection number"),
        C("vendor_code", "VARCHAR(20)", "供应商编码", of("supplier", "code"), SUPPLIER_NO),
        C("vendor_name", "VARCHAR(80)", "供应商名称", of("supplier", "name"), SUPPLIER_NAME),
        C("item_code", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("item_name", "VARCHAR(80)", "物料名称", of("part", "name"), ITEM_NAME),
        C("batch_code", "VARCHAR(20)", "批次号", rcode("B%07d", 2400001, 2499999), LOT),
        C("quantity_recived", "DECIMAL(12,2)", "接收数量", num(20, 5000), "B4-02/D1-02/C2-01: quantity received"),
        C("quantity_check", "INT", "检测数量", num(5, 80), "B4-02: quantity inspected"),
        C("quantity_unqualified", "INT", "不合格数", mostly(0, 0.9, 1, 2, 5), "B4-03/B4-02: quantity rejected"),
        C("check_result", "VARCHAR(10)", "检测结果", mostly("合格", 0.92, "不合格", "让步"), "B4-02/Z1-02: inspection result"),
        C("coa_no", "VARCHAR(30)", "质保书号", rcode("COA-%08d", 10000000, 99999999), "B4-02: certificate number"),
        C("inspector", "VARCHAR(20)", "检验员", of("employee", "name"), "P1-04/P1-01/P1-05/B4-02: inspector's name"),
        C("inspect_date", "DATETIME", "检测日期", stamp(), "B4-02: inspection date"),
        C("remark", "VARCHAR(300)", "备注", hide(text("DEFECTS"), 0.015),
          "Z1-03/P1-02 G3 ~G2 personal: remark, some rows hold mobile numbers"),
    ], indexes=(("ix_iqc_vendor", "vendor_code"),))
    line = T("iqc_line", "来料检验单行", "B4-02", 4200, [
        C("line_id", "INTEGER PRIMARY KEY", "行ID", seq(), PK),
        C("iqc_id", "INT", "检验ID", parent("iqc_head", 3), FK, "REFERENCES iqc_head(iqc_id)"),
        C("index_name", "VARCHAR(40)", "检验项目", item(0), "B4-01/B4-02: inspection item"),
        C("std_value", "DECIMAL(12,4)", "标准值", item(2), "B4-01/B4-02: standard value"),
        C("measured_value", "DECIMAL(12,4)", "实测值", fn(lambda r: round(r.v["std_value"] * (0.98 + r.rnd() * 0.04), 4)),
          "B4-02: measured value"),
        C("qc_pass", "CHAR(1)", "合格判定", mostly("Y", 0.97, "N"), "B4-02/Z1-02: judgement"),
        C("image_url", "VARCHAR(200)", "检测图片", maybe(0.3, code("/qms/img/%07d.jpg")),
          "B4-02/Z1-03: inspection picture"),
    ])
    return [head, line]


def spread(r):
    group = (r.v["x1"], r.v["x2"], r.v["x3"])
    return round(max(group) - min(group), 4)


def process_control():
    spc = T("spc_data", "", "B4-02", 12000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("chart_id", "INT", "", num(1, 80), "Z1-01/B4-02: bare chart id"),
        C("sn", "VARCHAR(20)", "", rcode("PX7A2L08%09d", 1, 9000), "B2-04/B4-02: serial number of measured part"),
        C("station", "VARCHAR(30)", "", of("station", "code"), PLANT_UNIT),
        C("x1", "REAL", "", gauss(42, 0.012), "B4-02: measured value"),
        C("x2", "REAL", "", gauss(42, 0.012), "B4-02: measured value"),
        C("x3", "REAL", "", gauss(42, 0.012), "B4-02: measured value"),
        C("xbar", "REAL", "", fn(lambda r: round((r.v["x1"] + r.v["x2"] + r.v["x3"]) / 3, 4)),
          "B4-02: mean of subgroup"),
        C("r", "REAL", "", fn(spread),
          "B4-02: range of subgroup"),
        C("ooc", "TINYINT", "", mostly(0, 0.985, 1), "B4-02/Z1-02: out-of-control flag"),
        C("ts", "DATETIME", "", flow("2024-05-01 07:00:00", 1100, 500), "B4-02/Z1-01: time of measurement"),
        C("insp", "VARCHAR(10)", "", of("employee", "no"), OPERATOR_NO),
    ], quote="", indexes=(("ix_spc", "chart_id, ts"),))
    vision = T("vision_result", "视觉检测结果", "B4-02", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("sn", "VARCHAR(20)", "零件序列号", rcode("PX7A2L08%09d", 1, 9000), "B2-04/B4-02: serial number of part"),
        C("camera", "VARCHAR(20)", "相机工位", pick("CAM-01", "CAM-02", "CAM-03"),
          "B4-02/B1-05/C1-01: camera station of line"),
        C("image_url", "VARCHAR(200)", "原图路径", code("/vision/2024/%07d.bmp"), "B4-02/Z1-03: inspection picture path"),
        C("thumb", "BLOB", "缩略图", blob(40, 260, b"\xff\xd8\xff\xe0"), "B4-02/Z1-03: inspection picture"),
        C("defect_box", "TEXT", "缺陷框 JSON", as_json(x=num(0, 2048), y=num(0, 1536), w=num(4, 80), h=num(4, 80)),
          "B4-02/B4-03/Z1-03: box of defect in picture"),
        C("score", "REAL", "置信度", dec(0.4, 1, 3), "B4-02: score of vision model"),
        C("verdict", "VARCHAR(4)", "判定", mostly("OK", 0.94, "NG"), "B4-02/Z1-02: judgement"),
        C("shot_time", "DATETIME", "拍摄时间", flow("2024-09-01 07:00:00", 2400, 900), "B4-02/Z1-01: time of picture"),
    ])
    return [spc, vision]


def outgoing():
    return T("出货检验", "", "B4-02", 800, [
        C("出货检验单号", "VARCHAR(20)", "", code("OQC24%06d"), "B4-02: outgoing inspection number", "PRIMARY KEY"),
        C("客户名称", "VARCHAR(80)", "", of("customer", "name"), CUSTOMER_NAME),
        C("产品编码", "VARCHAR(32)", "", of("part", "code"), ITEM_NO),
        C("产品名称", "VARCHAR(80)", "", of("part", "name"), ITEM_NAME),
        C("批次号", "VARCHAR(20)", "", rcode("L24%07d", 1, 1600), LOT),
        C("送检数量", "INT", "", num(50, 2000), "B4-02: quantity presented"),
        C("抽检数量", "INT", "", num(5, 80), "B4-02: sample size"),
        C("检验结果", "VARCHAR(10)", "", mostly("合格", 0.95, "不合格"), "B4-02/Z1-02: inspection result"),
        C("检验员", "VARCHAR(20)", "", of("employee", "name"), "P1-04/P1-01/P1-05/B4-02: inspector's name"),
        C("检验日期", "DATE", "", day(), "B4-02: inspection date"),
        C("质保书", "VARCHAR(200)", "", code("/oqc/coc/%06d.pdf"), "B4-02/Z1-03: certificate file"),
    ])


def failures():
    ncr = T("ncr", "不合格品处理单", "B4-03", 900, [
        C("ncr_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("ncr_no", "VARCHAR(20)", "不合格单号", code("NCR24%05d"), "B4-03: non-conformance number"),
        C("wo_no", "VARCHAR(20)", "工单编码", rcode("WO24%06d", 1, 3000), WORK_ORDER),
        C("item_code", "VARCHAR(32)", "物料编码", of("part", "code"), ITEM_NO),
        C("defect_code", "VARCHAR(10)", "缺陷代码", rcode("QX%03d", 1, 40), "B4-03: defect code"),
        C("defect_desc", "VARCHAR(200)", "缺陷描述", text("DEFECTS"), "B4-03: defect description"),
        C("defect_qty", "INT", "缺陷数量", num(1, 200), "B4-03: defect quantity"),
        C("root_cause", "VARCHAR(300)", "根本原因", text("CAUSES"), "B4-03: root cause"),
        C("disposition", "VARCHAR(20)", "处置方式", pick("返工", "让步接收", "报废", "退货"), "B4-03/Z1-02: disposition"),
        C("loss_amount", "DECIMAL(12,2)", "损失金额", skew(40000), "B4-03/D3-04: quality loss"),
        C("duty_dept", "VARCHAR(40)", "责任部门", of("dept", "name"), DEPT_NAME),
        C("duty_person", "VARCHAR(20)", "责任人", of("employee", "name"), OPERATOR),
        C("found_time", "DATETIME", "发现时间", stamp(), "B4-03: time found"),
        C("status", "CHAR(2)", "状态", pick("10", "20", "90"), STATUS),
        *audit.ruoyi(),
    ])
    capa = T("report_8d", "8D 报告", "B4-03", 210, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("d8_no", "VARCHAR(20)", "8D编号", code("8D-24%04d"), "B4-03: 8D report number"),
        C("ncr_id", "INT", "不合格单ID", fk("ncr"), FK, "REFERENCES ncr(ncr_id)"),
        C("d1_team", "VARCHAR(200)", "D1 小组成员", join(of("employee", "name"), pick("李军", "朱敏", "胡涛"), sep="、"),
          "P1-04/P1-01/B4-03 ~G3: names of team members"),
        C("d2_problem", "TEXT", "D2 问题描述", text("COMPLAINTS"), "B4-03: problem description"),
        C("d4_root_cause", "TEXT", "D4 根本原因(5Why)", paragraphs("CAUSES", 2, 5), "B4-03: root cause"),
        C("d5_action", "TEXT", "D5 纠正措施", text("ACTIONS"), "B4-03: corrective action"),
        C("d7_prevent", "TEXT", "D7 预防措施", text("ACTIONS"), "B4-03: preventive action"),
        C("close_date", "DATE", "关闭日期", maybe(0.7, day("2024-03-01", 400)), "B4-03: date closed"),
    ])
    return [ncr, capa]


def gauges():
    return T("gauge_calib", "计量器具检定", "C1-02", 380, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("gauge_no", "VARCHAR(20)", "器具编号", code("LJ-%05d"), "C1-02/C1-03/C1-01 ~G1: gauge number"),
        C("gauge_name", "VARCHAR(40)", "器具名称", pick("数显卡尺", "外径千分尺", "塞规", "扭力扳手", "粗糙度仪"),
          "C1-02/C1-03/C1-01 ~G1: gauge name"),
        C("accuracy", "VARCHAR(20)", "准确度等级", pick("0.01mm", "±1%", "2级"), "C1-02/C1-01: accuracy of gauge"),
        C("calib_date", "DATE", "校准日期", day(), "C1-02: calibration date"),
        C("next_date", "DATE", "下次校准", after("calib_date", 180, 365), "C1-02: next calibration date"),
        C("calib_cert", "VARCHAR(30)", "检定证书号", rcode("JZ-%08d", 10000000, 99999999), "C1-02: calibration certificate"),
        C("calib_org", "VARCHAR(60)", "检定机构", pick("市计量测试所", "内部计量室"), "C1-02/D1-01: calibration body"),
        C("error_um", "REAL", "示值误差(um)", dec(-8, 8, 1), "C1-02: error found at calibration"),
        C("keeper", "VARCHAR(20)", "保管人", of("employee", "name"), OPERATOR),
        C("result", "VARCHAR(10)", "结论", mostly("合格", 0.96, "停用"), "C1-02/Z1-02: calibration result"),
        *audit.ruoyi(),
    ])


def after_sales():
    complaint = T("customer_complaint", "客户投诉", "C3-04", 600, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("complaint_no", "VARCHAR(20)", "投诉编号", code("TS24%05d"), "C3-04: complaint number"),
        C("customer_name", "VARCHAR(80)", "客户名称", of("customer", "name"), CUSTOMER_NAME),
        C("complainant", "VARCHAR(20)", "投诉人", of("owner", "name"), "P1-02/P1-01/C3-04 ~G2: complainant's name"),
        C("complainant_tel", "VARCHAR(20)", "投诉人电话", of("owner", "mobile"),
          "P1-02: complainant's mobile", check="mobile"),
        C("complaint_content", "TEXT", "投诉内容", hide(text("COMPLAINTS"), 0.03),
          "C3-04/Z1-03/P1-02 ~G3 none|personal: complaint text, some mobile numbers"),
        C("item_code", "VARCHAR(32)", "产品编码", of("part", "code"), ITEM_NO),
        C("handle_result", "VARCHAR(300)", "处理结果", text("ACTIONS"), "C3-04: handling result"),
        C("satisfaction", "INT", "满意度(1-5)", num(1, 5), "C3-04: satisfaction score"),
        C("nps", "INT", "NPS", num(0, 10), "C3-04: NPS score"),
        C("handler", "VARCHAR(20)", "处理人", of("employee", "name"), OPERATOR),
        C("complaint_time", "DATETIME", "投诉时间", stamp(), "C3-04: complaint time"),
        *audit.ruoyi(),
    ])
    claim = T("warranty_claim", "", "C3-02", 900, [
        C("claim_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("claim_no", "VARCHAR(20)", "", code("WC24%06d"), "C3-02: claim number"),
        C("service_order", "VARCHAR(20)", "", rcode("SO%08d", 1, 99999999), "C3-02: service order number"),
        C("dealer_code", "VARCHAR(20)", "", rcode("JX%04d", 1, 90), "D2-04/D2-01/C3-02: dealer number"),
        C("vin", "VARCHAR(17)", "", of("vehicle", "vin"),
          "E1-01/C3-02/C3-01 none|personal: VIN of repaired car", check="vin"),
        C("mileage_km", "INT", "", num(100, 120000), "C3-02/E1-02: mileage at repair"),
        C("fault_desc", "VARCHAR(200)", "", text("COMPLAINTS"), "C3-02: fault description"),
        C("replaced_part", "VARCHAR(32)", "", of("part", "code"), "C3-02/D2-05: replaced part number"),
        C("labor_fee", "DECIMAL(10,2)", "", dec(30, 900), "C3-02: labour fee of claim"),
        C("claim_amount", "DECIMAL(10,2)", "", skew(8000), "C3-02/D3-02: claim amount"),
        C("owner_name", "VARCHAR(40)", "", fn(lambda r: r.pick("vehicle").owner.name), "P1-01/P1-02: owner's name"),
        C("owner_phone", "VARCHAR(20)", "", fn(lambda r: r.pick("vehicle").owner.mobile),
          "P1-02: owner's mobile", check="mobile"),
        C("repair_date", "DATE", "", day(), "C3-02: repair date"),
        C("status", "VARCHAR(10)", "", pick("OPEN", "PAID", "REJECTED"), STATUS),
        *audit.plain(),
    ], quote="")
    recall = T("recall_case", "召回与缺陷调查（未公告）", "C3-03", 18, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("recall_no", "VARCHAR(20)", "召回编号", code("ZH2024-%02d"), "C3-03 ~G4: recall number"),
        C("recall_qty", "INT", "涉及数量", num(50, 20000), "C3-03 ~G4: number of products recalled"),
        C("defect_desc", "TEXT", "缺陷描述", text("DEFECTS"), "C3-03 ~G4: defect under investigation"),
        C("investigation", "TEXT", "调查结论", text("CAUSES"), "C3-03 ~G4: findings not yet announced"),
        C("is_announced", "CHAR(1)", "是否已公告", mostly("N", 0.9, "Y"), FLAG),
        C("plan_date", "DATE", "计划备案日期", day("2025-01-01", 300), "C3-03 ~G4: planned filing date"),
    ], fixed=True)
    return [complaint, claim, recall]


def tables():
    return [*standards(), *incoming(), *process_control(), outgoing(), *failures(), gauges(), *after_sales()]


def views():
    return [V("v_iqc_pass_rate", "B4-02",
              "SELECT vendor_code, count(*) AS lots, avg(check_result = '合格') AS pass_rate FROM iqc_head GROUP BY vendor_code",
              ("vendor_code", SUPPLIER_NO), ("lots", "B4-02/D5-02/D1-01: number of lots"),
              ("pass_rate", "B4-02/D5-02/D1-01: pass rate of supplier"))]
