/*
 * Names of persons. One value alone proves little: 高温, 武汉 and 白色 begin with surnames too. So the check asks for a surname, for
 * characters that given names have, and for none that only things have, and the profile judges by the share of distinct
 * values that pass. The tables are general knowledge of Chinese names, not taken from any data set; each is in ascending order of UTF-8.
 */
#include <string.h>

#include "check.h"
#include "check_util.h"

/* Surnames of one character that together more than 99 % of Chinese bear, without those that are mostly other words. */
static const char surnames[] = {"丁万丛严乌乔于亓亢仇付仝仲任伊伍伏何佘余佟侯俞倪"
                                "储党兰关冀冉冯况冶冷冼凌刁刘勾包匡华卓单卜卞卢卫"
                                "危卿厉古史叶吉向吕吴周呼哈唐商喻夏奉奚姚姜姬娄孔"
                                "孙孟季宁安宋宗宣宫宾寇尉尚尤尧尹屈屠岑岳崔嵇左巩"
                                "巫巴帅师席常幸庄庞康廉廖张彭徐惠慕戈戎成戚戴房扈"
                                "揭敖敬文斯方於施易昝晁晋晏景曲曹曾朱朴李杜束杨杭"
                                "林柏查柯柳柴栗栾桂桑梁梅植楚楼樊檀欧武段殷毕毛江"
                                "池汤汪沈沙浦涂温游湛滕漆潘焦熊燕牛牟狄王甄甘田申"
                                "白盛瞿石祁祖祝禹秦程穆窦章童符简管米粟纪缪罗羊翁"
                                "翟耿聂肖胡胥臧舒艾芦芮苏苑苗苟范茅茹荆荣莫葛董蒋"
                                "蒙蒲蓝蔡蔺薄薛虞衡衣袁裘裴褚覃解詹许诺谈谌谢谭谷"
                                "费贺贾赫赵路车辛辜边连迟逯邓邝邢那邬邰邱邵邸邹郁"
                                "郎郑郜郝郭鄢金钟钱闫闭闵闻阙阚阮阳阴陆陈陶隆隋雍"
                                "雷霍靳鞠韦韩项顾颜饶马骆高魏鲁鲍鲜鹿麦黄黎齐龙龚"};

static const char *const compound_surnames[] = {
    "万俟", "上官", "东方", "东郭", "乐正", "令狐", "仲孙", "公冶", "公孙", "公羊", "公西",
    "南宫", "南门", "叶赫", "司徒", "司空", "司马", "呼延", "壤驷", "夏侯", "太叔", "太史",
    "宇文", "完颜", "宗政", "尉迟", "左丘", "巫马", "慕容", "拓跋", "梁丘", "欧侯", "欧阳",
    "漆雕", "澹台", "濮阳", "爱新", "独孤", "申屠", "百里", "皇甫", "端木", "第五", "纳兰",
    "西门", "诸葛", "赫连", "轩辕", "钟离", "长孙", "闻人", "闾丘", "鲜于",
};

/* Characters of given names. */
static const char given_characters[] = {"一万三与世业东中丰丹丽举乃久义之乐习书乾予争于云"
                                        "亚亦享亭亮亿仁介仕仙以仰仲任伊伍会伟伦伯佐佑余佩"
                                        "佳侃侍依侠俊保信俪修倩健儒允元兄兆先光克全兰兴兵"
                                        "其典兹冀冉再军农冠冬冰凌凝凡凤凯刚初利剑力功勇勉"
                                        "勋勤化北千升卉华协卓南博占卫卿厚原友双发可右叶吉"
                                        "同名向君吟含启吾和咏品哲唯善喆喜嗣嘉因园国圆圣圭"
                                        "均坚坤坦埔培基塘增墨士壮声夏夕天太夫央夷奂奇奉奎"
                                        "奕好如妃妍妙妞妤妮妹姐姝姣姿威娃娇娜娟娴婉婕婧婵"
                                        "婷媚媛嫒嫣嫦嬿子孜孝孟季学宁宇守安宏宗定宜宝实宣"
                                        "宪家宸容宾寅富寒寿尉尊小少尔尚尧屏展山岁岑岗岚岩"
                                        "岳峥峰峻崇嵘嵩巍川巧帅帆希帝干平年幸幼广庄庆序应"
                                        "庚庭康廉延廷建开引弘弟张强彤彦彩彪彬彰影彻征徐循"
                                        "微德心忆志忠念怀思怡恋恒恩恭恺悌悠悦情惜惟惠愉意"
                                        "愿慈慎慕慧慨慷懋懿戈成才扬承抒拓拥振捷揖摇撼攀政"
                                        "效敏教敦敬文斌斐斯新方旋旗日旦旭时旺旻昀昂昆昊昌"
                                        "明易昔星映春昭昱显晋晏晓晔晖晟晨普景晴晶智暄暖暮"
                                        "曙曦曼月有朋朔朗望朝木术朴朵权杏来杰松极林枚枝枫"
                                        "柏柔查柯柱柳栋树栓栗根桂桃桐桦梅梓梦棠棣森植楚楠"
                                        "榆榕槐樱檬欢欣歆止正武殊殷殿毅毓民水永汀汉汐汝江"
                                        "汶沁沃沈沐沙沛沣沧治泉泊泓法波泰泳泽洁洋洛洪洲济"
                                        "浦浩浪海涌涓涛涟涤润涵淇淋淑深淳淼清渊渝温渭湄湖"
                                        "湘湛源溢溪滋滔满滨漪漫潇潞潮潼澄澜瀚灏灿炅炎炜炫"
                                        "炯炳烁烈烨烽焕焰然煊煜照熙熹燊燕爱爽牧犇狄献玄玉"
                                        "玖玫玮玲玺珂珈珊珍珏珠珩班球琅理琛琢琦琪琬琮琳琴"
                                        "琼瑄瑗瑛瑜瑞瑶瑾璇璋璐璞璧甜生甫田甲申男畅留略疆"
                                        "登皓盈益盛盼眉真睦睿知石研砚硕碧磊磐礼社祉祖祝祥"
                                        "祺禄福禹秀秉秋科秦稚穆窈立章童端竹笃笑笙笛筠筱简"
                                        "箐米粤精素紫繁红纬纯纲绅绍绚继绪绮维绿缘罡美群羽"
                                        "翊翔翠翰翼耀耕耘聆聪肖育胜胤能腊腾自至致臻舒舜舞"
                                        "舟航良艳艺节芃芊芙芝芬花芳芷芸苍苏苑苗若英茂范茗"
                                        "茜茵荃荔荟荣莉莎莘莲莹莺菀菁菊菱菲萌萍萱葆著葵蒙"
                                        "蓉蓓蓝蓬蔓蔚蕾薇薪藩虎虔虞虹蝶融行衍衡裕裴西覃觉"
                                        "言誉让训诗诚语诺谊谏谐谦豪豫豹贝贞贤贵贺赐赓赛赞"
                                        "超越跃轩辅辉辰达迅迎远迪述适逊通逵逸道遥邃邦郁郎"
                                        "郡酉采野金鉴鑫钊钏钟钢钦钧钰铁铃铎铖铭铮银锋锐锟"
                                        "锡锦键镇镕长闯闻闽阁阔阳陆陵隆隐雁雄雅集雍雨雪雯"
                                        "雷霄震霖霞露青靓靖静鞠韬音韵韶顺颂颉颖风飒飚飞首"
                                        "香馥馨驰驹骁骄骏骥高魁鲁鲲鸣鸽鸿鹃鹏鹤鹰麒麟黎默"
                                        "黛齐龄龙"};

/* Characters of things, places of work and grammar that given names don't have. */
static const char thing_characters[] = {"下不丝个么乡买产什仓他付仪件价份传你入具内冲出刀"
                                        "切划别制剂削副加务区单厂压县只台号司各合后吗否吧"
                                        "吨呀告员呢哦哪售啊嗯器回图圈地场址块型垫塑壳处备"
                                        "外多夹套她它室宽密寸尺局层左已市带床库店废度座式"
                                        "待态总您我户所手批把报换接控支收改数料无是期未末"
                                        "机杆材村条板架校样格桥桶梁检模橡次款母每毫气油注"
                                        "泵测液漆灰焊片物状率瓶电白的盒盖盘码砂磨秒称程税"
                                        "窄站第管箱类粉粒粗系级纸线组细经统绳编缺网者胶膜"
                                        "色薄街补表袋装规计设试话说谁账货质购费路车轮软轴"
                                        "过这退那邮部配量钉钻铜铝铣铸链销锌锻镗阀队院陷项"
                                        "额馆验黑齿"};

/* Words that begin like a name and are none. */
static const char *const words[] = {
    "丁基",   "丁酮",   "丁醇",   "万一", "万元", "万向",   "万向节", "万吨",   "万宁", "万州",
    "万用表", "万科",   "万能",   "万达", "严控", "严格",   "严禁",   "严谨",   "严重", "乌鲁木齐",
    "于是",   "于都",   "付款",   "付费", "任务", "何时",   "余姚",   "余数",   "余料", "余热",
    "余量",   "余额",   "兰州",   "关东", "关机", "关注",   "关税",   "关系",   "关联", "关节",
    "关键",   "关闭",   "冷冻",   "冷却", "冷库", "冷轧",   "包头",   "包材",   "包装", "包钢",
    "华东",   "华中",   "华为",   "华北", "华南", "华容",   "卓越",   "单价",   "单位", "单元",
    "单机",   "单班",   "单选",   "单重", "卫生", "古典",   "古铜",   "史料",   "叶片", "叶轮",
    "吉利",   "吉林",   "向上",   "向下", "向前", "向后",   "向导",   "向心",   "向阳", "吕梁",
    "吴中",   "吴江",   "周一",   "周三", "周二", "周五",   "周六",   "周四",   "周日", "周期",
    "周末",   "周转",   "周边",   "唐山", "商丘", "商务",   "商品",   "商城",   "商家", "商标",
    "夏天",   "夏季",   "姚江",   "孔径", "孔距", "孙子",   "季度",   "宁夏",   "宁波", "宁静",
    "安全",   "安凯",   "安庆",   "安康", "安徽", "安心",   "安检",   "安环",   "安监", "安装",
    "安钢",   "安防",   "安阳",   "安静", "宋体", "宗地",   "宗申",   "宣传",   "尚未", "尹始",
    "岳阳",   "左侧",   "左右",   "左边", "师傅", "席位",   "常务",   "常州",   "常开", "常德",
    "常温",   "常熟",   "常用",   "常见", "常规", "常量",   "常闭",   "庄河",   "康乐", "康复",
    "康宁",   "康师傅", "康明斯", "廉江", "张力", "张家口", "张家界", "张数",   "徐州", "惠州",
    "成功",   "成员",   "成品",   "成型", "成本", "成熟",   "成立",   "成都",   "成长", "房屋",
    "文件",   "文具",   "文员",   "文字", "文山", "文昌",   "文本",   "文案",   "文档", "方位",
    "方便",   "方向",   "方太",   "方差", "方式", "方形",   "方案",   "方法",   "方管", "方通",
    "方钢",   "施工",   "易损件", "易燃", "易碎", "景区",   "景德镇", "曲线",   "曲轴", "曲靖",
    "朱红",   "杜绝",   "杨木",   "杨浦", "林业", "柯桥",   "柳州",   "桂林",   "梅州", "欧元",
    "欧洲",   "武昌",   "武汉",   "武钢", "段落", "段长",   "殷钢",   "毕业",   "毛利", "毛刺",
    "毛坯",   "毛巾",   "毛病",   "毛边", "毛重", "江南",   "江山",   "江津",   "江淮", "江苏",
    "江西",   "江都",   "江铃",   "江门", "江阴", "池塘",   "池州",   "汪洋",   "沈阳", "沙特",
    "温升",   "温和",   "温州",   "温差", "温度", "温控",   "温暖",   "温湿度", "熊猫", "牛奶",
    "牛油",   "牛皮",   "牛顿",   "甘肃", "田地", "白天",   "白板",   "白班",   "白色", "白酒",
    "盛放",   "盛装",   "石化",   "石墨", "石子", "石家庄", "石料",   "石材",   "石油", "石灰",
    "石狮",   "石英",   "石首",   "祁阳", "祖国", "祝福",   "祝贺",   "秦皇岛", "程序", "章程",
    "章节",   "童装",   "符合",   "简单", "简易", "管件",   "管家",   "管径",   "管控", "管材",
    "管理",   "管路",   "管辖",   "管道", "米白", "米粉",   "米色",   "罗定",   "罗马", "羊毛",
    "芦苇",   "苏州",   "苏打",   "范围", "荆州", "荆门",   "荣成",   "莫名",   "董事", "蒲江",
    "蓝图",   "蓝宝石", "蓝牙",   "蓝色", "袁州", "解决",   "解放",   "解放牌", "解析", "解码",
    "解释",   "解锁",   "解除",   "许可", "许昌", "谢绝",   "谢谢",   "费率",   "费用", "贺州",
    "赵县",   "路径",   "路由",   "路程", "路线", "车削",   "车号",   "车型",   "车床", "车次",
    "车牌",   "车身",   "车辆",   "车间", "车队", "辛苦",   "边缘",   "连云港", "连接", "连杆",
    "连续",   "连锁",   "连队",   "邵阳", "邹城", "郑州",   "金刚石", "金华",   "金坛", "金属",
    "金工",   "金昌",   "金湖",   "金牌", "金相", "金色",   "金蝶",   "金融",   "金额", "金龙",
    "钟表",   "钱包",   "阳光",   "阳性", "阳极", "阳江",   "陆运",   "陶土",   "陶瓷", "雷电",
    "雷达",   "项次",   "项目",   "项链", "顾客", "饶平",   "马力",   "马口铁", "马桶", "马达",
    "高中",   "高亮",   "高低",   "高兴", "高压", "高安",   "高岭土", "高度",   "高强", "高效",
    "高新",   "高明",   "高档",   "高清", "高温", "高炉",   "高端",   "高级",   "高速", "高邮",
    "高铁",   "高频",   "魏都",   "鲁棒", "鲁班", "黄冈",   "黄山",   "黄石",   "黄色", "黄铜",
    "黎明",   "齐全",   "齐备",   "齐平", "龙头", "龙岩",   "龙门",   "龙骨",
};

/* Surnames as pinyin writes them, Cantonese spellings among them. */
static const char *const latin_surnames[] = {
    "ai",     "an",    "ao",    "ba",     "bai",   "ban",    "bao",   "bei",   "bi",    "bian",
    "bo",     "cai",   "cao",   "cen",    "chai",  "chan",   "chang", "che",   "chen",  "cheng",
    "cheung", "chi",   "chow",  "chu",    "cui",   "dai",    "deng",  "di",    "diao",  "ding",
    "dong",   "dou",   "du",    "duan",   "fan",   "fang",   "fei",   "feng",  "fu",    "fung",
    "gan",    "gao",   "ge",    "geng",   "gong",  "gou",    "gu",    "guan",  "gui",   "guo",
    "han",    "hao",   "he",    "ho",     "hong",  "hou",    "hu",    "hua",   "huang", "hui",
    "huo",    "ji",    "jia",   "jian",   "jiang", "jiao",   "jin",   "jing",  "ju",    "kang",
    "ke",     "kong",  "kuang", "kwan",   "kwok",  "lai",    "lam",   "lan",   "lang",  "lau",
    "lee",    "lei",   "leng",  "leung",  "li",    "lian",   "liang", "liao",  "lin",   "ling",
    "liu",    "lo",    "long",  "lou",    "lu",    "luo",    "lv",    "ma",    "man",   "mao",
    "mei",    "meng",  "mi",    "miao",   "min",   "ming",   "mo",    "mu",    "ng",    "ni",
    "nie",    "ning",  "niu",   "ouyang", "pan",   "pang",   "pei",   "peng",  "pi",    "pu",
    "qi",     "qian",  "qiao",  "qin",    "qiu",   "qu",     "ran",   "rao",   "ren",   "rong",
    "ruan",   "sang",  "sha",   "shan",   "shang", "shao",   "shen",  "sheng", "shi",   "shu",
    "sima",   "song",  "su",    "sun",    "tan",   "tang",   "tao",   "teng",  "tian",  "tong",
    "tsang",  "tse",   "tu",    "wan",    "wang",  "wei",    "wen",   "weng",  "wong",  "wu",
    "xi",     "xia",   "xian",  "xiang",  "xiao",  "xie",    "xin",   "xing",  "xiong", "xu",
    "xuan",   "xue",   "yan",   "yang",   "yao",   "ye",     "yi",    "yin",   "ying",  "yip",
    "you",    "yu",    "yuan",  "yue",    "yun",   "zeng",   "zha",   "zhan",  "zhang", "zhao",
    "zhen",   "zheng", "zhong", "zhou",   "zhu",   "zhuang", "zhuge", "zong",  "zou",   "zuo",
};

static const char *const first_names[] = {
    "aaron",    "adam",      "adrian",    "alan",      "albert",      "alex",      "alexander",
    "alice",    "alison",    "amanda",    "amy",       "andrea",      "andreas",   "andrew",
    "andy",     "angela",    "anita",     "ann",       "anna",        "anne",      "annie",
    "anthony",  "antonio",   "arthur",    "barbara",   "ben",         "benjamin",  "bernd",
    "betty",    "bill",      "bob",       "brandon",   "brenda",      "brian",     "bruce",
    "carl",     "carlos",    "carol",     "caroline",  "catherine",   "charles",   "charlotte",
    "chris",    "christian", "christina", "christine", "christopher", "cindy",     "claire",
    "clara",    "claudia",   "craig",     "cynthia",   "dan",         "daniel",    "daniela",
    "david",    "dennis",    "diana",     "diane",     "dieter",      "dirk",      "donald",
    "donna",    "dorothy",   "douglas",   "edward",    "elena",       "elizabeth", "ella",
    "emily",    "emma",      "eric",      "erik",      "eva",         "evan",      "fiona",
    "florian",  "francis",   "frank",     "franz",     "fred",        "gabriel",   "gary",
    "george",   "gerald",    "gerhard",   "gloria",    "grace",       "graham",    "greg",
    "gregory",  "günter",    "hannah",    "hans",      "harold",      "harry",     "heather",
    "heidi",    "heinz",     "helen",     "helmut",    "henry",       "holger",    "howard",
    "ian",      "ingrid",    "isabel",    "ivan",      "jack",        "jackson",   "jacob",
    "james",    "jan",       "jane",      "janet",     "jason",       "jean",      "jeff",
    "jeffrey",  "jennifer",  "jeremy",    "jerry",     "jessica",     "jim",       "joan",
    "joe",      "joel",      "johann",    "john",      "jonathan",    "jorge",     "jose",
    "joseph",   "joshua",    "joyce",     "juan",      "judith",      "judy",      "juergen",
    "julia",    "julian",    "julie",     "jürgen",    "karen",       "karin",     "karl",
    "kate",     "katherine", "kathleen",  "katrin",    "keith",       "kelly",     "ken",
    "kenneth",  "kevin",     "kim",       "klaus",     "kyle",        "larry",     "laura",
    "lauren",   "lawrence",  "leo",       "leon",      "linda",       "lisa",      "logan",
    "louis",    "louise",    "lucas",     "lucy",      "luis",        "luke",      "manfred",
    "marco",    "margaret",  "maria",     "marie",     "mario",       "mark",      "markus",
    "martin",   "martina",   "mary",      "mathias",   "matt",        "matthew",   "max",
    "megan",    "melissa",   "michael",   "michelle",  "miguel",      "mike",      "monica",
    "monika",   "nancy",     "natalie",   "nathan",    "nicholas",    "nick",      "nicole",
    "nina",     "noah",      "norbert",   "oliver",    "olivia",      "oscar",     "pamela",
    "patricia", "patrick",   "paul",      "paula",     "pedro",       "peter",     "petra",
    "philip",   "philipp",   "phillip",   "rachel",    "ralf",        "ralph",     "raymond",
    "rebecca",  "renate",    "richard",   "rita",      "rob",         "robert",    "roger",
    "roland",   "ronald",    "rose",      "roy",       "russell",     "ruth",      "ryan",
    "sabine",   "sally",     "sam",       "samantha",  "samuel",      "sandra",    "sara",
    "sarah",    "scott",     "sean",      "sebastian", "sharon",      "simon",     "sofia",
    "sophia",   "sophie",    "stefan",    "stephan",   "stephanie",   "stephen",   "steve",
    "steven",   "sue",       "susan",     "susanne",   "sven",        "sylvia",    "tanja",
    "teresa",   "terry",     "theresa",   "thomas",    "tim",         "timothy",   "tina",
    "todd",     "tom",       "tony",      "tracy",     "ulrich",      "ursula",    "uwe",
    "valerie",  "vanessa",   "vera",      "victor",    "victoria",    "vincent",   "virginia",
    "walter",   "wayne",     "wendy",     "werner",    "william",     "wolfgang",  "yvonne",
    "zoe",
};

/* Whether `size` bytes are one of the words, which are in ascending order. */
static bool is_listed(const char *bytes, size_t size, const char *const *sorted, size_t n_sorted)
{
    size_t low = 0, high = n_sorted;

    while (low < high) {
        size_t middle = (low + high) / 2, length = strlen(sorted[middle]);
        int order = memcmp(bytes, sorted[middle], size < length ? size : length);

        if (order == 0 && size == length) {
            return true;
        }
        if (order > 0 || (order == 0 && size > length)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return false;
}

#define IS_LISTED(bytes, size, table) is_listed(bytes, size, table, sizeof(table) / sizeof *(table))

static bool is_given(const char *character)
{
    return dc_in_characters(character, given_characters, sizeof given_characters - 1);
}

static bool is_thing(const char *character)
{
    return dc_in_characters(character, thing_characters, sizeof thing_characters - 1);
}

/* One character that names have; or two, of which one is such and the other at least no thing. */
static bool is_given_name(const char *bytes, size_t n_characters)
{
    if (n_characters == 1) {
        return is_given(bytes);
    }
    return n_characters == 2 && !is_thing(bytes) && !is_thing(bytes + 3) &&
           (is_given(bytes) || is_given(bytes + 3));
}

static bool is_three_byte_text(const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += 3) {
        if ((unsigned char)bytes[i] < 0xE4 || (unsigned char)bytes[i] > 0xE9) {
            return false;
        }
    }
    return size % 3 == 0;
}

/* Transcribed names of minorities: parts of Chinese characters joined by a middle dot. */
static bool is_dotted_name(const char *bytes, size_t size)
{
    size_t at = dc_find_bytes(bytes, size, "·"), rest = at + 2;

    return at >= 6 && at <= 30 && rest + 6 <= size && size - rest <= 30 &&
           is_three_byte_text(bytes, at) && is_three_byte_text(bytes + rest, size - rest);
}

/* Surname and given name, or two surnames and a given name of two characters. */
static bool is_plain_name(const char *bytes, size_t n_characters)
{
    if (!dc_in_characters(bytes, surnames, sizeof surnames - 1)) {
        return false;
    }
    if (n_characters < 4) {
        return is_given_name(bytes + 3, n_characters - 1);
    }
    return dc_in_characters(bytes + 3, surnames, sizeof surnames - 1) && is_given(bytes + 6) &&
           is_given(bytes + 9);
}

static bool is_compound_name(const char *bytes, size_t n_characters)
{
    return n_characters > 2 && IS_LISTED(bytes, 6, compound_surnames) &&
           is_given_name(bytes + 6, n_characters - 2);
}

/* Two to four Chinese characters that read as a name and are no other word, nor begin with one. */
bool dc_check_person_name(const char *bytes, size_t size)
{
    size_t n_characters = size / 3;

    if (n_characters < 2 || n_characters > 4 || !is_three_byte_text(bytes, size)) {
        return is_dotted_name(bytes, size);
    }
    if (!is_plain_name(bytes, n_characters) && !is_compound_name(bytes, n_characters)) {
        return false;
    }
    return !IS_LISTED(bytes, size, words) && (size == 6 || !IS_LISTED(bytes, 6, words));
}

/* Up to four capitalised words of letters; lower-cased into `words_out`. The number of words, 0 when the text is anything else. */
static size_t read_words(const char *bytes, size_t size, char out[4][24], size_t sizes[4])
{
    size_t n_words = 0, at = 0;

    while (at < size) {
        size_t length = 0;

        if (n_words == 4 || !dc_is_upper(bytes[at])) {
            return 0;
        }
        while (at < size && bytes[at] != ' ' && length < 23) {
            if (!dc_is_letter(bytes[at]) && (unsigned char)bytes[at] < 0x80 && bytes[at] != '.' &&
                bytes[at] != '-') {
                return 0;
            }
            out[n_words][length++] = dc_is_upper(bytes[at]) ? (char)(bytes[at] - 'A' + 'a')
                                                            : bytes[at];
            at++;
        }
        sizes[n_words++] = length;
        if (at < size && (bytes[at++] != ' ' || at == size)) {
            return 0;
        }
    }
    return n_words;
}

bool dc_is_latin_surname(const char *bytes, size_t size)
{
    return IS_LISTED(bytes, size, latin_surnames);
}

/* John Smith, Li Wei, Wei LI, Hans-Peter Müller: a known first name in front, or a Chinese surname at either end. */
bool dc_check_person_name_latin(const char *bytes, size_t size)
{
    char parts[4][24];
    size_t sizes[4], n_parts = read_words(bytes, size, parts, sizes), hyphen;

    if (n_parts < 2) {
        return false;
    }
    hyphen = dc_find_bytes(parts[0], sizes[0], "-");
    if (IS_LISTED(parts[0], hyphen, first_names)) {
        return true;
    }
    return n_parts <= 3 && (IS_LISTED(parts[0], sizes[0], latin_surnames) ||
                            IS_LISTED(parts[n_parts - 1], sizes[n_parts - 1], latin_surnames));
}
