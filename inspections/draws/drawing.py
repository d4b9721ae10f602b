"""The drawing itself: a function of the inputs and the seed, which anybody can reckon again.

Each thing has a number: HMAC-SHA-256 (RFC 2104) of its name under the seed. Sites are ordered by
theirs within their group, officers by theirs for each site anew, and the lowest are taken.
Source: 国办发〔2015〕58号, which asks for checks with sites and officers drawn by chance.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256
from hmac import new
from json import dumps

from inspections.draws.errors import TooFewOfficers
from inspections.draws.model import Drawn, Inputs


def canonical(inputs: Inputs) -> bytes:
    """Return the inputs as canonical JSON: UTF-8, sorted keys, no white space."""
    told = dumps(asdict(inputs), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return told.encode()


def seed_of(secret: str, inputs_sha256: str, beacon: str) -> bytes:
    """Return the seed: SHA-256 over the three, a line each."""
    return sha256(f"{secret}\n{inputs_sha256}\n{beacon}".encode()).digest()


def draw(inputs: Inputs, seed: bytes) -> tuple[Drawn, ...]:
    """Return the sites drawn, group by group, reserves last, each with its officers.

    An officer with `most` sites is passed over, and so is one who is recused from a site. Raises
    TooFewOfficers where a site cannot have its team.
    """
    recused = set(inputs.recusals)
    load: Counter[str] = Counter()
    drawn = []
    for group in inputs.groups:
        ordered = _ordered(group.site_ids, seed, "site")
        for place, site in enumerate(ordered[: group.count + group.reserves]):
            able = [
                officer
                for officer in _ordered(inputs.officer_ids, seed, "officer", site)
                if (officer, site) not in recused and load[officer] < inputs.most
            ]
            if len(able) < inputs.team:
                raise TooFewOfficers(site=site, team=inputs.team)
            reserve = place >= group.count
            team = tuple(able[: inputs.team])
            if not reserve:
                load.update(team)
            stand_ins = tuple(able[inputs.team :])
            drawn.append(Drawn(group.name, site, team, stand_ins, reserve))
    return tuple(drawn)


def _ordered(things: Sequence[str], seed: bytes, *kind: str) -> list[str]:
    """Return things by their numbers under the seed, for one kind of use."""

    def number(thing: str) -> bytes:
        return new(seed, "\n".join((*kind, thing)).encode(), sha256).digest()

    return sorted(things, key=number)
