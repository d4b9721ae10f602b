"""The actor, the scope, one entry of a case's history, and where a history is broken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias


class Role(StrEnum):
    INSPECTOR = "inspector"
    DIRECTOR = "director"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Scope:
    """What an actor may reach: everything in its regions, or only the kindergartens it directs.

    `regions` are region codes without trailing zeros ("4452" covers "445202"; "" covers all).
    `kindergartens` is None for an official, and for a director the ids it is bound to today.
    `seals` are the sealed matters that the account is named on; what carries another seal is not
    there for it. None is the service itself, for which nothing is sealed.
    """

    regions: tuple[str, ...] = ()
    kindergartens: tuple[str, ...] | None = None
    seals: tuple[str, ...] | None = ()

    def covers(self, region: str, kindergarten: str | None = None) -> bool:
        if self.kindergartens is not None:
            return kindergarten in self.kindergartens
        return any(region.startswith(prefix) for prefix in self.regions)

    def criteria(
        self, region: str = "region", kindergarten: str = "kindergarten_id"
    ) -> dict[str, Any]:
        """Return the MongoDB criteria that hold a query inside this scope.

        Region codes compare as ranges, which an index serves; an empty scope matches nothing.
        """
        reached = self._reached(region, kindergarten)
        if self.seals is None:
            return reached
        return {**reached, "seal": {"$in": [None, *self.seals]}}

    def unsealed(self) -> "Scope":
        """Return the scope without any sealed matter, for lists whose reading is not logged."""
        return replace(self, seals=())

    def _reached(self, region: str, kindergarten: str) -> dict[str, Any]:
        if self.kindergartens is not None:
            return {kindergarten: {"$in": list(self.kindergartens)}}
        if "" in self.regions:
            return {}
        ranges = [{region: {"$gte": code, "$lt": code + ":"}} for code in self.regions]
        return {"$or": ranges} if ranges else {region: {"$in": []}}


EVERYWHERE = Scope(regions=("",), seals=None)
"""The scope of the service itself: the worker, the verifier, set-up."""


@dataclass(frozen=True)
class Actor:
    """Who does a thing. Made by the gate of the shell, handed down to every action."""

    account_id: str
    person_id: str
    name: str
    roles: frozenset[Role]
    scope: Scope
    unit: str = ""
    department: str | None = None
    device: str | None = None
    certificate: str | None = None

    def holds(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)


SERVICE = Actor("service", "service", "护园", frozenset(), EVERYWHERE, unit="service")
"""The actor of what nobody asked for: the worker's steps, set-up."""


@dataclass(frozen=True)
class Entry:
    """One link of a chain. `hash` covers every other field, `previous` among them.

    `sequence` counts from 1 within the chain; `previous` of the first is 64 zeros.
    """

    id: str
    chain: str
    sequence: int
    at: datetime
    verb: str
    account_id: str
    person_id: str
    name: str
    unit: str
    device: str | None
    why: str | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    previous: str = "0" * 64
    hash: str = ""


@dataclass(frozen=True)
class Head:
    """The end of a chain, kept apart from its entries so that a cut tail shows."""

    id: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Note:
    """One entry as it is asked for, before it is linked. `facts` hold plain JSON values only."""

    chain: str
    verb: str
    why: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Reason(StrEnum):
    """Why a place is bad."""

    ALTERED = "altered"
    MISSING = "missing"
    UNLINKED = "unlinked"
    TAIL_CUT = "tail_cut"
    HEAD_ALTERED = "head_altered"
    HEAD_MISSING = "head_missing"
    RECORD_ALTERED = "record_altered"
    RECORD_MISSING = "record_missing"
    BYTES_ALTERED = "bytes_altered"
    BYTES_MISSING = "bytes_missing"
    REWRITTEN = "rewritten"
    CHECKPOINT_UNLINKED = "checkpoint_unlinked"
    CHECKPOINT_UNSIGNED = "checkpoint_unsigned"
    CHECKPOINT_ALTERED = "checkpoint_altered"
    CHECKPOINT_MISSING = "checkpoint_missing"
    KEY_UNKNOWN = "key_unknown"


@dataclass(frozen=True)
class BadPlace:
    """The first place of a chain that does not verify, or an original that does not.

    `sequence` is where the chain breaks (None for an original), `id` the entry or the evidence.
    """

    chain: str
    sequence: int | None
    id: str | None
    reason: Reason


Progress: TypeAlias = Callable[[int, int], None]
"""Told how many are done, and of how many, while something long goes on."""
