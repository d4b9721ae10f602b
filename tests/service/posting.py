"""Telling, addressing and sending, as the tests of deliveries do it."""

from uuid import uuid4

from inspections.messages.model import About, Audience, Kind, Topic
from media.custody.model import Role
from service.demonstration import identity

SITE = identity("kindergarten-1")


def register(cast, url, wanted=201, **changed):
    body = {"url": url, "regions": ["990102"], **changed}
    return cast.admin.post("receivers", body, wanted=wanted)


def say(cast, key=None, **changed):
    asked = {
        "about": About(Topic.NOTICE, "notice-1", "990102", SITE, "case-1"),
        "audience": Audience(roles=(Role.SUPERVISOR,)),
        "facts": {"number": "1"},
        "now": cast.clock(),
    } | changed
    kind = asked.pop("kind", Kind.NOTICE_OVERDUE)
    messages = cast.rooms.messages
    return cast.rooms.inspections._transact(
        lambda tx: messages.tell(kind, key=key or str(uuid4()), tx=tx, **asked)
    )


def deliver(cast, made):
    """Address what waits and send one receiver its turn, in this thread."""
    cast.rooms.post.address()
    return cast.rooms.post.drain(made["id"])[0]


def deliveries(cast, **query):
    return cast.admin.get("deliveries", **query)["items"]


def make_due(cast):
    cast.rooms.database.deliveries.update_many({}, {"$set": {"next_at": cast.clock()}})


def choose(caller, **chosen):
    """Choose what one is told by; what is not given is chosen no more."""
    seen = caller.get("me/preferences")["revision"]
    body = {"phone": None, "email": None} | chosen
    return caller.call("PUT", "me/preferences", body, revision=seen)
