"""The catalogue's data are right, and wrong data are named."""

import pytest

from checklists.catalogue.actions import catalogue, control, matcher
from checklists.catalogue.errors import BadCatalogue, NoSuchControl
from checklists.catalogue.matching import Matcher, places
from checklists.catalogue.model import Severity, Window
from checklists.catalogue.reading import read_catalogue

GOOD = {
    "id": "gate-bell",
    "title": {"zh": "门铃", "en": "Gate bell"},
    "how": "按一下。",
    "asks": [{"all": ["门铃|电铃", "安装|设置"], "without": "拆除"}],
}


def family(*controls):
    return [("x.yaml", {"family": "x", "title": {"zh": "某", "en": "X"}, "controls": controls})]


def test_the_shipped_catalogue_is_large_and_whole():
    found = catalogue()

    assert len(found.controls) > 200
    assert len(found.families) == 19
    assert {each.family for each in found.controls.values()} == set(found.families)
    assert all(each.place and each.how for each in found.controls.values())
    assert control("child-abuse").severity is Severity.ONE_VOTE_VETO


def test_a_control_that_is_not_there_is_refused():
    with pytest.raises(NoSuchControl):
        control("no-such")


def test_what_is_not_said_has_a_default():
    read = read_catalogue(family(GOOD)).controls["gate-bell"]

    assert (read.binds, read.answer, read.severity, read.photo_required) == (
        "kindergarten",
        "yes_no",
        "ordinary",
        False,
    )
    assert read.asks[0].within is Window.PAIR


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Gate Bell"}, "kebab-case"),
        ({"title": {"zh": "门铃"}}, "zh and en"),
        ({"how": ""}, "how it is checked"),
        ({"asks": []}, "words that ask"),
        ({"asks": [{"all": []}]}, "without words"),
        ({"asks": [{"all": ["门铃"], "near": 3}]}, "unknown keys"),
        ({"asks": [{"all": ["门铃"], "within": "page"}]}, "within page"),
        ({"asks": [{"all": ["门铃|"]}]}, "empty term"),
        ({"asks": [{"all": ["一" * 17]}]}, "longer than"),
        ({"binds": "everybody"}, "binds everybody"),
        ({"only": ["rich"]}, "only rich"),
        ({"figure": "colour"}, "figure colour"),
        ({"articles": ["art. 5"]}, "not 'law number'"),
        ({"colour": "red"}, "unknown keys"),
    ],
)
def test_every_fault_is_named_with_its_control(change, said):
    with pytest.raises(BadCatalogue) as refused:
        read_catalogue(family({**GOOD, **change}))

    assert said in refused.value.facts["faults"]
    assert "x.yaml" in refused.value.facts["faults"]


def test_all_faults_are_named_at_once():
    with pytest.raises(BadCatalogue) as refused:
        read_catalogue([("y.yaml", {"family": "y", "controls": [GOOD, GOOD, {**GOOD, "how": ""}]})])

    faults = refused.value.facts["faults"]
    assert "title in zh and en" in faults
    assert "taken" in faults
    assert "how it is checked" in faults


def asked(text, **ask):
    made = Matcher(read_catalogue(family({**GOOD, "asks": [{"all": ["门铃|电铃"], **ask}]})))
    clauses, start = [], 0
    for part in text.split("，"):
        clauses.append((start, start + len(part)))
        start += len(part) + 1
    return made.matches(made.words(text), clauses, above="大门设施")


def test_every_group_needs_one_of_its_terms():
    assert asked("应当安装电铃", all=["门铃|电铃", "安装"])
    assert not asked("应当购买电铃", all=["门铃|电铃", "安装"])


def test_words_may_stand_in_two_clauses_that_follow_one_another_but_no_further():
    assert asked("安装好，并测试电铃", all=["电铃", "安装"])
    assert not asked("安装好，再等等，测试电铃", all=["电铃", "安装"])
    assert asked("安装好，再等等，测试电铃", all=["电铃", "安装"], within="sentence")
    assert not asked("安装好，并测试电铃", all=["电铃", "安装"], within="clause")


def test_a_word_that_must_not_stand_there_undoes_the_match():
    assert not asked("安装电铃后拆除", without="拆除")
    assert asked("安装电铃，拆除围挡", without="拆除", within="clause")
    assert not asked("安装电铃，拆除围挡", never="拆除", within="clause")


def test_context_may_stand_in_the_headings():
    assert asked("安装电铃", context=["大门"])
    assert not asked("安装电铃", context=["厨房"])


def test_a_term_in_parts_wants_them_in_order():
    assert asked("不少于两个电铃", all=["不少于…电铃"])
    assert not asked("电铃不少于两个", all=["不少于…电铃"])
    assert places("a…b", {"a": [(0, 1)], "b": [(5, 6)]}) == [(0, 6)]


def test_each_control_is_found_once_by_its_tightest_words():
    found = asked("安装在门口的那个旧式电铃，安装电铃", all=["电铃", "安装"])

    assert [(each.start, each.end) for each in found] == [(13, 17)]


def test_the_shipped_words_find_synonyms():
    words = "园门外设防冲撞桩"
    found = matcher().matches(matcher().words(words), [(0, len(words))])

    assert "anti-ram-barrier" in {each.control.id for each in found}
