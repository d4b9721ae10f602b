"""The commands of this floor, as scripts use them: JSON lines, no database."""

import json
from itertools import pairwise

import pytest
from click.testing import CliRunner

from checklists.plans.actions import demonstration_texts, known_plans
from service.cli.checklist import checklist
from service.cli.names import names
from service.cli.plans import plans
from service.cli.plans_import import coverage
from tests.checklists.plans import NOON


def run(command, *arguments, **more):
    answer = CliRunner().invoke(command, list(map(str, arguments)), **more)
    return answer.exit_code, answer.output


def lines(told):
    return [json.loads(line) for line in told.splitlines()]


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "990100-plan.txt"
    file.write_text(demonstration_texts()[0], encoding="utf-8")
    return file


def test_plans_read_writes_a_line_for_each_requirement(text):
    code, told = run(plans, "read", text)

    words = demonstration_texts()[0]
    assert code == 0
    assert len(lines(told)) > 60
    assert all(words[each["start"] : each["end"]] == each["quote"] for each in lines(told))


def test_coverage_adds_what_was_left_with_its_reason(text):
    _, short = run(plans, "read", text)
    _, long = run(plans, "read", text, "--coverage")

    more = lines(long)[len(lines(short)) :]
    assert more
    assert all(each["control"] is None and each["why"] for each in more)


def test_a_file_without_text_is_refused_in_words(tmp_path):
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 broken")

    code, told = run(plans, "read", file)

    assert code != 0
    assert "损坏" in told


def test_plans_pack_takes_the_region_from_the_files_name(text, tmp_path):
    code, told = run(plans, "pack", text)
    nameless = tmp_path / "plan.txt"
    nameless.write_bytes(text.read_bytes())

    assert code == 0
    assert json.loads(told)["region"] == "990100"
    assert run(plans, "pack", nameless)[0] != 0
    assert json.loads(run(plans, "pack", nameless, "--region", "990102")[1])["region"] == "990102"
    assert run(plans, "pack", nameless, "--region", "123456")[0] != 0


def test_names_check_writes_as_many_lines_as_it_reads():
    given = "\ufeff国际幼儿园\t民办\r\n\n阳光幼儿园\n".encode()

    code, told = run(names, "check", input=given)

    assert code == 0
    assert [each["verdict"] for each in lines(told)] == ["violation", "ok", "ok"]
    assert lines(told)[0]["name"] == "国际幼儿园"


def test_names_check_takes_the_rules_of_a_region(tmp_path):
    file = tmp_path / "names.tsv"
    file.write_text("环球幼儿园\t民办\n", encoding="utf-8")

    _, told = run(names, "check", file, "--region", "990102", "--date", "2026-06-01")
    _, elsewhere = run(names, "check", file, "--region", "510800", "--date", "2024-06-01")

    assert lines(told)[0]["verdict"] == "violation"
    assert lines(elsewhere)[0]["verdict"] == "ok"
    assert run(names, "check", file, "--region", "123456")[0] != 0


@pytest.mark.parametrize("subject", ["kindergarten", "training_institution", "bureau"])
def test_checklist_writes_an_item_a_line(subject):
    code, told = run(checklist, "--region", "990102", "--subject", subject, "--date", "2026-06-01")

    assert code == 0
    assert all(each["citations"] for each in lines(told))


def test_a_line_of_a_checklist_names_its_section_in_the_order_of_the_walk():
    _, told = run(checklist, "--region", "990102", "--date", "2026-06-01")

    sections = [each["section"] for each in lines(told)]
    assert sections[0] == "大门"
    assert len(set(sections)) == len([1 for a, b in pairwise(["", *sections]) if a != b])
    assert lines(told)[-1]["section_en"] == "Papers"


def test_plans_compare_writes_a_line_for_each_change(text, tmp_path):
    words = demonstration_texts()[0]
    new = tmp_path / "new.txt"
    new.write_text(words.replace("100%", "95%", 1), encoding="utf-8")

    code, told = run(plans, "compare", text, new)

    changes = lines(told)
    assert code == 0
    assert {"kind": "insert", "words": "95"} in [p for each in changes for p in each["pieces"]]
    assert {each["change"] for each in changes} == {"changed"}
    assert run(plans, "compare", text, text) == (0, "")


def test_a_file_that_cannot_be_compared_is_named(text, tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")

    code, told = run(plans, "compare", text, broken)

    assert code != 0
    assert "broken.pdf" in told


def test_an_import_tells_requirements_items_and_what_was_left_by_reason():
    plan = next(each for each in known_plans(NOON) if each.region == "990100")

    told = coverage(plan)

    assert told["requirements"] == len(plan.requirements)
    assert 0 < told["items"] <= told["requirements"]
    assert sum(told["unmatched"].values()) == len(plan.unmatched) > 0


def test_an_empty_checklist_is_one_line_that_says_why():
    code, told = run(
        checklist, "--region", "510800", "--subject", "kindergarten", "--date", "2024-06-01"
    )

    assert code == 0
    (line,) = lines(told)
    assert "why_empty" in line
