"""Whom a sentence binds: which schools it speaks of, whether it is a task of the authorities."""

import re
from dataclasses import dataclass

from checklists.catalogue.model import Condition
from checklists.plans.model import Level

KINDERGARTEN = re.compile(
    r"幼儿园|学前|园长|幼儿(?!师范)|入园|办园|园所|民办园|公办园|普惠园|保教|托幼|保育|各园|园舍"
    r"|无证园|配套园|两教一保|入托|在园|(?<!校)(?<!乐)(?<!公)园(?:内|门|车|服|牌|名)"
)
HIGH_SCHOOL = re.compile(r"普通高中|县中|高中(?!阶段以上|及以上学历|以上)|高考")
OTHER = re.compile(
    r"(?<!幼儿园和)(?<!幼儿园、)(?<!中)小学(?!化|课程|课本|教科书|教辅|教学内容|内容|知识|教材|教学方式|阶段的|科学衔接|[^，。；]{0,12}(?:分开|隔开|分隔|隔离|分设|共用))|初中|高级中学|完全中学|(?:限|仅|只)[^，。；]{0,14}(?:中学|小学|高中)|学生公寓|义务教育|中职|中等职业"
    r"|职业(?:学校|院校|技术学院)|高等(?:学校|院校)|高校|大学(?!区)|特殊教育学校|教研机构|研究生"
)
SCHOOLS = re.compile(r"学校|中小学|校园|校舍|校长|各校|校内|教师|教职工|学生|校门|校方|食堂|校车")
TRAINING = re.compile(r"培训机构|校外培训|学科类培训|线下培训|线上培训")
_TRAINED = re.compile(r"[^，。；]{0,8}(?:校外|学科类)?培训(?:机构|学校|中心)")

_INCLUDING = re.compile(
    r"(?:中小学校?|学校|校园|各级各类学校|教育机构)[^。（）]{0,10}（[^（）]*(?:含|包括|包含)[^（）]*幼儿园[^（）]*）"
    r"|(?:中小学校?|学校|小学)[^。；]{0,30}幼儿园[^。；]{0,40}（以下(?:统称|简称|合称|总称)(?:为)?(?:学校|中小学|校园|校|中小学校)[^（）]*）"
    r"|所称(?:的)?(?:学校|中小学|校园|中小学校)[^。]{0,80}幼儿园"
)
_CALLED_SCHOOLS = re.compile(r"以下(?:统称|简称|合称|总称)为?“?(?:学校|校园|校)")
_PRIMARY = re.compile(r"中小学(?!校?[、和及与]?幼儿园|（含)")
_EXCLUDING = re.compile(r"不含幼儿园|不包括幼儿园|幼儿园除外|幼儿园不适用")
_DUTY = re.compile(
    r"^(?:各|市|县|省|区|乡|镇|国务院|县级以上|地方|属地|上级|当地|有关|相关|其他|（|）|、|和|与|及|级|地|街道|人民"
    r"|市县|[\u4e00-\u9fff]){0,26}?"
    r"(?:部门|机关|政府|管委会|（管委会）|公安|党委|办事处|民警|教研员|教研机构|教研室|派出所|大队|中队|监管所|人民团体|财政|局|厅|各地|各级|各县|司法行政"
    r"|责任督学|社区)(?:[\u4e00-\u9fff（）、]{0,12}?)"
    r"(?:要|应当|应|须|必须|负责|会同|依法|根据|按照|加强|加大|组织|可以|统筹|领导|建立|制定|将|把|对|不得|承担|协同|履行|牵头|安排|提请|会商|落实|每[日天周月季学年])"
)
_OFFICE_FIRST = re.compile(r"部门|机关|政府|公安|财政|局|厅|各地")
_THROUGH = re.compile(
    r"(?:督促|指导|责令|要求|确保|监督|推动|推进|帮助|保障|组织)[^，。；]{0,10}(?:幼儿园|学校|园所|园|学前教育机构)"
)
_CLEARING = re.compile(r"清理|整治|查处|督查|取缔|一票否决|不得录用|不得聘用")
_BOUND_OTHERS = re.compile(
    r"^(?:(?:父母|家长|其他监护人|监护人|学前儿童的?父母|全社会|社会公众|公民|国家|媒体|新闻单位"
    r"|[^，。；]{0,10}(?:建设单位|开发单位|开发商|开发企业|供应商|物业服务企业|上市公司)|社会资本"
    r"|[^，。；]{0,60}(?:图书馆|博物馆|少年宫|科技馆|高等学校|师范院校|公共文化服务机构))[^，。；]{0,24}?"
    r"(?:应当|应|要|须|必须|可以|不得|鼓励|建立|推行|推进|采取))"
)
_ENCOURAGED = re.compile(
    r"^(?:(?:积极|大力|进一步|并|同时|充分)*(?:鼓励|支持|探索|倡导|提倡|引导|力争|争取))"
    r"|^[^，。；]{0,14}(?:鼓励|可(?:以|根据|视|结合|将|在|采取|按|依法|适当|优先|探索))"
)
_MANDATORY = re.compile(r"不得|严禁|禁止|必须|应当|应|须|杜绝")
_NORMATIVE = re.compile(
    r"不得|严禁|禁止|必须|应当|须|要|应|确保|落实|建立|健全|完善|加强|加大|配备|配齐|设置|达到|实行|实施"
    r"|严格|强化|开展|消除|做到|防止|杜绝|纳入|定期|推进|推行|规范|保障|提高|制定|组织|强制|坚决|严肃"
    r"|鼓励|支持|探索|新增|做好|引导|培养|限期|依法|负责|严把|化解|全覆盖|不少于|不低于|一票否决|整改|整治|改善|提供|坚持|遏制|督促|推动"
)
_STRONG = re.compile(
    r"不得|不准|不许|严禁|禁止|必须|应当|(?<![相适反响])应(?![急用对聘届有付变])|须|不能|一律|杜绝|至少"
    r"|不[少低超高大小多](?:于|过)|不设|不采|不再|不留|不(?:提前|布置|摆放|组织|安排|使用|接收|收取|张贴|采用|得)|不足|百分之|每[日天周月季班人车餐趟所园名次]|每(?:学期|学年|年[^度均]|半年)|全覆盖|全程|24小时"
    r"|[\d一二三四五六七八九十百]+(?:次|名|人|套|天|日|小时|分钟|米|平方米|%|元|周|节|倍)(?!以?前)|落锁|持证|逐[人园班条一]|当[日天面]"
)
_PLAIN = re.compile(
    r"要(?!求|素|点|件|闻|害)|配备|配足|配齐|设置|设立|设有|安装|装有|建立|制定|签订|公示|公开|公布|张贴|悬挂|备案|登记|记录"
    r"|安排|提供|采用|使用|填写|填报|更换|移交|投放|铺设|划[设定]|挂|贴|佩戴|统一|固定|实名|双人|双锁|轮流|随车|聘请|缴纳"
    r"|投保|购买|参加|取得|符合|达标|达到|合格|一致|相符|保持|保证|足额|按时|及时|定期|如实|专用|独立|分设|配有|备有|备齐|具备"
    r"|凭|存放|留存|保存|核对|清点|检查|巡查|演练|执行|上锁|报告|报送|查验|核验|检测|检验|维护|专人|到位|畅通|分开|消毒|关闭|有"
)
_TOLD = re.compile(
    r"^(?:目前|截至|现有)|占[^，。；]{0,12}(?:总数|总量)|给予[^，。；]{0,16}(?:奖励|补助|资助|补贴)|参照执行补助"
    r"|(?:比重|入园率|普及率|普惠率|满意率|满意度|等级[^，。；]{0,6}比例)[^，。；]{0,4}(?:提高|提升|达|保持|不低于|超过)"
    r"|^(?:特|现)(?:拟定|制定|提出)"
)
_SOFT = re.compile(
    r"必要时可|可开展|逐步|享有|力争|争取|鼓励|(?<!许)可(?:以|视|根据|结合|按|设|采用|在)|有条件的"
)
_LISTED = re.compile(r"下列(?:情形|行为|问题|情况)之一")
_WHEN = re.compile(r"(?:的|后|(?<![小课学工及按准定随同])时|前提下|之外|期间)$")
_AIMS = re.compile(
    r"^(?:为|以|按照|根据|依据|结合|围绕|依托|通过|进一步|不断|逐步|积极|大力|努力|切实|全面|提升|提高|推进|推动|促进|深化|扩大|增加"
    r"|新建|改扩建|形成|加快|探索|加强|加大|完善|健全|建立健全|创新|组织|开展|发挥|充分|创建|打造|合理|改善|满足|统筹|优化"
    r"|确保|严防|坚决|遏制|畅通|及时通报|强化|鼓励|支持|引导|研究|编制|公开招募|选派|遴选|培养|保留|将|把|实施|构建|规范)"
)
_PURPOSE = re.compile(
    r"制定本|特制定|结合(?:我|本|广元|实际).{0,10}实际，|^以习近平|^为(?:深入|进一步|全面|积极|整体|贯彻|了|加强|规范|保障|切实)"
    r"|本(?:方案|办法|条例|规定|计划|法|意见|细则)(?:自|由|所称|适用|下列|有效期)|同时废止|之日起施行|适用本|所称[^，。]{1,20}，?是指"
)
GOAL_HEADINGS = (
    "目标",
    "总体要求",
    "指导思想",
    "基本原则",
    "工作思路",
    "总体思路",
    "发展现状",
    "基础与形势",
)
_CONDITIONS: tuple[tuple[Condition, re.Pattern[str]], ...] = (
    (Condition.NON_PROFIT, re.compile(r"非营利性(?:的)?(?:民办)?(?:幼儿)?园")),
    (Condition.FOR_PROFIT, re.compile(r"(?<!非)营利性(?:的)?(?:民办)?(?:幼儿)?园")),
    (Condition.PRIVATE, re.compile(r"民办(?:幼儿)?园(?!认定)")),
    (Condition.PUBLIC, re.compile(r"公办(?:幼儿)?园")),
    (Condition.INCLUSIVE, re.compile(r"普惠性(?:民办)?(?:幼儿)?园(?!认定)")),
    (Condition.RURAL, re.compile(r"(?:农村|乡村|乡镇|村级)[^，。；]{0,4}(?:幼儿)?园")),
    (Condition.BOARDING, re.compile(r"寄宿制(?:幼儿)?园|全托")),
)


@dataclass
class Speaking:
    """What a document's definitions make its words mean from here on.

    `includes`: schools mean kindergartens too. `primary_too`: so do 中小学 by themselves, which a
    document that calls them all 学校 tells apart.
    """

    level: Level
    includes: bool = False
    primary_too: bool = True

    def hear(self, signs: str) -> None:
        """Take in a definition that a sentence gives: schools may include kindergartens."""
        if _INCLUDING.search(signs) and not _EXCLUDING.search(signs):
            self.includes = True
            self.primary_too = not _CALLED_SCHOOLS.search(signs)


def speaks_of_kindergartens(words: str, speaking: Speaking) -> bool | None:
    """Tell whether words speak of kindergartens; None where they name no school at all."""
    if _EXCLUDING.search(words):
        return False
    if KINDERGARTEN.search(words):
        return True
    if HIGH_SCHOOL.search(words) or OTHER.search(words):
        return False
    if not speaking.primary_too and _PRIMARY.search(words):
        return False
    if SCHOOLS.search(words):
        return speaking.includes or speaking.level is Level.KINDERGARTEN
    return None


def is_duty_of_authorities(sentence: str, clause: str) -> bool:
    """Tell whether a sentence gives a task to an office and not, through it, to a kindergarten."""
    found = _DUTY.match(sentence)
    if found is None or _THROUGH.search(clause) or _CLEARING.search(sentence):
        return False
    return not (KINDERGARTEN.search(found.group()) or SCHOOLS.search(found.group()))


def is_duty_of_an_office(sentence: str) -> bool:
    """Tell whether an office, and no kindergarten, is named first and acts."""
    found = _DUTY.match(sentence)
    return found is not None and not KINDERGARTEN.search(_OFFICE_FIRST.split(found.group())[0])


def binds_others(sentence: str) -> bool:
    """Tell whether a sentence binds parents, builders or others who run no kindergarten."""
    found = _BOUND_OTHERS.match(sentence)
    return found is not None and not re.search(
        r"和幼儿园|幼儿园(?:和|及|应|要|不得)", found.group()
    )


def binds_training(sentence: str) -> bool:
    """Tell whether a sentence's subject is a training institution, whatever its clauses demand."""
    return _TRAINED.match(sentence) is not None and not KINDERGARTEN.search(sentence)


def is_encouraged(clause: str) -> bool:
    return bool(_ENCOURAGED.match(clause)) and not _MANDATORY.search(clause)


def is_normative(sentence: str) -> bool:
    return bool(_NORMATIVE.search(sentence))


def is_of_safety(title: str) -> bool:
    """Tell whether a document's title says that it orders safety, food or health."""
    return bool(re.search(r"安全|防范|安防|消防|食品|食堂|卫生|保健|校车|治安", title))


def has_figure(clause: str) -> bool:
    return bool(re.search(r"\d|[一二三四五六七八九十]+[次名人套天日个时分米元周节]", clause))


def is_soft(clause: str) -> bool:
    """Tell whether a clause only allows, or aims at something bit by bit."""
    return bool(_SOFT.search(clause))


def is_strict(clause: str) -> bool:
    """Tell whether a clause says must or must not, or how many, how often, how soon."""
    return bool(_STRONG.search(clause))


def is_firm(clause: str) -> bool:
    """Tell whether a clause demands something that one can look at, and is no mere aim."""
    if is_soft(clause) or is_told(clause):
        return False
    return is_strict(clause) or bool(_PLAIN.search(clause) and not _AIMS.match(clause))


def is_told(clause: str) -> bool:
    """Tell whether a clause tells how things stand, what a region aims at, or what it gives."""
    return bool(_TOLD.search(clause))


def is_condition(clause: str) -> bool:
    """Tell whether a clause only says when or for whom what follows is asked."""
    return bool(_WHEN.search(clause))


def goes_on(clause: str) -> bool:
    """Tell whether a clause goes on with the demand before it: it neither allows nor aims."""
    return not (is_soft(clause) or is_told(clause) or _AIMS.match(clause))


def lists_offices_faults(lead: str) -> bool:
    """Tell whether a list is of what offices, not kindergartens, are held to account for."""
    found = re.match(r"[^，：]{0,40}?(?:部门|机关|政府|局)[^，：]{0,12}有下列", lead)
    return found is not None and not KINDERGARTEN.search(found.group())


def opens_demands(lead: str) -> bool:
    """Tell whether what stands below a lead-in is demanded, forbidden or held against somebody."""
    return is_strict(lead) or bool(_LISTED.search(lead))


def is_purpose(sentence: str) -> bool:
    return bool(_PURPOSE.search(sentence))


def is_goal(headings: tuple[str, ...]) -> bool:
    return any(word in heading for heading in headings for word in GOAL_HEADINGS)


def conditions(words: str) -> tuple[Condition, ...]:
    """Return to which kindergartens alone the words speak; both public and private is to all."""
    found = [condition for condition, pattern in _CONDITIONS if pattern.search(words)]
    if Condition.PUBLIC in found and Condition.PRIVATE in found:
        return ()
    if "各类幼儿园" in words or "各级各类" in words:
        return ()
    if Condition.NON_PROFIT in found or Condition.FOR_PROFIT in found:
        found = [each for each in found if each is not Condition.PRIVATE]
    return tuple(found)
