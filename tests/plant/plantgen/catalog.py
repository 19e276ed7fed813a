"""The databases of the plant, in the order they are written."""

from .schema import Database
from .systems import (eam, ehs, erp_purchase, erp_sales, fin, hr, it, legacy, mes_control, mes_plan, plm, qms,
                      telematics, wms)

# name, system, department, owner, purpose, retention, MLPS grade, modules
_SOURCES = (
    ("plm", "PLM 产品生命周期管理", "产品研发中心", "程浩", "产品设计、试验与变更管理", "项目结束后15年", 2, (plm,)),
    ("erp", "ERP 采购与销售", "采购部、销售部", "周丽", "采购、销售、合同与进出口管理", "10年", 2, (erp_purchase, erp_sales)),
    ("fin", "ERP 财务", "财务部", "汪洁", "会计核算、资金、预算与成本管理", "会计档案30年", 3, (fin,)),
    ("mes", "MES 制造执行", "生产计划部", "陈鹏飞", "生产计划、执行、追溯与设备控制", "15年", 3, (mes_plan, mes_control)),
    ("qms", "QMS 质量管理", "质量管理部", "李敏", "检验、不合格品与售后质量管理", "15年", 2, (qms,)),
    ("eam", "EAM 设备管理", "设备动力部", "石凯", "设备台账、维修与售后服务", "设备报废后3年", 2, (eam,)),
    ("wms", "WMS 仓储物流与门禁", "仓储物流部", "吴建国", "库存、运输与厂区出入管理", "5年", 2, (wms,)),
    ("hr", "HR 人力资源", "人力资源部", "范欣怡", "员工、薪酬、考勤与健康管理", "劳动关系终止后2年", 3, (hr,)),
    ("ehs", "EHS 能源安全环保", "安全环保部", "赵海", "能源、安全生产与环境管理", "5年", 2, (ehs,)),
    ("telematics", "TSP 车联网平台", "智能网联部", "胡涛", "车辆监控、远程服务与充电运营", "3年", 3, (telematics,)),
    ("it", "IT 运维与协同办公", "信息技术部", "张宁", "账号、日志、资产与安防管理", "日志180天", 3, (it,)),
    ("legacy", "部门自建库（历史导入）", "综合管理部", "孙静", "历史数据查询", "待清理", 1, (legacy,)),
)


def about(name, department, owner, purpose, retention, mlps):
    return {"department": department, "owner": owner, "contact": "%s-owner@example.com" % name, "purpose": purpose,
            "manner": "采集、存储、使用", "scope": "本部门及授权人员", "retention": retention, "storage": "武汉一厂机房（境内）",
            "sharing": "不对外共享", "export": "无出境", "protection": "访问控制、日志审计、每日备份", "mlps": mlps}


def databases():
    out = []
    for name, title, department, owner, purpose, retention, mlps, modules in _SOURCES:
        tables = [table for module in modules for table in module.tables()]
        views = [view for module in modules for view in module.views()]
        out.append(Database(name, title, about(name, department, owner, purpose, retention, mlps), tables, views))
    return out
