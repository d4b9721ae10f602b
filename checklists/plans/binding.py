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
    r"(?<!幼儿园和)(?<!幼儿园、)(?<!中)小学(?!化|课程|教学内容|内容|知识|教材|教学方式|阶段的|科学衔接)|初中|义务教育|中职|中等职业"
    r"|职业(?:学校|院校|技术学院)|高等(?:学校|院校)|高校|大学(?!区)|特殊教育学校|教研机构|研究生"
)
SCHOOLS = re.compile(r"学校|中小学|校园|校舍|校长|各校|校内|教师|教职工|学生|校门|校方|食堂|校车")
TRAINING = re.compile(r"培训机构|校外培训|学科类培训|线下培训|线上培训")

_INCLUDING = re.compile(
    r"(?:中小学校?|学校|校园|各级各类学校|教育机构)[^。（）]{0,10}（[^（）]*(?:含|包括|包含)[^（）]*幼儿园[^（）]*）"
    r"|(?:中小学校?|学校|小学)[^。；]{0,30}幼儿园[^。；]{0,40}（以下(?:统称|简称|合称|总称)(?:为)?(?:学校|中小学|校园|校|中小学校)[^（）]*）"
    r"|所称(?:的)?(?:学校|中小学|校园|中小学校)[^。]{0,80}幼儿园"
)
_EXCLUDING = re.compile(r"不含幼儿园|不包括幼儿园|幼儿园除外|幼儿园不适用")
_DUTY = re.compile(
    r"^(?:各|市|县|省|区|乡|镇|国务院|县级以上|地方|属地|上级|当地|有关|相关|其他|（|）|、|和|与|及|级|地|街道|人民"
    r"|市县|[\u4e00-\u9fff]){0,26}?"
    r"(?:部门|机关|政府|管委会|（管委会）|公安|党委|办事处|民警|教研员|人民团体|财政|局|厅|各地|各级|各县|司法行政"
    r"|责任督学|社区)(?:[\u4e00-\u9fff（）、]{0,12}?)"
    r"(?:要|应当|应|须|必须|负责|会同|依法|根据|按照|加强|加大|组织|可以|统筹|领导|建立|制定|将|把|对|不得)"
)
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
_PURPOSE = re.compile(
    r"制定本|特制定|结合(?:我|本|广元|实际).{0,10}实际，|^以习近平|^为(?:深入|进一步|全面|积极|整体|贯彻|了|加强|规范|保障|切实)"
    r"|本(?:方案|办法|条例|规定|计划|法|意见|细则)(?:自|由|所称|适用|下列|有效期)|同时废止|之日起施行|适用本"
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
    """What a document's definitions make its words mean from here on."""

    level: Level
    includes: bool = False

    def hear(self, signs: str) -> None:
        """Take in a definition that a sentence gives: schools may include kindergartens."""
        if _INCLUDING.search(signs) and not _EXCLUDING.search(signs):
            self.includes = True


def speaks_of_kindergartens(words: str, speaking: Speaking) -> bool | None:
    """Tell whether words speak of kindergartens; None where they name no school at all."""
    if _EXCLUDING.search(words):
        return False
    if KINDERGARTEN.search(words):
        return True
    if HIGH_SCHOOL.search(words) or OTHER.search(words):
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


def binds_others(sentence: str) -> bool:
    """Tell whether a sentence binds parents, builders or others who run no kindergarten."""
    found = _BOUND_OTHERS.match(sentence)
    return found is not None and not re.search(
        r"和幼儿园|幼儿园(?:和|及|应|要|不得)", found.group()
    )


def is_encouraged(clause: str) -> bool:
    return bool(_ENCOURAGED.match(clause)) and not _MANDATORY.search(clause)


def is_normative(sentence: str) -> bool:
    return bool(_NORMATIVE.search(sentence))


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
