"""Reading a file with the catalogue that the service ships."""

from checklists.catalogue.actions import matcher
from checklists.plans.extraction import read_plan
from checklists.plans.model import Reading
from checklists.plans.text import read_text


def read_file(data: bytes) -> tuple[str, Reading]:
    """Return a file's text and what is read from it.

    Raises NotAPlanFile, DamagedFile, EncryptedFile, ScannedFile, EmptyFile, FileTooLarge.
    """
    text = read_text(data)
    return text, read_plan(text, matcher())
