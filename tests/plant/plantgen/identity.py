"""Identifiers with check digits: makers take a random source, validators a text.

Every number is invented. The rules are those of the public standards named beside each function.
"""

import re

# GB/T 2260 codes used for invented addresses and ID numbers: code, province, city, district
REGIONS = [
    ("420102", "湖北省", "武汉市", "江岸区"), ("420106", "湖北省", "武汉市", "武昌区"),
    ("420111", "湖北省", "武汉市", "洪山区"), ("420113", "湖北省", "武汉市", "汉南区"),
    ("420114", "湖北省", "武汉市", "蔡甸区"), ("420606", "湖北省", "襄阳市", "樊城区"),
    ("420302", "湖北省", "十堰市", "茅箭区"), ("420502", "湖北省", "宜昌市", "西陵区"),
    ("420702", "湖北省", "鄂州市", "梁子湖区"), ("430102", "湖南省", "长沙市", "芙蓉区"),
    ("430211", "湖南省", "株洲市", "天元区"), ("410103", "河南省", "郑州市", "二七区"),
    ("411302", "河南省", "南阳市", "宛城区"), ("360103", "江西省", "南昌市", "西湖区"),
    ("340104", "安徽省", "合肥市", "蜀山区"), ("340207", "安徽省", "芜湖市", "鸠江区"),
    ("320106", "江苏省", "南京市", "鼓楼区"), ("320505", "江苏省", "苏州市", "虎丘区"),
    ("330108", "浙江省", "杭州市", "滨江区"), ("330206", "浙江省", "宁波市", "北仑区"),
    ("310114", "上海市", "上海市", "嘉定区"), ("310115", "上海市", "上海市", "浦东新区"),
    ("440112", "广东省", "广州市", "黄埔区"), ("440306", "广东省", "深圳市", "宝安区"),
    ("500112", "重庆市", "重庆市", "渝北区"), ("510112", "四川省", "成都市", "龙泉驿区"),
    ("610112", "陕西省", "西安市", "未央区"), ("120116", "天津市", "天津市", "滨海新区"),
    ("220106", "吉林省", "长春市", "绿园区"), ("370285", "山东省", "青岛市", "莱西市"),
]

_MOBILE_PREFIXES = (
    "130 131 132 133 134 135 136 137 138 139 147 150 151 152 153 155 156 157 158 159 166 172 173 175 176 177 178 "
    "180 181 182 183 184 185 186 187 188 189 191 193 195 198 199").split()
_CARD_PREFIXES = (("622202", 19), ("621700", 19), ("622848", 19), ("621661", 19), ("622588", 16), ("622700", 19),
                  ("621483", 16), ("622262", 19), ("621226", 19), ("625912", 16))
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"
_USCC_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_VIN_CHARS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_VIN_VALUES = dict(zip("0123456789", range(10)))
_VIN_VALUES.update(zip("ABCDEFGH", range(1, 9)))
_VIN_VALUES.update(zip("JKLMN", range(1, 6)))
_VIN_VALUES.update({"P": 7, "R": 9})
_VIN_VALUES.update(zip("STUVWXYZ", range(2, 10)))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PLATE_HEADS = ("鄂A",) * 12 + ("鄂F", "鄂C", "湘A", "豫A", "皖A", "苏E", "沪A", "粤B", "渝A", "川A", "赣A", "浙B")
_PLATE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_PLATE_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"


def any_of(rng, pool):
    return pool[int(rng.random() * len(pool))]


def digits(rng, count):
    return "".join(str(int(rng.random() * 10)) for _ in range(count))


def luhn_digit(body):
    total = 0
    for place, char in enumerate(reversed(body)):
        value = int(char) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def is_luhn(text):
    return text.isdigit() and len(text) > 1 and luhn_digit(text[:-1]) == text[-1]


def id_digit(body):
    """GB 11643: check character of a 17-digit body."""
    return _ID_CHECKS[sum(int(c) * w for c, w in zip(body, _ID_WEIGHTS)) % 11]


def id_number(rng, region, birth, male):
    """An ID number; `birth` is YYYYMMDD."""
    body = region + birth + "%02d%d" % (int(rng.random() * 90) + 5, int(rng.random() * 5) * 2 + (1 if male else 0))
    return body + id_digit(body)


def is_id_number(text):
    if not re.fullmatch(r"[1-9]\d{16}[\dXx]", text):
        return False
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    if not (1900 <= year <= 2025 and 1 <= month <= 12):
        return False
    last = _DAYS[month - 1] + (1 if month == 2 and year % 4 == 0 and (year % 100 or year % 400 == 0) else 0)
    return 1 <= day <= last and id_digit(text[:17]) == text[17].upper()


def org_digit(body):
    """GB 11714: check character of an 8-character organisation code."""
    total = sum((int(c) if c.isdigit() else ord(c) - 55) * w for c, w in zip(body, _ORG_WEIGHTS))
    rest = 11 - total % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)


def uscc_digit(body):
    """GB 32100: check character of a 17-character body."""
    total = sum(_USCC_CHARS.index(c) * w for c, w in zip(body, _USCC_WEIGHTS))
    return _USCC_CHARS[-total % 31]


def uscc(rng, region):
    org = "MA" + "".join(_USCC_CHARS[int(rng.random() * 31)] for _ in range(6))
    body = "91" + region + org + org_digit(org)
    return body + uscc_digit(body)


def is_uscc(text):
    return (len(text) == 18 and all(c in _USCC_CHARS for c in text) and text[2:8].isdigit()
            and uscc_digit(text[:17]) == text[17])


def bank_card(rng):
    prefix, length = any_of(rng, _CARD_PREFIXES)
    body = prefix + digits(rng, length - len(prefix) - 1)
    return body + luhn_digit(body)


def vin_digit(text):
    """GB/T 16735: check character at position 9 of a 17-character VIN."""
    rest = sum(_VIN_VALUES[c] * w for c, w in zip(text, _VIN_WEIGHTS)) % 11
    return "X" if rest == 10 else str(rest)


def vin(rng, maker, year_code, serial):
    """`maker` is the 3-character maker code, `serial` a running number of the assembly plant."""
    text = maker + "".join(_VIN_CHARS[int(rng.random() * 33)] for _ in range(5)) + "0" + year_code + "A%06d" % serial
    return text[:8] + vin_digit(text) + text[9:]


def is_vin(text):
    return len(text) == 17 and all(c in _VIN_VALUES for c in text) and vin_digit(text) == text[8]


def imei(rng):
    body = "86" + digits(rng, 12)
    return body + luhn_digit(body)


def is_imei(text):
    return len(text) == 15 and is_luhn(text)


def iccid(rng):
    body = "8986" + ("00", "01", "03", "11")[int(rng.random() * 4)] + digits(rng, 13)
    return body + luhn_digit(body)


def is_iccid(text):
    return len(text) == 20 and text.startswith("8986") and is_luhn(text)


def cas_digit(body):
    return str(sum(int(c) * w for w, c in enumerate(reversed(body), 1)) % 10)


def is_cas(text):
    match = re.fullmatch(r"(\d{2,7})-(\d\d)-(\d)", text)
    return bool(match) and cas_digit(match[1] + match[2]) == match[3]


def mobile(rng):
    return any_of(rng, _MOBILE_PREFIXES) + digits(rng, 8)


def is_mobile(text):
    return len(text) == 11 and text.isdigit() and text[:3] in _MOBILE_PREFIXES


def landline(rng, area="027"):
    return "%s-%d%s" % (area, 5 + int(rng.random() * 4), digits(rng, 7 if area[1] in "12" else 6))


def plate(rng):
    """GA 36: five places, at most two letters, none of them I or O."""
    tail = list(digits(rng, 5))
    for _ in range(int(rng.random() * 3)):
        tail[int(rng.random() * 5)] = _PLATE_LETTERS[int(rng.random() * 24)]
    return any_of(rng, _PLATE_HEADS) + "".join(tail)


def plate_new_energy(rng):
    head = any_of(rng, _PLATE_HEADS)
    if rng.random() < 0.1:
        return head + digits(rng, 5) + "DF"[int(rng.random() * 2)]
    second = _PLATE_LETTERS[int(rng.random() * 24)] if rng.random() < 0.2 else digits(rng, 1)
    return head + "DF"[int(rng.random() * 2)] + second + digits(rng, 4)


def is_plate(text):
    if len(text) not in (7, 8) or text[0] not in _PLATE_PROVINCES or text[1] not in _PLATE_LETTERS:
        return False
    tail = text[2:]
    if len(tail) == 5:
        return all(c.isdigit() or c in _PLATE_LETTERS for c in tail)
    return bool(re.fullmatch(r"[DF][A-HJ-NP-Z\d]\d{4}|\d{5}[DF]", tail))


def gtin13(rng):
    body = "695" + digits(rng, 9)
    return body + gtin_digit(body)


def gtin_digit(body):
    return str(-sum(int(c) * (3 if place % 2 == 0 else 1) for place, c in enumerate(reversed(body))) % 10)


def is_gtin13(text):
    return len(text) == 13 and text.isdigit() and gtin_digit(text[:-1]) == text[-1]


def mac(rng, sep=":"):
    """A locally administered address, so that it belongs to no maker."""
    return sep.join(["02"] + ["%02X" % int(rng.random() * 256) for _ in range(5)])


def ipv4(rng, net="10.20"):
    return "%s.%d.%d" % (net, int(rng.random() * 32), 2 + int(rng.random() * 250))


def is_ipv4(text):
    return bool(re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", text)) and all(int(p) < 256 for p in text.split("."))


def break_last(text, is_valid):
    """The text with its last character changed until `is_valid` says no: a near miss."""
    for char in "0123456789":
        if not is_valid(text[:-1] + char):
            return text[:-1] + char
    raise ValueError("no near miss of %r" % text)


# kind of a column's check -> validator of its non-empty values
VALIDATORS = {
    "id": is_id_number, "uscc": is_uscc, "luhn": is_luhn, "vin": is_vin, "imei": is_imei, "iccid": is_iccid,
    "cas": is_cas, "mobile": is_mobile, "plate": is_plate, "gtin": is_gtin13, "ipv4": is_ipv4,
}
