"""What a photo belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subject:
    """What a photo belongs to: a thing of a room, of a kind, in a case."""

    subject_kind: str
    subject_id: str
    case_id: str
    region: str
    kindergarten_id: str
    item_id: str | None = None
    disclosed: bool = False
    seal: str | None = None
