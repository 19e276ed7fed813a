"""Invented companies: suppliers, customers, carriers."""

from . import identity, people

_BRANDS = ("华驰", "鑫隆", "瑞丰", "恒泰", "德盛", "中益信", "金桥", "腾跃", "佳美", "国润", "东旭", "长信", "启元", "博远", "天工",
           "众成", "永固", "三江", "新源", "宏图", "力诺", "巨轮", "星辉", "凌云", "汇川达", "海拓", "远东华", "信立")
_TRADES = ("汽车零部件", "精密机械", "橡塑制品", "金属材料", "电子科技", "紧固件", "模具", "表面处理", "轴承", "传动系统", "线束",
           "压铸", "冲压", "化工材料", "包装材料")
_CAR_TRADES = ("汽车", "新能源汽车", "商用车", "乘用车", "客车", "专用车", "农业装备", "工程机械")
_FORMS = ("有限公司", "有限责任公司", "股份有限公司", "科技有限公司", "集团有限公司")
_ROADS = ("东风大道", "车城南路", "沌口路", "军山街", "珠山湖大道", "全力一路", "后官湖大道", "创业路", "工业园一路")


class Firm:
    __slots__ = ("id", "code", "name", "short", "name_en", "uscc", "region", "address", "phone", "fax", "legal", "bank",
                 "account", "cnaps", "contact", "contact2", "industry", "rating", "mail", "site", "country")


def make_firm(rng, number, prefix, trades, foreign_share=0.0):
    one = Firm()
    one.id = number
    one.code = "%s%05d" % (prefix, 10000 + number * 3)
    one.region = identity.any_of(rng, identity.REGIONS)
    city = one.region[2].rstrip("市")
    brand = identity.any_of(rng, _BRANDS)
    trade = identity.any_of(rng, trades)
    one.short = city + brand
    one.name = city + brand + trade + identity.any_of(rng, _FORMS)
    one.industry = trade
    one.name_en = "Sample %s Auto Parts No.%d Co., Ltd." % (prefix, number)
    one.country = "DE" if rng.random() < foreign_share else "CN"
    one.uscc = identity.uscc(rng, one.region[0])
    one.address = "%s%s%s%d号" % (one.region[2], one.region[3], identity.any_of(rng, _ROADS),
                                1 + int(rng.random() * 300))
    one.phone = identity.landline(rng)
    one.fax = identity.landline(rng)
    one.legal = people.name_of(rng, rng.random() < 0.8)[0]
    one.bank = identity.any_of(rng, people.BANKS)
    one.account = identity.any_of(rng, ("4205", "1703", "3202", "5729")) + identity.digits(rng, 15)
    one.cnaps = identity.any_of(rng, ("102", "103", "104", "105", "308")) + "521" + identity.digits(rng, 6)
    one.contact = people.make_person(rng, number)
    one.contact2 = people.make_person(rng, number + 5000)
    one.rating = "ABCD"[min(3, int(rng.random() * 4.2))]
    one.mail = "sales%d@example.com" % number
    one.site = "www.%s%d.example.com" % (prefix.lower(), number)
    return one


def suppliers(rng, count):
    return [make_firm(rng, n, "V", _TRADES, 0.05) for n in range(1, count + 1)]


def customers(rng, count):
    return [make_firm(rng, n, "C", _CAR_TRADES, 0.1) for n in range(1, count + 1)]


def carriers(rng, count):
    return [make_firm(rng, n, "L", ("物流", "运输", "供应链管理"), 0.0) for n in range(1, count + 1)]
