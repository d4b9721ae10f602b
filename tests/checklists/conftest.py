"""What the rooms of the checklists' floor are tried with."""

import pytest

from tests.checklists.desks import PLAN, set_up


@pytest.fixture
def desk(database, transact):
    """The rooms from plans to checklists on an empty database, with a plan to decide about."""
    made = set_up(database, transact)
    made.add(PLAN)
    return made
