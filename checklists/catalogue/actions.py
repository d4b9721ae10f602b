"""The catalogue that the service ships, read once."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from checklists.catalogue.errors import NoSuchControl
from checklists.catalogue.matching import Match, Matcher, Span
from checklists.catalogue.model import Catalogue, Control
from checklists.catalogue.reading import read_catalogue

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # a PyYAML built without libyaml reads the same, only slower
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


__all__ = ["Match", "Matcher", "Span", "catalogue", "control", "matcher"]


@cache
def catalogue() -> Catalogue:
    """Return every control. Raises BadCatalogue when the data are wrong."""
    room = files("checklists.catalogue")
    found = sorted((room / "controls").iterdir(), key=lambda file: file.name)
    return read_catalogue(
        ((file.name, _loaded(file)) for file in found if file.name.endswith(".yaml")),
        _loaded(room / "offices.yaml")["offices"],
    )


def _loaded(file: Traversable) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader)


@cache
def matcher() -> Matcher:
    return Matcher(catalogue())


def control(control_id: str) -> Control:
    """Return one control. Raises NoSuchControl."""
    found = catalogue().controls.get(control_id)
    if found is None:
        raise NoSuchControl(control=control_id)
    return found
