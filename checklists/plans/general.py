"""What a sentence demands beyond the catalogue's own controls: nothing firm is dropped.

A clause that says must, must not, how many or how often, and asks for no control by its words,
asks for the general control of the family whose nouns it names. Where it names none it goes on
with what opens its list, or with what stands before it in the sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checklists.catalogue.actions import Match, Matcher, Span
from checklists.catalogue.model import Control
from checklists.plans import binding
from checklists.plans.figures import consequence


@dataclass(frozen=True)
class Lead:
    """The sentence that opens a list, and the controls that it asks for."""

    signs: str = ""
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class Heard:
    """A sentence as it is matched; `live` are its clauses that may speak of a kindergarten.

    `close`: its document orders kindergartens or school safety, so that a plain verb is a demand;
    elsewhere only must, must not and figures are.
    """

    signs: str
    words: dict[str, list[Span]]
    live: Sequence[Span]
    lead: Lead
    close: bool


def beyond(heard: Heard, matches: Sequence[Match], matcher: Matcher) -> list[Match]:
    """Return what the clauses demand that hold no word of `matches`, in their order."""
    return list(_beyond(heard, matches, matcher))


def _beyond(heard: Heard, matches: Sequence[Match], matcher: Matcher) -> Iterator[Match]:
    asks = binding.is_firm if heard.close else binding.is_strict
    listed = binding.opens_demands(heard.lead.signs)
    before: Control | None = None
    for start, end in heard.live:
        words = heard.signs[start:end]
        taken = [each for each in matches if each.start < end and each.end > start]
        if taken:
            before = taken[0].control
        elif listed or (
            not binding.is_condition(words)
            and consequence(words) is None
            and (asks(words) or (heard.close and before and binding.goes_on(words)))
        ):
            found = matcher.general(heard.words, (start, end)) or _going_on(
                words, (start, end), heard.lead, before, matcher
            )
            if found:
                before = found.control
                yield found


def _going_on(
    words: str, span: Span, lead: Lead, before: Control | None, matcher: Matcher
) -> Match | None:
    """Return what a clause with no noun of any family goes on with; None for nothing."""
    if not binding.is_strict(words) or binding.is_soft(words):
        return None
    if before is not None and binding.has_figure(words):
        return matcher.general_of(before.family, span)
    figured = [control for control in lead.controls if control.figure]
    return Match(figured[0], figured[0].asks[0], *span, ()) if figured else None
