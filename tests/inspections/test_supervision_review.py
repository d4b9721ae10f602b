"""The annual review: proposed, decided by another, failed by a veto that stands."""

import pytest

from inspections.supervision import review
from inspections.supervision.errors import OwnReviewProposal, ReviewStepNotAllowed
from inspections.supervision.model import AnnualReview, Grade, Status
from media.refusals import NotFound
from tests.builders import NOON


def make_review(**changed):
    facts = {"grade": Grade.PASSED, "why": "全年整改完成", "status": Status.PROPOSED}
    who = {"proposed_by": "person-1", "proposed_at": NOON}
    return AnnualReview("review-1", "k", "990102", 2026, **facts | who | changed)


def test_a_proposal_may_be_changed_until_it_is_decided():
    changed = review.propose_again(
        make_review(), Grade.BASICALLY_PASSED, "逾期一次", by="person-2", at=NOON
    )

    assert (changed.grade, changed.proposed_by, changed.revision) == (
        Grade.BASICALLY_PASSED,
        "person-2",
        2,
    )
    with pytest.raises(ReviewStepNotAllowed):
        review.propose_again(
            make_review(status=Status.DECIDED), Grade.PASSED, "x", by="person-2", at=NOON
        )


def test_it_is_decided_once_and_by_another_than_who_proposed_it():
    decided = review.decide(make_review(), by="person-2", at=NOON)

    assert (decided.status, decided.decided_by) == (Status.DECIDED, "person-2")
    with pytest.raises(OwnReviewProposal):
        review.decide(make_review(), by="person-1", at=NOON)
    with pytest.raises(ReviewStepNotAllowed):
        review.decide(decided, by="person-3", at=NOON)


RESULTS = [
    (None, False, None),
    (None, True, Grade.FAILED),
    (make_review(), False, None),
    (make_review(), True, Grade.FAILED),
    (make_review(status=Status.DECIDED), False, Grade.PASSED),
    (make_review(status=Status.DECIDED), True, Grade.FAILED),
]


@pytest.mark.parametrize(("there", "vetoed", "grade"), RESULTS)
def test_what_holds_is_reckoned_from_what_was_decided_and_what_stands(there, vetoed, grade):
    assert review.result("k", 2026, there, vetoed=vetoed).grade is grade


@pytest.mark.parametrize("year", [0, 1999, 2201, 10**12])
def test_what_is_no_year_has_no_review(year):
    with pytest.raises(NotFound):
        review.must_be_a_year(year)
    review.must_be_a_year(2026)


@pytest.mark.parametrize(
    ("vetoed", "major_open", "overdue", "open_", "grade"),
    [
        (True, 0, 0, 0, Grade.FAILED),
        (False, 1, 0, 0, Grade.FAILED),
        (False, 0, 1, 0, Grade.BASICALLY_PASSED),
        (False, 0, 0, 1, Grade.BASICALLY_PASSED),
        (False, 0, 0, 0, Grade.PASSED),
    ],
)
def test_the_facts_of_a_year_speak_for_a_grade_the_veto_first(
    vetoed, major_open, overdue, open_, grade
):
    suggested, why = review.suggest(
        vetoed=vetoed, major_open=major_open, notices_overdue=overdue, open_=open_
    )

    assert suggested is grade
    assert all(why)


def test_two_failed_years_in_a_row_are_flagged():
    failed = make_review(status=Status.PUBLISHED, grade=Grade.FAILED)
    passed = make_review(status=Status.DECIDED)

    first = review.result("k", 2026, failed, vetoed=False)
    second = review.result("k", 2026, failed, vetoed=False, failed_before=1)
    better = review.result("k", 2026, passed, vetoed=False, failed_before=3)

    assert [(each.failed_years, each.flagged) for each in (first, second, better)] == [
        *((1, False), (2, True), (0, False)),
    ]


def test_what_was_decided_is_published_once():
    decided = review.decide(make_review(), by="person-2", at=NOON)

    published = review.publish(decided, by="person-1", at=NOON)

    assert (published.status, published.published_by) == (Status.PUBLISHED, "person-1")
    for other in (make_review(), published):
        with pytest.raises(ReviewStepNotAllowed):
            review.publish(other, by="person-1", at=NOON)
