"""Finding the controls that a sentence asks for: every term of the catalogue in one pass."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import ahocorasick

from checklists.catalogue.model import Ask, Catalogue, Control, Window

Span = tuple[int, int]
"""Start and end (exclusive) of characters in the sentence."""


@dataclass(frozen=True)
class Match:
    """A control that a sentence asks for. `start` and `end` hold every word that asks."""

    control: Control
    ask: Ask
    start: int
    end: int
    terms: tuple[str, ...]


class Matcher:
    """All the catalogue's words as one automaton; asks are looked at only when a word is there."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.controls = catalogue.controls
        self._by_term: dict[str, list[tuple[Control, Ask]]] = defaultdict(list)
        self._automaton = ahocorasick.Automaton()
        for control in catalogue.controls.values():
            for ask in control.asks:
                for term in () if control.general else _rarest(ask):
                    self._by_term[term].append((control, ask))
                for group in (*ask.all, *ask.context, ask.without, ask.never):
                    for part in (part for term in group for part in term.split("…")):
                        self._automaton.add_word(part, part)
        for word in catalogue.offices:
            self._automaton.add_word(word, word)
        self._offices = frozenset(catalogue.offices)
        self._automaton.make_automaton()
        self._parted = [term for term in self._by_term if "…" in term]
        self._general = [each for each in catalogue.controls.values() if each.general]
        self._order = {id_: place for place, id_ in enumerate(catalogue.controls)}

    def words(self, text: str) -> dict[str, list[Span]]:
        """Return every word of the catalogue in the text, with its places."""
        found: dict[str, list[Span]] = {}
        for last, word in self._automaton.iter(text):
            found.setdefault(word, []).append((last + 1 - len(word), last + 1))
        return found

    def matches(
        self, words: dict[str, list[Span]], clauses: Sequence[Span], above: str = ""
    ) -> list[Match]:
        """Return the controls asked for, each once, by the tightest words that ask for it.

        `words` are those of the sentence, `clauses` its parts between commas in order, `above`
        the headings over it.
        """
        best: dict[str, Match] = {}
        for control, ask in self._candidates(words):
            match = _match(control, ask, words, clauses, above)
            held = best.get(control.id)
            if match and (held is None or match.end - match.start < held.end - held.start):
                best[control.id] = match
        found = [match for match in best.values() if not _gives_way(match, best, clauses)]
        return sorted(found, key=lambda each: (each.start, self._order[each.control.id]))

    def general(self, words: dict[str, list[Span]], clause: Span) -> Match | None:
        """Return the general control whose family's nouns the clause names most; None for none."""
        if self.speaks_of_offices(words, clause):
            return None
        found: list[tuple[int, Match]] = []
        for control in self._general:
            match = _match(control, control.asks[0], words, [clause], "")
            if match:
                inside = {
                    term
                    for term in control.asks[0].all[0]
                    for span in places(term, words)
                    if span[0] >= clause[0] and span[1] <= clause[1]
                }
                found.append((sum(map(len, inside)), match))
        return max(found, key=lambda each: each[0])[1] if found else None

    def speaks_of_offices(self, words: dict[str, list[Span]], clause: Span) -> bool:
        """Tell whether a clause speaks of offices and what they plan, not of one kindergarten."""
        start, end = clause
        return any(
            span[0] >= start and span[1] <= end
            for word in self._offices & words.keys()
            for span in words[word]
        )

    def general_of(self, family: str, clause: Span) -> Match | None:
        """Return the family's general control, asked for by a whole clause; None without one."""
        own = next((each for each in self._general if each.family == family), None)
        return Match(own, own.asks[0], *clause, ()) if own else None

    def _candidates(self, words: Iterable[str]) -> Iterable[tuple[Control, Ask]]:
        seen: dict[tuple[str, int], tuple[Control, Ask]] = {}
        present = set(words)
        triggered = [word for word in words if word in self._by_term]
        triggered += [term for term in self._parted if present.issuperset(term.split("…"))]
        for term in triggered:
            for control, ask in self._by_term[term]:
                seen[(control.id, id(ask))] = (control, ask)
        return seen.values()


def _gives_way(match: Match, best: dict[str, Match], clauses: Sequence[Span]) -> bool:
    """Tell whether a narrower control is asked for by a clause that holds the match's words."""
    held = [span for span in clauses if span[0] < match.end and span[1] > match.start]
    narrower = [best[id_] for id_ in match.control.yields if id_ in best]
    return any(other.start < span[1] and other.end > span[0] for other in narrower for span in held)


def _rarest(ask: Ask) -> tuple[str, ...]:
    """Return the group whose words are the longest: the least likely to be there by chance."""
    return max(ask.all, key=lambda group: min(len(term) for term in group))


def _match(
    control: Control,
    ask: Ask,
    words: dict[str, list[Span]],
    clauses: Sequence[Span],
    above: str,
) -> Match | None:
    if any(places(term, words) for term in ask.never):
        return None
    for group in ask.context:
        if not any(places(term, words) or (term in above) for term in group):
            return None
    for alike in windows(ask.within, clauses):
        found = [each for each in (_in_window(ask, words, window) for window in alike) if each]
        if found:
            tightest = min(found, key=lambda each: each[1] - each[0])
            return Match(control, ask, *tightest)
    return None


def windows(within: Window, clauses: Sequence[Span]) -> Iterable[Sequence[Span]]:
    """Return the stretches to look in, the narrow ones before the wide ones."""
    yield clauses
    if within is Window.PAIR and len(clauses) > 1:
        yield [(one[0], two[1]) for one, two in pairwise(clauses)]
    if within is Window.SENTENCE:
        yield [(clauses[0][0], clauses[-1][1])]


def places(term: str, words: dict[str, list[Span]]) -> list[Span]:
    """Return where a term stands; one in parts stands from its first part to its last."""
    if "…" not in term:
        return words.get(term, [])
    first, *rest = term.split("…")
    found = words.get(first, [])
    for part in rest:
        after = words.get(part, [])
        found = [
            (start, next(stop for begin, stop in after if begin >= end))
            for start, end in found
            if any(begin >= end for begin, _ in after)
        ]
    return found


def _in_window(
    ask: Ask, words: dict[str, list[Span]], window: Span
) -> tuple[int, int, tuple[str, ...]] | None:
    start, end = window

    def inside(term: str) -> list[Span]:
        return [span for span in places(term, words) if span[0] >= start and span[1] <= end]

    if any(inside(term) for term in ask.without):
        return None
    spans: list[Span] = []
    terms: list[str] = []
    for group in ask.all:
        options = [(span, term) for term in group for span in inside(term)]
        if not options:
            return None
        anchor = spans[0] if spans else options[0][0]
        near = min(options, key=lambda each: (abs(each[0][0] - anchor[0]), -len(each[1])))
        spans.append(near[0])
        terms.append(near[1])
    return min(span[0] for span in spans), max(span[1] for span in spans), tuple(terms)
