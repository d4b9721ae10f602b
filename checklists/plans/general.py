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

    `above` are the headings over it. `close`: its document orders kindergartens or school safety,
    so that a plain verb is a demand; elsewhere only must, must not and figures are.
    """

    signs: str
    words: dict[str, list[Span]]
    live: Sequence[Span]
    lead: Lead
    above: str
    close: bool


def beyond(heard: Heard, matches: Sequence[Match], matcher: Matcher) -> list[Match]:
    """Return what the clauses demand that hold no word of `matches`, in their order.

    A control asked for once more by another clause of the sentence is among it.
    """
    return list(_beyond(heard, matches, matcher))


def _beyond(heard: Heard, matches: Sequence[Match], matcher: Matcher) -> Iterator[Match]:
    before: Control | None = None
    for start, end in heard.live:
        taken = [each for each in matches if each.start < end and each.end > start]
        if taken:
            before = taken[0].control
        elif _demands(heard.signs[start:end], heard, before):
            found = _asked((start, end), heard, before, matcher)
            if found:
                before = found.control
                yield found


def _asked(clause: Span, heard: Heard, before: Control | None, matcher: Matcher) -> Match | None:
    """Return the control that a clause's own words ask for, or the general one."""
    if again := matcher.matches(heard.words, [clause], heard.above):
        return again[0]
    if binding.binds_training(heard.signs):
        return matcher.general_of("training", clause)
    return matcher.general(heard.words, clause) or _going_on(clause, heard, before, matcher)


def _demands(words: str, heard: Heard, before: Control | None) -> bool:
    of_offices = any(map(binding.is_duty_of_an_office, (heard.signs, words)))
    if of_offices or binding.lists_offices_faults(heard.lead.signs):
        return False
    if "下列" in words or binding.is_told(words):
        return False
    if binding.opens_demands(heard.lead.signs):
        return True
    if binding.is_condition(words) or consequence(words) is not None:
        return False
    if heard.close and before and binding.goes_on(words):
        return True
    return binding.is_firm(words) if heard.close else binding.is_strict(words)


def _going_on(clause: Span, heard: Heard, before: Control | None, matcher: Matcher) -> Match | None:
    """Return what a clause with no noun of any family goes on with; None for nothing.

    That is what stands before it in the sentence, the list that it is an item of, or the subject
    of the headings above.
    """
    words = heard.signs[slice(*clause)]
    if binding.is_soft(words) or matcher.speaks_of_offices(heard.words, clause):
        return None
    if not binding.is_strict(words) and not (heard.close and before and binding.is_firm(words)):
        return None
    if before is not None:
        return matcher.general_of(before.family, clause)
    figured = [control for control in heard.lead.controls if control.figure]
    if figured:
        return Match(figured[0], figured[0].asks[0], *clause, ())
    above = matcher.general(matcher.words(heard.above), (0, len(heard.above)))
    return matcher.general_of(above.control.family, clause) if above and heard.close else None
