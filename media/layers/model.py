"""A layer over a photo."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from media.photos.model import Form, Mark

ADDED = "layer_added"
WITHDRAWN = "layer_withdrawn"
"""The verbs of this room in a case's chain."""


class Kind(StrEnum):
    """An annotation points at something; a redaction hides what must not leave the bureau."""

    ANNOTATION = "annotation"
    REDACTION = "redaction"


FORMS = {
    Kind.ANNOTATION: {Form.ARROW, Form.BOX, Form.NOTE},
    Kind.REDACTION: {Form.COVER},
}
"""The marks that a layer of each kind may hold."""


@dataclass(frozen=True)
class Withdrawal:
    """Why a layer no longer holds. It stays where it is; it is drawn no more."""

    at: datetime
    account_id: str
    name: str
    why: str


@dataclass(frozen=True)
class Layer:
    """Marks that one account laid over one photo. `id` is made by the client.

    The photo below is never touched. `entry_id` is the custody entry that adding it made.
    """

    id: str
    evidence_id: str
    case_id: str
    region: str
    kindergarten_id: str
    kind: Kind
    marks: tuple[Mark, ...]
    why: str
    account_id: str
    name: str
    at: datetime
    entry_id: str = ""
    withdrawn: Withdrawal | None = None
    seal: str | None = None
    revision: int = 1
    schema_version: int = 1
