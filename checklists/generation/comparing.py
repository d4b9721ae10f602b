"""What one version changes of another: items, and the clauses behind them word by word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from checklists.catalogue.model import Catalogue
from checklists.generation.items import item_id
from checklists.generation.model import (
    Change,
    Checklist,
    ClauseChange,
    Difference,
    Item,
    Piece,
)
from checklists.plans.actions import series, unmatched_of
from checklists.plans.model import Plan, Reading, Requirement, Unmatched

ALIKE = 0.5
"""From this share of common signs on, two clauses are one that was changed."""

_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """A clause of one version, with the items that it asks for."""

    plan: str
    section: str
    sha256: str
    quote: str | None
    item_ids: tuple[str, ...]


def compare(before: Checklist, after: Checklist) -> Difference:
    """Return what `after` changes of `before`, item by item, and clause by clause."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    changed = {}
    for id_ in sorted(old.keys() & new.keys()):
        fields = tuple(
            name
            for name in Item.__dataclass_fields__
            if getattr(old[id_], name) != getattr(new[id_], name)
        )
        if fields:
            changed[id_] = fields
    return Difference(
        added=tuple(sorted(new.keys() - old.keys())),
        removed=tuple(sorted(old.keys() - new.keys())),
        changed=changed,
        clauses=clause_changes(_cited(before), _cited(after)),
    )


def compare_plans(before: Plan, after: Plan, catalogue: Catalogue) -> tuple[ClauseChange, ...]:
    """Return what one edition changes of another, clause by clause, in the later one's order."""
    return clause_changes(
        *(_said(each.requirements, each.unmatched, catalogue) for each in (before, after))
    )


def compare_readings(
    before: Reading, after: Reading, catalogue: Catalogue
) -> tuple[ClauseChange, ...]:
    """Return what one text changes of another, clause by clause, in the later one's order."""
    return clause_changes(
        *(_said(each.requirements, unmatched_of(each), catalogue) for each in (before, after))
    )


def clause_changes(before: Sequence[Said], after: Sequence[Said]) -> tuple[ClauseChange, ...]:
    """Return the clauses that differ; those of the same words and items are left out.

    A clause is paired with that of the same words, then, of what is left in the same plan, with
    the likest where both have words, or that of the same items or section.
    """
    known = {(each.plan, each.sha256): each for each in before}
    same = {(each.plan, each.sha256) for each in after} & known.keys()
    gone = [each for each in before if (each.plan, each.sha256) not in same]
    found: list[ClauseChange] = []
    for new in after:
        if (new.plan, new.sha256) in same:
            old: Said | None = known[new.plan, new.sha256]
            if old and set(old.item_ids) == set(new.item_ids):
                continue
        else:
            old = _twin(new, gone)
            if old is not None:
                gone.remove(old)
        found.append(_change(old, new))
    return (*found, *(_change(each, None) for each in gone))


def _twin(new: Said, gone: Iterable[Said]) -> Said | None:
    """Return the clause that became the new one, None where there is none."""
    alike = [(_likeness(old, new), old) for old in gone if old.plan == new.plan]
    best = max(alike, key=lambda each: each[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _likeness(old: Said, new: Said) -> float:
    if old.quote and new.quote:
        matcher = SequenceMatcher(None, old.quote, new.quote, autojunk=False)
        if matcher.quick_ratio() < ALIKE:
            return 0.0
        return matcher.ratio()
    common = set(old.item_ids) & set(new.item_ids)
    return (0.5 if common else 0.0) + (0.25 if old.section == new.section else 0.0)


def _change(old: Said | None, new: Said | None) -> ClauseChange:
    change = Change.CHANGED if old and new else (Change.ADDED if new else Change.REMOVED)
    ids = [*(old.item_ids if old else ()), *(new.item_ids if new else ())]
    return ClauseChange(
        change=change,
        item_ids=tuple(dict.fromkeys(ids)),
        section_before=old.section if old else None,
        section_after=new.section if new else None,
        sha256_before=old.sha256 if old else None,
        sha256_after=new.sha256 if new else None,
        before=old.quote if old else None,
        after=new.quote if new else None,
        pieces=word_by_word(old.quote, new.quote)
        if old and new and old.quote and new.quote
        else (),
    )


def word_by_word(before: str, after: str) -> tuple[Piece, ...]:
    """Return how one text becomes the other: figures and foreign words whole, else by sign."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("equal", "".join(old[i:j])))
            continue
        if i < j:
            found.append(Piece("delete", "".join(old[i:j])))
        if k < m:
            found.append(Piece("insert", "".join(new[k:m])))
    return tuple(found)


def _cited(checklist: Checklist) -> list[Said]:
    """Return the clauses that a checklist cites, each once; a plan is one whatever its edition."""
    items: dict[tuple[str, str], list[str]] = defaultdict(list)
    places: dict[tuple[str, str], tuple[str, str | None]] = {}
    for item in checklist.items:
        for each in item.citations:
            key = (series(each.region, each.title), each.words_sha256)
            items[key].append(item.id)
            places.setdefault(key, (each.section, each.quote))
    return [
        Said(plan, places[plan, digest][0], digest, places[plan, digest][1], tuple(ids))
        for (plan, digest), ids in items.items()
    ]


def _said(
    requirements: Iterable[Requirement], unmatched: Iterable[Unmatched], catalogue: Catalogue
) -> list[Said]:
    """Return every normative clause of one plan, in its order."""
    items: dict[str, list[str]] = defaultdict(list)
    places: dict[str, tuple[int, str, str | None]] = {}
    for made in requirements:
        control = catalogue.controls.get(made.control)
        if control is not None:
            items[made.words_sha256].append(item_id(control, made))
        places.setdefault(made.words_sha256, (made.start, made.section, made.quote))
    for left in unmatched:
        places.setdefault(left.words_sha256, (left.start, left.section, left.quote))
    return [
        Said("", section, digest, quote, tuple(items[digest]))
        for digest, (_, section, quote) in sorted(places.items(), key=lambda each: each[1][0])
    ]
