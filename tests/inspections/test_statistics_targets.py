"""What a figure is held against: the share that a clause states, or that it asks of all."""

from dataclasses import replace
from datetime import date

from checklists.catalogue.actions import catalogue
from checklists.generation.model import Subject
from checklists.generation.rules import draw_up
from checklists.plans.actions import judged, known_plans
from checklists.regions import codes
from inspections.statistics.measures import MEASURES
from inspections.statistics.targets import targets_in
from tests.checklists.plans import NOON

ZHUZHOU = "430200"


def items(region=ZHUZHOU):
    found = judged(known_plans(NOON), (region, *codes.ancestors(region)), date(2023, 1, 1))
    return draw_up(found, Subject.KINDERGARTEN, catalogue()).items


def test_a_plan_that_states_a_share_sets_it_and_names_its_clause():
    target = targets_in(items())["camera_linkage"]

    assert target.share == 100.0
    assert target.basis.stated
    assert "学前教育" in target.basis.title
    assert target.basis.end > target.basis.start


def test_what_a_clause_asks_without_a_share_it_asks_of_all():
    target = targets_in(items())["food_grade"]

    assert (target.share, target.basis.stated) == (100.0, False)


def test_another_share_is_the_target_and_a_figure_of_something_else_is_none():
    (item,) = (each for each in items() if each.id == "camera-linkage")
    (cited,) = (each for each in item.citations if each.threshold is not None)

    def target(**held):
        threshold = replace(cited.threshold, **held)
        asked = replace(item, citations=(replace(cited, threshold=threshold),))
        return targets_in([asked])["camera_linkage"]

    assert target(value=95).share == 95.0
    assert target(value=2, unit="处").basis.stated is False
    assert target(comparison="<=", value=5).basis.stated is False


def test_what_no_clause_asks_for_has_no_target():
    assert targets_in([]) == {}
    assert set(targets_in(items())) <= set(MEASURES)
