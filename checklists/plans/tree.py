"""The clause tree of a text: documents, numbered clauses, paragraphs, sentences.

Numbering in any of the usual styles, in whatever order a text uses them; a line that is one with
the line before is joined to it; a title begins a new document. All offsets are those of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from checklists.plans.paragraphs import (
    ANNEX,
    ENDS,
    MARKERS,
    NUMERALS,
    SIGNATURE,
    Line,
    is_title,
    marker,
    paragraphs,
)
from checklists.plans.words import View, plain

_SUBTITLE = re.compile(
    r"（(?:\d{4}.{0,3}年?[-至]\d{4}年?|征求意见稿|试行|草案|送审稿|修订稿|暂行|公开征求意见稿|"
    r"\d{4}年.{0,40}|讨论稿|修订|社会公开征求意见稿)）"
)
_TABLE_TITLE = re.compile(r".{0,50}(?:分工表|一览表|清单|任务表|责任表|附表|明细表|汇总表)")
_ANNEX_LIST = re.compile(rf"附件?[：:]|附件[{NUMERALS}\d]{{1,3}}[：:.、]\S")
_BINDING = re.compile(r"不得|严禁|必须|应当|(?<!适|相|供|反|响|对)应(?!急|用|对|战|试)|须")
_OUTSIDE_TABLES = ("part", "chapter", "section", "article", "han", "han_bracketed")
MOST_CLAUSES = 48
"""Between commas; the longest sentence of the source texts has 10."""
_STOPS = re.compile(r"[。！？；]+[”’」』）]*|(?<![\d])：(?=（?[一二三四五六七八九十\d①-⑳])")


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
    parts = _split(paragraphs(text), text)
    for index, part in enumerate(parts):
        _clauses(part, index)
    return parts


def _split(lines: list[Line], text: str) -> list[Part]:
    parts = [Part()]
    index, annex, in_table, listed, cell_a_line = 0, "", False, False, False
    while index < len(lines):
        line = lines[index]
        listed = bool(_ANNEX_LIST.match(line.signs)) or (
            listed and marker(line.signs) is not None and line.signs[-1] not in "。；"
        )
        count = 0 if listed else _title_lines(lines, index)
        if ANNEX.fullmatch(line.signs):
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
        elif line.signs == "序号" and not line.tabbed:
            in_table = cell_a_line = True
            parts[-1].cells.append(line.signs)
        elif line.tabbed or (in_table and not _leaves_table(line)):
            in_table, cell_a_line = True, cell_a_line and not line.tabbed
            _add_cells(parts[-1].cells, line, apart=cell_a_line)
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


def _add_cells(cells: list[str], line: Line, *, apart: bool) -> None:
    """Add the cells of a table's line.

    A line without a tab goes on in the cell before it, or is a cell where lines stand `apart`.
    """
    if line.tabbed:
        cells += [cell.strip() for cell in line.row.removeprefix("\t").split("\t")]
    elif apart:
        cells.append(line.signs)
    elif cells:
        cells[-1] = f"{cells[-1]}\n{line.signs}"


def _has_body(part: Part) -> bool:
    least = 8 if part.title.endswith(("通知", "公告", "函", "通告")) else 60
    return sum(len(line.signs) for line in part.lines) > least or bool(part.cells)


def _title_lines(lines: list[Line], index: int) -> int:
    """Return how many lines from here make a title; 0 for none."""
    if SIGNATURE.fullmatch(lines[index].signs):
        return 0
    together = ""
    for count, line in enumerate(lines[index : index + 3], start=1):
        plain = not line.tabbed and not marker(line.signs)
        together += line.signs
        if not plain or any(sign in line.signs for sign in "。；，：") or len(together) > 90:
            return 0
        if is_title(together) and not _TABLE_TITLE.fullmatch(together):
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
    open_ended = rest[0].signs[-1] not in ENDS
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
            found += _manageable(View(seen.signs[start:stop], seen.at[start:stop]))
        start = stop
    return found


def _manageable(part: View) -> Iterator[Sentence]:
    """Return a sentence, in pieces where it has no end: what is matched together stays small."""
    clauses = list(_commas(part.signs))
    for index in range(0, max(len(clauses), 1), MOST_CLAUSES):
        held = clauses[index : index + MOST_CLAUSES]
        last = index + MOST_CLAUSES >= len(clauses)
        start = held[0][0] if index else 0
        stop = len(part.signs) if last else held[-1][1] + 1
        piece = View(part.signs[start:stop], part.at[start:stop])
        yield Sentence(piece, tuple((one - start, two - start) for one, two in held))


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
