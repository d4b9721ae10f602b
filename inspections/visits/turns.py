"""The rules of whose turn it is: nobody recused, not the same officers for ever, no visit too many.

A kindergarten is visited as often as its bureau allows without a reason; with one, the reason stays
with the visit.
"""

from collections.abc import Collection, Sequence

from inspections.visits.errors import OfficerRecused, SameOfficersAgain, TooManyVisits
from inspections.visits.model import Inspection, Officer


def must_be_free(officers: Sequence[Officer], recused: Collection[str]) -> None:
    """Raise OfficerRecused for a person who is recused there."""
    for officer in officers:
        if officer.person_id in recused:
            raise OfficerRecused(name=officer.name)


def must_change(
    officers: Sequence[Officer], before: Sequence[Inspection], most: int | None
) -> None:
    """Raise SameOfficersAgain where the same persons made the last `most` visits there.

    `before` are the visits of the kindergarten, the latest first.
    """
    planned = {each.person_id for each in officers}
    latest = before[:most] if most is not None else ()
    if most is None or len(latest) < most:
        return
    if all({each.person_id for each in visit.officers} == planned for visit in latest):
        raise SameOfficersAgain(most=most)


def must_be_within(made: int, most: int | None) -> None:
    """Raise TooManyVisits where a kindergarten had all its visits of the year."""
    if most is not None and made >= most:
        raise TooManyVisits(most=most)
