"""What can be done with plans: read a text, load packs, import words, record a continuation."""

from checklists.catalogue.actions import matcher
from checklists.plans.extraction import read_plan
from checklists.plans.known import demonstration_texts, known_plans, packs
from checklists.plans.lines import coverage_lines, requirement_lines
from checklists.plans.model import Reading
from checklists.plans.packs import read_pack, with_words, write_pack
from checklists.plans.text import read_text

__all__ = [
    "coverage_lines",
    "demonstration_texts",
    "known_plans",
    "packs",
    "read_file",
    "read_pack",
    "requirement_lines",
    "with_words",
    "write_pack",
]


def read_file(data: bytes) -> tuple[str, Reading]:
    """Return a file's text and what is read from it.

    Raises what checklists.plans.text raises for a file that holds no text.
    """
    text = read_text(data)
    return text, read_plan(text, matcher())
