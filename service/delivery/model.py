"""A receiver of messages, and the delivery of one message to one receiver."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from inspections.messages.model import Kind


class Channel(StrEnum):
    """How a receiver is reached; SMS and e-mail go to persons who asked for them."""

    WEBHOOK = "webhook"
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    SMS = "sms"
    EMAIL = "email"


@dataclass(frozen=True)
class Preference:
    """What an account chose: `id` is its own. `kinds` empty is every kind."""

    id: str
    phone: str | None = None
    email: str | None = None
    kinds: tuple[Kind, ...] = ()
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Receiver:
    """Where messages go: those of its regions (six-digit codes) and kinds; no kind is every kind.

    `kept_secret` is the key of its signatures, encrypted; of a robot its key too, which `url` has
    no more.
    """

    id: str
    url: str
    regions: tuple[str, ...]
    kinds: tuple[Kind, ...]
    kept_secret: str = field(repr=False)
    created_at: datetime
    changed_at: datetime
    active: bool = True
    channel: Channel = Channel.WEBHOOK
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class ReceiverView:
    """A receiver as it is shown; the secret is told once, when it is made."""

    receiver: Receiver
    secret: str | None = field(default=None, repr=False)


class State(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


@dataclass(frozen=True)
class Delivery:
    """One message to one receiver; its `id` is the same however often it is sent.

    `at` is the message's time. `next_at` is when it may be tried, `claimed_until` until when the
    worker that holds `claim` has it. `status` is the last answer's, `error` why the last failed.
    `reached` marks the mail addresses that have it already.
    """

    id: str
    message_id: str
    receiver_id: str
    kind: Kind
    at: datetime
    next_at: datetime
    state: State = State.WAITING
    attempts: int = 0
    tried_at: datetime | None = None
    done_at: datetime | None = None
    status: int | None = None
    error: str | None = None
    claim: str | None = None
    claimed_until: datetime | None = None
    reached: tuple[str, ...] = ()
    schema_version: int = 1


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: an answer's status, or why there was none.

    `reached` marks whom a mail came to in this attempt, also where others were refused.
    """

    status: int | None = None
    error: str | None = None
    reached: tuple[str, ...] = ()
    body: bytes = field(default=b"", repr=False, compare=False)

    @property
    def arrived(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class Contact:
    """Whom to call at a kindergarten."""

    name: str
    phone: str | None
