"""The packs that the service ships, and the text of the fictional city's plan."""

import json
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from checklists.plans.model import Plan
from checklists.plans.packs import read_pack

_ROOM = "checklists.plans"


@cache
def packs() -> tuple[dict[str, Any], ...]:
    folder = files(_ROOM) / "packs"
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(
        json.loads(file.read_text(encoding="utf-8"))
        for file in found
        if file.name.endswith(".json")
    )


def known_plans(at: datetime) -> tuple[Plan, ...]:
    """Return a plan for each pack, without words."""
    return tuple(read_pack(pack, at=at) for pack in packs())


def demonstration_texts() -> tuple[str, ...]:
    """Return the texts that the service itself wrote, issued in a city that does not exist."""
    folder = files(_ROOM) / "demonstration"
    return tuple(
        file.read_text(encoding="utf-8")
        for file in sorted(folder.iterdir(), key=lambda file: file.name)
        if file.name.endswith(".txt")
    )
