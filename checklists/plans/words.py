"""A text as it is matched, with the way back to the text as it stands.

Matching wants no white space, no residue of a word processor, one form of each digit and
punctuation mark; quotes want the untouched characters. A view holds both.
"""

import re
from array import array
from dataclasses import dataclass
from hashlib import sha256

from opencc import OpenCC

RESIDUE = re.compile(
    r"\[bookmark:[^\]\n]*\]|\{\s*(?:PAGE|HYPERLINK|TOC|REF)[^}\n]*\}"
    r"|(?m:^[ \t\u3000]*(?:[-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?)"
    r"[ \t\u3000]*$)"
)
"""What a word processor or a page left behind: bookmarks, fields, page numbers on their own."""

_SPACE = re.compile(r"[\s\u3000\u00a0\u200b-\u200f\u2028\u2029\u2060\ufeff]+")
_QUOTES = '“”‘’"「」『』＂'
_FORMS = {ord(wide): ord(wide) - 0xFEE0 for wide in map(chr, range(0xFF01, 0xFF5F))} | {
    ord(left): right
    for left, right in {
        "(": "（", ")": "）", "（": "（", "）": "）", ",": "，", "，": "，", ";": "；", "；": "；",
        ":": "：", "：": "：", "!": "！", "！": "！", "?": "？", "？": "？", "－": "-", "—": "-",
        "∶": "：", "–": "-", "―": "-", "～": "~", "﹪": "%", "·": "·", "〈": "《", "〉": "》",
        "［": "〔", "］": "〕", "[": "〔", "]": "〕", "﹝": "〔", "﹞": "〕",
        "【": "（", "】": "）",
    }.items()
}  # fmt: skip


_SIMPLIFY = OpenCC("t2s")
_TRADITIONAL = re.compile("[園兒學縣應當須設備門課師員務實規與專負責車處機關鎮區歲個條]")


@dataclass(frozen=True)
class View:
    """`signs` to match in; `at[i]` is where sign i stands in the text."""

    signs: str
    at: "array[int]"
    quoted: frozenset[int] = frozenset()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the text of the signs from start to end (exclusive)."""
        return self.at[start], self.at[end - 1] + 1


def view(text: str, start: int, end: int, gaps: list[tuple[int, int]]) -> View:
    """Return the view of a part of the text; `gaps` are the stretches of residue in it."""
    signs: list[str] = []
    at = array("l")
    position = start
    for gap_start, gap_end in [*gaps, (end, end)]:
        for offset in range(position, max(min(gap_start, end), position)):
            sign = text[offset]
            if sign.isspace() or sign in "\u3000\u200b\u200c\u200d\u2060\ufeff" or sign in _QUOTES:
                continue
            signs.append(sign)
            at.append(offset)
        position = max(position, gap_end)
    return View(_simplified("".join(signs).translate(_FORMS)), at)


def _simplified(signs: str) -> str:
    """Return traditional characters as simplified ones, sign for sign."""
    if not _TRADITIONAL.search(signs):
        return signs
    whole = str(_SIMPLIFY.convert(signs))
    return whole if len(whole) == len(signs) else "".join(map(_SIMPLIFY.convert, signs))


_STATE = re.compile(
    r"(?:[（(](?:[^（）()]*征求意见稿|试行|暂行|草案|送审稿|讨论稿|修订稿?|已?废止|已?失效"
    r"|[^（）()]*\d{4}[^（）()]*)[）)])+$"
)


def residue(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in RESIDUE.finditer(text)]


def plain(words: str) -> str:
    """Return words without white space and residue: what two copies of a clause share."""
    return _SPACE.sub("", RESIDUE.sub("", words))


def words_hash(words: str) -> str:
    """Return the SHA-256, in hexadecimal, of the plain words."""
    return sha256(plain(words).encode()).hexdigest()


def bare(title: str) -> str:
    """Return a title without the brackets behind it that say its years and its standing."""
    return _STATE.sub("", title)
