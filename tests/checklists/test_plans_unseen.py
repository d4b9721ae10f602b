"""The reading is scored on texts that it was not made for.

`unseen/` holds plans and regulations of regions that do not exist, written and labelled without a
look at the catalogue. Three were opened while the reading was mended; the others were only ever
scored, so that their figures say what a county may expect of its own plan.
"""

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest

from checklists.plans.actions import read_file
from checklists.plans.model import Level

UNSEEN = Path(__file__).parent / "unseen"
OPENED = ("plan-1", "plan-3", "plan-4")
PLANS = ("plan-2", "plan-5", "plan-6")
REGULATIONS = ("regulation-1", "regulation-2")


@pytest.fixture(scope="module")
def read():
    return {
        path.stem: read_file(path.read_bytes()) for path in sorted(UNSEEN.glob("[pr]*-[0-9].txt"))
    }


def labels(name):
    lines = (UNSEEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def touches(requirement, label):
    return requirement.start < label["end"] and requirement.end > label["start"]


def said_of_kindergartens(read, name):
    return [
        each
        for each in read[name][1].requirements
        if each.applies_to_kindergarten and each.inspectable_on_site
    ]


def found_and_wanted(read, name):
    """Labels found, and labels. Labels on the same words want as many different controls."""
    alike = defaultdict(list)
    for label in labels(name):
        if (
            label["tier"] == "core"
            and label["applies_to_kindergarten"]
            and label["inspectable_on_site"]
        ):
            alike[label["start"], label["end"]].append(label)
    of_kindergartens = [e for e in read[name][1].requirements if e.applies_to_kindergarten]
    found = sum(
        min(len(same), len({each.control for each in of_kindergartens if touches(each, same[0])}))
        for same in alike.values()
    )
    return found, sum(map(len, alike.values()))


def right_and_said(read, name):
    """What is said of kindergartens on site and stands on a label's words, and all that is said."""
    labelled = [label for label in labels(name) if label["tier"] != "trap"]
    said = said_of_kindergartens(read, name)
    right = [each for each in said if any(touches(each, label) for label in labelled)]
    return len(right), len(said)


def share(pairs):
    pairs = list(pairs)
    return sum(one for one, _ in pairs) / sum(all_ for _, all_ in pairs)


@pytest.mark.parametrize(
    ("names", "least_found", "least_right"),
    [(OPENED, 0.97, 0.95), (PLANS, 0.97, 0.93), (REGULATIONS, 0.95, 0.92)],
    ids=["first", "later", "regulations"],
)
def test_what_a_text_asks_is_found_and_little_else(read, names, least_found, least_right):
    found = share(found_and_wanted(read, name) for name in names)
    right = share(right_and_said(read, name) for name in names)
    print(f"{names}: found {found:.3f}, right {right:.3f}")

    assert found >= least_found
    assert right >= least_right


def test_every_quote_is_verbatim(read):
    for text, reading in read.values():
        for each in (*reading.requirements, *reading.unmade):
            assert text[each.start : each.end] == each.quote


def test_nothing_of_the_high_school_document_reaches_a_kindergarten(read):
    reading = read["plan-6"][1]
    high = {i for i, each in enumerate(reading.documents) if each.level is Level.HIGH_SCHOOL}

    assert high
    assert not [
        each.control
        for each in reading.requirements
        if each.document in high and each.applies_to_kindergarten
    ]


@pytest.mark.parametrize("name", [*OPENED, *PLANS, *REGULATIONS])
def test_a_text_says_of_itself_what_a_reader_takes_from_its_head_and_foot(read, name):
    told = json.loads((UNSEEN / "facts.json").read_text(encoding="utf-8"))[f"{name}.txt"]
    facts = read[name][1].facts

    assert facts.title == told["title"]
    assert facts.number == told["number"]
    assert facts.status == told["status"]


def test_what_is_normative_is_an_item_or_is_listed(read):
    """No label is dropped silently: a requirement or a line of the coverage stands on its words."""
    dropped = [
        (name, label["id"])
        for name in read
        for label in labels(name)
        if label["tier"] == "core"
        and not any(
            touches(each, label) for each in (*read[name][1].requirements, *read[name][1].unmade)
        )
    ]

    assert dropped == []


def met(read, wanted, has):
    """Of the labels that state a thing and were found: with how many the requirement has it."""
    found = [
        (label, [each for each in read[name][1].requirements if touches(each, label)])
        for name in read
        for label in labels(name)
        if label["tier"] == "core" and wanted(label)
    ]
    found = [(label, made) for label, made in found if made]
    return sum(has(label, made) for label, made in found), len(found)


def figures_of(requirements):
    """Every number in the thresholds, in two spellings: 0.60 is 0.6, 三十万 is 30 and 300000."""
    told = json.dumps([each.threshold for each in requirements], default=str)
    return {float(each) for each in re.findall(r"\d+(?:\.\d+)?", told)}


def test_nearly_all_figures_are_read(read):
    def states(label):
        return re.findall(r"\d+(?:\.\d+)?", label["threshold"] or "")

    def has(label, made):
        figures = figures_of(made)
        wanted = {float(each) for each in states(label)}
        return bool(figures & (wanted | {each * 10_000 for each in wanted}))

    right, all_ = met(read, states, has)
    print(f"figures: {right} of {all_}")
    assert right >= 0.88 * all_


def test_most_time_limits_are_read(read):
    right, all_ = met(
        read, lambda label: label["deadline"], lambda _, made: any(each.deadline for each in made)
    )
    print(f"time limits: {right} of {all_}")
    assert right >= 0.65 * all_


def test_the_offices_that_answer_for_a_measure_are_read(read):
    def lead(label):
        return (label.get("departments") or {}).get("lead")

    def has(label, made):
        return set(lead(label)) in [set(each.departments.lead) for each in made]

    right, all_ = met(read, lead, has)
    print(f"leading offices: {right} of {all_}")
    assert right >= 0.93 * all_
