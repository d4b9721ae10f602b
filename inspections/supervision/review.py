"""The rules of the annual review: a veto that stands fails it, whatever else was found."""

from dataclasses import replace
from datetime import datetime

from inspections.supervision.errors import (
    OwnReviewProposal,
    ReviewStepNotAllowed,
    VetoStands,
)
from inspections.supervision.model import AnnualReview, Grade, Result, Status
from media.refusals import NotFound

Suggestion = tuple[Grade, tuple[str, str]]


def result(
    kindergarten_id: str,
    year: int,
    review: AnnualReview | None,
    *,
    vetoed: bool,
    failed_before: int = 0,
) -> Result:
    """Return what holds of the year, reckoned anew at each reading.

    `failed_before` are the years right before it that failed, in a row.

    The veto is never copied into the review, so that no edit of a review can lift it.
    """
    decided = review is not None and review.status is not Status.PROPOSED
    grade = review.grade if review is not None and decided else None
    grade = Grade.FAILED if vetoed else grade
    return Result(
        kindergarten_id,
        year,
        grade,
        vetoed,
        review,
        review.revision if review else 0,
        failed_before + 1 if grade is Grade.FAILED else 0,
    )


def suggest(*, vetoed: bool, major_open: int, notices_overdue: int, open_: int) -> Suggestion:
    """Return the grade that the year's facts speak for, and why; people propose and decide.

    The veto first: it fails the year whatever the rest says.
    """
    if vetoed:
        return Grade.FAILED, ("一票否决成立", "a one-vote veto stands")
    if major_open:
        return Grade.FAILED, ("重大隐患未销号", "a major hazard is still open")
    if notices_overdue or open_:
        return Grade.BASICALLY_PASSED, (
            "有逾期或未销号的整改",
            "a rectification was overdue or is still open",
        )
    return Grade.PASSED, ("全年整改均按期销号", "every rectification was closed in time")


def publish(review: AnnualReview, *, by: str, at: datetime) -> AnnualReview:
    """Return the review published. Raises ReviewStepNotAllowed unless it is decided."""
    if review.status is not Status.DECIDED:
        raise ReviewStepNotAllowed(step="publish", told=review.status.told)
    published = replace(review, status=Status.PUBLISHED, published_by=by, published_at=at)
    return replace(published, revision=review.revision + 1)


def must_be_a_year(year: int) -> None:
    """Raise NotFound for what is no year of a review."""
    if not 2000 <= year <= 2200:
        raise NotFound(what=("年检", "annual review"))


def must_allow(grade: Grade, *, vetoed: bool) -> None:
    """Raise VetoStands where a better grade is asked for against a veto."""
    if vetoed and grade is not Grade.FAILED:
        raise VetoStands


def propose_again(
    review: AnnualReview, grade: Grade, why: str, *, by: str, at: datetime
) -> AnnualReview:
    """Return the review with another proposal. Raises ReviewStepNotAllowed once it is decided."""
    if review.status is not Status.PROPOSED:
        raise ReviewStepNotAllowed(step="propose", told=review.status.told)
    changed = replace(review, grade=grade, why=why, proposed_by=by, proposed_at=at)
    return replace(changed, revision=review.revision + 1)


def decide(review: AnnualReview, *, by: str, at: datetime) -> AnnualReview:
    """Return the review decided. Raises ReviewStepNotAllowed, OwnReviewProposal."""
    if review.status is not Status.PROPOSED:
        raise ReviewStepNotAllowed(step="decide", told=review.status.told)
    if by == review.proposed_by:
        raise OwnReviewProposal
    decided = replace(review, status=Status.DECIDED, decided_by=by, decided_at=at)
    return replace(decided, revision=review.revision + 1)
