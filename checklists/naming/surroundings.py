"""What stands around a term in a name: regions, streets, estates, the words that it would cut."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from checklists.naming.terms import after, before, data, region_names

_ROAD = re.compile(
    r"(?!小镇|小村)(?:[寺庙庵堂殿院馆]|学院|学校|大学|中心|公园|广场)?(?:[东西南北中上下前后新老大小一二三四五六七八九十])?"
    r"(?:路|街|大道|巷(?!道)|弄|胡同|街道|镇|乡(?!村)|社区居委|居委)"
)
_LANDMARK = re.compile(
    r"(?:[寺庙庵堂殿院])?(?:[东西南北中上下前后新老大小一二三四五六七八九十])?"
    r"(?:村|屯|社区|桥|山(?!庄|水)|门|湖(?!畔)|河(?!畔)|塔|岭|沟|坪|庄(?!园)|岩|洞|阁|井|坡|塘|洲|滩|庵|埔|寨|坝|营|集|店|铺|堡|湾|坊|川|峡|圩|关)"
)
_FACILITY = re.compile("(?:体育|商务|市民|文化|活动|会展|购物|服务|科技|商业|社区|行政)$")
_TOWN = re.compile(r".{0,2}(?:镇|乡|街道|路|街)")
_SETTLED = re.compile(r".{0,2}(?:镇|乡|街道|村|社区|路|街|小区)")
_ESTATE = re.compile(
    r"[^幼教童儿宝贝学]{0,2}?(?:花园|小区|社区|新城|水城|名城|小城|城(?!堡)|苑|湾|家园|公馆|庄园|山庄|小镇|广场|大厦|名邸|"
    r"华府|豪庭|新村|公寓|嘉园|雅园|花苑|豪园|世家|商城|街区|半岛|岛|公园|名苑|名都|新都|都市|湖畔|河畔|水岸|"
    r"郡|港|花都|畔|左岸|右岸|东岸|西岸|南岸|北岸|印象|风情|名居|国度|御园|领地|豪园|华园|锦园|别墅|官邸|上城|首府|花城|车城|金融城|剧院|剧场|会展|机场|酒店|商贸|工业园|科技园|创业园|产业园|物流园|村|新区|名门|新天地|华庭|府邸|府(?=幼)|庭(?=幼)|里(?=幼))"
    r"|[^幼教童儿宝贝学]{0,2}(?:中心(?!幼)|中心(?=幼儿园$)|博览|剧院|机场)|名?园(?=幼)"
)
_COMMUNITY = re.compile(r".{0,3}(?:社区|小区|居委|[港新]区|开发区|度假区|旅游岛|园区)")

_NUMBERED = re.compile(r"(?:[路街道巷][壹贰叁一二三\d]*号|[一二三四五\d]期)$")
_COURSE = re.compile("特色|课程|专业|教学|强化|实验班|主题|兴趣|班|训练|培训|培优|开发|启蒙")
_SCHOOL = re.compile(
    "小学|中学|大学|学院|学校|公学|高中|初中|[师大中小](?:院)?$|清华|复旦|同济|南开|机关|医院|部队|军|[局厂委]$|公司|集团|研究"
)
_NEAR = re.compile("[旁近面壁门属宿片院]")
_BESIDE = re.compile(
    ".{0,6}?(?:旁|附近|对面|隔壁|门口|[东西南北正侧]门|家属[院区]|宿舍|片区|后院|对门)(?!童|听)"
)
_CHAIN = re.compile(
    "(?:[花葵苗芽果贝宝童娃树草鸟蜂蝶鹿熊象猫兔虹霞晖曦梦篮]|太阳|阳光|[^城]星|乐园|天地|蓝天|英才|未来|希望|春天|智多星)$"
)
"""How the names that kindergartens give themselves end, before the number in a chain of them."""

_COLLEGE = re.compile("学院|大学")
_SCHOOLS = re.compile("(?:职业)?(?:学院|大学|学校|中学|小学)")
_SURNAMES = frozenset("韩林罗牛康孟马高文温华金白安毕雷柏")
"""Surnames with which terms begin."""

_FEATURE = re.compile("[溪江泉峰湾]")
"""With a character before it, a river or a hill of that name."""

_END = re.compile(r"(?:幼儿园|幼稚园|托儿所|幼儿学校|学校|园)?$")


def on_a_road(rest: str) -> bool:
    """Tell whether what follows a term makes it the name of a road, a town or a township."""
    return _ROAD.match(rest) is not None


def a_landmark(rest: str) -> bool:
    """Tell whether what follows a term makes it the name of a village, a hill, a bridge …"""
    return _LANDMARK.match(rest) is not None


def a_settlement(rest: str, *, wide: bool) -> bool:
    """Tell whether a term begins the name of a town or a street; of an estate if `wide`."""
    return (_SETTLED if wide else _TOWN).match(rest) is not None


def a_college(rest: str) -> bool:
    """Tell whether what follows a term makes it a college, as 美术学院 is one."""
    return _COLLEGE.match(rest) is not None


def a_facility(before_it: str) -> bool:
    """Tell whether what stands before 中心 makes it a centre of its own: 体育中心, 会展中心."""
    return _FACILITY.search(before_it) is not None


def a_community(rest: str) -> bool:
    """Tell whether what follows a term makes it the name of a community, given by the state."""
    return _COMMUNITY.match(rest) is not None


def a_developer(before_it: str) -> bool:
    """Tell whether who builds estates stands before a term, or a number in a street."""
    if before_it.endswith(_builders()):
        return True
    return before_it[-1:] in ("号", "期") and _NUMBERED.search(before_it) is not None


@cache
def _builders() -> tuple[str, ...]:
    return tuple(word for group in data("builders").values() for word in group)


def a_course(rest: str) -> bool:
    """Tell whether what follows a term makes it what is taught above all: 体能 + 特色."""
    return _COURSE.match(rest) is not None


def beside(rest: str) -> bool:
    """Tell whether what follows a term says that the kindergarten lies beside what it names."""
    return _NEAR.search(rest) is not None and _BESIDE.match(rest) is not None


def names_a_school(before_it: str) -> bool:
    """Tell whether a school or an office stands before 附属."""
    return _SCHOOL.search(before_it) is not None


def a_chain(before_it: str) -> bool:
    """Tell whether what stands before a number is a name that a kindergarten gives itself."""
    return len(before_it) > 1 and _CHAIN.search(before_it) is not None


def ends_name(rest: str) -> bool:
    """Tell whether nothing but the word for kindergarten follows."""
    return _END.fullmatch(rest) is not None


def a_public_school(rest: str) -> bool:
    """Tell whether what follows a term makes it a school, as 外国语学校 is one."""
    return _SCHOOLS.match(rest) is not None


def an_estate(rest: str) -> bool:
    """Tell whether what follows a term may make it the name of an estate or a building."""
    return _ESTATE.match(rest) is not None


class Sides(NamedTuple):
    """On which sides a term's outer sign makes another word with its neighbour."""

    left: bool = False
    right: bool = False


def parted(plain: str, start: int, end: int, place: int) -> Sides:
    """Return on which sides a term would cut another word."""
    if start == place and plain[start] in _SURNAMES:
        given = re.escape(plain[end - 1]) + r".(?:幼儿园|幼稚园|托儿所)$"  # 韩国栋 is a person
        held = plain[end - 1 : end + 1] in after().get(plain[end - 1], ())
        return Sides(right=held and re.match(given, plain[end - 1 :]) is not None)
    if start == place or (_END.fullmatch(plain[end:]) and start < 2):
        return Sides()
    regions = region_names()
    left = any(
        start + 1 - len(word) >= place and plain[start + 1 - len(word) : start + 1] == word
        for word in before().get(plain[start], ())
    ) or (start > place and plain[start - 1 : start + 1] in regions)
    right = plain[end - 1 : end + 1] in regions or any(
        plain.startswith(word, end - 1) for word in after().get(plain[end - 1], ())
    )
    if left and not right:
        if _FEATURE.match(plain[end:]):
            return Sides(left=True, right=True)  # 无双 + 语溪
        if _END.fullmatch(plain[end:]):
            return Sides()  # what it would leave over is no word: 小镇国 + 际
    return Sides(left, right)


@lru_cache(maxsize=4096)
def region_end(plain: str) -> int:
    """Return where the names of regions at the beginning of a name end."""
    known, starts, end = region_names(), _region_starts(), 0
    while plain[end : end + 2] in starts:
        for length in range(min(12, len(plain) - end), 1, -1):
            if plain[end : end + length] in known:
                end += length
                break
        else:
            return end
    return end


@cache
def _region_starts() -> frozenset[str]:
    return frozenset(name[:2] for name in region_names())
