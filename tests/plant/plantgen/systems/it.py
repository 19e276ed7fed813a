"""IT and administration: users, roles, menus, dictionaries, configuration, logs, assets, vulnerabilities, cameras."""

from .. import audit
from ..labels import *
from ..makers import *
from ..schema import C, T, V

_CONFIG = (("sys.index.skinName", "skin-blue"), ("sys.user.initPassword", "Plant@2024"), ("sys.account.captchaEnabled", "true"),
           ("mail.smtp.host", "smtp.example.com"), ("mail.smtp.password", "Smtp#8841x"), ("db.erp.url", "jdbc:mysql://10.20.3.8:3306/erp"),
           ("db.erp.password", "Erp!ro2023"), ("oss.access_key", "AK7QX2LMEXAMPLE01"), ("oss.secret_key", "s9Zk2vExampleSecretKey0001"),
           ("sys.upload.maxSize", "50MB"), ("job.report.cron", "0 0 2 * * ?"), ("wx.corp.secret", "exampleCorpSecret77"),
           ("sms.sign.name", "示范工厂"), ("sys.log.keepDays", "180"), ("jwt.signing.key", "ZXhhbXBsZS1zaWduaW5nLWtleQ=="),
           ("sys.watermark", "N"))
_DICTS = (("sys_user_sex", "男", "0"), ("sys_user_sex", "女", "1"), ("mes_order_status", "草稿", "PREPARE"),
          ("mes_order_status", "已下达", "CONFIRMED"), ("mes_order_status", "完工", "FINISHED"), ("sys_yes_no", "是", "Y"),
          ("sys_yes_no", "否", "N"), ("qc_type", "来料检验", "IQC"), ("qc_type", "过程检验", "IPQC"), ("wm_in_type", "采购入库", "PUR"))


def base32(r):
    return "".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[int(r.rnd() * 32)] for _ in range(12))


def accounts():
    user = T("sys_user", "用户信息表", "P1-05", "employee", [
        C("user_id", "INTEGER PRIMARY KEY", "用户ID", own("id"), "Z1-01/P1-05: surrogate key of user"),
        C("dept_id", "BIGINT", "部门ID", own("dept_id"), "Z1-01/D4-01/P1-04: bare department id"),
        C("user_name", "VARCHAR(30)", "用户账号", own("login"), "P1-05: login name", "NOT NULL UNIQUE"),
        C("nick_name", "VARCHAR(30)", "用户昵称", own("name"), "P1-01/P1-05: display name of person"),
        C("user_type", "VARCHAR(2)", "用户类型（00系统用户）", const("00"), "Z1-02/D6-02: user type code"),
        C("email", "VARCHAR(50)", "用户邮箱", own("email"), "P1-02: e-mail address"),
        C("phonenumber", "VARCHAR(11)", "手机号码", own("mobile"), "P1-02: mobile", check="mobile"),
        C("sex", "CHAR(1)", "用户性别（0男 1女 2未知）", fn(lambda r: "0" if r.e.male else "1"), "P1-01: gender"),
        C("avatar", "VARCHAR(100)", "头像地址", maybe(0.2, code("/profile/avatar/%06d.png"), ""),
          "P1-01/Z1-03: path to portrait photo"),
        C("password", "VARCHAR(100)", "密码", bcrypt(), "D6-03: bcrypt password hash (L5)"),
        C("salt", "VARCHAR(20)", "盐值", hexa(16), "D6-03: password salt"),
        C("otp_seed", "VARCHAR(32)", "动态口令种子", maybe(0.3, join(const("JBSW"), base32)),
          "D6-03: one-time password seed"),
        C("status", "CHAR(1)", "帐号状态（0正常 1停用）", mostly("0", 0.95, "1"), "Z1-02/D6-02: account status flag"),
        C("pwd_expire_days", "INT", "密码有效期(天)", pick(90, 180),
          "D6-02/D6-07/Z1-02 ~G1: validity of password, no password"),
        C("login_ip", "VARCHAR(128)", "最后登录IP", private_ip(),
          "P1-05/D6-04: last login address of person", check="ipv4"),
        C("login_date", "DATETIME", "最后登录时间", stamp("2025-01-01", 170), "D6-04/Z1-01/P1-05: last login time"),
        C("create_by", "VARCHAR(64)", "创建者", const("admin"), CREATED_BY),
        C("create_time", "DATETIME", "创建时间", stamp("2020-01-01", 1500), CREATED),
        C("remark", "VARCHAR(500)", "备注", null(), REMARK),
    ])
    role = T("sys_role", "角色信息表", "D6-02", 12, [
        C("role_id", "INTEGER PRIMARY KEY", "角色ID", seq(), PK),
        C("role_name", "VARCHAR(30)", "角色名称", fn(lambda r: texts.ROLES[r.i % 12]), "D6-02: role name"),
        C("role_key", "VARCHAR(100)", "角色权限字符串", code("role_%02d"), "D6-02: role key"),
        C("data_scope", "CHAR(1)", "数据范围（1：全部, 2：自定义, 3：本部门）", pick("1", "2", "3"), "D6-02/Z1-02: data scope of role"),
        C("role_sort", "INT", "显示顺序", seq(), SORT),
        C("status", "CHAR(1)", "角色状态", const("0"), STATUS),
        C("create_time", "DATETIME", "创建时间", stamp("2020-01-01", 300), CREATED),
    ], fixed=True)
    user_role = T("sys_user_role", "用户和角色关联表", "D6-02", 1500, [
        C("user_id", "BIGINT", "用户ID", fn(lambda r: 1 + (r.i - 1) % r.counts["sys_user"]),
          "Z1-01/D6-02/P1-05: bare user id"),
        C("role_id", "BIGINT", "角色ID", fn(lambda r: 1 + ((r.i - 1) // r.counts["sys_user"] * 5 + r.i) % 12),
          "Z1-01/D6-02: bare role id"),
    ], extra=("PRIMARY KEY (user_id, role_id)",), without_rowid=True)
    menu = T("sys_menu", "菜单权限表", "D6-07", 120, [
        C("menu_id", "INTEGER PRIMARY KEY", "菜单ID", seq(), PK),
        C("menu_name", "VARCHAR(50)", "菜单名称", fn(lambda r: texts.MENUS[r.i % 20]), "D6-07: menu name"),
        C("parent_id", "BIGINT", "父菜单ID", num(0, 20), "Z1-01/D6-07: bare parent menu id"),
        C("order_num", "INT", "显示顺序", num(1, 20), SORT),
        C("path", "VARCHAR(200)", "路由地址", code("/m/%03d"), "D6-07: route of menu"),
        C("perms", "VARCHAR(100)", "权限标识", join(const("mes"), pick("order", "stock", "qc"), pick("list", "add", "edit"), sep=":"),
          "D6-02/D6-07: permission string"),
        C("icon", "VARCHAR(100)", "菜单图标", pick("tree", "form", "chart"), "D6-07: icon of menu"),
        C("visible", "CHAR(1)", "显示状态", const("0"), "Z1-02/D6-07: visibility flag"),
    ])
    return [user, role, user_role, menu]


def parameters():
    dictionary = T("sys_dict_data", "字典数据表", "D6-07", 120, [
        C("dict_code", "INTEGER PRIMARY KEY", "字典编码", seq(), "Z1-01/D6-07: surrogate key"),
        C("dict_sort", "INT", "字典排序", num(1, 9), SORT),
        C("dict_label", "VARCHAR(100)", "字典标签", fn(lambda r: _DICTS[r.i % 10][1]), "D6-07: dictionary label"),
        C("dict_value", "VARCHAR(100)", "字典键值", fn(lambda r: _DICTS[r.i % 10][2]), "D6-07: dictionary value"),
        C("dict_type", "VARCHAR(100)", "字典类型", fn(lambda r: _DICTS[r.i % 10][0]), "D6-07/Z1-02: dictionary type"),
        C("is_default", "CHAR(1)", "是否默认（Y是 N否）", pick("Y", "N"), FLAG),
        C("status", "CHAR(1)", "状态", const("0"), STATUS),
        C("update_time", "DATETIME", "更新时间", null(), UPDATED),
    ])
    config = T("sys_config", "参数配置表", "D6-07", 48, [
        C("config_id", "INTEGER PRIMARY KEY", "参数主键", seq(), PK),
        C("config_name", "VARCHAR(100)", "参数名称", fn(lambda r: "参数-" + _CONFIG[r.i % 16][0].split(".")[1]),
          "D6-07: parameter name"),
        C("config_key", "VARCHAR(100)", "参数键名", fn(lambda r: _CONFIG[r.i % 16][0]), "D6-07: parameter key"),
        C("config_value", "VARCHAR(500)", "参数键值", fn(lambda r: _CONFIG[r.i % 16][1]),
          "D6-03/D6-07: values hold passwords and keys (X3)"),
        C("config_type", "CHAR(1)", "系统内置", pick("Y", "N"), FLAG),
        C("update_by", "VARCHAR(64)", "更新者", const("admin"), UPDATED_BY),
        C("remark", "VARCHAR(500)", "备注", null(), REMARK),
    ], fixed=True)
    job = T("sys_job", "定时任务调度表", "D6-07", 30, [
        C("job_id", "INTEGER PRIMARY KEY", "任务ID", seq(), PK),
        C("job_name", "VARCHAR(64)", "任务名称", code("日结任务-%02d"), "D6-07: job name"),
        C("invoke_target", "VARCHAR(200)", "调用目标字符串", code("reportTask.run('%02d', true)"), "D6-07: invoked method"),
        C("cron_expression", "VARCHAR(50)", "cron执行表达式", pick("0 0 2 * * ?", "0 */10 * * * ?"),
          "D6-07: schedule expression"),
        C("misfire_policy", "CHAR(1)", "执行错误策略", const("3"), "Z1-02/D6-07: misfire policy code"),
        C("status", "CHAR(1)", "状态", pick("0", "1"), STATUS),
    ], fixed=True)
    region = T("base_region", "行政区划（国标）", "F1-04", 30, [
        C("region_code", "CHAR(6)", "行政区划代码", fn(lambda r: identity.REGIONS[r.i - 1][0]),
          "F1-04: region code", "PRIMARY KEY"),
        C("province", "VARCHAR(20)", "省", fn(lambda r: identity.REGIONS[r.i - 1][1]), "F1-04: province name"),
        C("city", "VARCHAR(20)", "市", fn(lambda r: identity.REGIONS[r.i - 1][2]), "F1-04: city name"),
        C("district", "VARCHAR(20)", "区县", fn(lambda r: identity.REGIONS[r.i - 1][3]), "F1-04: district name"),
    ], fixed=True)
    holiday = T("base_holiday", "", "F1-04", 30, [
        C("holiday_date", "DATE", "", fn(lambda r: "2025-%02d-%02d" % (1 + r.i % 12, 1 + r.i % 28)),
          "F1-04: public holiday", "PRIMARY KEY"),
        C("holiday_name", "VARCHAR(20)", "", pick("元旦", "春节", "清明", "劳动节", "国庆"), "F1-04: holiday name"),
        C("is_workday", "INT", "", pick(0, 1), "Z1-02/F1-04: working day flag"),
    ], fixed=True, quote="")
    return [dictionary, config, job, region, holiday]


def logs():
    def params(r):
        one = r.pick("employee")
        if r.rnd() < 0.06:
            return json.dumps({"userName": one.login, "nickName": one.name, "phonenumber": one.mobile}, ensure_ascii=False)
        return json.dumps({"pageNum": 1 + int(r.rnd() * 9), "pageSize": 10, "orderCode": "WO24%06d" % int(r.rnd() * 3000)})

    def body(r):
        one = r.pick("owner")
        if r.rnd() < 0.05:
            return json.dumps({"name": one.name, "idCard": one.id_card, "tel": one.mobile}, ensure_ascii=False)
        return json.dumps({"vin": r.pick("vehicle").vin, "page": int(r.rnd() * 20)})
    def error(r):
        if r.i == 77:       # one stack trace of some 150 kB
            return "\n  at frame ".join(str(n) for n in range(9000))
        return texts.ABNORMAL[r.i % 3] % r.i if r.v["status"] else ""
    operation = T("sys_oper_log", "操作日志记录", "D6-04", 6000, [
        C("oper_id", "INTEGER PRIMARY KEY", "日志主键", seq(), PK),
        C("title", "VARCHAR(50)", "模块标题", fn(lambda r: texts.MENUS[r.i % 20]), "D6-04/D6-07: module in operation log"),
        C("business_type", "INT", "业务类型（0其它 1新增 2修改 3删除）", num(0, 3), "Z1-02/D6-04: operation type code"),
        C("method", "VARCHAR(100)", "方法名称", code("com.sample.web.controller.Op%d.run()"),
          "D6-04: method in operation log"),
        C("request_method", "VARCHAR(10)", "请求方式", pick("GET", "POST", "PUT"), "Z1-02/D6-04: request method"),
        C("oper_name", "VARCHAR(50)", "操作人员", of("employee", "login"), "P1-05/P1-04/D6-04: operator's login"),
        C("dept_name", "VARCHAR(50)", "部门名称", of("employee", "dept"), "D4-01/P1-04/@: operator's department"),
        C("oper_url", "VARCHAR(255)", "请求URL", pick("/mes/pro/workorder/list", "/system/user/edit", "/wm/stock/list"),
          "D6-04: request address"),
        C("oper_ip", "VARCHAR(128)", "主机地址", private_ip(), "P1-05/D6-04: operator's address", check="ipv4"),
        C("oper_param", "VARCHAR(2000)", "请求参数", fn(params),
          "D6-04/Z1-03/P1-02 ~G3 none|personal: request parameters, some mobile numbers"),
        C("json_result", "VARCHAR(2000)", "返回参数", const('{"msg":"操作成功","code":200}'), "D6-04/Z1-03: result of request"),
        C("status", "INT", "操作状态（0正常 1异常）", mostly(0, 0.98, 1), "Z1-02/D6-04: operation status"),
        C("error_msg", "TEXT", "错误消息", fn(error),
          "D6-04/Z1-03: error text, one very long"),
        C("oper_time", "DATETIME", "操作时间", flow("2025-01-01 07:00:00", 2000, 1500), "D6-04/Z1-01: time of operation"),
    ], indexes=(("ix_oper_time", "oper_time"),))
    login = T("sys_logininfor", "系统访问记录", "D6-04", 5000, [
        C("info_id", "INTEGER PRIMARY KEY", "访问ID", seq(), PK),
        C("user_name", "VARCHAR(50)", "用户账号", of("employee", "login"), "P1-05/D6-04: login name"),
        C("ipaddr", "VARCHAR(128)", "登录IP地址", private_ip(), "P1-05/D6-04: login address of person", check="ipv4"),
        C("login_location", "VARCHAR(255)", "登录地点", pick("内网IP", "湖北省 武汉市", "湖北省 襄阳市"),
          "D6-04/P1-08 ~G2: login place from address"),
        C("browser", "VARCHAR(50)", "浏览器类型", pick("Chrome 12", "Edge 12", "Firefox 11"),
          "D6-04/P1-09: browser in login log"),
        C("os", "VARCHAR(50)", "操作系统", pick("Windows 10", "Android", "Linux"),
          "D6-04/P1-09: client system in login log"),
        C("status", "CHAR(1)", "登录状态", mostly("0", 0.96, "1"), "Z1-02/D6-04: login status"),
        C("msg", "VARCHAR(255)", "提示消息", mostly("登录成功", 0.96, "密码错误"), "D6-04: login message"),
        C("login_time", "DATETIME", "访问时间", flow("2025-01-01 06:30:00", 2500, 2000), "D6-04/Z1-01/P1-05: login time"),
    ])
    access = T("api_access_log", "", "D6-04", 4000, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("trace_id", "VARCHAR(36)", "", uuid(), "Z1-01/D6-04: trace id"),
        C("app_key", "VARCHAR(20)", "", pick("dealer-portal", "owner-app", "oem-edi"),
          "D6-04/F1-01/D6-02/E2-01 ~G3: calling application"),
        C("url", "VARCHAR(200)", "", pick("/open/owner/query", "/open/vehicle/page", "/open/order/push"),
          "D6-04: request address"),
        C("req_body", "TEXT", "", fn(body),
          "D6-04/Z1-03/P1-03/P1-02 ~G3 none|personal|sensitive: request body, some ID numbers"),
        C("resp_code", "INT", "", mostly(200, 0.97, 401, 500), "D6-04/Z1-02: response code"),
        C("client_ip", "VARCHAR(15)", "", documentation_ip, "P1-05/D6-04 none|personal: client address", check="ipv4"),
        C("user_agent", "VARCHAR(120)", "", pick("Mozilla/5.0 (Linux; Android 13)", "okhttp/4.9", "curl/7.88"),
          "D6-04/P1-09 none|personal: user agent"),
        C("cost_ms", "INT", "", num(3, 1800), "D6-04: duration of request"),
        C("access_time", "BIGINT", "", epoch_ms(1735689600000, 3400000),
          "D6-04/Z1-01: time of request in milliseconds"),
        C("email_count", "INT", "", num(0, 5), "D6-04/Z1-02: counter, no e-mail"),
    ], quote="")
    return [operation, login, access]


def assets():
    host = T("cmdb_host", "IT资产（主机）", "D6-01", 320, [
        C("ci_id", "INTEGER PRIMARY KEY", "配置项ID", seq(), PK),
        C("host_name", "VARCHAR(40)", "主机名", code("WH-SRV-%03d"), "D6-01: host name"),
        C("ip_addr", "VARCHAR(15)", "IP地址", private_ip("10.20"), "D6-01: address of server", check="ipv4"),
        C("mac", "VARCHAR(17)", "MAC地址", mac("-"), "D6-01: MAC address of server"),
        C("open_ports", "VARCHAR(60)", "开放端口", pick("22,80,443", "3306", "1433,3389", "5432,22"), "D6-01: open ports"),
        C("os_version", "VARCHAR(40)", "操作系统", pick("CentOS 7.9", "Windows Server 2019", "Debian 12"),
          "D6-01: operating system"),
        C("software_list", "TEXT", "软件清单", pick("nginx 1.22;mysql 8.0", "sqlserver 2019", "redis 6;java 11"),
          "D6-01: software list"),
        C("rack", "VARCHAR(20)", "机房机柜", rcode("A机房-R%02d", 1, 12), "D6-01: rack"),
        C("biz_system", "VARCHAR(40)", "所属业务系统", text("SYSTEM_NAMES"), "D6-01/D6-07: business system on server"),
        C("admin_name", "VARCHAR(20)", "管理员", of("employee", "name"), "P1-04/P1-01/P1-05/D6-01: administrator's name"),
        C("root_password", "VARCHAR(100)", "root口令(AES)", base64(44), "D6-03: encrypted root password"),
        C("buy_date", "DATE", "购置日期", day("2016-01-01", 3000), "D6-01/C1-01 ~G2: purchase date of server"),
    ])
    address = T("ip_fenpei", "", "D6-01", 480, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("ip", "VARCHAR(15)", "", private_ip("10.21"),
          "D6-01/P1-05 ~G2 none|personal: address assigned to office computer", check="ipv4"),
        C("zwym", "VARCHAR(15)", "", const("255.255.255.0"), "D6-01: netmask", check="ipv4"),
        C("wg", "VARCHAR(15)", "", const("10.21.0.1"), "D6-01: gateway", check="ipv4"),
        C("vlanh", "INT", "", pick(20, 21, 30), "D6-01: VLAN number"),
        C("jhjdk", "VARCHAR(20)", "", rcode("SW03-G1/0/%d", 1, 48), "D6-01: switch port"),
        C("syr", "VARCHAR(20)", "", of("employee", "name"), "P1-04/P1-01/P1-05/D6-01: user's name"),
        C("sybm", "VARCHAR(40)", "", of("employee", "dept"), DEPT_NAME),
        C("zt", "CHAR(1)", "", pick("1", "0"), STATUS),
        *audit.pinyin(),
    ])
    leak = T("vuln_list", "漏洞管理（含未修复）", "D6-05", 260, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("vuln_id", "VARCHAR(20)", "漏洞编号", code("VUL-2025-%04d"), "D6-05 !: vulnerability number"),
        C("cve", "VARCHAR(20)", "CVE编号", rcode("CVE-2024-%05d", 10000, 59999),
          "D6-05/F1-04 !: CVE of open vulnerability"),
        C("asset_ip", "VARCHAR(15)", "受影响资产IP", private_ip("10.20"),
          "D6-05/D6-01 !: address of vulnerable asset", check="ipv4"),
        C("severity", "VARCHAR(4)", "漏洞等级", pick("高危", "中危", "低危"), "D6-05/Z1-02 !: severity of vulnerability"),
        C("poc", "TEXT", "验证过程", pick("GET /actuator/env 返回明文配置", "弱口令 admin/123456 可登录", "未授权访问6379"),
          "D6-05 !: proof of vulnerability"),
        C("unpatched", "CHAR(1)", "是否未修复", pick("Y", "N"), "D6-05/Z1-02 !: unpatched flag"),
        C("fix_plan", "VARCHAR(200)", "修复计划", pick("升级组件", "关闭端口", "加固口令策略"), "D6-05 !: plan to fix vulnerability"),
        C("finder", "VARCHAR(20)", "发现人", of("employee", "name"), OPERATOR),
        C("found_time", "DATETIME", "发现时间", stamp("2025-01-01", 150), "D6-05: time found"),
        *audit.ruoyi(),
    ])
    incident = T("sec_incident", "", "D6-05", 0, [
        C("incident_no", "VARCHAR(20)", "", null(), "D6-05: security incident number", "PRIMARY KEY"),
        C("incident_desc", "TEXT", "", null(), "D6-05 none: security incident description"),
        C("attacker_ip", "VARCHAR(15)", "", null(), "D6-05/D6-04/P1-05: attacker's address"),
        C("handler", "VARCHAR(20)", "", null(), OPERATOR),
        C("happened_at", "DATETIME", "", null(), "D6-05: time of incident"),
    ], quote="")
    return [host, address, leak, incident]


def security():
    camera = T("camera_point", "厂区视频监控点位", "D6-06", 180, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("camera_no", "VARCHAR(20)", "摄像头编号", code("CAM-%04d"), "D6-06: camera number"),
        C("camera_pos", "VARCHAR(60)", "安装点位", join(pick("东围墙", "危化品库", "成品库", "物流门", "配电房"), num(1, 30), const("号")),
          "D6-06 !: camera point"),
        C("pos_lng", "DECIMAL(10,6)", "点位经度", dec(114.01, 114.03, 6), "D6-06/E1-03 none !: longitude of camera point"),
        C("pos_lat", "DECIMAL(10,6)", "点位纬度", dec(30.31, 30.32, 6), "D6-06/E1-03 none !: latitude of camera point"),
        C("stream_url", "VARCHAR(200)", "视频流地址", fn(lambda r: "rtsp://admin:Cam%04d@10.30.%d.%d/ch1" % (r.i * 7, r.i // 200, r.i % 200 + 2)),
          "D6-03/D6-06 ~G3: stream address with password inside"),
        C("nvr_ip", "VARCHAR(15)", "录像机IP", private_ip("10.30"),
          "D6-06/D6-01: address of video recorder", check="ipv4"),
        C("video_file", "VARCHAR(200)", "录像路径", code("/nvr/2025/%06d"), "D6-06/Z1-03: recording path"),
        C("online", "TINYINT", "是否在线", mostly(1, 0.95, 0), "Z1-02/D6-06: online flag"),
        *audit.ruoyi(),
    ])
    patrol = T("xg_jl", "", "D6-06", 700, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("xgdbh", "VARCHAR(10)", "", rcode("XG-%03d", 1, 40), "D6-06: patrol point number"),
        C("xgdwz", "VARCHAR(40)", "", pick("东围墙转角", "危化品库北侧", "变电所门口", "物流门岗"), "D6-06 !: patrol point position"),
        C("xgry", "VARCHAR(20)", "", of("employee", "name"), "P1-04/P1-01/P1-05/D6-06: guard's name"),
        C("xgsj", "DATETIME", "", flow("2025-01-01 00:00:00", 5400, 900), "D6-06: patrol time"),
        C("ycqk", "VARCHAR(60)", "", mostly("", 0.9, "围栏破损", "灯不亮"), "D6-06: irregularity found on patrol"),
    ])
    keys = T("api_key", "接口密钥", "D6-03", 40, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("app_name", "VARCHAR(40)", "应用名称", text("SYSTEM_NAMES"),
          "D6-02/D6-07/F1-01/D6-03: application the key belongs to"),
        C("access_key", "VARCHAR(32)", "AccessKey", join(const("AK"), hexa(18)), "D6-03: access key"),
        C("secret_key", "VARCHAR(64)", "SecretKey", hexa(40), "D6-03: secret key"),
        C("refresh_token", "VARCHAR(200)", "刷新令牌", join(const("eyJhbGciOiJIUzI1NiJ9."), base64(60), const("."), base64(40)),
          "D6-03: token"),
        C("cert_pem", "TEXT", "证书(公钥)", pem("CERTIFICATE", 200),
          "D6-03/D6-02 ~G1~G2: public certificate"),
        C("private_key", "TEXT", "私钥", pem("RSA PRIVATE KEY", 300),
          "D6-03: private key"),
        C("scopes", "VARCHAR(100)", "授权范围", pick("order:read", "order:read,stock:read", "*"), "D6-02: granted scopes"),
        C("expires_at", "DATETIME", "失效时间", stamp("2025-07-01", 500), "D6-02/D6-03/Z1-01: validity, not the secret"),
        C("enabled", "CHAR(1)", "启用", pick("Y", "N"), FLAG),
    ], fixed=True)
    return [camera, patrol, keys]


def office():
    notice = T("sys_notice", "通知公告表", "D5-04", 160, [
        C("notice_id", "INTEGER PRIMARY KEY", "公告ID", seq(), PK),
        C("notice_title", "VARCHAR(50)", "公告标题", text("NOTICES"), "D5-04: notice title"),
        C("notice_type", "CHAR(1)", "公告类型（1通知 2公告）", pick("1", "2"), TYPE),
        C("notice_content", "BLOB", "公告内容", fn(lambda r: ("<p>各部门：" + r.v["notice_title"] + "，请遵照执行。</p>").encode()),
          "D5-04/Z1-03: notice text"),
        C("doc_ref_no", "VARCHAR(30)", "发文字号", code("示范办〔2025〕%d号"), "D5-04: document reference number"),
        C("status", "CHAR(1)", "公告状态", const("0"), STATUS),
        C("create_by", "VARCHAR(64)", "创建者", const("admin"), CREATED_BY),
    ])
    call = T("call_record", "通话与短信记录", "P1-08", 900, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("caller", "VARCHAR(20)", "主叫号码", of("owner", "mobile"), "P1-02/P1-08: caller's number", check="mobile"),
        C("callee", "VARCHAR(20)", "被叫号码", phone(),
          "P1-02/P1-08/D4-01 ~G1 none|personal: called number, a desk telephone"),
        C("call_log", "TEXT", "通话摘要", pick("咨询保养", "投诉异响", "预约维修", "催办发货"), "P1-08/C3-04/Z1-03 ~G2: digest of call"),
        C("sms_content", "TEXT", "短信内容", maybe(0.4, text("DRIVER_MESSAGES")), "P1-08/Z1-03 ~G2: short message text"),
        C("duration_s", "INT", "时长(秒)", num(3, 900), "P1-08 none|personal: duration of call"),
        C("record_file", "VARCHAR(200)", "录音文件", code("/cti/%07d.wav"), "P1-08/Z1-03: recording of call"),
        C("agent_no", "VARCHAR(10)", "坐席工号", of("employee", "no"), OPERATOR_NO),
        C("call_time", "DATETIME", "通话时间", stamp("2025-01-01", 150), "P1-08 none|personal: time of call"),
    ])
    share = T("data_share_log", "对外共享与监管报送记录", "F1-01", 420, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("api_code", "VARCHAR(20)", "接口编号", rcode("API-%04d", 1, 60), "F1-01: interface number"),
        C("share_party", "VARCHAR(80)", "共享方", pick("国家监测平台", "主机厂A", "市应急管理局", "物流平台"),
          "F1-01: party data is shared with"),
        C("data_package", "VARCHAR(200)", "数据包文件", code("/share/out/%06d.zip"), "F1-01/Z1-03: data package"),
        C("record_count", "INT", "记录条数", num(10, 90000), "F1-01: number of records shared"),
        C("report_date", "DATE", "报送日期", day(), "F1-01: report date"),
        C("receipt_no", "VARCHAR(30)", "回执号", rcode("HZ%012d", 1, 999999999999), "F1-01: receipt number"),
        C("operator", "VARCHAR(64)", "操作账号", of("employee", "login"), "P1-05/P1-04: operator's login"),
        C("result", "VARCHAR(10)", "结果", mostly("成功", 0.97, "失败"), STATUS),
        *audit.ruoyi(),
    ])
    bought = T("ext_market_data", "外购行情与企业信用数据", "F1-02", 500, [
        C("id", "INTEGER PRIMARY KEY", "", seq(), PK),
        C("data_vendor", "VARCHAR(40)", "数据供应商", pick("金属行情网示例", "企信数据示例"), "F1-02/D1-01: data vendor"),
        C("subject_name", "VARCHAR(80)", "标的/企业名称", pick("A00铝", "电解铜", "螺纹钢", "碳酸锂"), "F1-02: subject of bought data"),
        C("market_price", "DECIMAL(14,2)", "行情价格", skew(90000), "F1-02: bought market price"),
        C("ext_score", "INT", "外部评分", maybe(0.4, num(300, 900)), "F1-02: bought company score"),
        C("license_term", "VARCHAR(40)", "授权期限", pick("2024-01至2025-12", "按年订阅"), "F1-02/D5-01: licence term"),
        C("quote_date", "DATE", "行情日期", day(), "F1-02: date of bought data"),
    ])
    return [notice, call, share, bought]


def tables():
    return [*accounts(), *parameters(), *logs(), *assets(), *security(), *office()]


def views():
    return [V("v_user_role", "D6-02",
              "SELECT u.user_name, u.nick_name, ur.role_id FROM sys_user u JOIN sys_user_role ur ON ur.user_id = u.user_id",
              ("user_name", "P1-05: login name"), ("nick_name", "P1-01/P1-05: display name of person"),
              ("role_id", "Z1-01/D6-02: bare role id"))]
