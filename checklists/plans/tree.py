"""The clause tree of a text: documents, numbered clauses, paragraphs, sentences.

Numbering in any of the usual styles, in whatever order a text uses them; a line that is one with
the line before is joined to it; a title begins a new document. All offsets are those of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from checklists.plans.words import View, plain, residue, view

_NUMERALS = "一二三四五六七八九十百零〇"
MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"第[{_NUMERALS}\d]{{1,5}}[编篇](?=\W|[\u4e00-\u9fff])")),
    ("chapter", re.compile(rf"第[{_NUMERALS}\d]{{1,5}}章")),
    ("section", re.compile(rf"第[{_NUMERALS}\d]{{1,5}}节(?!课)")),
    ("article", re.compile(rf"第[{_NUMERALS}\d]{{1,6}}条(?:之[{_NUMERALS}])?(?![款第规和、])")),
    ("han", re.compile(rf"[{_NUMERALS}]{{1,4}}[、.](?=\D)")),
    ("han_bracketed", re.compile(rf"（[{_NUMERALS}]{{1,4}}）")),
    (
        "figure",
        re.compile(r"\d{1,3}(?:[.、](?!\d)|(?=[\u4e00-\u9fff]{2}.*。)(?![年月日个名所项万%级人]))"),
    ),
    ("figure_bracketed", re.compile(r"（\d{1,3}）|\d{1,2}）")),
    ("ordinal", re.compile(rf"第[{_NUMERALS}]{{1,3}}[，、：]")),
    ("firstly", re.compile(rf"[{_NUMERALS}]{{1,2}}是[，：]?(?=[\u4e00-\u9fff])")),
    ("circled", re.compile(r"[①-⑳㈠-㈩⑴-⒇]")),
)
_COUNTED = re.compile(rf"[。；：](?=[{_NUMERALS}]{{1,2}}是[，：]?[\u4e00-\u9fff])")
_KINDS = (
    "行动计划|实施方案|行动方案|工作方案|工作计划|方案|计划|条例|办法|规定|意见|通知|细则|规划|规程|"
    "标准|指南|要点|守则|制度|措施|清单|决定|准则|规范|法|公告|通告|纲要|要求"
)
_TITLE = re.compile(
    rf".{{2,70}}?(?:{_KINDS})(?:（[^（）]{{1,20}}）|〔[^〔〕]{{1,20}}〕|\d{{4}}-\d{{4}}年?)*"
)
_SUBTITLE = re.compile(
    r"（(?:\d{4}.{0,3}年?[-至]\d{4}年?|征求意见稿|试行|草案|送审稿|修订稿|暂行|公开征求意见稿|"
    r"\d{4}年.{0,40}|讨论稿|修订|社会公开征求意见稿)）"
)
_TABLE_TITLE = re.compile(r".{0,50}(?:分工表|一览表|清单|任务表|责任表|附表|明细表|汇总表)")
_ANNEX = re.compile(rf"附件[{_NUMERALS}\d]{{0,3}}[：:]?")
_ANNEX_LIST = re.compile(rf"附件?[：:]|附件[{_NUMERALS}\d]{{1,3}}[：:.、]\S")
_SIGNATURE = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|.{2,24}(?:局|厅|人民政府|委员会|办公室|部)|.{1,14}〔\d{4}〕.{1,6}号|.{0,20}文件"
)
_BINDING = re.compile(r"不得|严禁|必须|应当|(?<!适|相|供|反|响|对)应(?!急|用|对|战|试)|须")
_OUTSIDE_TABLES = ("part", "chapter", "section", "article", "han", "han_bracketed")
_ENDS = "。！？；：，、"
_STOPS = re.compile(r"[。！？；]+[”’」』）]*|：(?=（?[一二三四五六七八九十\d①-⑳])")


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


@dataclass(frozen=True)
class Sentence:
    """One sentence, or one item of a list. `clauses` are its parts between commas, as spans."""

    view: View
    clauses: tuple[tuple[int, int], ...]
    is_heading: bool = False

    @property
    def signs(self) -> str:
        return self.view.signs


@dataclass
class Clause:
    """One numbered place. `headings` are those above it and its own, the outermost first."""

    document: int
    path: tuple[str, ...]
    headings: tuple[str, ...]
    heading: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    @property
    def section(self) -> str:
        return "".join(self.path)


@dataclass
class Part:
    """One document of a file. `title` is as matched, `words` as it stands, on one line."""

    title: str = ""
    words: str = ""
    annex: str = ""
    lines: list[Line] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    table: list[Line] = field(default_factory=list)
    start: int = 0


def read_tree(text: str) -> list[Part]:
    """Return the documents in a text, each with its clauses in order; at least one."""
    lines = [part for line in _join(_lines(text)) for part in _parted(line)]
    parts = _split(lines, text)
    for index, part in enumerate(parts):
        _clauses(part, index)
    return parts


def _lines(text: str) -> list[Line]:
    gaps = residue(text)
    lines: list[Line] = []
    start, used = 0, 0
    for stretch in re.split(r"(\r\n|[\r\n\f\v\u2028\u2029])", text):
        end = start + len(stretch)
        while used < len(gaps) and gaps[used][1] <= start:
            used += 1
        seen = view(text, start, end, [gap for gap in gaps[used : used + 9] if gap[0] < end])
        tabbed = stretch.lstrip(" \u3000").startswith("\t") or stretch.count("\t") > 1
        if seen.signs or tabbed:
            row = stretch.lstrip(" \u3000").rstrip("\n") if tabbed else ""
            lines.append(Line(seen, row, len(stretch.strip())))
        start = end
    return lines


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
    wrapped = 12 <= width <= 60 and sum(sign not in _ENDS for sign in full) * 2 > len(full)
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
    if marker(line.signs) or _ANNEX.match(line.signs):
        return False
    if before.signs[-1] in "，、（《" or (width and before.length >= width - 2):
        return True
    if _is_title(line.signs) or _is_title(before.signs) or _SIGNATURE.fullmatch(line.signs):
        return False
    comma = any(sign in before.signs for sign in "，。")
    return comma and len(before.signs) > 10 and line.signs[-1] in _ENDS


def _is_title(signs: str) -> bool:
    return (
        5 <= len(signs) <= 70
        and not any(sign in signs for sign in "。；，：")
        and marker(signs) is None
        and _TITLE.fullmatch(signs) is not None
    )


def _split(lines: list[Line], text: str) -> list[Part]:
    parts = [Part()]
    index, annex, in_table, listed = 0, "", False, False
    while index < len(lines):
        line = lines[index]
        listed = bool(_ANNEX_LIST.match(line.signs)) or (
            listed and marker(line.signs) is not None and line.signs[-1] not in "。；"
        )
        count = 0 if listed else _title_lines(lines, index)
        if _ANNEX.fullmatch(line.signs):
            annex, in_table = line.signs.rstrip("：:"), False
        elif count and (parts[-1].title == "" or _has_body(parts[-1])):
            titled = lines[index : index + count]
            if parts[-1].title or _has_body(parts[-1]):
                parts.append(Part())
            parts[-1].title = "".join(each.signs for each in titled)
            parts[-1].words = "".join(
                plain(text[each.view.at[0] : each.view.at[-1] + 1]) for each in titled
            )
            parts[-1].annex = annex
            parts[-1].start = line.view.at[0]
            annex, in_table, index = "", False, index + count - 1
        elif line.tabbed or (in_table and not _leaves_table(line)):
            in_table = True
            _add_cells(parts[-1].cells, line)
            parts[-1].table.append(line)
        elif not listed and not _is_table_title(line):
            in_table = False
            parts[-1].lines.append(line)
        index += 1
    return parts


def _is_table_title(line: Line) -> bool:
    return marker(line.signs) is None and _TABLE_TITLE.fullmatch(line.signs) is not None


def _leaves_table(line: Line) -> bool:
    found = marker(line.signs)
    return len(line.signs) > 60 or (found is not None and found[0] in _OUTSIDE_TABLES)


def _add_cells(cells: list[str], line: Line) -> None:
    """Add the cells of a table's line; a line without a tab goes on in the cell before it."""
    if line.tabbed:
        cells += [cell.strip() for cell in line.row.removeprefix("\t").split("\t")]
    elif cells:
        cells[-1] = f"{cells[-1]}\n{line.signs}"


def _has_body(part: Part) -> bool:
    least = 8 if part.title.endswith(("通知", "公告", "函", "通告")) else 60
    return sum(len(line.signs) for line in part.lines) > least or bool(part.cells)


def _title_lines(lines: list[Line], index: int) -> int:
    """Return how many lines from here make a title; 0 for none."""
    if _SIGNATURE.fullmatch(lines[index].signs):
        return 0
    together = ""
    for count, line in enumerate(lines[index : index + 3], start=1):
        plain = not line.tabbed and not marker(line.signs)
        together += line.signs
        if not plain or any(sign in line.signs for sign in "。；，：") or len(together) > 90:
            return 0
        if _is_title(together) and not _TABLE_TITLE.fullmatch(together):
            after = lines[index + count :]
            under = next((i for i, each in enumerate(after) if not _subtitle(each)), len(after))
            return count + under
    return 0


def _subtitle(line: Line) -> bool:
    return _SUBTITLE.fullmatch(line.signs) is not None


def _clauses(part: Part, index: int) -> None:
    stack: list[tuple[str, str, str]] = []
    lines = part.lines
    current = Clause(index, (), ())
    part.clauses.append(current)
    for number, line in enumerate(lines):
        found = marker(line.signs)
        if found is None:
            current.sentences += sentences(line.view)
            continue
        kind, words = found
        stack = [each for each in stack if each[0] != "firstly"]  # it counts within a paragraph
        kinds = [each[0] for each in stack]
        del stack[kinds.index(kind) if kind in kinds else len(stack) :]
        rest = sentences(_after(line.view, len(words)))
        after = lines[number + 1] if number + 1 < len(lines) else None
        heading = _heading(rest, kind, after)
        stack.append((kind, words, heading))
        path = tuple(each[1] for each in stack)
        current = Clause(index, path, tuple(each[2] for each in stack if each[2]), heading)
        if heading and rest:
            rest[0] = Sentence(rest[0].view, rest[0].clauses, is_heading=True)
        current.sentences += rest
        part.clauses.append(current)
    if part.table and not divides_work(part.cells):
        told = [
            each for line in part.table if len(line.signs) > 20 for each in sentences(line.view)
        ]
        part.clauses.append(Clause(index, ("表",), (), sentences=told))


def divides_work(cells: list[str]) -> bool:
    """Tell whether a table says who does what: its head names a lead or responsible office."""
    return any(
        word in cell and len(cell) < 12
        for cell in cells[:14]
        for word in ("牵头", "责任单位", "责任部门", "配合单位", "主办", "协办", "负责单位")
    )


def _after(seen: View, start: int) -> View:
    return View(seen.signs[start:], seen.at[start:])


def _heading(rest: list[Sentence], kind: str, after: Line | None) -> str:
    """Return the words of a clause's heading: a short first sentence with more below it."""
    if not rest:
        return ""
    first = rest[0].signs.rstrip("。；：")
    if kind in ("part", "chapter", "section"):
        return first
    whole = kind == "article" and rest[0].signs[-1] == "。"
    if whole or kind == "firstly" or rest[0].signs[-1] == "；" or _BINDING.search(first):
        return ""
    alone = len(rest) == 1
    open_ended = rest[0].signs[-1] not in _ENDS
    follows = after is not None and not _same_or_above(kind, after)
    below = follows and marker(after.signs) is not None if after else False
    if alone and not (below or (open_ended and follows)):
        return ""
    return first if len(first) <= 30 and first.count("，") <= 1 else ""


def _same_or_above(kind: str, after: Line) -> bool:
    found = marker(after.signs)
    if found is None:
        return False
    order = [each for each, _ in MARKERS]
    return order.index(found[0]) <= order.index(kind)


def sentences(seen: View) -> list[Sentence]:
    """Return the sentences of a paragraph: what ends in 。！？；, not inside brackets."""
    found: list[Sentence] = []
    start = 0
    for stop in _stops(seen.signs):
        if stop > start:
            part = View(seen.signs[start:stop], seen.at[start:stop])
            found.append(Sentence(part, tuple(_commas(part.signs))))
        start = stop
    return found


def _stops(signs: str) -> Iterator[int]:
    for found in _STOPS.finditer(signs):
        before = signs[: found.start()]
        if before.count("（") <= before.count("）"):
            yield found.end()
    yield len(signs)


def _commas(signs: str) -> Iterator[tuple[int, int]]:
    start, depth = 0, 0
    for index, sign in enumerate(signs):
        depth += (sign in "（《") - (sign in "）》")
        if sign == "：" and signs[index - 1 : index].isdecimal():
            continue
        if sign in "，：；。！？" and depth <= 0:
            if index > start:
                yield start, index
            start = index + 1
    if start < len(signs):
        yield start, len(signs)
