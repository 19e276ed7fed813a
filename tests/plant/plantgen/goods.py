"""Invented things of the plant: parts, machines, tags, meters, vehicles, places."""

from types import SimpleNamespace

from . import identity, people, texts

_PARTS = (("制动盘", "Brake disc"), ("制动钳体", "Caliper housing"), ("转向节", "Steering knuckle"), ("轮毂轴承单元", "Wheel hub unit"),
          ("前副车架", "Front subframe"), ("下控制臂", "Lower control arm"), ("稳定杆连接杆", "Stabilizer link"),
          ("减振器支座", "Strut mount"), ("发动机悬置", "Engine mount"), ("水泵壳体", "Water pump housing"),
          ("机油泵总成", "Oil pump assy"), ("节气门体", "Throttle body"), ("进气歧管", "Intake manifold"), ("油底壳", "Oil pan"),
          ("驱动电机壳体", "Motor housing"), ("电池包托盘", "Battery tray"), ("逆变器壳体", "Inverter housing"),
          ("减速器壳体", "Gearbox housing"), ("密封圈", "O-ring"), ("橡胶衬套", "Rubber bushing"), ("六角法兰螺栓", "Flange bolt"),
          ("高压线束", "HV harness"), ("BMS控制板", "BMS control board"), ("胎压传感器", "TPMS sensor"))
_MATERIALS = ("QT450-10", "A356-T6", "ADC12", "40Cr", "20CrMnTi", "EPDM70", "PA66-GF30", "Q345B", "304", "HT250")
_UNITS = ("件",) * 12 + ("套", "kg", "m", "个")
_MACHINES = (("立式加工中心", "VMC-850"), ("数控车床", "CK-6150"), ("压铸机", "DC-1250T"), ("焊接机器人", "RW-20"), ("液压机", "YH-315"),
             ("清洗机", "QX-600"), ("三坐标测量机", "CMM-8106"), ("热处理炉", "RX-90"), ("动平衡机", "PH-50"), ("涂装线", "TZ-L1"),
             ("空压机", "GA-90"), ("桥式起重机", "QD-10T"), ("激光打标机", "LM-30"), ("拧紧机", "NR-08"), ("气密检测台", "QM-02"),
             ("叉车", "CPD-30"), ("AGV小车", "AGV-1T"))
_MAKERS = ("沈北机床", "华中数装", "海天压铸", "力劲智造", "埃弗机器人", "南通锻压机械", "爱测仪器", "江淮叉车")
_SHOPS = (("WS01", "压铸车间"), ("WS02", "机加一车间"), ("WS03", "机加二车间"), ("WS04", "热处理车间"), ("WS05", "涂装车间"),
          ("WS06", "总装车间"))
_MEASURES = (("SPINDLE_TEMP", "主轴温度", "℃", 25, 70), ("SPINDLE_LOAD", "主轴负载", "%", 5, 95), ("HYD_PRESS", "液压压力", "MPa", 3, 16),
             ("VIB_X", "X向振动", "mm/s", 0, 7), ("MOTOR_CURR", "电机电流", "A", 2, 60), ("MOLD_TEMP", "模具温度", "℃", 150, 260),
             ("FURN_TEMP", "炉膛温度", "℃", 600, 920), ("COOL_FLOW", "冷却流量", "L/min", 5, 60), ("AIR_PRESS", "气源压力", "MPa", 0, 1),
             ("CYCLE_TIME", "节拍", "s", 20, 180), ("PART_CNT", "计数", "件", 0, 9000))
_CAR_MODELS = (("CX3 EV", "乘用车"), ("CX5 EV", "乘用车"), ("V80 物流车", "商用车"), ("B12 客车", "客车"))
_DEPTS = ("总经理办公室", "产品研发中心", "试验中心", "工艺部", "采购部", "供应商质量部", "销售一部", "销售二部", "财务部", "成本科", "人力资源部", "法务审计部",
          "信息技术部", "设备动力部", "安全环保部", "质量管理部", "仓储物流部", "生产计划部", "压铸车间", "机加一车间", "机加二车间", "热处理车间",
          "涂装车间", "总装车间", "模具车间", "售后服务部", "智能网联部", "综合管理部")
_POSTS = ("操作工", "操作工", "操作工", "操作工", "检验员", "检验员", "班组长", "维修工", "仓管员", "叉车工", "工艺工程师", "设计工程师", "质量工程师",
          "采购员", "销售经理", "会计", "出纳", "人事专员", "IT工程师", "车间主任", "部门经理", "保安")
TITLES = ("初级工", "中级工", "高级工", "技师", "助理工程师", "工程师", "高级工程师", "无")


def parts(rng, count):
    out = []
    for n in range(1, count + 1):
        name, name_en = identity.any_of(rng, _PARTS)
        size = "%d×%d×%d" % (20 + int(rng.random() * 300), 10 + int(rng.random() * 200), 5 + int(rng.random() * 80))
        out.append(SimpleNamespace(
            id=n, code="%02d.%03d.%05d" % (10 + n % 17, 100 + n % 389, n), sap="%018d" % (300000 + n), name=name,
            name_en=name_en, spec=size, unit=identity.any_of(rng, _UNITS),
            kind=("成品", "半成品", "外购件", "原材料")[int(rng.random() * 4)], drawing="DWG-%s-%05d" % (name_en[:2].upper(), n),
            weight=round(rng.random() * 18 + 0.02, 3), material=identity.any_of(rng, _MATERIALS),
            price=round(rng.random() ** 2 * 900 + 1.5, 2), model="M%02d" % (n % 40), gtin=identity.gtin13(rng)))
    return out


def equipment(rng, count, lines):
    out = []
    for n in range(1, count + 1):
        name, model = identity.any_of(rng, _MACHINES)
        line = identity.any_of(rng, lines)
        out.append(SimpleNamespace(
            id=n, code="EQ-%s-%04d" % (line.shop[2:], n), name=name, model=model,
            maker=identity.any_of(rng, _MAKERS), line=line.code, shop=line.shop, shop_name=line.shop_name,
            ip="192.168.%d.%d" % (10 + n // 200, 2 + n % 200), serial="SN%s" % identity.digits(rng, 9), place="%s%d跨%d柱" % (line.shop_name, 1 + n % 4, 1 + n % 28),
            bought=people.date_between(rng, 2012, 2023)))
    return out


def lines():
    out = []
    for n in range(1, 19):
        shop, shop_name = _SHOPS[n % 6]
        out.append(SimpleNamespace(id=n, code="LN%02d" % n, name="%s%d线" % (shop_name.replace("车间", ""), 1 + n // 6),
                                   shop=shop, shop_name=shop_name))
    return out


def shops():
    return [SimpleNamespace(id=n, code=c, name=name) for n, (c, name) in enumerate(_SHOPS, 1)]


def stations(all_lines):
    out = []
    for line in all_lines:
        for place in range(1, 7):
            step = texts.PROCESSES[(line.id * 3 + place) % len(texts.PROCESSES)]
            out.append(SimpleNamespace(
                id=len(out) + 1, code="%s-ST%02d" % (line.code, place), name=step[1] + "工位%d" % place, line=line.code,
                line_id=line.id, op=step[0], op_name=step[1]))
    return out


def tags(rng, count, machines):
    out = []
    for n in range(1, count + 1):
        machine = identity.any_of(rng, machines)
        short, name, unit, low, high = _MEASURES[n % len(_MEASURES)]
        out.append(SimpleNamespace(
            id=n, name="%s.%s.%s_%d" % (machine.line, machine.code.replace("-", ""), short, n),
            title=machine.name + name, unit=unit, low=low, high=high, mid=(low + high) / 2, span=(high - low) / 4,
            machine=machine.code, plc=machine.ip, address="DB%d.DBD%d" % (10 + n % 60, 4 * (n % 90)),
            register=40001 + 2 * n, node="ns=2;s=%s.%s" % (machine.code, short)))
    return out


def departments():
    return [SimpleNamespace(id=n, code="D%03d" % n, name=name, parent=0 if n == 1 else 1)
            for n, name in enumerate(_DEPTS, 1)]


def posts():
    names = list(dict.fromkeys(_POSTS))
    return [SimpleNamespace(id=n, code="P%02d" % n, name=name) for n, name in enumerate(names, 1)]


def employees(rng, count, depts):
    out = []
    for n in range(1, count + 1):
        one = people.make_person(rng, n, 1966, 2004)
        dept = identity.any_of(rng, depts)
        year = max(int(one.birth[:4]) + 19, 2003) + int(rng.random() * 4)
        one.extra = dict(
            no="%05d" % (10000 + n * 7), login="%s%03d" % (one.pinyin[:9], n % 1000), dept=dept.name, dept_id=dept.id,
            dept_code=dept.code, post=identity.any_of(rng, _POSTS), title=identity.any_of(rng, TITLES),
            hired="%04d-%02d-%02d" % (min(year, 2024), 1 + int(rng.random() * 12), 1 + int(rng.random() * 28)),
            education=identity.any_of(rng, people.EDUCATION),
            school=identity.any_of(rng, people.SCHOOLS), salary=3600 + int(rng.random() ** 2 * 22000))
        out.append(Staff(one))
    return out


class Staff:
    """An employee: the person and the employment in one flat object."""

    __slots__ = ("_one", "__dict__")

    def __init__(self, one):
        self._one = one
        self.__dict__.update({key: getattr(one, key) for key in one.__slots__ if key != "extra"})
        self.__dict__.update(one.extra)


def vehicles(rng, count, owners):
    out = []
    for n in range(1, count + 1):
        model, kind = identity.any_of(rng, _CAR_MODELS)
        owner = owners[(n - 1) % len(owners)]
        year = "NPRS"[int(rng.random() * 4)]
        lng, lat = 113.95 + rng.random() * 0.6, 30.35 + rng.random() * 0.4
        out.append(SimpleNamespace(
            id=n, vin=identity.vin(rng, "L9W", year, n), plate=identity.plate_new_energy(rng), model=model, kind=kind,
            motor="TZ%s%s" % (model[:2], identity.digits(rng, 8)),
            battery="04QPE%s%s" % ("ABC"[n % 3], identity.digits(rng, 18)), iccid=identity.iccid(rng),
            imei=identity.imei(rng), tbox="TB%010d" % (n * 37 + 500), owner=owner, owner_id=owner.id, sn="CP%s%07d" % ("202" + str(2 + n % 4), n), color=("白", "黑", "灰", "蓝", "红")[n % 5], lng=lng, lat=lat,
            sold="%04d-%02d-%02d" % (2022 + n % 3, 1 + n % 12, 1 + n % 28)))
    return out


def warehouses():
    names = ("原材料库", "外购件库", "毛坯库", "成品一库", "成品二库", "工装库", "备件库", "化学品库", "线边库", "售后件库", "不合格品库", "包装材料库")
    return [SimpleNamespace(id=n, code="WH%02d" % n, name=name) for n, name in enumerate(names, 1)]


def locations(rng, count, houses):
    out = []
    for n in range(1, count + 1):
        house = houses[n % len(houses)]
        bin_code = "%s-%s%02d-%02d-%d" % (house.code, "ABCDEF"[n % 6], n % 20 + 1, n % 12 + 1, n % 4 + 1)
        out.append(SimpleNamespace(id=n, code=bin_code, house=house.code, house_id=house.id, house_name=house.name))
    return out


def meters():
    kinds = (("E", "电表", "kWh"), ("W", "水表", "m3"), ("G", "燃气表", "m3"), ("S", "蒸汽表", "t"))
    out = []
    for n in range(1, 61):
        letter, kind, unit = kinds[n % 4]
        out.append(SimpleNamespace(id=n, code="%s-%03d" % (letter, n), name="%s%d#" % (kind, n), kind=kind, unit=unit,
                                   shop=_SHOPS[n % 6][1]))
    return out


def projects(rng, count):
    themes = ("轻量化转向节开发", "集成电驱壳体开发", "低噪声制动盘开发", "一体化压铸副车架", "BMS控制板平台化", "高阻尼悬置材料研究", "热管理阀岛开发")
    return [SimpleNamespace(id=n, code="RD%d%03d" % (2022 + n % 4, n),
                            name=themes[n % len(themes)] + "（%d期）" % (n // 7 + 1), budget=round(80 + rng.random() * 900, 1)) for n in range(1, count + 1)]


def piles(rng, count):
    out = []
    for n in range(1, count + 1):
        station = n // 8 + 1
        out.append(SimpleNamespace(
            id=n, code="4201%06d%02d" % (300 + station, n % 8 + 1), station="ST%04d" % station,
            station_name=texts.CITIES[station % 4] + ("沌口", "军山", "光谷", "王家湾")[station % 4] + "充电站",
            lng=round(114.05 + rng.random() * 0.4, 6), lat=round(30.42 + rng.random() * 0.3, 6),
            power=(60, 120, 180, 7)[n % 4]))
    return out
