"""The pack that stands in for a plan's text: everything read from it but its words.

A pack holds title, issuer, number, standing and dates, the SHA-256 of the edition that it was
made from, and for each requirement the control, the place, figures and terms, and the SHA-256 of
the clause's words; for each normative sentence that became none the place, the SHA-256 and the
reason. Importing a text adds the words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, uuid5

from checklists.catalogue.model import AnswerKind, Binds, Condition, Severity
from checklists.plans.model import (
    Departments,
    Plan,
    Reading,
    Reason,
    Requirement,
    Status,
    Unmatched,
)
from checklists.plans.words import RESIDUE, bare, plain, words_hash

SCHEMA = 1
Worded = TypeVar("Worded", Requirement, Unmatched)
_OPTIONAL = ("threshold", "deadline", "consequence")


def write_pack(reading: Reading, region: str) -> dict[str, Any]:
    """Return the pack of a reading. It holds no words of the plan but its title."""
    facts = reading.facts
    return {
        "pack": SCHEMA,
        "region": region,
        "title": facts.title,
        "issuer": facts.issuer,
        "number": facts.number,
        "status": facts.status,
        "valid_from": facts.valid_from.isoformat() if facts.valid_from else None,
        "valid_until": facts.valid_until.isoformat() if facts.valid_until else None,
        "horizon": facts.horizon,
        "sha256": reading.sha256,
        "requirements": [_packed(each) for each in reading.requirements],
        "unmatched": [
            {name: value for name, value in asdict(each).items() if name != "quote"}
            for each in unmatched_of(reading)
        ],
    }


def unmatched_of(reading: Reading) -> tuple[Unmatched, ...]:
    """Return what a reading made nothing of, with the hash of its words."""
    return tuple(
        Unmatched(
            section=each.section,
            start=each.start,
            end=each.end,
            words_sha256=words_hash(each.quote),
            words_length=len(plain(each.quote)),
            reason=each.reason,
            quote=each.quote,
        )
        for each in reading.unmade
    )


def _packed(each: Requirement) -> dict[str, Any]:
    packed: dict[str, Any] = {
        "control": each.control,
        "section": each.section,
        "start": each.start,
        "end": each.end,
        "words_sha256": each.words_sha256,
        "words_length": each.words_length,
        "binds": each.binds,
        "check_type": each.check_type,
        "photo_required": each.photo_required,
        "severity": each.severity,
        "applies_to_kindergarten": each.applies_to_kindergarten,
        "inspectable_on_site": each.inspectable_on_site,
        "document": each.document,
    }
    packed |= {key: getattr(each, key) for key in _OPTIONAL if getattr(each, key) is not None}
    if each.conditions:
        packed["conditions"] = list(each.conditions)
    if each.departments != Departments():
        packed["departments"] = asdict(each.departments)
    return packed


def read_pack(pack: Mapping[str, Any], *, at: datetime) -> Plan:
    """Return the plan that a pack stands for, without its words."""
    return Plan(
        id=plan_id(pack["region"], pack["sha256"]),
        region=pack["region"],
        title=pack["title"],
        issuer=pack["issuer"],
        number=pack["number"],
        status=Status(pack["status"]),
        valid_from=_day(pack["valid_from"]),
        valid_until=_day(pack["valid_until"]),
        horizon=pack["horizon"],
        sha256=pack["sha256"],
        requirements=tuple(_unpacked(each) for each in pack["requirements"]),
        origin="pack",
        added_at=at,
        series=series(pack["region"], pack["title"]),
        unmatched=tuple(
            Unmatched(**{**each, "reason": Reason(each["reason"])})
            for each in pack.get("unmatched", ())
        ),
    )


def _unpacked(packed: Mapping[str, Any]) -> Requirement:
    offices = packed.get("departments", {})
    return Requirement(
        control=packed["control"],
        section=packed["section"],
        start=packed["start"],
        end=packed["end"],
        binds=Binds(packed["binds"]),
        check_type=AnswerKind(packed["check_type"]),
        photo_required=packed["photo_required"],
        severity=Severity(packed["severity"]),
        applies_to_kindergarten=packed["applies_to_kindergarten"],
        inspectable_on_site=packed["inspectable_on_site"],
        words_sha256=packed["words_sha256"],
        words_length=packed["words_length"],
        threshold=packed.get("threshold"),
        deadline=packed.get("deadline"),
        consequence=packed.get("consequence"),
        departments=Departments(tuple(offices.get("lead", ())), tuple(offices.get("others", ()))),
        conditions=tuple(Condition(each) for each in packed.get("conditions", ())),
        document=packed["document"],
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def plan_id(region: str, digest: str) -> str:
    """Return the id of an edition: the same wherever the same text is read for the same region."""
    return str(uuid5(NAMESPACE_URL, f"huyuan:plan:{region}:{digest}"))


def series(region: str, title: str) -> str:
    """Return what every edition of a plan has in common: its title but for years and state."""
    return f"{region}:{''.join(sign for sign in bare(title) if sign.isalnum())}"


def with_words(plan: Plan, text: str, reading: Reading) -> Plan:
    """Return the plan with the words of a copy, and their offsets in that copy.

    What the reading of the copy does not find by its hash is looked for word by word, so another
    layout hides nothing; what the copy does not hold comes back without words.
    """
    known: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for asked in reading.requirements:
        places = known.setdefault((asked.control, asked.words_sha256), [])
        places.append((asked.start, asked.end))
    for left in unmatched_of(reading):
        known.setdefault(("", left.words_sha256), []).append((left.start, left.end))
    copy = _Copy(text)
    return replace(
        plan,
        requirements=tuple(
            _worded(each, known.get((each.control, each.words_sha256), []), copy, text)
            for each in plan.requirements
        ),
        unmatched=tuple(
            _worded(each, known.get(("", each.words_sha256), []), copy, text)
            for each in plan.unmatched or unmatched_of(reading)
        ),
    )


def _worded(each: Worded, places: list[tuple[int, int]], copy: "_Copy", text: str) -> Worded:
    if places:
        place: tuple[int, int] | None = places.pop(0) if len(places) > 1 else places[0]
    else:
        place = copy.find(each.words_sha256, each.words_length)
    if place is None:
        return replace(each, quote=None)
    start, end = place
    return replace(each, start=start, end=end, quote=text[start:end])


class _Copy:
    """A copy's text without white space and residue, searched by hash."""

    def __init__(self, text: str) -> None:
        self.signs: list[str] = []
        self.at: list[int] = []
        for offset, sign in self._kept(text):
            self.signs.append(sign)
            self.at.append(offset)
        self.plain = "".join(self.signs)
        self._known: dict[int, dict[str, int]] = {}

    @staticmethod
    def _kept(text: str) -> Iterator[tuple[int, str]]:
        position = 0
        for gap in [*(found.span() for found in RESIDUE.finditer(text)), (len(text), len(text))]:
            for offset in range(position, gap[0]):
                sign = text[offset]
                if (
                    not sign.isspace()
                    and sign not in "\u3000\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
                ):
                    yield offset, sign
            position = gap[1]

    def find(self, digest: str, length: int) -> tuple[int, int] | None:
        if length not in self._known:
            self._known[length] = {
                sha256(self.plain[start : start + length].encode()).hexdigest(): start
                for start in range(len(self.plain) - length, -1, -1)
            }
        start = self._known[length].get(digest)
        return None if start is None else (self.at[start], self.at[start + length - 1] + 1)
