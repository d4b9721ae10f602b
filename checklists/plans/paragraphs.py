"""The lines of a text put together to paragraphs, each with the number that it begins with.

A line that is one with the line before is joined to it; a paragraph that counts its demands is
parted where it counts. All offsets are those of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from checklists.plans.words import View, residue, view

NUMERALS = "一二三四五六七八九十百零〇"
MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第[{NUMERALS}\d]{{1,5}}[编篇](?=\W|[\u4e00-\u9fff])")),
    ("chapter", re.compile(rf"第[{NUMERALS}\d]{{1,5}}章")),
    ("section", re.compile(rf"第[{NUMERALS}\d]{{1,5}}节(?!课)")),
    ("article", re.compile(rf"第[{NUMERALS}\d]{{1,6}}条(?:之[{NUMERALS}])?(?![款第规和、])")),
    ("han", re.compile(rf"[{NUMERALS}]{{1,4}}[、.](?=\D)")),
    ("han_bracketed", re.compile(rf"（[{NUMERALS}]{{1,4}}）")),
    (
        "figure",
        re.compile(r"\d{1,3}(?:[.、](?!\d)|(?=[\u4e00-\u9fff]{2}.*。)(?![年月日个名所项万%级人]))"),
    ),
    ("figure_bracketed", re.compile(r"（\d{1,3}）|\d{1,2}）")),
    ("ordinal", re.compile(rf"第[{NUMERALS}]{{1,3}}[，、：]")),
    ("firstly", re.compile(rf"[{NUMERALS}]{{1,2}}是[，：]?(?=[\u4e00-\u9fff])")),
    ("circled", re.compile(r"[①-⑳㈠-㈩⑴-⒇]")),
)
_COUNTED = re.compile(rf"[。；：](?=[{NUMERALS}]{{1,2}}是[，：]?[\u4e00-\u9fff])")
_KINDS = (
    "行动计划|实施方案|行动方案|工作方案|工作计划|方案|计划|条例|办法|规定|意见|通知|细则|规划|规程|"
    "标准|指南|要点|守则|制度|措施|清单|决定|准则|规范|法|公告|通告|纲要|要求"
)
_TITLE = re.compile(
    rf".{{2,70}}?(?:{_KINDS})(?:（[^（）]{{1,20}}）|〔[^〔〕]{{1,20}}〕|\d{{4}}-\d{{4}}年?)*"
)
ANNEX = re.compile(rf"附件[{NUMERALS}\d]{{0,3}}[：:]?")
SIGNATURE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|.{2,24}(?:局|厅|人民政府|委员会|办公室|部)|.{1,14}〔\d{4}〕.{1,6}号|.{0,20}文件"
)
_SPACED = re.compile(
    rf"[ \u3000]*(?:\[bookmark:[^\]]*\])?[ \u3000]*([{NUMERALS}]{{1,3}})[ \u3000]+"
    r"(?=[^ \u3000。；，]{2,20}$)"
)
_PIPES = re.compile(r"[|｜]")
ENDS = "。！？；：，、"


@dataclass(frozen=True)
class Line:
    """A line of the text as it is matched; a line of a table also as it stands."""

    view: View
    row: str = ""
    length: int = 0
    """Characters of its last line as it stands, to tell a line that was broken off when full."""

    @property
    def tabbed(self) -> bool:
        return self.row != ""

    @property
    def signs(self) -> str:
        return self.view.signs


def paragraphs(text: str) -> list[Line]:
    """Return the paragraphs and the lines of tables in a text, in order."""
    return [part for line in _join(_lines(text)) for part in _parted(line)]


def _lines(text: str) -> list[Line]:
    gaps = residue(text)
    lines: list[Line] = []
    start, used = 0, 0
    for stretch in re.split(r"(\r\n|[\r\n\f\v\u2028\u2029])", text):
        end = start + len(stretch)
        while used < len(gaps) and gaps[used][1] <= start:
            used += 1
        seen = view(text, start, end, [gap for gap in gaps[used : used + 9] if gap[0] < end])
        if found := _SPACED.match(stretch):
            seen = _with_comma(seen, start + found.end(1))
        cells = _PIPES.sub("\t", stretch) if len(_PIPES.findall(stretch)) > 1 else stretch
        tabbed = cells.lstrip(" \u3000").startswith("\t") or cells.count("\t") > 1
        if seen.signs or tabbed:
            row = cells.lstrip(" \u3000").rstrip("\n") if tabbed else ""
            lines.append(Line(seen, row, len(stretch.strip())))
        start = end
    return lines


def _with_comma(seen: View, space: int) -> View:
    """Return the view of a line, the space behind its number as the comma that it stands for."""
    after = sum(offset < space for offset in seen.at)
    at = seen.at[:after]
    at.append(space)
    at.extend(seen.at[after:])
    return View(f"{seen.signs[:after]}、{seen.signs[after:]}", at)


def _parted(line: Line) -> Iterator[Line]:
    """Return a paragraph's parts where it counts its demands: 一是 …；二是 …"""
    cuts = [0]
    if not line.tabbed and "一是" in line.signs:
        cuts += [found.end() for found in _COUNTED.finditer(line.signs)]
    for start, end in pairwise([*cuts, len(line.signs)]):
        part = View(line.signs[start:end], line.view.at[start:end])
        yield line if len(cuts) == 1 else Line(part, length=end - start)


def marker(signs: str) -> tuple[str, str] | None:
    """Return the kind and the words of the number that a line begins with."""
    for kind, pattern in MARKERS:
        if found := pattern.match(signs):
            return kind, found.group()
    return None


def _join(lines: list[Line]) -> list[Line]:
    """Return the lines with what was broken put together again."""
    lengths = sorted(line.length for line in lines if not line.tabbed)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    full = [line.signs[-1] for line in lines if not line.tabbed and line.length >= width - 2]
    wrapped = 12 <= width <= 60 and sum(sign not in ENDS for sign in full) * 2 > len(full)
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _continues(before, line, width if wrapped else 0):
            at = before.view.at[:]
            at.extend(line.view.at)
            merged = View(before.signs + line.signs, at)
            joined[-1] = Line(merged, length=line.length)
        else:
            joined.append(line)
    return joined


def _continues(before: Line, line: Line, width: int) -> bool:
    if before.tabbed or line.tabbed:
        return False
    if before.signs[-1] in "。！？；：":
        return False
    if marker(line.signs) or ANNEX.match(line.signs):
        return False
    if before.signs[-1] in "，、（《" or (width and before.length >= width - 2):
        return True
    if is_title(line.signs) or is_title(before.signs) or SIGNATURE.fullmatch(line.signs):
        return False
    comma = any(sign in before.signs for sign in "，。")
    return comma and len(before.signs) > 10 and line.signs[-1] in ENDS


def is_title(signs: str) -> bool:
    return (
        5 <= len(signs) <= 70
        and not any(sign in signs for sign in "。；，：")
        and marker(signs) is None
        and _TITLE.fullmatch(signs) is not None
    )
