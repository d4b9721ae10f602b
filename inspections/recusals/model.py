"""A recusal for a conflict of interest (行政处罚法 43)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Recusal:
    """Until it is ended the person makes no visit there, nor is drawn for one."""

    id: str
    region: str
    kindergarten_id: str
    account_id: str
    person_id: str
    name: str
    why: str
    declared_by: str
    declared_at: datetime
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_why: str | None = None
    revision: int = 1
    schema_version: int = 1
