"""Invented persons: common surnames and given names put together at random, with pinyin for logins."""

from . import identity

_SURNAMES = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he 林lin "
    "罗luo 高gao 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 邓deng 冯feng 韩han 曹cao 曾zeng 彭peng 萧xiao 蔡cai 潘pan "
    "田tian 董dong 袁yuan 于yu 余yu 叶ye 蒋jiang 杜du 苏su 魏wei 程cheng 吕lv 丁ding 沈shen 任ren 姚yao 卢lu 傅fu 钟zhong "
    "姜jiang 崔cui 谭tan 廖liao 范fan 汪wang 陆lu 金jin 石shi 戴dai 贾jia 韦wei 夏xia 邱qiu 方fang 侯hou 邹zou 熊xiong "
    "孟meng 秦qin 白bai 江jiang 阎yan 薛xue 尹yin 段duan 雷lei 黎li 史shi 龙long 陶tao 贺he 顾gu 毛mao 郝hao 龚gong "
    "欧阳ouyang 诸葛zhuge 上官shangguan 司徒situ").split()
_MALE = (
    "伟wei 强qiang 磊lei 军jun 勇yong 杰jie 涛tao 超chao 明ming 刚gang 平ping 辉hui 鹏peng 飞fei 波bo 斌bin 宇yu 浩hao "
    "凯kai 健jian 俊jun 帆fan 帅shuai 旭xu 宁ning 龙long 林lin 阳yang 建jian 国guo 志zhi 海hai 文wen 博bo 一yi 天tian "
    "子zi 泽ze 晨chen 昊hao").split()
_FEMALE = (
    "芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 燕yan 玲ling 桂gui 英ying 红hong 梅mei 莉li 婷ting 慧hui 雪xue "
    "琳lin 洁jie 颖ying 倩qian 欣xin 怡yi 佳jia 雨yu 梦meng 思si 晓xiao 玉yu 萍ping 春chun 秀xiu 兰lan 瑶yao 璐lu "
    "涵han 妍yan 琪qi 悦yue").split()
NATIONS = ("汉族",) * 30 + ("土家族", "土家族", "苗族", "回族", "满族", "壮族", "侗族", "蒙古族")
EDUCATION = ("初中", "高中", "中专", "中专", "大专", "大专", "大专", "本科", "本科", "硕士", "博士")
SCHOOLS = ("江城理工大学", "楚天工业学院", "汉南职业技术学院", "鄂西机械工程学校", "长江汽车工程学院", "东湖科技大学",
           "襄南技师学院", "中南制造大学", "云梦师范大学", "荆楚工学院")
_STREETS = ("建设", "解放", "人民", "沿江", "滨湖", "车城", "纺织", "文昌", "望江", "青年", "工业", "春晓", "银杏", "香樟")
_ESTATES = ("锦绣家园", "滨江花苑", "东湖名邸", "车城小区", "幸福里", "翠微新居", "阳光水岸", "梧桐雨", "金桂苑")
_MAIL = ("example.com", "example.cn", "mail.example.com", "example.net")


class Person:
    """A natural person with the fields every system of the plant copies."""

    __slots__ = ("id", "name", "pinyin", "male", "sex", "birth", "birth8", "region", "id_card", "mobile", "email",
                 "wechat", "qq", "address", "native", "nation", "card", "bank", "plate", "extra")


def split_sound(item):
    cut = next(i for i, c in enumerate(item) if c.isascii())
    return item[:cut], item[cut:]


def name_of(rng, male):
    surname, sound = split_sound(_SURNAMES[int(rng.random() ** 1.5 * len(_SURNAMES))])
    pool = _MALE if male else _FEMALE
    for _ in range(1 if rng.random() < 0.25 else 2):
        char, syllable = split_sound(identity.any_of(rng, pool))
        surname += char
        sound += syllable
    return surname, sound


def street_address(rng, region):
    road = identity.any_of(rng, _STREETS)
    estate = identity.any_of(rng, _ESTATES)
    return "%s%s%s%s路%d号%s%d栋%d单元%d室" % (
        region[1] if region[1] != region[2] else "", region[2], region[3], road, 1 + int(rng.random() * 480), estate,
        1 + int(rng.random() * 30), 1 + int(rng.random() * 4), (1 + int(rng.random() * 30)) * 100 + 1 + int(rng.random() * 4))


def date_between(rng, first_year, last_year):
    return "%04d-%02d-%02d" % (first_year + int(rng.random() * (last_year - first_year + 1)),
                               1 + int(rng.random() * 12), 1 + int(rng.random() * 28))


def make_person(rng, number, first_year=1966, last_year=2004, male_share=0.7):
    one = Person()
    one.id = number
    one.male = rng.random() < male_share
    one.sex = "男" if one.male else "女"
    one.name, one.pinyin = name_of(rng, one.male)
    one.birth = date_between(rng, first_year, last_year)
    one.birth8 = one.birth.replace("-", "")
    one.region = identity.REGIONS[int(rng.random() ** 1.4 * len(identity.REGIONS))]
    one.id_card = identity.id_number(rng, one.region[0], one.birth8, one.male)
    one.mobile = identity.mobile(rng)
    one.email = "%s%d@%s" % (one.pinyin, number % 1000, identity.any_of(rng, _MAIL))
    one.wechat = one.pinyin[:6] + "_" + identity.digits(rng, 4)
    one.qq = str(100000 + int(rng.random() * 2900000000))
    one.address = street_address(rng, one.region)
    one.native = one.region[1].rstrip("省市") + one.region[2].rstrip("市")
    one.nation = identity.any_of(rng, NATIONS)
    one.card = identity.bank_card(rng)
    one.bank = identity.any_of(rng, BANKS)
    one.plate = identity.plate_new_energy(rng) if rng.random() < 0.3 else identity.plate(rng)
    one.extra = {}
    return one


BANKS = ("中国工商银行武汉汉南支行", "中国建设银行武汉沌口支行", "中国农业银行武汉蔡甸支行", "中国银行武汉经开支行",
         "招商银行武汉分行", "交通银行武汉王家湾支行", "武汉农村商业银行汉阳支行", "汉口银行沌口支行")


def mask_mobile(text):
    return text[:3] + "****" + text[7:]


def mask_id(text):
    return text[:4] + "*" * 10 + text[14:]


def mask_name(text):
    return text[0] + "*" * (len(text) - 1)


def mask_card(text):
    return text[:6] + "*" * (len(text) - 10) + text[-4:]
