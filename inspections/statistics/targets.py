"""The rules of what a figure is held against: the share that the plans in force ask for."""

from collections.abc import Iterable, Mapping, Sequence

from checklists.generation.model import Citation, Item
from inspections.statistics.measures import MEASURES
from inspections.statistics.model import Basis, Target

ALL = 100.0


def targets_in(checklist: Iterable[Item]) -> Mapping[str, Target]:
    """Return the target of each measure that a clause of the checklist's items asks for.

    A clause that states a share is held to it, the strictest first; what a clause asks without one
    it asks of every kindergarten. Of what no clause asks there is no target.
    """
    items = {item.id: item for item in checklist}
    found = {}
    for measure in MEASURES.values():
        asking = [items[each] for each in measure.asked_by if each in items]
        if target := _target(asking):
            found[measure.id] = target
    return found


def _target(asking: Sequence[Item]) -> Target | None:
    citations = [each for item in asking for each in item.citations]
    for citation in citations:
        share = _share(citation)
        if share is not None:
            return Target(share, _basis(citation, stated=True))
    return Target(ALL, _basis(citations[0], stated=False)) if citations else None


def _share(citation: Citation) -> float | None:
    """Return the share that a clause states; a figure of anything but per cent is none."""
    held = citation.threshold
    if held is None or not held.is_figure or not held.at_least or held.unit != "%":
        return None
    return float(held.value)


def _basis(citation: Citation, *, stated: bool) -> Basis:
    return Basis(
        stated,
        citation.plan_id,
        citation.title,
        citation.section,
        citation.start,
        citation.end,
        citation.words_sha256,
    )
