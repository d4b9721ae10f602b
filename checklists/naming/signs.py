"""A name as it is compared: one form of every sign, nothing between the signs.

Traditional characters, full width, radicals and look-alikes take their plain form; white space,
what has no width, and symbols between characters fall out. The way back to the name as written
is kept only where a name is looked at closely.
"""

import unicodedata
from functools import cache

from opencc import OpenCC

_RADICALS = dict(
    zip(
        "⺁⺇⺌⺍⺎⺒⺓⺗⺙⺝⺟⺠⺡⺢⺣⺩⺫⺬⺭⺮⺯⺰⺱⺶⺷⺸⺻⺼⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻳",
        "厂几小小兀巳幺心攵月母民水水火王目示示竹糸纟网羊羊羊聿肉虎衤西西见角讠贝车辶辶辶钅长长长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=False,
    )
)
_LOOK_ALIKES = {
    "囯": "国", "圀": "国", "囻": "国", "囶": "国", "圙": "国", "匤": "国",
    "丗": "世", "卋": "世", "亗": "岁", "堺": "界", "畍": "界", "亜": "亚", "噐": "器",
    "仝": "全", "㒰": "全", "圡": "土", "毬": "球", "朮": "术", "㕠": "双", "萟": "艺", "蓺": "艺",
    "壆": "学", "斆": "学", "㑹": "会", "囸": "日", "囲": "围", "曰": "日", "夲": "本",
    "徳": "德", "彿": "佛", "畀": "界", "浯": "语", "亰": "京", "尓": "尔",
    "㕛": "双", "䨇": "双", "語": "语", "藝": "艺", "埶": "艺",
    "秇": "艺", "兿": "艺",
    "術": "术", "學": "学", "斈": "学",
    "華": "华", "崋": "华", "蕐": "华", "仏": "佛", "沖": "冲",
}  # fmt: skip
_BLANK_LETTERS = (0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0)
"""Letters by their category that show nothing."""

_HAN = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]


@cache
def table() -> dict[int, str | None]:
    """Return the translation of single signs; what falls out is None."""
    return _symbols() | _compatible() | _simplified() | _by_hand()


def _symbols() -> dict[int, str | None]:
    """What stands between characters falls out; a capital letter becomes small."""
    folded: dict[int, str | None] = {}
    for code in (*range(0x21, 0x3400), *range(0xFE00, 0xFE70), *range(0xFFE0, 0xFFFF)):
        sign = chr(code)
        kind = unicodedata.category(sign)
        if kind[0] in "PSZC" or kind in ("Mn", "Me"):
            folded[code] = None
        elif sign.isupper() and len(sign.lower()) == 1:
            folded[code] = sign.lower()
    for code in range(0x1F000, 0x1FB00):
        if unicodedata.category(chr(code))[0] == "S":
            folded[code] = None
    unseen = (
        *range(0x09, 0x21),
        *_BLANK_LETTERS,
        0xFEFF,
        *range(0xE0000, 0xE0080),
        *range(0xE0100, 0xE01F0),
    )
    return folded | dict.fromkeys(unseen)


def _compatible() -> dict[int, str | None]:
    """Full width, Kangxi radicals and signs that hold one letter or character take its form."""
    folded: dict[int, str | None] = {}
    for code in (
        *range(0x2E80, 0x2FE0),
        *range(0xF900, 0xFB00),
        *range(0xFF01, 0xFFA0),
        *range(0xFFA1, 0xFFDF),
        *range(0x1D400, 0x1D800),
        *range(0x2F800, 0x2FA20),
    ):
        sign = unicodedata.normalize("NFKC", chr(code))
        if len(sign) == 1:
            folded[code] = sign.lower() if sign.isalnum() else None
    for code in (
        *range(0x2100, 0x2190),
        *range(0x2460, 0x2500),
        *range(0x3190, 0x31A0),
        *range(0x3200, 0x3400),
        *range(0x1F100, 0x1F130),
    ):
        sign = unicodedata.normalize("NFKC", chr(code)).strip("()")
        if len(sign) == 1 and sign.isalpha():
            folded[code] = sign.lower()
    for first in (0x1F130, 0x1F150, 0x1F170, 0x1F1E6):  # in squares and circles, and of flags
        folded.update({first + at: chr(ord("a") + at) for at in range(26)})
    return folded


def _simplified() -> dict[int, str | None]:
    """Traditional characters take their simple form, and Japanese ones that Chinese has not."""
    simple = OpenCC("t2s")
    plain = simple.convert("\n".join(_HAN)).split("\n")
    foreign = [sign for sign, same in zip(_HAN, plain, strict=True) if sign == same and _rare(sign)]
    told = simple.convert(OpenCC("jp2t").convert("\n".join(foreign))).split("\n")
    japanese = {
        ord(sign): simple
        for sign, simple in zip(foreign, told, strict=True)
        if sign != simple and len(simple) == 1
    }
    return japanese | {
        ord(sign): simple
        for sign, simple in zip(_HAN, plain, strict=True)
        if sign != simple and len(simple) == 1
    }


def _rare(sign: str) -> bool:
    """Tell whether the usual characters (GB 2312) lack it."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _by_hand() -> dict[int, str | None]:
    return {ord(sign): alike for sign, alike in (_RADICALS | _LOOK_ALIKES).items()}


def compared(name: str) -> str:
    """Return the name as it is compared."""
    return name.translate(table())


def offsets(name: str) -> list[int]:
    """Return, for each sign of the compared name, where it stands in the name as written."""
    folded = table()
    return [at for at, sign in enumerate(name) if folded.get(ord(sign), sign) is not None]
