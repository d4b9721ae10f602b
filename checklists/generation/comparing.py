"""What changed between two checklists: word by word where a clause's words are known."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from checklists.generation.lines import item_line
from checklists.generation.model import Checklist, Citation, Item

COMPARED = (
    "title", "how", "answer_kind", "unit", "figure", "any_of", "all_of", "terms", "severity",
    "photo_required", "carries_notice", "deadline", "consequence", "conditions", "departments",
    "articles", "contradiction",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One item that differs: `fields` gives, for each field, before and after."""

    id: str
    title: str
    fields: dict[str, tuple[Any, Any]]
    words: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Difference:
    added: tuple[Item, ...]
    removed: tuple[Item, ...]
    changed: tuple[Change, ...]


def compare(before: Checklist, after: Checklist) -> Difference:
    """Return what was added, what fell away, and what is asked otherwise."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    return Difference(
        added=tuple(item for id_, item in new.items() if id_ not in old),
        removed=tuple(item for id_, item in old.items() if id_ not in new),
        changed=tuple(
            change
            for id_, item in new.items()
            if id_ in old and (change := _change(old[id_], item)) is not None
        ),
    )


def _change(old: Item, new: Item) -> Change | None:
    before, after = item_line(old), item_line(new)
    fields = {name: (before[name], after[name]) for name in COMPARED if before[name] != after[name]}
    clauses = (
        {each.words_sha256 for each in old.citations},
        {each.words_sha256 for each in new.citations},
    )
    words: tuple[tuple[str, str, str], ...] = ()
    if clauses[0] != clauses[1]:
        fields["citations"] = (_cited(old.citations), _cited(new.citations))
        words = _words(old.citations, new.citations)
    return Change(new.id, new.title, fields, words) if fields else None


def _cited(citations: tuple[Citation, ...]) -> list[str]:
    return [f"《{each.title}》{each.section}" for each in citations]


def _words(
    old: tuple[Citation, ...], new: tuple[Citation, ...]
) -> tuple[tuple[str, str, str], ...]:
    """Return the stretches of the clauses' words: equal, delete or insert, before and after."""
    before = "\n".join(each.quote or "" for each in old)
    after = "\n".join(each.quote or "" for each in new)
    if not before.strip() or not after.strip():
        return ()
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return tuple((kind, before[a:b], after[c:d]) for kind, a, b, c, d in steps)
