"""Plans made by hand for tests."""

from datetime import UTC, date, datetime

from checklists.catalogue.model import AnswerKind, Binds, Severity
from checklists.plans.model import Plan, Requirement, Status
from checklists.plans.validity import Judged, standing

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
DAY = date(2026, 6, 1)


def requirement(control="anti-ram-barrier", **change):
    facts = {
        "control": control,
        "section": "一、",
        "start": 0,
        "end": 4,
        "binds": Binds.KINDERGARTEN,
        "check_type": AnswerKind.YES_NO,
        "photo_required": True,
        "severity": Severity.ORDINARY,
        "applies_to_kindergarten": True,
        "inspectable_on_site": True,
        "words_sha256": "a" * 64,
        "words_length": 4,
    }
    return Requirement(**(facts | change))


def plan(*requirements, **change):
    facts = {
        "id": "plan-1",
        "region": "990100",
        "title": "晨曦市方案",
        "issuer": None,
        "number": None,
        "status": Status.ISSUED,
        "valid_from": None,
        "valid_until": None,
        "horizon": None,
        "sha256": "b" * 64,
        "requirements": requirements,
        "origin": "pack",
        "added_at": NOON,
        "series": "990100:晨曦市方案",
    }
    return Plan(**(facts | change))


def judge(made, on=DAY, continuations=()):
    return Judged(made, standing(made, on, continuations))
