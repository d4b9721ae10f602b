"""What a record has in common with every other, and how its room keeps it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar


class Record(Protocol):
    """A frozen dataclass with a region's six-digit code and the revision of its last change."""

    @property
    def id(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def revision(self) -> int: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Keeping:
    """`what` names the record in a refusal, Chinese and English.

    `chain` gives the custody chain that its history is written in; `facts` what the history keeps
    of it at every step.
    """

    what: tuple[str, str]
    chain: Callable[[Any], str]
    facts: Callable[[Any], dict[str, Any]]
