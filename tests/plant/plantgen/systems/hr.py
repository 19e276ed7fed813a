"""Human resources: staff, pay, attendance, contracts, training, health, family, biometrics, candidates."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V

ABSENCE = "none|personal"      # attendance and appraisal of a person: careful people mark them either way


def organisation():
    dept = T("hr_dept", "部门", "D4-01", "dept", [
        C("dept_id", "INTEGER PRIMARY KEY", "部门ID", own("id"), PK),
        C("dept_code", "VARCHAR(10)", "部门编码", own("code"), "D4-01: department code"),
        C("dept_name", "VARCHAR(40)", "部门名称", own("name"), "D4-01: department name"),
        C("parent_dept", "INT", "上级部门", own("parent"), "Z1-01/D4-01: bare parent department id"),
        C("headcount", "INT", "编制数", num(5, 220), "D4-01: authorised headcount"),
        C("leader", "VARCHAR(20)", "部门负责人", of("employee", "name"), "P1-04/P1-01/D4-01: department head's name"),
        C("phone", "VARCHAR(20)", "部门电话", phone(), "D4-01/P1-02 ~G2: telephone of a department"),
        C("order_num", "INT", "显示顺序", own("id"), SORT),
        C("status", "CHAR(1)", "部门状态（0正常 1停用）", const("0"), STATUS),
    ])
    post = T("hr_post", "岗位", "D4-01", "post", [
        C("post_id", "INTEGER PRIMARY KEY", "岗位ID", own("id"), PK),
        C("post_code", "VARCHAR(10)", "岗位编码", own("code"), "D4-01: position code"),
        C("post_name", "VARCHAR(40)", "岗位名称", own("name"), "D4-01: position name"),
        C("post_grade", "VARCHAR(6)", "岗位职级", pick("P3", "P4", "P5", "M1", "M2"), "D4-01/Z1-02: position grade"),
        C("hazard_factor", "VARCHAR(40)", "接触危害因素（岗位，非个人）", pick("噪声", "粉尘", "高温", "苯系物", "无"),
          "B6-01/D4-01: hazard of the position"),
        C("remark", "VARCHAR(200)", "备注", null(), REMARK),
    ])
    return [dept, post]


def staff():
    return T("hr_employee", "员工花名册", "P1-04", "employee", [
        C("emp_id", "INTEGER PRIMARY KEY", "员工ID", own("id"), "Z1-01/P1-04: surrogate key"),
        C("emp_no", "VARCHAR(10)", "工号", own("no"), "P1-04: employee number", "UNIQUE"),
        C("real_name", "VARCHAR(20)", "姓名", own("name"), "P1-01: employee's name"),
        C("name_pinyin", "VARCHAR(40)", "姓名拼音", own("pinyin"), "P1-01: employee's name in pinyin"),
        C("gender", "CHAR(2)", "性别", own("sex"), "P1-01: gender"),
        C("birthday", "DATE", "出生日期", own("birth"), "P1-01: birth date"),
        C("id_card", "VARCHAR(18)", "身份证号", own("id_card"), "P1-03: ID number", check="id"),
        C("ethnicity", "VARCHAR(10)", "民族", own("nation"), "P1-01: ethnicity, ordinary by taxonomy"),
        C("native_place", "VARCHAR(30)", "籍贯", own("native"), "P1-01: native place"),
        C("marital", "VARCHAR(4)", "婚姻状况", pick("已婚", "未婚", "离异"), "P1-01: marital status"),
        C("politics", "VARCHAR(10)", "政治面貌", pick("群众", "群众", "中共党员", "共青团员"), "P1-01: political status"),
        C("mobile", "VARCHAR(11)", "手机号", own("mobile"), "P1-02: mobile", check="mobile"),
        C("email", "VARCHAR(60)", "电子邮箱", own("email"), "P1-02: e-mail address"),
        C("wechat", "VARCHAR(30)", "微信号", own("wechat"), "P1-02/P1-05: WeChat account"),
        C("home_address", "VARCHAR(150)", "家庭住址", own("address"), "P1-02: home address"),
        C("emergency_contact", "VARCHAR(20)", "紧急联系人", of("owner", "name"),
          "P1-02/P1-01 ~G2: emergency contact's name"),
        C("emergency_phone", "VARCHAR(11)", "紧急联系人电话", of("owner", "mobile"),
          "P1-02: emergency contact's mobile", check="mobile"),
        C("dept_name", "VARCHAR(40)", "所属部门", own("dept"), "P1-04/D4-01 ~G1: department the person works in"),
        C("position", "VARCHAR(30)", "职务", own("post"), "P1-04: position"),
        C("job_title", "VARCHAR(20)", "职称", own("title"), "P1-04: professional title"),
        C("hire_date", "DATE", "入职日期", own("hired"), "P1-04: hire date"),
        C("leave_date", "DATE", "离职日期", maybe(0.08, day("2024-01-01", 500)), "P1-04: leaving date"),
        C("education", "VARCHAR(10)", "学历", own("education"), "P1-06: education"),
        C("school", "VARCHAR(60)", "毕业院校", own("school"), "P1-06: school"),
        C("major", "VARCHAR(40)", "专业", pick("机械制造", "车辆工程", "材料成型", "会计学", "电气自动化", "工商管理"), "P1-06: field of study"),
        C("salary_card", "VARCHAR(19)", "工资卡号", own("card"), "P2-05: salary card number", check="luhn"),
        C("bank_name", "VARCHAR(60)", "开户行", own("bank"), "P2-05/D3-03: bank of salary card"),
        C("fund_account", "VARCHAR(12)", "公积金账号", rcode("2%011d", 10 ** 10, 10 ** 11 - 1),
          "P2-05: provident fund account"),
        C("social_no", "VARCHAR(18)", "社保卡号", own("id_card"), "P1-03: social security number", check="id"),
        C("photo", "BLOB", "证件照", maybe(0.25, blob(40, 240, b"\xff\xd8\xff\xe0")),
          "P1-01/P2-08 ~G4 personal|sensitive: portrait photo"),
        C("blood_type", "VARCHAR(4)", "血型", pick("A", "B", "O", "AB"), "P2-04/P1-01: blood type"),
        C("car_plate", "VARCHAR(10)", "私家车牌", maybe(0.4, own("plate")), "P1-07: plate of private car", check="plate"),
        C("status", "CHAR(1)", "在职状态", mostly("1", 0.93, "0", "2"), "Z1-02/P1-04: employment status"),
        C("create_by", "VARCHAR(64)", "创建者", pick("hr_admin", "wangli001"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp("2020-01-01", 600), CREATED),
        C("update_time", "DATETIME", "更新时间", stamp(), UPDATED),
    ], indexes=(("ix_emp_name", "real_name"),))


def desensitised():
    return T("hr_employee_share", "员工信息共享副本（脱敏、加密）", "P1-04", "employee", [
        C("emp_no", "VARCHAR(10)", "工号", own("no"), "P1-04: employee number", "PRIMARY KEY"),
        C("name_mask", "VARCHAR(20)", "姓名(脱敏)", masked_own("name", "name"),
          "P1-01: masked name, floor for personal data"),
        C("mobile_mask", "VARCHAR(11)", "手机号(脱敏)", masked_own("mobile", "mobile"),
          "P1-02 G2: masked mobile, one level down (L4)"),
        C("id_card_mask", "VARCHAR(18)", "身份证号(脱敏)", masked_own("id_card", "id"),
          "P1-03 G3 ~G4 personal|sensitive: masked ID number, one level down (L4)"),
        C("card_mask", "VARCHAR(19)", "银行卡(脱敏)", masked_own("card", "card"),
          "P2-05 G3 ~G4 personal|sensitive: masked card number, one level down (L4)"),
        C("mobile_sha256", "CHAR(64)", "手机号SHA256", hexa(64), "P1-02 ~G2: hashed mobile keeps level"),
        C("id_card_enc", "VARCHAR(88)", "身份证号AES密文", base64(64), "P1-03: encrypted ID number keeps level (L5)"),
        C("dept_code", "VARCHAR(10)", "部门编码", own("dept_code"), "D4-01/P1-04: department code"),
        C("sync_time", "DATETIME", "同步时间", stamp("2025-01-01", 100), UPDATED.replace("update", "synchronisation")),
    ])


def family():
    def child(r):
        return people.make_person(r.rng, r.i, 2013, 2023, 0.5) if r.v["relation"] in ("儿子", "女儿") else \
            people.make_person(r.rng, r.i, 1950, 1998, 0.5)

    def first(r):
        return r.hold("kin", child(r)).name
    adults = T("hr_family", "家庭成员", "P1-01", 1500, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), "Z1-01/P1-01: surrogate key"),
        C("emp_no", "VARCHAR(10)", "员工工号", of("employee", "no"), "P1-04/P1-01: employee number"),
        C("relation", "VARCHAR(6)", "关系", pick("配偶", "父亲", "母亲", "儿子", "女儿"), "P1-01/P2-07/Z1-02 ~G4: family relation"),
        C("member_name", "VARCHAR(20)", "成员姓名", fn(first),
          "P1-01/P2-07 ~G4 personal|sensitive: name of relative, some are children"),
        C("member_birthday", "DATE", "出生日期", fn(lambda r: r.pick("kin").birth),
          "P1-01/P2-07 ~G4 personal|sensitive: birth date of relative, some children"),
        C("member_id_card", "VARCHAR(18)", "成员身份证号", fn(lambda r: r.pick("kin").id_card),
          "P1-03/P2-07: ID number of relative", check="id"),
        C("member_phone", "VARCHAR(11)", "联系电话", fn(lambda r: None if r.v["relation"] in ("儿子", "女儿") else r.pick("kin").mobile),
          "P1-02: mobile of relative", check="mobile"),
        C("work_unit", "VARCHAR(60)", "工作单位", fn(lambda r: None if r.v["relation"] in ("儿子", "女儿") else r.pick("supplier").short),
          "P1-06/P1-04/P1-01: employer of relative"),
    ])

    def minor(r):
        return r.hold("kin", people.make_person(r.rng, r.i, 2013, 2022, 0.5)).name
    minors = T("zn_xx", "", "P2-07", 420, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P2-07: surrogate key"),
        C("gh", "VARCHAR(10)", "", of("employee", "no"), "P1-04/P2-07: employee number"),
        C("jhr", "VARCHAR(20)", "", of("employee", "name"), "P2-07/P1-01 ~G2: guardian's name"),
        C("znxm", "VARCHAR(20)", "", fn(minor), "P2-07: child's name"),
        C("znxb", "CHAR(2)", "", fn(lambda r: r.pick("kin").sex), "P2-07/P1-01: child's gender"),
        C("zncsrq", "DATE", "", fn(lambda r: r.pick("kin").birth), "P2-07: child's birth date"),
        C("znsfzh", "VARCHAR(18)", "", fn(lambda r: r.pick("kin").id_card),
          "P2-07/P1-03: child's ID number", check="id"),
        C("jdxx", "VARCHAR(40)", "", pick("汉南第一幼儿园", "车城小学", "纱帽中心小学"), "P2-07/P1-06: child's school"),
        C("sqbt", "CHAR(1)", "", pick("1", "0"), "Z1-02/P2-07: allowance applied flag"),
    ])
    return [adults, minors]


def pay():
    payroll = T("gz_mx", "", "D4-03", 6000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("gzyf", "CHAR(6)", "", fn(lambda r: "2024%02d" % (1 + r.i % 12)),
          "D4-03/Z1-02 none|sensitive ~G1: pay month"),
        C("gh", "VARCHAR(10)", "", of("employee", "no"), "P1-04/D4-03: employee number"),
        C("xm", "VARCHAR(20)", "", of("employee", "name"), "P1-01/D4-03: employee's name"),
        C("jbgz", "DECIMAL(10,2)", "", of("employee", "salary"), "D4-03/P2-05: base pay"),
        C("gwgz", "DECIMAL(10,2)", "", pick(500, 800, 1200, 2000), "D4-03/P2-05: position pay"),
        C("jj", "DECIMAL(10,2)", "", skew(6000), "D4-03/P2-05: bonus"),
        C("jbf", "DECIMAL(10,2)", "", skew(2500), "D4-03/P2-05: overtime pay"),
        C("sbjs", "DECIMAL(10,2)", "", of("employee", "salary"), "D4-03/P2-05: social insurance base"),
        C("sbgr", "DECIMAL(10,2)", "", fn(lambda r: round(r.v["sbjs"] * 0.105, 2)),
          "D4-03/P2-05: employee's social insurance"),
        C("gjj", "DECIMAL(10,2)", "", fn(lambda r: round(r.v["sbjs"] * 0.08, 2)),
          "D4-03/P2-05: provident fund contribution"),
        C("gs", "DECIMAL(10,2)", "", skew(1500), "D4-03/P2-05: income tax"),
        C("sfgz", "DECIMAL(10,2)", "", fn(lambda r: round(r.v["jbgz"] + r.v["jj"] + r.v["jbf"] - r.v["sbgr"] - r.v["gjj"], 2)),
          "D4-03/P2-05: net pay"),
        C("gzkh", "VARCHAR(19)", "", of("employee", "card"), "P2-05/D4-03: salary card number", check="luhn"),
        C("ffzt", "CHAR(1)", "", pick("1", "1", "0"), STATUS),
    ], indexes=(("ix_gz", "gzyf, gh"),))
    summary = T("dept_salary_stat", "部门薪酬汇总（不可识别个人）", "D4-03", 336, [
        C("stat_month", "CHAR(7)", "统计月份", fn(lambda r: "2024-%02d" % (1 + r.i % 12)),
          "D4-03/D5-02 G3 ~G1~G4 none: month of statistic"),
        C("dept_name", "VARCHAR(40)", "部门", of("dept", "name"), DEPT_NAME),
        C("person_cnt", "INT", "人数", num(8, 220), "D4-01/D4-03/D5-02 ~G3: number of persons"),
        C("total_salary", "DECIMAL(14,2)", "薪酬总额", dec(60000, 2400000),
          "D4-03/D5-02 G3 ~G4 none: pay summed by department (L6)"),
        C("avg_salary", "DECIMAL(10,2)", "人均薪酬", dec(5200, 18000),
          "D4-03/D5-02 G3 ~G4 none: mean pay by department (L6)"),
    ])
    return [payroll, summary]


def attendance():
    clock_log = T("hr_attendance", "考勤打卡", "D4-02", 15000, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/D4-02: employee number"),
        C("clock_date", "DATE", "考勤日期", fn(lambda r: day("2024-06-01", 1)(r)[:8] + "%02d" % (1 + r.i % 28)),
          "D4-02 %s: attendance date" % ABSENCE),
        C("clock_in", "DATETIME", "上班打卡时间", at_hour("clock_date", 6, 8),
          "D4-02 %s: clock-in time" % ABSENCE),
        C("clock_out", "DATETIME", "下班打卡时间", at_hour("clock_date", 16, 21),
          "D4-02 %s: clock-out time" % ABSENCE),
        C("shift_code", "VARCHAR(6)", "班次", pick("A", "B", "C", "常白"), "D4-02/Z1-02: shift code"),
        C("work_hours", "DECIMAL(4,1)", "工时", dec(7, 12, 1), "D4-02 %s: working hours" % ABSENCE),
        C("late_min", "INT", "迟到分钟", mostly(0, 0.93, 5, 20), "D4-02 %s: minutes late" % ABSENCE),
        C("device_sn", "VARCHAR(20)", "考勤机编号", pick("KQ-01", "KQ-02", "KQ-03"),
          "D6-01/C1-01/D4-02: attendance terminal"),
    ], indexes=(("ix_att", "emp_no, clock_date"),))
    leave = T("hr_leave", "请假单", "D4-02", 900, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/D4-02: employee number"),
        C("emp_name", "VARCHAR(20)", "姓名", of("employee", "name"), "P1-01/P1-04: employee's name"),
        C("leave_type", "VARCHAR(6)", "请假类型", pick("事假", "病假", "年假", "婚假", "产假"),
          "D4-02/Z1-02 %s: kind of leave" % ABSENCE),
        C("start_time", "DATETIME", "开始时间", stamp(), "D4-02 %s: start of leave" % ABSENCE),
        C("days", "DECIMAL(4,1)", "天数", pick(0.5, 1, 2, 3, 15), "D4-02 %s: days of leave" % ABSENCE),
        C("diagnosis", "VARCHAR(60)", "病假诊断", fn(lambda r: texts.ILLNESSES[int(r.rnd() * 6)] if r.v["leave_type"] == "病假" else None),
          "P2-04: diagnosis for sick leave"),
        C("approver", "VARCHAR(20)", "审批人", of("employee:2", "name"), OPERATOR),
        C("reason", "VARCHAR(200)", "事由", pick("家中有事", "就医", "休假", ""), "Z1-03/D4-02: reason of leave"),
        C("status", "CHAR(1)", "审批状态", pick("0", "1", "2"), STATUS),
        *audit.ruoyi(),
    ])
    trip = T("hr_trip", "差旅行程", "P2-06", 420, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P2-06: surrogate key"),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/P2-06: employee number"),
        C("flight_no", "VARCHAR(10)", "航班/车次", pick("G1722", "G858", "XY3301", "ZZ2208"),
          "P2-06/P1-08: train or flight of traveller"),
        C("depart_time", "DATETIME", "出发时间", stamp(), "P2-06/P1-08: departure time of traveller"),
        C("from_city", "VARCHAR(20)", "出发城市", pick("武汉", "襄阳"), "P2-06/P1-08 ~G2: city of departure in itinerary"),
        C("to_city", "VARCHAR(20)", "到达城市", pick(*texts.CITIES), "P2-06/P1-08 ~G2: destination in itinerary"),
        C("hotel", "VARCHAR(60)", "入住酒店", pick("如意商务酒店", "江景宾馆", "维也国际酒店"), "P2-06/P1-08: hotel of traveller"),
        C("seat_no", "VARCHAR(6)", "座位号", rcode("%02dF", 1, 20), "P2-06/P1-08: seat in itinerary"),
    ])
    return [clock_log, leave, trip]


def development():
    contract = T("ld_ht", "", "D4-04", "employee", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("htbh", "VARCHAR(20)", "", code("LD-%06d"), "D4-04: labour contract number"),
        C("gh", "VARCHAR(10)", "", own("no"), "P1-04/D4-04: employee number"),
        C("xm", "VARCHAR(20)", "", own("name"), "P1-01/D4-04: employee's name"),
        C("htlx", "VARCHAR(10)", "", pick("固定期限", "无固定期限", "劳务"), TYPE),
        C("qdrq", "DATE", "", own("hired"), "D4-04 %s: signing date" % ABSENCE),
        C("htqx", "INT", "", pick(12, 24, 36, 60), "D4-04 %s: contract term in months" % ABSENCE),
        C("syq", "INT", "", pick(1, 2, 3, 6), "D4-04 %s: probation in months" % ABSENCE),
        C("jyxz", "CHAR(1)", "", mostly("0", 0.9, "1"), "Z1-02/D4-04: non-competition flag"),
        C("smj", "VARCHAR(200)", "", code("/hr/contract/%06d.pdf"), "Z1-03/D4-04: scan of contract"),
        *audit.pinyin(),
    ])
    appraisal = T("hr_performance", "绩效考核", "D4-04", 2400, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/D4-04: employee number"),
        C("period", "CHAR(6)", "考核期", pick("2024Q1", "2024Q2", "2024Q3", "2024Q4"),
          "D4-04 %s: appraisal period" % ABSENCE),
        C("kpi_score", "DECIMAL(5,1)", "绩效得分", dec(60, 100, 1), "D4-04 %s: appraisal score" % ABSENCE),
        C("perf_grade", "CHAR(1)", "考核等级", pick("A", "B", "B", "C", "D"), "D4-04/Z1-02 %s: appraisal grade" % ABSENCE),
        C("reward_punish", "VARCHAR(60)", "奖惩", mostly("", 0.85, "通报表扬", "警告一次", "质量奖500元"),
          "D4-04 %s: reward or punishment" % ABSENCE),
        C("evaluator_no", "VARCHAR(10)", "考核人工号", of("employee:2", "no"), OPERATOR_NO),
        C("comment", "VARCHAR(300)", "评语", pick("工作认真", "需提升协作", "超额完成目标", "劳动纪律待加强"),
          "D4-04/Z1-03 %s: appraisal comment" % ABSENCE),
        *audit.ruoyi(),
    ])
    training = T("hr_training", "", "D4-04", 1200, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("emp_no", "VARCHAR(10)", "", of("employee", "no"), "P1-04/D4-04: employee number"),
        C("course_name", "VARCHAR(60)", "", text("COURSES"), "D4-04/P1-06: training course"),
        C("train_date", "DATE", "", day(), "D4-04/P1-06 %s: training date" % ABSENCE),
        C("hours", "REAL", "", pick(2, 4, 8, 16), "D4-04/P1-06 %s: training hours" % ABSENCE),
        C("exam_score", "REAL", "", dec(55, 100, 1), "P1-06/D4-04: exam score of person"),
        C("cert_name", "VARCHAR(40)", "", maybe(0.3, text("CERTIFICATES")), "P1-06/D4-04: skill certificate"),
        C("cert_no", "VARCHAR(20)", "", maybe(0.3, rcode("T%012d", 10 ** 11, 10 ** 12 - 1)),
          "P1-06/P1-03/D4-04 ~G4: skill certificate number"),
        C("is_passed", "INT", "", mostly(1, 0.95, 0), "Z1-02/P1-06/D4-04: pass flag"),
        *audit.plain(),
    ], quote="")
    candidate = T("hr_candidate", "应聘人员", "D4-04", "candidate", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), PK),
        C("cand_name", "VARCHAR(20)", "应聘者", own("name"), "P1-01/D4-04: candidate's name"),
        C("age", "INT", "年龄", fn(lambda r: 2025 - int(r.e.birth[:4])), "P1-01: candidate's age"),
        C("phone", "VARCHAR(11)", "联系方式", own("mobile"), "P1-02: candidate's mobile", check="mobile"),
        C("email", "VARCHAR(60)", "邮箱", own("email"), "P1-02: candidate's e-mail"),
        C("education", "VARCHAR(10)", "学历", pick("大专", "本科", "硕士"), "P1-06: candidate's education"),
        C("work_history", "TEXT", "工作经历", join(pick("2016-2019", "2018-2022"), pick("某铸造厂 技术员", "某整车厂 装调工"), sep=" "),
          "P1-06: candidate's career"),
        C("expect_salary", "DECIMAL(10,2)", "期望薪资", num(5000, 20000),
          "D4-04/D4-03/P2-05 %s|sensitive: expected pay of candidate" % ABSENCE),
        C("criminal_record", "VARCHAR(20)", "无犯罪记录证明", mostly("已提供", 0.8, "未提供"), "P2-08: criminal record certificate"),
        C("interview_score", "DECIMAL(4,1)", "面试评分", dec(50, 98, 1), "D4-04 %s: interview score" % ABSENCE),
        C("resume_url", "VARCHAR(200)", "简历附件", code("/hr/resume/%05d.pdf"), "Z1-03/P1-06/D4-04: path of résumé"),
        C("status", "VARCHAR(10)", "状态", pick("初筛", "面试", "录用", "淘汰"), STATUS),
    ])
    return [contract, appraisal, training, candidate]


def health():
    checkup = T("tj_jl", "", "P2-04", 1300, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P2-04: surrogate key"),
        C("tjbh", "VARCHAR(20)", "", code("TJ24%06d"), "P2-04: check-up number"),
        C("gh", "VARCHAR(10)", "", of("employee", "no"), "P1-04/P2-04: employee number"),
        C("xm", "VARCHAR(20)", "", of("employee", "name"), "P1-01/P2-04: employee's name"),
        C("tjrq", "DATE", "", day(), "P2-04: check-up date"),
        C("tjjg", "VARCHAR(60)", "", text("DIAGNOSES"), "P2-04: check-up result"),
        C("xy", "VARCHAR(10)", "", fn(lambda r: "%d/%d" % (105 + int(r.rnd() * 50), 65 + int(r.rnd() * 30))),
          "P2-04: blood pressure"),
        C("xx", "VARCHAR(4)", "", pick("A", "B", "O", "AB"), "P2-04/P1-01: blood type"),
        C("zyb", "VARCHAR(20)", "", mostly("未发现", 0.96, "疑似噪声聋", "疑似尘肺"), "P2-04: occupational disease finding"),
        C("tjjgmc", "VARCHAR(60)", "", pick("汉南区职防院", "江城体检中心"), "P2-04/D1-01 ~G2: check-up institution"),
        C("fcyq", "VARCHAR(60)", "", mostly("", 0.9, "一月内复查纯音测听"), "P2-04: re-examination advice"),
    ])
    injury = T("work_injury", "工伤登记", "P2-04", 60, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P2-04: surrogate key"),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/P2-04: employee number"),
        C("emp_name", "VARCHAR(20)", "姓名", of("employee", "name"), "P1-01/P2-04: employee's name"),
        C("injury_diagnosis", "VARCHAR(100)", "工伤诊断", pick("左手中指挤压伤", "足部骨折", "眼部异物"), "P2-04: injury diagnosis"),
        C("disability_level", "VARCHAR(10)", "伤残等级", pick("无", "十级", "九级"), "P2-03/P2-04: disability level"),
        C("happen_time", "DATETIME", "发生时间", stamp(), "P2-04/B6-04: time of injury"),
        C("compensation", "DECIMAL(12,2)", "赔付金额", skew(90000),
          "P2-04/P2-05/D4-03/D3-02 ~G3: compensation paid to person"),
        C("hospital", "VARCHAR(60)", "救治医院", pick("汉南区人民医院", "协康医院"), "P2-04: hospital of treatment"),
    ])
    special = T("special_identity", "残疾职工与特殊身份登记", "P2-03", 48, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), "Z1-01/P2-03: surrogate key"),
        C("emp_no", "VARCHAR(10)", "工号", of("employee", "no"), "P1-04/P2-03: employee number"),
        C("disability_cert", "VARCHAR(20)", "残疾证号", fn(lambda r: r.pick("employee").id_card + "44"),
          "P2-03/P1-03: disability certificate number"),
        C("disability_kind", "VARCHAR(10)", "残疾类别", pick("肢体", "听力", "视力"), "P2-03/P2-04: kind of disability"),
        C("military_id", "VARCHAR(20)", "退役/军官证号", maybe(0.4, rcode("军退字第%08d号", 1, 99999999)),
          "P2-03/P1-03: military certificate number"),
        C("religion", "VARCHAR(10)", "宗教信仰", mostly("无", 0.85, "佛教", "伊斯兰教", "基督教"), "P2-02: religious belief"),
        C("dining_need", "VARCHAR(20)", "餐饮特殊需求", mostly("无", 0.85, "清真"),
          "P2-02/P1-10: special diet that tells belief"),
        C("allowance", "DECIMAL(8,2)", "补贴", pick(0, 200, 500), "D4-03/P2-05/P2-03: allowance of person"),
    ])
    return [checkup, injury, special]


def biometrics():
    return T("face_template", "人脸与指纹特征库", "P2-01", "employee", [
        C("id", "INTEGER PRIMARY KEY", "", own("id"), "Z1-01/P2-01: surrogate key"),
        C("emp_no", "VARCHAR(10)", "工号", own("no"), "P1-04/P2-01: employee number"),
        C("face_feature", "BLOB", "人脸特征值", blob(64, 64), "P2-01: face feature vector"),
        C("face_vec_b64", "TEXT", "人脸特征Base64", base64(96), "P2-01: face feature vector as text"),
        C("fingerprint", "BLOB", "指纹模板", maybe(0.5, blob(48, 48, b"FMR\x00")), "P2-01: fingerprint template"),
        C("algo_ver", "VARCHAR(10)", "算法版本", pick("v3.2", "v4.0"), "Z1-01/P2-01/D6-07: version of feature algorithm"),
        C("quality", "REAL", "质量分", dec(0.6, 1, 3), "P2-01/Z1-02 ~G1 none|personal|sensitive: quality of template"),
        C("enroll_time", "DATETIME", "录入时间", stamp(), "Z1-01/P2-01: enrolment time"),
    ])


def tables():
    return [*organisation(), staff(), desensitised(), *family(), *pay(), *attendance(), *development(), *health(), biometrics()]


def views():
    return [V("v_phone_book", "P1-02", "SELECT emp_no, real_name, dept_name, mobile FROM hr_employee WHERE status = '1'",
              ("emp_no", "P1-04/P1-02: employee number"), ("real_name", "P1-01: employee's name"),
              ("dept_name", "P1-04/D4-01: department the person works in"), ("mobile", "P1-02: mobile"))]
