"""A control's words in a sentence become a requirement: its quote, figures and gravity."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from checklists.catalogue.actions import Match, Span
from checklists.catalogue.model import AnswerKind, Binds, Control, Severity
from checklists.plans import binding, figures
from checklists.plans.model import Level, Requirement
from checklists.plans.tree import Sentence
from checklists.plans.words import plain, words_hash

_GOING_ON = {
    "percent": re.compile(
        r"[^，。；、]{0,4}(?:联网|覆盖|配备|达标|设置|安装|建成|完成)率[^，。；]{0,6}\d"
    ),
    "class": re.compile(r"(?:小班|中班|大班|混龄班?|混合班)[^，。；]{0,10}(?:\d{2}|[二三四]?十)"),
}
_ON_PAPER = re.compile(
    r"记录|台账|档案|制度|备案|证(?!据)|合同|协议|报告|方案|预案|登记|名册|票据|审计|签字|回执|目录|手册|核准|批准"
)


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: the file's text, the section, what opens its list, the document."""

    text: str
    section: str
    lead: str
    level: Level
    document: int


def stretch(clauses: Sequence[Span], match: Match) -> Span:
    """Return the whole clauses that hold a match."""
    held = [span for span in clauses if span[0] < match.end and span[1] > match.start]
    return held[0][0], held[-1][1]


def _with_figures(kind: str | None, clauses: Sequence[Span], held: Span, signs: str) -> int:
    """Return the end of the clauses that only go on with the figures of those held."""
    start, end = held
    more = _GOING_ON.get(kind or "")
    if more is None or (kind == "percent" and "%" in signs[start:end]):
        return end
    for first, last in clauses:
        if first >= end:
            if not more.match(signs[first:last]):
                break
            end = last
    return end


def cite(
    match: Match, sentence: Sentence, signs: str, place: Place, *, about: bool | None
) -> Requirement:
    """Return a control as the sentence asks for it.

    `signs` is the sentence with titles blotted out, `about` whether it speaks of kindergartens.
    """
    control = match.control
    start, end = stretch(sentence.clauses, match)
    end = _with_figures(control.figure, sentence.clauses, (start, end), signs)
    words = signs[start:end]
    first, last = sentence.view.place(start, end)
    first, last = _with_quotes(place.text, first, last)
    quote = place.text[first:last]
    high = place.level is Level.HIGH_SCHOOL
    binds = Binds.HIGH_SCHOOL if high else _binds(control, words)
    apart = {Binds.HIGH_SCHOOL, Binds.TRAINING_INSTITUTION}
    figured = figures.threshold(control, words, match.start - start, quote)
    return Requirement(
        control=control.id,
        section=place.section,
        start=first,
        end=last,
        binds=binds,
        check_type=_check_type(control, words, figured),
        photo_required=control.photo_required,
        severity=_severity(control.severity, place.lead + sentence.signs),
        applies_to_kindergarten=bool(about) and binds not in apart,
        inspectable_on_site=control.on_site,
        words_sha256=words_hash(quote),
        words_length=len(plain(quote)),
        threshold=figured,
        deadline=figures.deadline(words, signs, anywhere=control.figure == "period"),
        consequence=figures.consequence(signs) or figures.consequence(place.lead),
        conditions=tuple(dict.fromkeys((*control.only, *binding.conditions(words)))),
        quote=quote,
        document=place.document,
    )


def _binds(control: Control, words: str) -> Binds:
    """Return whom the words bind: a general control's clause says it by its subject."""
    if control.general and control.binds is Binds.KINDERGARTEN:
        if re.match(r".{0,6}举办者", words):
            return Binds.OPERATOR
        if re.match(
            r".{0,4}(?:教职工|教师|保育员|保教人员|工作人员)[^，]{0,6}(?:不得|严禁|禁止)", words
        ):
            return Binds.STAFF
    return control.binds


def _check_type(control: Control, words: str, figured: dict[str, Any] | None) -> AnswerKind:
    """Return how it is answered: a general control's clause says it by its figure and nouns."""
    if not control.general or control.answer is not AnswerKind.YES_NO:
        return control.answer
    unit = (figured or {}).get("unit")
    if unit == "%":
        return AnswerKind.RATIO
    if unit:
        return AnswerKind.COUNT
    return AnswerKind.DOCUMENT if _ON_PAPER.search(words) else AnswerKind.YES_NO


def _with_quotes(text: str, first: int, last: int) -> Span:
    """Return the span with the quotation mark at its edge whose other half it holds."""
    if (
        first
        and text[first - 1] in '“‘「『"'
        and text[first:last].count("”") > text[first:last].count("“")
    ):
        first -= 1
    if (
        last < len(text)
        and text[last] in "”’」』"
        and text[first:last].count("“") > text[first:last].count("”")
    ):
        last += 1
    return first, last


def _severity(own: Severity, sentence: str) -> Severity:
    if own is Severity.ONE_VOTE_VETO and "一票否决" not in sentence:
        return Severity.MAJOR_HAZARD
    return own
