"""The house keeps its form: catalogue, access table, timetable, sizes, libraries, words."""

import ast
import re
from pathlib import Path

import pytest

from media.refusals import Refusal
from service.accounts.access import ACCESS, PUBLIC
from service.problems import CATALOGUE
from service.scheduler import TIMETABLE

ROOT = Path(__file__).parents[1]
HOUSE = ("service", "inspections", "checklists", "media")
LONGEST = 400
DRAWERS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}

ROOMS_OF = {
    "flask": r"(service/.*|.*/routes\.py)",
    "flask_smorest": r"(service/.*|.*/routes\.py)",
    "marshmallow": r"(.*/schemas\.py|service/(problems|openapi|health)\.py)",
    "pymongo": r"(.*/store\.py|service/.*)",
    "gridfs": r".*/store\.py",
    "bson": r"(.*/store\.py|service/.*)",
    "PIL": r"media/photos/.*",
    "pi_heif": r"media/photos/.*",
    "weasyprint": r"media/papers/actions\.py",
    "rfc3161_client": r"media/checkpoints/stamping\.py",
    "segno": r"media/papers/actions\.py",
    "requests": r"service/delivery/.*",
    "openpyxl": r"service/tables/reading\.py",
    "xlsxwriter": r"service/tables/writing\.py",
    "urllib3": r"service/delivery/.*",
    "prometheus_client": r"service/metrics\.py",
    "apscheduler": r"service/(scheduler|cli/worker)\.py",
}


def sources():
    return [path for room in HOUSE for path in sorted((ROOT / room).rglob("*.py"))]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from subclasses(child)


def raised():
    """The names of every class that some line of the house raises."""
    return {
        found
        for path in sources()
        for found in re.findall(r"raise ([A-Z]\w+)", path.read_text(encoding="utf-8"))
    }


@pytest.fixture(scope="module")
def app(rooms):
    from service.app import create_app

    return create_app(rooms)


def test_every_refusal_is_in_the_catalogue_of_problems():
    parents = {error.__base__ for error in subclasses(Refusal)}
    answers = {error for error in subclasses(Refusal) if error not in parents}

    assert {error.__qualname__ for error in answers - CATALOGUE.keys()} == set()


def test_every_problem_has_a_slug_of_its_own():
    slugs = [slug for _, slug in CATALOGUE.values()]

    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("refusal", CATALOGUE, ids=lambda refusal: refusal.__qualname__)
def test_every_refusal_says_its_sentence_in_chinese_and_in_english(refusal):
    facts = {name: name for name in re.findall(r"{(\w+)", refusal.zh + refusal.en)}

    told = refusal(**facts)

    assert re.search(r"[\u4e00-\u9fff]", told.sentence("zh"))
    assert re.search(r"[a-z]", told.sentence("en"))
    assert not re.search(r"[\u4e00-\u9fff]", told.sentence("en"))


def test_every_endpoint_is_in_the_access_table(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}

    assert endpoints == set(ACCESS) | PUBLIC


def test_no_endpoint_is_both_public_and_for_roles():
    assert not PUBLIC & ACCESS.keys()


def test_every_job_has_a_slot_in_the_timetable():
    jobs = {
        node.name
        for path in sources()
        if path.name == "jobs.py"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }

    assert {slot.name for slot in TIMETABLE} == jobs


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short_and_imports_only_what_its_room_may(path):
    place = str(path.relative_to(ROOT))

    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert path.stem not in DRAWERS
    for library in imported(path):
        if library in ROOMS_OF:
            assert re.fullmatch(ROOMS_OF[library], place), f"{place} imports {library}"


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_feature_is_entered_by_its_model_and_its_actions(path):
    """The shell may also take routes, jobs, errors, schemas and stores."""
    place = path.relative_to(ROOT).parts
    if place[0] == "service":
        return
    doors = {"model", "actions"} | ({"schemas"} if place[-1] == "schemas.py" else set())
    if place[-1] == "routes.py":
        doors |= {"schemas"}
    if place[-1] == "store.py":
        doors |= {"store"}  # one store may build on another
    for module in re.findall(
        r"^from ([\w.]+) import", path.read_text(encoding="utf-8"), re.MULTILINE
    ):
        parts = module.split(".")
        if parts[0] in HOUSE and len(parts) == 3 and tuple(parts[:2]) != place[:2]:
            assert parts[2] in doors, f"{'/'.join(place)} enters {module}"


def test_a_package_file_holds_a_docstring_only():
    for path in sources():
        if path.name == "__init__.py":
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path


def test_the_environment_is_read_in_one_place():
    readers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if "os.environ" in path.read_text(encoding="utf-8")
    ]

    assert readers == ["service/settings.py"]


def test_the_clock_is_made_in_one_place():
    makers = [
        str(path.relative_to(ROOT))
        for path in sources()
        if re.search(r"datetime\.now\(|time\.time\(|utcnow\(", path.read_text(encoding="utf-8"))
    ]

    assert makers == [
        "service/cli/names.py",
        "service/cli/story.py",
        "service/cli/story_inspection.py",
        "service/clock.py",
        "service/scheduler.py",
    ]


def test_wsgi_has_ten_lines_at_most():
    assert len((ROOT / "wsgi.py").read_text(encoding="utf-8").splitlines()) <= 10
