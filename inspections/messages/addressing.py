"""The rules of who is told: the names that a message goes to, and those that an account goes by.

Both are lists of strings, so that one index over one field finds an inbox: a role in a region goes
by the beginnings of the region's code ("supervisor@9901"), a director by its kindergartens.
"""

from inspections.messages.model import About, Audience
from media.custody.model import Actor


def names_told(audience: Audience, about: About, seal: str | None) -> tuple[str, ...]:
    """Return the names that a message goes to; a sealed one goes to accounts alone."""
    accounts = [f"account:{each}" for each in audience.accounts]
    if seal is not None:
        return tuple(accounts)
    beginnings = [about.region[:length] for length in (0, 2, 4, 6)]
    directors = [audience.directors_of] if audience.directors_of is not None else []
    return (
        *accounts,
        *(f"person:{each}" for each in audience.persons),
        *(f"kindergarten:{each}" for each in directors),
        *(f"{role.value}@{beginning}" for role in audience.roles for beginning in beginnings),
    )


def names_of(actor: Actor) -> tuple[str, ...]:
    """Return the names that an account goes by today."""
    return (
        f"account:{actor.account_id}",
        f"person:{actor.person_id}",
        *(f"kindergarten:{each}" for each in actor.scope.kindergartens or ()),
        *(
            f"{role.value}@{region}"
            for role in sorted(actor.roles)
            for region in actor.scope.regions
        ),
    )
