"""What one version changes of another: by words where they are there, by hash where not."""

from dataclasses import replace

from checklists.catalogue.actions import catalogue
from checklists.generation.comparing import compare_plans, compare_readings, word_by_word
from checklists.generation.model import Change
from checklists.plans.actions import read_file
from checklists.plans.model import Reason, Unmatched
from checklists.plans.words import words_hash
from tests.checklists.plans import plan, requirement

OLD = """晨曦县幼儿园守护方案（试行）
一、措施
（一）守门。各幼儿园应当在大门外设置石墩，并配备2名以上专职保安。
（二）巡查。幼儿园应当每日巡查园舍三次并作记录。
（三）名称。幼儿园名称不得使用“银河”等字样。
"""
NEW = OLD.replace("2名", "4名").replace("（二）巡查。幼儿园应当每日巡查园舍三次并作记录。\n", "")


def read(text):
    return read_file(text.encode())[1]


def said(words, **change):
    facts = {"quote": words, "words_sha256": words_hash(words)}
    return requirement(**(facts | change))


def test_figures_change_whole_and_other_words_sign_by_sign():
    pieces = word_by_word("配备12名保安", "配备20名专职保安")

    assert [(each.kind, each.words) for each in pieces] == [
        ("equal", "配备"),
        ("delete", "12"),
        ("insert", "20"),
        ("equal", "名"),
        ("insert", "专职"),
        ("equal", "保安"),
    ]


def test_words_only_taken_away_or_put_in_are_told_so():
    assert [each.kind for each in word_by_word("应当每日巡查", "应当巡查")] == [
        "equal",
        "delete",
        "equal",
    ]


def test_two_texts_are_compared_clause_by_clause():
    found = compare_readings(read(OLD), read(NEW), catalogue())

    changed = [each for each in found if each.change is Change.CHANGED]
    gone = [each for each in found if each.change is Change.REMOVED]
    assert any("full-time-guard" in each.item_ids for each in changed)
    assert {("delete", "2"), ("insert", "4")} <= {
        (piece.kind, piece.words) for each in changed for piece in each.pieces
    }
    assert all("巡查" in each.before for each in gone)
    assert gone
    assert not [each for each in found if each.change is Change.ADDED]


def test_the_same_text_changes_nothing():
    assert compare_readings(read(OLD), read(OLD), catalogue()) == ()


def test_without_words_clauses_are_paired_by_item_and_section():
    old = plan(requirement(words_sha256="1" * 64), requirement("camera-coverage", section="二、"))
    new = plan(requirement(words_sha256="2" * 64), requirement("camera-coverage", section="二、"))

    (found,) = compare_plans(old, new, catalogue())

    assert (found.change, found.pieces) == (Change.CHANGED, ())
    assert (found.sha256_before, found.sha256_after) == ("1" * 64, "2" * 64)


def test_clauses_with_nothing_in_common_are_one_gone_and_one_come():
    old = plan(said("应当设置石墩"))
    new = plan(said("名称中不用外文", control="name-foreign", section="九、"))

    found = compare_plans(old, new, catalogue())

    assert [each.change for each in found] == [Change.ADDED, Change.REMOVED]


def test_the_same_words_that_now_ask_for_another_item_are_a_change():
    old, new = plan(said("应当设置石墩")), plan(said("应当设置石墩", control="camera-coverage"))

    (found,) = compare_plans(old, new, catalogue())

    assert found.change is Change.CHANGED
    assert found.item_ids == ("anti-ram-barrier", "camera-coverage")


def test_what_became_no_requirement_is_compared_too():
    left = Unmatched(
        "三、", 9, 15, words_hash("鼓励开展活动"), 6, Reason.ENCOURAGEMENT, "鼓励开展活动"
    )
    gone = requirement("a-control-that-ended", words_sha256="9" * 64)
    old, new = plan(gone), replace(plan(), unmatched=(left,))

    found = compare_plans(old, new, catalogue())

    assert [each.change for each in found] == [Change.ADDED, Change.REMOVED]
    assert found[0].after == "鼓励开展活动"
    assert found[1].item_ids == ()
