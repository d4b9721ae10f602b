"""From the clause tree to requirements, and to what no requirement was made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from checklists.catalogue.actions import Match, Matcher, Span
from checklists.catalogue.model import Binds
from checklists.plans import binding
from checklists.plans.asking import Case, refused
from checklists.plans.binding import Speaking
from checklists.plans.citing import Place, cite, stretch
from checklists.plans.departments import BRACKET, Offices, in_brackets, read_table
from checklists.plans.division import from_table
from checklists.plans.facts import read_facts, stamp
from checklists.plans.figures import done_by
from checklists.plans.general import Heard, Lead, beyond
from checklists.plans.model import (
    Departments,
    Facts,
    Level,
    Reading,
    Reason,
    Requirement,
    Status,
    Unmade,
)
from checklists.plans.tree import Clause, Part, Sentence, read_tree
from checklists.plans.words import bare

_BOOK = re.compile(r"《[^》]{1,60}(?<![证书信册单卡])》")
_LEAD_BEFORE_COMMA = re.compile(r"逗号前(?:的)?(?:为|是)?牵头")


@dataclass
class _Page:
    """What is known while one document of a file is read."""

    text: str
    part: Part
    facts: Facts
    index: int
    prefix: str
    speaking: Speaking
    offices: Offices
    comma_parts_lead: bool
    requirements: list[Requirement] = field(default_factory=list)
    unmade: list[Unmade] = field(default_factory=list)


def read_plan(text: str, matcher: Matcher) -> Reading:
    """Return everything that a text asks for, with offsets in it: `text[start:end] == quote`."""
    parts = read_tree(text)
    facts = _inherited(parts)
    main = next(
        (each for each in facts if not bare(each.title).endswith(("通知", "公告", "函", "通告"))),
        facts[0],
    )
    offices = Offices()
    comma = bool(_LEAD_BEFORE_COMMA.search(text))
    requirements: list[Requirement] = []
    unmade: list[Unmade] = []
    for index, (part, own) in enumerate(zip(parts, facts, strict=True)):
        speaking = Speaking(own.level, includes=_title_includes(part.title))
        page = _Page(text, part, own, index, _prefix(part, own, main), speaking, offices, comma)
        _read_part(page, matcher)
        requirements += page.requirements
        unmade += page.unmade
    return Reading(
        facts=main,
        documents=tuple(facts),
        requirements=tuple(requirements),
        unmade=tuple(unmade),
        sha256=sha256(text.encode()).hexdigest(),
    )


def _inherited(parts: Sequence[Part]) -> list[Facts]:
    """Return each document's facts; an annex stands and falls with the document before it."""
    found: list[Facts] = []
    open_for_comment = False
    for part in parts:
        own = read_facts(part, stamp(parts[0]))
        first = found[0] if found else None
        open_for_comment = open_for_comment or "征求" in part.title
        if open_for_comment:
            own = replace(own, status=Status.DRAFT)
        announced = first is not None and bare(first.title).endswith(("通知", "公告"))
        if first is not None and (part.annex or announced):
            own = replace(
                own,
                issuer=own.issuer or first.issuer,
                number=own.number or first.number,
                status=first.status if own.status is Status.ISSUED else own.status,
                valid_from=own.valid_from or first.valid_from,
                valid_until=own.valid_until or first.valid_until,
                horizon=first.horizon or own.horizon,
            )
        found.append(own)
    return found


def _title_includes(title: str) -> bool:
    return bool(
        re.search(r"(?:中小学|学校|校园)[^。]{0,4}幼儿园|幼儿园[^。]{0,4}(?:中小学|学校)", title)
    )


def _prefix(part: Part, own: Facts, main: Facts) -> str:
    if part.annex and own is not main:
        return f"{part.annex} "
    return "" if own is main or not own.title else f"{bare(own.title)} "


def _read_part(page: _Page, matcher: Matcher) -> None:
    since = 0
    leads: dict[tuple[str, ...], Lead] = {}
    for clause in page.part.clauses:
        lead = next((leads[above] for above in _above(clause.path) if above in leads), Lead())
        carried: bool | None = _of_headings(clause, page)
        first = len(page.requirements)
        for sentence in clause.sentences:
            signs = sentence.signs
            page.speaking.hear(signs)
            if bracket := _bracket(sentence, page):
                _assign(page, range(since, len(page.requirements)), clause, sentence, bracket)
                since = len(page.requirements)
                if signs.startswith(("（", "牵头", "责任", "配合", "主责")):
                    continue
            about = binding.speaks_of_kindergartens(signs, page.speaking)
            carried = about if about is not None else carried
            _read_sentence(page, clause, sentence, lead, about=carried, matcher=matcher)
            if signs.endswith("："):
                asked = [matcher.controls[each.control] for each in page.requirements[first:]]
                lead = leads[clause.path] = Lead(signs, tuple(asked))
        _give_day(page, clause, first)
        _drop_repeated_headings(page, clause)
    if rows := read_table(page.part.cells, page.offices):
        page.requirements = from_table(rows, page.requirements, page.part.clauses, page.prefix)


def _give_day(page: _Page, clause: Clause, first: int) -> None:
    """Give what a paragraph asks the day by which a sentence of it wants all of that done."""
    day = next(filter(None, (done_by(each.signs) for each in clause.sentences)), None)
    if day:
        page.requirements[first:] = [
            replace(each, deadline=each.deadline or day) for each in page.requirements[first:]
        ]


def _above(path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(len(path) - 1, -1, -1):
        yield path[:length]


def _of_headings(clause: Clause, page: _Page) -> bool | None:
    if page.facts.level is Level.KINDERGARTEN:
        return True
    for heading in reversed(clause.headings):
        about = binding.speaks_of_kindergartens(heading, page.speaking)
        if about is not None:
            return about
    return page.speaking.includes or None


def _bracket(sentence: Sentence, page: _Page) -> Departments | None:
    if found := BRACKET.search(sentence.signs):
        if not re.match(r"[（〔]|牵头|责任|配合|主责", found.group()):
            return None
        return in_brackets(found.group(), page.offices, comma_parts_lead=page.comma_parts_lead)
    return None


def _assign(
    page: _Page, since: range, clause: Clause, sentence: Sentence, departments: Departments
) -> None:
    """Give what stands before a bracket its offices, as far as the one before it.

    A bracket speaks of its own place; one on a line of its own, or behind what a paragraph
    counts, of the place above with all its parts.
    """
    first = sentence.view.at[0]
    line = page.text[page.text.rfind("\n", 0, first) + 1 : first]
    counted = bool(clause.path) and clause.path[-1].rstrip("，：").endswith("是")
    alone = not line.strip(" \u3000\r\t")
    path = clause.path[:-1] if len(clause.path) > 1 and (alone or counted) else clause.path
    above = (page.prefix + "".join(path)).strip()
    for index in since:
        if page.requirements[index].section.startswith(above):
            page.requirements[index] = replace(page.requirements[index], departments=departments)


def _masked(signs: str) -> str:
    """Return the sentence with cited titles and offices in brackets blotted out, as long as it."""
    for pattern in (_BOOK, BRACKET):
        signs = pattern.sub(lambda found: "□" * len(found.group()), signs)
    return signs


def _read_sentence(
    page: _Page,
    clause: Clause,
    sentence: Sentence,
    lead: Lead,
    *,
    about: bool | None,
    matcher: Matcher,
) -> None:
    """Take from a sentence what it asks; `lead` is what opens the list it stands in."""
    signs = _masked(sentence.signs)
    before = len(page.requirements)
    if binding.is_purpose(signs) and not re.search(r"幼儿园(?:要|应)|不得", signs):
        _leave(page, clause, sentence, (0, len(signs)), Reason.DEFINITION)
        return
    words = matcher.words(signs)
    reason = Reason.NO_CONTROL
    live = [span for span in sentence.clauses if _is_live(page, signs[span[0] : span[1]])]
    matches = _specific(clause, words, live, lead, page, matcher)
    above = "|".join((*clause.headings, lead.signs))
    heard = Heard(signs, words, live, lead, above, close=_is_close(page.facts))
    for match in (*matches, *beyond(heard, matches, matcher)):
        why = _refused(match, clause, sentence, signs, page, about=about)
        if why is None:
            place = Place(
                page.text, _section(page, clause), lead.signs, page.facts.level, page.index
            )
            page.requirements.append(cite(match, sentence, signs, place, about=about))
        else:
            reason = why
    page.requirements[before:] = _apart(page.requirements[before:], matcher)
    if reason is Reason.NO_CONTROL or binding.is_goal(clause.headings):
        reason = _why_left(clause, signs, about=about)
    if len(page.requirements) > before:
        _leave_rest(page, clause, sentence, page.requirements[before:], reason)
    elif _is_normative(signs, lead, matcher):
        _leave(page, clause, sentence, (0, len(signs)), reason)


def _is_normative(words: str, lead: Lead, matcher: Matcher) -> bool:
    """Tell whether words ask something of somebody, or name what is inspected."""
    return (
        binding.is_normative(words)
        or binding.is_firm(words)
        or binding.opens_demands(lead.signs)
        or matcher.general(matcher.words(words), (0, len(words))) is not None
    )


def _leave_rest(
    page: _Page,
    clause: Clause,
    sentence: Sentence,
    made: Sequence[Requirement],
    reason: Reason,
) -> None:
    """List the clauses of a sentence that stand in no quote of it."""
    for start, end in sentence.clauses:
        first, last = sentence.view.place(start, end)
        quoted = any(each.start < last and each.end > first for each in made)
        if not quoted:
            _leave(page, clause, sentence, (start, end), reason)


def _apart(found: Sequence[Requirement], matcher: Matcher) -> list[Requirement]:
    """Return a sentence's requirements without general ones whose words another one quotes too."""
    own = [each for each in found if not matcher.controls[each.control].general]
    return [
        each
        for each in found
        if each in own
        or not any(other.start <= each.start and each.end <= other.end for other in own)
    ]


def _specific(
    clause: Clause,
    words: dict[str, list[Span]],
    live: Sequence[Span],
    lead: Lead,
    page: _Page,
    matcher: Matcher,
) -> list[Match]:
    if not live:
        return []
    found = matcher.matches(words, live, "|".join((*clause.headings, lead.signs)))
    if page.facts.level is Level.HIGH_SCHOOL:
        return found
    return [each for each in found if each.control.binds is not Binds.HIGH_SCHOOL]


def _is_close(facts: Facts) -> bool:
    return facts.level is Level.KINDERGARTEN or binding.is_of_safety(facts.title)


def _why_left(clause: Clause, signs: str, *, about: bool | None) -> Reason:
    """Return what a normative sentence is that no control's words are in."""
    if binding.is_goal(clause.headings):
        return Reason.GOAL
    if about is False:
        return Reason.OTHER_SCHOOLS
    if binding.is_encouraged(signs):
        return Reason.ENCOURAGEMENT
    if binding.is_duty_of_authorities(signs, signs):
        return Reason.AUTHORITIES
    return Reason.OTHERS if binding.binds_others(signs) else Reason.NO_CONTROL


def _is_live(page: _Page, words: str) -> bool:
    if page.facts.level is Level.HIGH_SCHOOL:
        return True
    about = binding.speaks_of_kindergartens(words, page.speaking)
    return about is not False or bool(binding.TRAINING.search(words))


def _refused(
    match: Match, clause: Clause, sentence: Sentence, signs: str, page: _Page, *, about: bool | None
) -> Reason | None:
    start, end = stretch(sentence.clauses, match)
    case = Case(
        control=match.control,
        words=signs[start:end],
        signs=signs,
        headings=clause.headings,
        level=page.facts.level,
        about=about,
        encouraged=_encouraged(sentence.clauses, match, signs),
        is_heading=sentence.is_heading,
    )
    return refused(case)


def _encouraged(clauses: Sequence[Span], match: Match, signs: str) -> bool:
    holding = [span for span in clauses if span[0] <= match.end and span[1] >= match.start]
    return all(binding.is_encouraged(signs[start:end]) for start, end in holding)


def _section(page: _Page, clause: Clause) -> str:
    return (page.prefix + clause.section).strip()


def _leave(page: _Page, clause: Clause, sentence: Sentence, words: Span, reason: Reason) -> None:
    alone = len(clause.sentences) == 1 and sentence.signs[-1] in "。；"
    if (sentence.is_heading and not alone) or words[1] - words[0] < 4:
        return
    first, last = sentence.view.place(*words)
    section = _section(page, clause)
    page.unmade.append(Unmade(section, first, last, page.text[first:last], reason))


def _drop_repeated_headings(page: _Page, clause: Clause) -> None:
    """A heading asks for a control only where nothing below it does."""
    section = _section(page, clause)
    headed = [each for each in clause.sentences if each.is_heading]
    if not headed:
        return
    first, last = headed[0].view.place(0, len(headed[0].signs))
    inside = [
        each for each in page.requirements if each.section == section and first <= each.start < last
    ]
    others = {
        each.control
        for each in page.requirements
        if each.section.startswith(section) and not first <= each.start < last
    }
    firm = re.search(r"不得|严禁|必须|应当|\d", headed[0].signs) and len(clause.sentences) > 1
    for each in inside:
        if each.control in others or not firm:
            page.requirements.remove(each)
