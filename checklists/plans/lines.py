"""What `huyuan plans read` writes: one flat object for a requirement, another for what was left."""

from collections.abc import Iterator
from typing import Any

from checklists.catalogue.model import Catalogue, Control
from checklists.plans.model import REASONS, Facts, Reading, Requirement, Unmade
from checklists.plans.words import plain


def requirement_lines(reading: Reading, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for each in reading.requirements:
        facts = reading.documents[each.document]
        yield _requirement_line(each, facts, _title(each, catalogue.controls[each.control]))


def _title(requirement: Requirement, control: Control) -> str:
    """Return the control's title; of a general one with the words that say what it is about."""
    words = plain(requirement.quote or "")[:24]
    return f"{control.title['zh']}：{words}" if control.general else control.title["zh"]


def coverage_lines(reading: Reading) -> Iterator[dict[str, Any]]:
    for each in reading.unmade:
        yield _unmade_line(each)


def _requirement_line(each: Requirement, facts: Facts, title: str) -> dict[str, Any]:
    return {
        "section": each.section,
        "quote": each.quote,
        "start": each.start,
        "end": each.end,
        "control": each.control,
        "title": title,
        "binds": each.binds,
        "check_type": each.check_type,
        "photo_required": each.photo_required,
        "threshold": each.threshold,
        "severity": each.severity,
        "deadline": each.deadline,
        "consequence": each.consequence,
        "departments": {
            "lead": list(each.departments.lead),
            "others": list(each.departments.others),
        },
        "applies_to_kindergarten": each.applies_to_kindergarten,
        "inspectable_on_site": each.inspectable_on_site,
        "status": facts.status,
        "valid_from": facts.valid_from.isoformat() if facts.valid_from else None,
        "valid_until": facts.valid_until.isoformat() if facts.valid_until else None,
        "horizon": facts.horizon,
    }


def _unmade_line(each: Unmade) -> dict[str, Any]:
    return {
        "section": each.section,
        "quote": each.quote,
        "start": each.start,
        "end": each.end,
        "control": None,
        "reason": each.reason,
        "why": REASONS[each.reason][0],
    }
