"""A WSGI server's start ends with clear lines where the service cannot run."""

import pytest

from tests.web import Web


@pytest.fixture
def web(mongo, database, tmp_path):
    return Web(tmp_path, mongo, database.name)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"HUYUAN_SECRET": "short"}, "HUYUAN_SECRET"),
        ({"HUYUAN_DEBUG": "true"}, "HUYUAN_DEBUG"),
        ({"MONGODB_URI": ""}, "MONGODB_URI"),
        ({"HUYUAN_ENV": "demonstration", "MONGODB_URI": ""}, "MONGODB_URI"),
        ({}, "huyuan migrate"),
    ],
)
def test_a_start_that_cannot_serve_ends_and_says_why(web, change, line):
    web.environment |= change

    done = web.run()

    assert done.returncode == 4
    assert line in done.stderr
    assert "Traceback" not in done.stderr
