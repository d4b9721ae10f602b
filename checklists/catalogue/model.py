"""A control, and how a clause asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Binds(StrEnum):
    """Whom a requirement binds, and what kind of subject is inspected for it."""

    KINDERGARTEN = "kindergarten"
    TRAINING_INSTITUTION = "training_institution"
    UNLICENSED_SITE = "unlicensed_site"
    HIGH_SCHOOL = "high_school"
    BUREAU = "bureau"
    OPERATOR = "operator"
    STAFF = "staff"
    GOVERNMENT = "government"
    POLICE = "police"
    DEPARTMENT = "department"


AUTHORITIES = frozenset({Binds.BUREAU, Binds.GOVERNMENT, Binds.POLICE, Binds.DEPARTMENT})
"""Those who answer for a duty of office, not for what stands in a kindergarten."""


class AnswerKind(StrEnum):
    YES_NO = "yes_no"
    COUNT = "count"
    RATIO = "ratio"
    GRADE = "grade"
    DOCUMENT = "document"
    NAME = "name"


class Severity(StrEnum):
    ORDINARY = "ordinary"
    MAJOR_HAZARD = "major_hazard"
    ONE_VOTE_VETO = "one_vote_veto"
    UNLICENSED = "unlicensed"


class Place(StrEnum):
    """Where an inspector stands when looking, in the order of the walk."""

    GATE = "gate"
    YARD = "yard"
    BUILDING = "building"
    CLASSROOMS = "classrooms"
    KITCHEN = "kitchen"
    OFFICE = "office"
    PAPERS = "papers"


class Condition(StrEnum):
    """To which kindergartens alone a control or a requirement speaks."""

    PUBLIC = "public"
    PRIVATE = "private"
    NON_PROFIT = "non_profit"
    FOR_PROFIT = "for_profit"
    INCLUSIVE = "inclusive"
    RURAL = "rural"
    BOARDING = "boarding"


class Window(StrEnum):
    """How near each other the words of one asking stand."""

    CLAUSE = "clause"
    PAIR = "pair"
    SENTENCE = "sentence"


@dataclass(frozen=True)
class Ask:
    """One way in which a clause asks for a control.

    Of every group in `all` one term stands in the window, of every group in `context` one in the
    sentence or the headings above it, of `without` none in the window, of `never` none in the
    sentence. A term with `…` is its parts in that order within one window.
    """

    all: tuple[tuple[str, ...], ...]
    context: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    within: Window = Window.PAIR


@dataclass(frozen=True)
class Control:
    """A thing that can be inspected, described once, whatever plan asks for it.

    `figure` names the kind of figure that a clause gives for it (percent, grade, count, months,
    staffing …) or is empty; `alternatives` are the nouns of which any one will do; `lists` the
    nouns that one look takes in together. `goals`: a figure stated as a goal counts too.
    `articles` are statutory articles, "law number"; without them there is no basis for an order.
    `yields` are the ids of narrower controls: where one of them is asked for by the same words,
    this one is not. A `general` control stands for what its family has no words for: it is asked
    for by a firm clause that asks for nothing else, one item a clause.
    """

    id: str
    family: str
    title: Mapping[str, str]
    how: str
    asks: tuple[Ask, ...]
    binds: Binds = Binds.KINDERGARTEN
    also: tuple[Binds, ...] = ()
    answer: AnswerKind = AnswerKind.YES_NO
    unit: str | None = None
    photo_required: bool = False
    severity: Severity = Severity.ORDINARY
    on_site: bool = True
    place: Place = Place.PAPERS
    evidence: str = ""
    articles: tuple[str, ...] = ()
    only: tuple[Condition, ...] = ()
    figure: str | None = None
    alternatives: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    goals: bool = False
    encouraged: bool = False
    yields: tuple[str, ...] = ()
    general: bool = False
    two_persons: bool = False
    drill: bool = False


@dataclass(frozen=True)
class Catalogue:
    """Every control by its id; `families` gives each family's title in two languages, in order.

    `offices` are words by which a clause speaks of offices: it asks for no general control.
    """

    families: Mapping[str, Mapping[str, str]]
    controls: Mapping[str, Control]
    offices: tuple[str, ...] = ()
