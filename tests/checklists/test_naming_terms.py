"""The lists of terms are data that a domain expert extends: what must hold of them."""

from collections import Counter
from importlib.resources import files

import pytest
import yaml

from checklists.naming.model import Rule
from checklists.naming.signs import compared
from checklists.naming.terms import FILES, after, alike, before, data, homes, listed

LISTS = sorted(FILES.values())
FOLDER = files("checklists.naming") / "terms"


def words_of(name):
    return [word for group in data(name).values() for word in group]


@pytest.mark.parametrize("name", LISTS)
def test_no_list_names_a_term_twice(name):
    twice = [word for word, count in Counter(words_of(name)).items() if count > 1]

    assert twice == []


def test_a_term_belongs_to_one_rule():
    told = Counter(word for name in LISTS for word in set(words_of(name)))

    assert [word for word, count in told.items() if count > 1] == []
    assert set(homes().values()) == set(Rule)


@pytest.mark.parametrize("name", [*LISTS, "ordinary"])
def test_every_word_is_written_plainly(name):
    assert [word for word in words_of(name) if compared(word) not in (word, word.lower())] == []
    assert [word for word in words_of(name) if len(word) < 2 and name != "religious"] == []


def test_the_lists_are_broad():
    places = data("foreign_places")

    assert len(places["countries"]) >= 180
    assert len(places["places"]) >= 300
    assert len(places["schools"]) >= 60
    assert len(places["persons"]) >= 150
    assert len(words_of("religious")) >= 200
    assert len(words_of("curriculum")) >= 150


def test_neighbours_end_or_begin_with_the_sign_they_are_told_by():
    for sign, words in before().items():
        assert [word for word in words if not word.endswith(sign) or len(word) < 2] == []
    for sign, words in after().items():
        assert [word for word in words if not word.startswith(sign) or len(word) < 2] == []


def test_a_sign_has_one_sound_and_a_homophone_is_no_term():
    signs = Counter("".join(data("homophones")["sounds"]))
    taken = {word for rule in (Rule.BANNED_TERM, Rule.CURRICULUM) for word in listed(rule)}

    assert [sign for sign, count in signs.items() if count > 1] == []
    assert taken & {each for word in taken for each in alike(word)} == set()


def test_what_sounds_alike_keeps_a_sign_of_the_term_or_is_listed():
    told = data("homophones")["also"]
    for word in ("国际", "双语", "艺术"):
        for spelled in alike(word):
            kept = any(a == b for a, b in zip(word, spelled, strict=True))
            assert kept or spelled in told[word]


def test_no_list_is_left_unread():
    there = {path.name for path in FOLDER.iterdir() if path.name.endswith(".yaml")}

    others = ("ordinary", "neighbours", "homophones", "syllables", "builders")
    assert there == {f"{name}.yaml" for name in (*LISTS, *others)}
    for name in there:
        yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
