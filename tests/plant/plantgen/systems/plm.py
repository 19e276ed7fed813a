"""PLM: items, drawings, bills of material, formulas, changes, simulation, tests, projects, intellectual property.

Styles side by side: English names with Chinese comments, English without, abbreviations, pinyin initials without
comments, a table named wholly in Chinese.
"""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V

SECRECY = pick("内部", "内部", "内部", "公开", "商业秘密", "核心商密")     # trade-secret grades, no state secrets


def items():
    return T("plm_item", "物料/零部件主数据（PLM 侧，未发布与已发布混存）", "A1-04", "part", [
        C("id", "INTEGER PRIMARY KEY", "主键", own("id"), PK),
        C("item_no", "VARCHAR(32)", "物料编号", own("code"), "A1-04/D2-05: item number in PLM (X8)", "NOT NULL"),
        C("item_name", "NVARCHAR(80)", "物料名称", own("name"), "A1-04/D2-05: item name in PLM (X8)"),
        C("item_name_en", "VARCHAR(80)", "英文名称", own("name_en"), "A1-04/D2-05: English item name in PLM"),
        C("spec_param", "VARCHAR(120)", "规格参数", own("spec"), "A1-04/D2-05: specification in PLM (X8)"),
        C("material_grade", "VARCHAR(40)", "材料牌号", own("material"), "A1-04/A1-03: required material grade"),
        C("weight_kg", "DECIMAL(12,3)", "设计重量(kg)", own("weight"), "A1-04/D2-05: design weight"),
        C("tolerance_class", "VARCHAR(20)", "未注公差等级, 如 GB/T 1804-m", pick("m", "f", "c", "DIN ISO 2768-mK"),
          "A1-04: tolerance requirement"),
        C("tech_requirement", "TEXT", "技术要求", text("CHANGES"), "A1-04: technical requirement text"),
        C("unit", "VARCHAR(10)", "计量单位", own("unit"), "D2-05/@/Z1-02: unit of measure"),
        C("drawing_no", "VARCHAR(32)", "图号", own("drawing"), "A1-01/@ ~G2: drawing number only"),
        C("rev", "VARCHAR(8)", "当前版次", pick("A", "A", "B", "C", "D01"), "A1-04/A1-07/Z1-01: item revision"),
        C("design_stage", "VARCHAR(10)", "设计阶段", pick("概念", "A样", "B样", "C样", "量产"), "Z1-02/@: design stage"),
        C("lifecycle_state", "VARCHAR(20)", "生命周期状态", pick("INWORK", "RELEASED", "OBSOLETE"), STATUS,
          "DEFAULT 'INWORK' CHECK (lifecycle_state IN ('INWORK','RELEASED','OBSOLETE'))"),
        C("owner_id", "INT", "责任工程师ID", of("employee", "id"), FK_USER),
        C("create_by", "VARCHAR(64)", "创建者", of("employee", "login"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp(), CREATED),
        C("update_by", "VARCHAR(64)", "更新者", maybe(0.6, of("employee", "login"), ""), UPDATED_BY),
        C("update_time", "DATETIME", "更新时间", maybe(0.6, stamp("2024-06-01", 300)), UPDATED),
        C("del_flag", "CHAR(1)", "删除标志（0代表存在 2代表删除）", mostly("0", 0.97, "2"), DELETED, "DEFAULT '0'"),
    ], extra=('UNIQUE ("item_no")',), indexes=(("ix_plm_item_name", "item_name"),))


def drawings():
    return T("plm_drawing", "图纸档案", "A1-01", 1400, [
        C("drawing_id", "INTEGER PRIMARY KEY", "图纸ID", seq(), PK),
        C("drawing_no", "VARCHAR(32)", "图号", of("part", "drawing"), "A1-01: drawing number in drawing archive"),
        C("drawing_name", "NVARCHAR(80)", "图纸名称", join(of("part", "name"), pick("零件图", "装配图", "毛坯图")),
          "A1-01: drawing title"),
        C("drawing_version", "VARCHAR(8)", "图纸版本", pick("A0", "A1", "B0", "C2"), "A1-01: drawing version"),
        C("sheet_size", "VARCHAR(4)", "图幅", pick("A0", "A1", "A2", "A3", "A4"), "A1-01/Z1-02: sheet size of drawing"),
        C("scale_ratio", "VARCHAR(8)", "比例", pick("1:1", "1:2", "2:1", "1:5"), "A1-01: scale of drawing"),
        C("file_path", "VARCHAR(255)", "图档路径", code("/vault/dwg/2024/%06d.dwg"), "A1-01/Z1-03: path of drawing file"),
        C("file_md5", "CHAR(32)", "文件MD5", hexa(32), "Z1-01/A1-01: checksum of drawing file"),
        C("file_size", "INT", "文件大小(字节)", num(80000, 9000000), "Z1-01/Z1-03/A1-01: file size"),
        C("thumb", "BLOB", "缩略图", maybe(0.3, blob(60, 400, b"\x89PNG\r\n\x1a\n")),
          "A1-01/Z1-03: drawing thumbnail image"),
        C("secret_level", "VARCHAR(10)", "密级", SECRECY, "A1-01/Z1-02: secrecy grade of drawing"),
        C("drawn_by", "NVARCHAR(20)", "设计", of("employee", "name"), "P1-04/P1-01/P1-05/A1-01: designer's name"),
        C("checked_by", "NVARCHAR(20)", "校对", pick("张伟", "李敏", "陈鹏飞", "周丽", "吴建国"), OPERATOR),
        C("approved_by", "NVARCHAR(20)", "批准", pick("王志强", "刘洁", "赵海"), OPERATOR),
        C("release_date", "DATE", "发布日期", day(), "A1-01: drawing release date"),
        C("print_count", "INT", "打印次数", num(0, 9), "A1-01/D6-04/Z1-01: print counter of drawing"),
        C("remark", "VARCHAR(500)", "备注", text("REMARKS"), REMARK),
    ], style="mixed")


def cad_models():
    return T("cad_model", "", "A1-01", 700, [
        C("model_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("model_no", "VARCHAR(32)", "", code("3D-%06d"), "A1-01: number of 3D model"),
        C("assembly_path", "VARCHAR(200)", "", join(const("/ASM/"), of("part", "model"), const("/"), of("part", "code")),
          "A1-01: assembly position of model"),
        C("vault_uri", "VARCHAR(255)", "", code("pdm://vault01/cad/%06d.prt"), "A1-01/Z1-03: model file location"),
        C("cad_system", "VARCHAR(20)", "", pick("NX", "CATIA", "Creo"), "A1-01/Z1-02: CAD system of the model"),
        C("mass", "REAL", "", dec(0.02, 24, 4), "A1-01/A1-04 ~G3: mass of model"),
        C("bbox_x", "REAL", "", dec(5, 900, 3), "A1-01/A1-04: bounding box of geometry"),
        C("bbox_y", "REAL", "", dec(5, 700, 3), "A1-01/A1-04: bounding box of geometry"),
        C("bbox_z", "REAL", "", dec(5, 400, 3), "A1-01/A1-04: bounding box of geometry"),
        C("checked_out_by", "VARCHAR(64)", "", maybe(0.2, of("employee", "login")),
          CREATED_BY.replace("creator's", "editor's")),
        C("ver", "INT", "", num(1, 14), "A1-01/Z1-01: model version"),
        C("preview", "BLOB", "", maybe(0.15, blob(40, 200, b"\xff\xd8\xff\xe0")),
          "A1-01/Z1-03: preview image of model"),
    ], style="dash", quote="")


def ebom():
    return T("ebom", "", "A1-02", 5000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("parent_item", "VARCHAR(32)", "", of("part", "code"), "A1-02/D2-05: parent item of EBOM"),
        C("child_item", "VARCHAR(32)", "", fn(lambda r: r.world.pool("part")[-1 - r.i % 20].code),
          "A1-02/D2-05: child item of EBOM"),
        C("find_no", "INT", "", position(8, 10), "A1-02/Z1-01: position in EBOM"),
        C("qty_per", "DECIMAL(12,4)", "", pick(1, 1, 1, 2, 4, 8, 0.25), "A1-02: usage per parent"),
        C("uom", "VARCHAR(6)", "", pick("EA", "EA", "KG", "M"), UNIT),
        C("ref_des", "VARCHAR(60)", "", maybe(0.2, rcode("R%d,C12", 1, 300)), "A1-02/A1-06: reference designator"),
        C("subst_item", "VARCHAR(32)", "", maybe(0.1, of("part", "code")), "A1-02: substitute item"),
        C("bom_ver", "VARCHAR(8)", "", pick("V1.0", "V1.1", "V2.0"), "A1-02/Z1-01: BOM version"),
        C("eff_from", "DATE", "", day("2022-01-01", 700), "A1-02: effectivity start"),
        C("eff_to", "DATE", "", mostly("9999-12-31", 0.9, "2024-12-31", "2025-03-31"), "A1-02: effectivity end"),
    ], quote="", indexes=(("ix_ebom_parent", "parent_item"), ("ix_ebom_child", "child_item, bom_ver")))


def formulas():
    main = T("pf_main", "", "A1-03", 120, [
        C("pfbh", "VARCHAR(20)", "", code("PF-%04d"), "A1-03: formula number", "PRIMARY KEY"),
        C("pfmc", "VARCHAR(60)", "", join(pick("EPDM", "NR", "摩擦材料", "铝合金", "胶粘剂"), pick("基础配方", "低噪配方", "耐热配方")),
          "A1-03: formula name"),
        C("ph", "VARCHAR(20)", "", pick("E7040", "N5526", "F-318", "A356M"), "A1-03: material grade"),
        C("cpdm", "VARCHAR(32)", "", of("part", "code"), ITEM_NO.replace("material", "product")),
        C("bbh", "VARCHAR(8)", "", pick("01", "02", "03"), "A1-03/Z1-01: formula version"),
        C("zmd", "DECIMAL(8,3)", "", dec(0.9, 2.8, 3), "A1-03/A1-04: density of the compound"),
        C("bzr", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("shr", "VARCHAR(20)", "", pick("程浩", "范欣怡", "石凯"), OPERATOR),
        C("bzsj", "DATETIME", "", stamp(), "A1-03/Z1-01: date formula was compiled"),
        C("zt", "CHAR(1)", "", pick("0", "1", "2"), STATUS),
        C("sm", "TEXT", "", text("REMARKS"), "Z1-03/@: free-text explanation"),
    ])
    detail = T("pf_mx", "", "A1-03", 1100, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("pfbh", "VARCHAR(20)", "", fn(lambda r: "PF-%04d" % (1 + (r.i - 1) % r.counts["pf_main"])),
          "A1-03: formula number",
          "REFERENCES pf_main(pfbh)"),
        C("xh", "INT", "", position(9), "Z1-01/A1-03: line number"),
        C("zfmc", "VARCHAR(40)", "", fn(lambda r: texts.INGREDIENTS[int(r.rnd() * 19)][0]), "A1-03: ingredient name"),
        C("zflb", "VARCHAR(20)", "", pick("基体", "补强剂", "硫化剂", "填料", "合金元素"), "A1-03/Z1-02: ingredient class"),
        C("hl", "DECIMAL(8,3)", "", dec(0.1, 68, 3), "A1-03: content in per cent"),
        C("pb", "DECIMAL(8,3)", "", dec(0.5, 100, 2), "A1-03: proportion in parts"),
        C("hlsx", "DECIMAL(8,3)", "", dec(1, 70, 2), "A1-03/B1-02: upper limit of content"),
        C("hlxx", "DECIMAL(8,3)", "", dec(0, 60, 2), "A1-03/B1-02: lower limit of content"),
        C("gys", "VARCHAR(60)", "", of("supplier", "name"), SUPPLIER_NAME),
        C("bz", "VARCHAR(200)", "", text("REMARKS"), REMARK),
    ])
    return [main, detail]


def changes():
    return T("设计变更单", "", "A1-07", 420, [
        C("变更单号", "VARCHAR(20)", "", code("ECN2024-%04d"), "A1-07: change order number", "PRIMARY KEY"),
        C("变更名称", "VARCHAR(80)", "", join(of("part", "name"), text("CHANGES")), "A1-07: change title"),
        C("变更原因", "VARCHAR(40)", "", text("CHANGE_REASONS"), "A1-07: reason for change"),
        C("变更前", "VARCHAR(100)", "", text("CHANGES"), "A1-07/A1-04: state before change"),
        C("变更后", "VARCHAR(100)", "", text("CHANGES"), "A1-07/A1-04: state after change"),
        C("影响零件", "VARCHAR(32)", "", of("part", "code"), "A1-07/D2-05: affected part number"),
        C("关联项目", "VARCHAR(20)", "", of("project", "code"), "A3-01/@: referenced R&D project"),
        C("库存处置", "VARCHAR(20)", "", pick("用完为止", "返工", "报废"), "A1-07/C2-01: disposition of existing stock"),
        C("生效日期", "DATE", "", day("2024-01-01", 500), "A1-07: effective date"),
        C("提出人", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("审批状态", "VARCHAR(10)", "", pick("草稿", "审批中", "已发布"), STATUS),
        C("紧急程度", "VARCHAR(10)", "", pick("一般", "紧急", "特急"), TYPE),
        C("备注", "TEXT", "", hide(text("REMARKS"), 0.015),
          "Z1-03/P1-02 G3 ~G2 personal: remark, some rows hold mobile numbers"),
    ])


def simulation():
    return T("sim_case", "", "A2-01", 600, [
        C("sim_id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("case_name", "VARCHAR(80)", "", join(of("part", "name_en"), pick(" static", " modal", " fatigue", " NVH", " crash")),
          "A2-01: simulation case name"),
        C("solver", "VARCHAR(20)", "", pick("Abaqus", "Nastran", "LS-DYNA", "Fluent"), "A2-01/Z1-02: solver used"),
        C("load_case", "VARCHAR(80)", "", pick("3g bump", "brake 0.9g", "cornering 0.8g", "pothole"),
          "A2-01: load case"),
        C("boundary_cond", "VARCHAR(120)", "", pick("fixed at hub", "4 bolts rigid", "free-free", "T=85C, h=25"),
          "A2-01: boundary condition"),
        C("mesh_count", "INT", "", num(40000, 4200000), "A2-01: number of mesh elements"),
        C("elem_size_mm", "REAL", "", pick(1.0, 2.0, 3.5, 5.0), "A2-01: mesh element size"),
        C("max_stress_mpa", "REAL", "", dec(40, 480, 1), "A2-01: computed maximum stress"),
        C("max_disp_mm", "REAL", "", dec(0.01, 4, 3), "A2-01: computed displacement"),
        C("first_mode_hz", "REAL", "", maybe(0.4, dec(30, 900, 1)), "A2-01: computed natural frequency"),
        C("safety_factor", "REAL", "", dec(0.9, 3.2, 2), "A2-01/A1-04: computed safety factor"),
        C("result_file", "VARCHAR(200)", "", code("/hpc/results/case_%05d.odb"), "A2-01/Z1-03: path of result file"),
        C("cpu_hours", "REAL", "", dec(0.2, 300, 1), "A2-01/Z1-01: computing time of case"),
        C("engineer", "VARCHAR(64)", "", of("employee", "login"), "P1-05/P1-04: login of simulation engineer"),
        C("created_at", "DATETIME", "", stamp(), CREATED),
    ], quote="")


def tests():
    order = T("rd_test_order", "研发试验委托单", "A2-02", 380, [
        C("test_id", "INTEGER PRIMARY KEY", "试验ID", seq(), PK),
        C("test_no", "VARCHAR(20)", "试验编号", code("LAB24%05d"), "A2-02: R&D test number"),
        C("test_name", "VARCHAR(80)", "试验名称", pick("盐雾试验", "振动耐久", "高低温交变", "台架疲劳", "道路试验", "EMC 辐射发射"),
          "A2-02: test name"),
        C("project_no", "VARCHAR(20)", "项目编号", of("project", "code"), "A3-01/@: referenced R&D project"),
        C("sample_no", "VARCHAR(30)", "样件编号", code("SMP-%05d"), "A2-02: prototype sample number"),
        C("sample_desc", "VARCHAR(100)", "样件状态描述", pick("B样, 手工件", "C样, 工装件", "OTS样件"), "A2-02: state of the sample"),
        C("test_standard", "VARCHAR(60)", "试验依据标准", pick("GB/T 10125", "ISO 16750-3", "QC/T 413", "企标 Q/HC 301"),
          "A2-02/A3-03: standard the test follows"),
        C("client_dept", "VARCHAR(40)", "委托部门", of("dept", "name"), DEPT_NAME),
        C("applicant", "VARCHAR(20)", "委托人", of("employee", "name"), OPERATOR),
        C("applicant_tel", "VARCHAR(20)", "委托人电话", of("employee", "mobile"),
          "P1-02: mobile of applicant", check="mobile"),
        C("plan_date", "DATE", "计划日期", day(), "A2-02: planned test date"),
        C("conclusion", "VARCHAR(20)", "试验结论", pick("合格", "合格", "不合格", "有条件通过"), "A2-02: test conclusion"),
        C("report_file", "VARCHAR(200)", "检测报告文件", code("/lab/report/%06d.pdf"), "A2-02/Z1-03: path of test report"),
        C("status", "CHAR(2)", "单据状态:10新建;20在试;30完成", pick("10", "20", "30"), STATUS, "DEFAULT '10'"),
    ])
    result = T("rd_test_result", "试验结果明细", "A2-02", 3200, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("test_id", "INT", "试验ID", parent("rd_test_order", 8), FK),
        C("test_item", "VARCHAR(60)", "试验项目", fn(lambda r: texts.INSPECTIONS[int(r.rnd() * 10)][0]),
          "A2-02: tested property"),
        C("measured_value", "REAL", "实测值", dec(0.01, 320, 3), "A2-02: value measured on sample"),
        C("unit", "VARCHAR(12)", "单位", pick("mm", "MPa", "Hz", "dB", "N·m"),
          "A2-02/D2-05/Z1-02: unit of measured value"),
        C("target_value", "VARCHAR(30)", "目标值", pick("≥320", "≤0.05", "65±5", "无开裂"),
          "A2-02/A1-04: target of the test"),
        C("calib_value", "REAL", "标定系数", dec(0.95, 1.05, 5), "A2-02: calibration factor"),
        C("cycle_no", "INT", "循环次数", num(1, 200000), "A2-02: load cycle"),
        C("judge", "VARCHAR(4)", "判定", mostly("OK", 0.93, "NG"), "A2-02/Z1-02: judgement of result"),
        C("tester", "VARCHAR(20)", "试验员", of("employee", "name"), OPERATOR),
        C("test_time", "DATETIME", "试验时间", stamp(), "A2-02: test time"),
    ], style="block")
    return [order, result]


def projects():
    project = T("yf_xm", "", "A3-01", "project", [
        C("xmbh", "VARCHAR(20)", "", own("code"), "A3-01: R&D project number", "PRIMARY KEY"),
        C("xmmc", "VARCHAR(100)", "", own("name"), "A3-01: R&D project name"),
        C("xmjb", "VARCHAR(10)", "", pick("A", "B", "C"), "Z1-02/A3-01: project class"),
        C("fzr", "VARCHAR(20)", "", of("employee", "name"), "P1-04/P1-01/P1-05/A3-01: project leader's name"),
        C("fzrgh", "VARCHAR(10)", "", of("employee", "no"), "P1-04/P1-05: project leader's employee number"),
        C("khmc", "VARCHAR(80)", "", of("customer", "name"), CUSTOMER_NAME),
        C("yfys", "DECIMAL(14,2)", "", own("budget"), "A3-01/D3-05: R&D budget"),
        C("ljzc", "DECIMAL(14,2)", "", dec(10, 700, 2), "A3-01/D3-05/D3-04: accumulated R&D expense"),
        C("kssj", "DATE", "", day("2022-03-01", 600), "A3-01: project start"),
        C("jhjssj", "DATE", "", after("kssj", 200, 500), "A3-01: planned project end"),
        C("jd", "INT", "", num(0, 100), "A3-01: project progress in per cent"),
        C("zt", "VARCHAR(10)", "", pick("在研", "暂停", "结题"), STATUS),
        C("psjl", "VARCHAR(60)", "", pick("同意立项", "补充风险分析后上会", "通过", ""), "A3-01: review conclusion"),
        *audit.pinyin(),
    ])
    milestone = T("rd_milestone", "项目里程碑", "A3-01", 360, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("project_no", "VARCHAR(20)", "项目编号", of("project", "code"), "A3-01: R&D project number"),
        C("milestone", "VARCHAR(40)", "里程碑", pick("立项", "概念冻结", "数据冻结", "OTS认可", "PPAP提交", "SOP"),
          "A3-01: milestone name"),
        C("plan_date", "DATE", "计划完成", day(), "A3-01: planned milestone date"),
        C("actual_date", "DATE", "实际完成", maybe(0.6, day("2024-01-01", 500)), "A3-01: actual milestone date"),
        C("deliverable", "VARCHAR(120)", "交付物", pick("DFMEA", "设计任务书", "控制计划", "试验报告"),
          "A3-01: deliverable of milestone"),
        C("delay_reason", "VARCHAR(200)", "延期原因", maybe(0.2, text("CHANGE_REASONS")), "A3-01/Z1-03: reason of delay"),
        C("owner", "VARCHAR(64)", "责任人账号", of("employee", "login"), "P1-05/P1-04: responsible person's login"),
        C("is_key", "TINYINT", "是否关键节点", pick(0, 1), FLAG),
        *audit.ruoyi(),
    ])
    return [project, milestone]


def property_rights():
    return T("ip_patent", "专利与技术交底（含未公开申请）", "A3-02", 140, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("patent_name", "VARCHAR(120)", "专利名称", join(const("一种"), of("part", "name"), pick("的制造方法", "及其装配结构", "用夹具")),
          "A3-02 ~G1~G4: title of patent application"),
        C("application_no", "VARCHAR(30)", "申请号", rcode("CN2024%08d.X", 10000000, 19999999),
          "A3-02 ~G1~G4: patent application number"),
        C("patent_type", "VARCHAR(10)", "专利类型", pick("发明", "实用新型", "外观设计"), "Z1-02/@: patent type"),
        C("inventor", "VARCHAR(60)", "发明人", join(of("employee", "name"), pick("张宁", "李涛", "陈悦"), sep="；"),
          "P1-01/A3-02/P1-04: inventors' names"),
        C("disclosure", "TEXT", "技术交底书正文", paragraphs("CHANGES", 6, 16),
          "A3-02 G4 ~G3: unpublished technical disclosure"),
        C("agency", "VARCHAR(60)", "代理机构", pick("江城知产代理事务所", "楚才专利代理有限公司"), "A3-02/D1-01: patent agency"),
        C("license_fee", "DECIMAL(12,2)", "许可费(万元)", maybe(0.2, dec(1, 80, 1)), "A3-02/D3-02: licence fee"),
        C("is_published", "CHAR(1)", "是否公开 Y/N", pick("Y", "N", "N"), FLAG),
        C("apply_date", "DATE", "申请日", day(), "A3-02 ~G1: application date"),
        C("remark", "VARCHAR(200)", "备注", text("REMARKS"), REMARK),
    ])


def controlled_technology():
    # a control code stands in the table: the rule on export-controlled technology fires on the technical contents
    return T("plm_dual_use_tech", "两用物项技术资料清单（受出口管制）", "D5-05", 48, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("control_code", "VARCHAR(16)", "管制编码", pick("2B001.a", "2B201", "3A233", "1C202", "6A007.b"),
          "D5-05 !: export control code"),
        C("tech_name", "VARCHAR(80)", "受控技术名称", pick("五轴联动加工工艺包", "高强铝合金旋压工艺", "惯性器件支架设计"),
          "D5-05/A1-04/A3-02 ~G4 !: name of controlled technology"),
        C("drawing_no", "VARCHAR(32)", "受控图纸图号", of("part", "drawing"),
          "A1-01/D5-05 !: drawing of controlled technology"),
        C("process_file", "VARCHAR(200)", "受控工艺文件", code("/ctl/process/%04d.pdf"),
          "B1-02/B1-01/D5-05/A1-04 !: controlled process file"),
        C("formula_code", "VARCHAR(20)", "受控配方编号", maybe(0.4, rcode("PF-%04d", 1, 120)),
          "A1-03/D5-05 !: controlled formula"),
        C("test_data", "VARCHAR(200)", "受控试验数据", maybe(0.5, code("/ctl/test/%04d.csv")),
          "A2-02/D5-05 !: controlled test data"),
        C("reviewer", "VARCHAR(20)", "合规审核人", of("employee", "name"), OPERATOR),
        C("review_date", "DATE", "审核日期", day(), "D5-05: date of compliance review"),
        C("license_required", "TINYINT", "是否需许可 0否1是", pick(0, 1, 1), FLAG),
    ], fixed=True)


def software():
    return T("sw_repo", "软件与算法仓库登记", "A1-05", 90, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("repo_url", "VARCHAR(200)", "代码仓库地址", code("git@git.example.com:ecu/bms-%03d.git"),
          "A1-05: source repository"),
        C("commit_id", "CHAR(40)", "提交号", hexa(40), "A1-05/Z1-01: source commit"),
        C("firmware_bin", "BLOB", "固件包", blob(200, 900, b"\x7fELF"), "A1-05: firmware binary"),
        C("algorithm", "VARCHAR(60)", "算法名称", pick("SOC 卡尔曼估计", "制动压力前馈", "缺陷分割网络", "能量回收策略"), "A1-05: algorithm name"),
        C("algo_param", "TEXT", "算法参数", as_json(q=dec(0.001, 0.1, 4), r=dec(0.1, 2, 3), window=num(8, 64)),
          "A1-05: algorithm parameters"),
        C("model_weight", "VARCHAR(200)", "AI模型权重文件", maybe(0.3, code("/ai/weights/seg_%03d.onnx")),
          "A1-05 !: AI model weights"),
        C("train_dataset", "VARCHAR(200)", "AI模型训练数据集", maybe(0.3, code("/ai/dataset/batch_%03d")),
          "A1-05 !: AI training data set"),
        C("sw_version", "VARCHAR(20)", "软件版本", join(num(1, 5), num(0, 20), num(0, 40), sep="."),
          "A1-05/Z1-01 ~G2: software version"),
        C("release_note", "TEXT", "发布说明", text("CHANGES"), "Z1-03/A1-05: release note"),
        C("maintainer", "VARCHAR(64)", "维护人", of("employee", "login"), "P1-05/P1-04: maintainer's login"),
        C("created_at", "DATETIME", "创建时间", stamp(), CREATED),
    ])


def electronics():
    return T("pcb_design", "", "A1-06", 80, [
        C("board_no", "VARCHAR(20)", "", code("PCB-%04d"), "A1-06/A1-01: circuit board number", "PRIMARY KEY"),
        C("board_name", "VARCHAR(60)", "", pick("BMS main board", "TPMS module", "Gate driver", "Pump controller"),
          "A1-06/A1-04: board name"),
        C("schematic", "VARCHAR(200)", "", code("/eda/sch/%04d.SchDoc"), "A1-06/Z1-03: schematic file"),
        C("netlist", "TEXT", "", join(const("(net 1 \"GND\") (net 2 \"VBAT\") (net "), num(3, 60), const(" \"CAN_H\")")),
          "A1-06: netlist text"),
        C("gerber_zip", "BLOB", "", blob(60, 300, b"PK\x03\x04"), "A1-06: gerber archive"),
        C("layers", "INT", "", pick(2, 4, 6, 8), "A1-06/A1-04: number of board layers"),
        C("main_mcu", "VARCHAR(30)", "", pick("MCU-A128", "MCU-T397", "SOC-R7"),
          "A1-06/A1-04: main controller of board"),
        C("harness", "VARCHAR(200)", "", maybe(0.5, code("/eda/harness/%04d.hdx")), "A1-06: harness design file"),
        C("rev", "VARCHAR(8)", "", pick("A", "B", "C"), "A1-06/A1-07/Z1-01: board revision"),
        C("checked", "BOOLEAN", "", pick(0, 1), FLAG),
    ], quote="`")


def documents():
    return T("tech_doc", "技术文件目录", "A3-03", 500, [
        C("doc_id", "INTEGER PRIMARY KEY", "文件ID", seq(), PK),
        C("doc_no", "VARCHAR(30)", "文件编号", code("Q/HC-%05d"), "A3-03: document number"),
        C("doc_name", "VARCHAR(100)", "文件名称", pick("铸件通用技术条件", "防锈包装规范", "过程FMEA指南", "设备操作手册", "图样管理办法"),
          "A3-03: document title"),
        C("doc_version", "VARCHAR(10)", "文件版本", pick("V1", "V2", "V3"), "A3-03/Z1-01: document version"),
        C("std_no", "VARCHAR(40)", "引用标准号", pick("GB/T 1173", "GB/T 15114", "ISO 9001", "QC/T 501"),
          "A3-03/F1-04: referenced standard number"),
        C("doc_type", "VARCHAR(10)", "文件类型", pick("企标", "规范", "手册", "教材"), TYPE),
        C("keywords", "VARCHAR(100)", "关键词", pick("铸造,缺陷", "防锈", "图样,变更"), "A3-03: key words of document"),
        C("file_url", "VARCHAR(200)", "附件地址", code("/doc/%05d.pdf"), ATTACHMENT),
        C("author", "VARCHAR(20)", "编写人", of("employee", "name"), OPERATOR),
        C("publish_date", "DATE", "发布日期", day("2019-01-01", 2000), "A3-03: publication date"),
        *audit.ruoyi(),
    ])


def held_in_trust():
    return T("customer_drawing", "客户来图登记（保密协议约束）", "F1-03", 160, [
        C("id", "INTEGER PRIMARY KEY", "主键", seq(), PK),
        C("customer_code", "VARCHAR(20)", "客户编码", of("customer", "code"), CUSTOMER_NO),
        C("customer_name", "VARCHAR(80)", "客户名称", of("customer", "name"), CUSTOMER_NAME),
        C("customer_drawing", "VARCHAR(40)", "客户图号", rcode("CUS-%07d", 1000000, 9999999),
          "F1-03/A1-01: customer's drawing number"),
        C("drawing_file", "VARCHAR(200)", "来图文件", code("/nda/in/%06d.stp"),
          "F1-03/A1-01/Z1-03: customer's drawing file"),
        C("nda_no", "VARCHAR(30)", "保密协议号", code("NDA-2024-%04d"), "F1-03/D5-01: confidentiality agreement number"),
        C("client_know_how", "TEXT", "客户专有技术要点", text("CHANGES"), "F1-03: customer's know-how"),
        C("receive_date", "DATE", "接收日期", day(), "F1-03: date received"),
        C("return_date", "DATE", "应归还/销毁日期", after("receive_date", 300, 900), "F1-03: date to return or destroy"),
        C("receiver", "VARCHAR(20)", "接收人", of("employee", "name"), OPERATOR),
        C("copies", "INT", "份数", num(1, 3), "F1-03: number of copies"),
    ])


def national_tasks():
    return T("军品配套任务", "", "A3-01", 30, [
        C("任务编号", "VARCHAR(20)", "", code("JP-2024-%03d"), "A3-01 ~G4 !: military support task number", "PRIMARY KEY"),
        C("任务名称", "VARCHAR(80)", "", pick("某型装备悬架配套", "军用车辆轮毂总成配套", "国家重点研发计划-轻质底盘"),
          "A3-01 ~G4 !: military support task name"),
        C("委托单位", "VARCHAR(60)", "", pick("某装备研究所", "某军工集团下属厂", "科技专项办公室"),
          "A3-01/D2-01 ~G4 !: commissioning body of task"),
        C("配套数量", "INT", "", num(20, 600), "A3-01/B2-01/B2-02 ~G4 !: quantity of military support task"),
        C("交付节点", "DATE", "", day("2025-03-01", 300), "A3-01/B2-01 ~G4: delivery date of task"),
        C("负责人", "VARCHAR(20)", "", of("employee", "name"), OPERATOR),
        C("状态", "VARCHAR(10)", "", pick("论证", "在研", "交付"), STATUS),
    ], fixed=True)


def empty():
    return T("plm_workflow_task", "流程任务（历史表，已停用）", "D5-04", 0, [
        C("task_id", "VARCHAR(36)", "任务ID", null(), PK, "PRIMARY KEY"),
        C("process_name", "VARCHAR(80)", "流程名称", null(), "D5-04/D6-07/A1-07: workflow name"),
        C("assignee", "VARCHAR(64)", "处理人账号", null(), "P1-05/P1-04: assignee's login"),
        C("opinion", "VARCHAR(500)", "审批意见", null(), "Z1-03/@: approval comment"),
        C("start_time", "DATETIME", "开始时间", null(), "D5-04/Z1-01: task start"),
        C("end_time", "DATETIME", "结束时间", null(), "D5-04/Z1-01: task end"),
        C("result", "VARCHAR(10)", "处理结果", null(), STATUS),
    ])


def tables():
    return [items(), drawings(), cad_models(), ebom(), *formulas(), changes(), simulation(), *tests(), *projects(),
            property_rights(), controlled_technology(), software(), electronics(), documents(), held_in_trust(),
            national_tasks(), empty()]


def views():
    return [V("v_released_item", "A1-04",
              "SELECT item_no, item_name, drawing_no, weight_kg FROM plm_item WHERE lifecycle_state = 'RELEASED'",
              ("item_no", "A1-04/D2-05: item number in PLM"), ("item_name", "A1-04/D2-05: item name in PLM"),
              ("drawing_no", "A1-01/@ ~G2: drawing number only"), ("weight_kg", "A1-04/D2-05: design weight"))]
