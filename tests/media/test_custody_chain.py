from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.custody.chain import GENESIS, canonical, digest, head_after, link, verify
from media.custody.model import EVERYWHERE, Actor, Entry, Note, Reason, Role

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
INSPECTOR = Actor("a1", "p1", "检查员", frozenset({Role.INSPECTOR}), EVERYWHERE, "教育局")

facts = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=5),
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**63), 2**63 - 1)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.text(st.characters(codec="utf-8"), max_size=5),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=4,
    ),
    max_size=3,
)


def make_chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        head = head_after(entries[-1]) if entries else None
        note = Note("case-1", "answered", facts={"item": number})
        entries.append(link(head, note, id=f"e{number}", actor=INSPECTOR, at=NOON))
    return entries


def test_a_chain_as_written_is_whole():
    entries = make_chain(4)

    assert verify("case-1", entries, head_after(entries[-1])) is None
    assert entries[0].previous == GENESIS


def test_the_canonical_bytes_are_sorted_json_without_the_hash():
    entry = make_chain(1)[0]

    text = canonical(entry).decode()

    assert text.startswith('{"account_id":"a1","at":"2026-03-02T04:00:00.000Z","chain":"case-1"')
    assert "检查员" in text
    assert entry.hash not in text


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "approved"},
        {"at": NOON.replace(minute=1)},
        {"account_id": "a2"},
        {"person_id": "p2"},
        {"name": "别人"},
        {"unit": ""},
        {"device": "tablet"},
        {"why": "because"},
        {"facts": {"item": 1.0}},
        {"id": "x"},
        {"chain": "case-2"},
        {"previous": "1" * 64},
        {"hash": "1" * 64},
    ],
)
def test_an_altered_entry_is_the_first_bad_place(change):
    entries = make_chain(3)
    entries[1] = replace(entries[1], **change)

    bad = verify("case-1", entries, head_after(entries[-1]))

    assert bad is not None
    assert (bad.sequence, bad.reason) == (2, Reason.ALTERED)


def test_an_entry_altered_with_its_own_hash_no_longer_carries_the_next():
    entries = make_chain(3)
    forged = replace(entries[1], verb="approved")
    entries[1] = replace(forged, hash=digest(forged))

    bad = verify("case-1", entries, head_after(entries[-1]))

    assert bad is not None
    assert (bad.sequence, bad.id, bad.reason) == (3, "e2", Reason.UNLINKED)


def test_a_missing_entry_is_named_by_the_place_it_had():
    first, _, third = make_chain(3)

    bad = verify("case-1", [first, third], head_after(third))

    assert bad is not None
    assert (bad.sequence, bad.reason) == (2, Reason.MISSING)


def test_a_cut_tail_shows_against_the_head():
    entries = make_chain(3)

    bad = verify("case-1", entries[:2], head_after(entries[2]))

    assert bad is not None
    assert (bad.sequence, bad.reason) == (3, Reason.TAIL_CUT)


def test_a_head_rolled_back_or_gone_shows_against_the_entries():
    entries = make_chain(3)

    rolled_back = verify("case-1", entries, head_after(entries[1]))
    gone = verify("case-1", entries, None)

    assert rolled_back is not None
    assert rolled_back.reason is Reason.HEAD_ALTERED
    assert gone is not None
    assert gone.reason is Reason.HEAD_MISSING


@given(facts)
def test_any_plain_facts_make_an_entry_that_verifies(given_facts):
    entry = link(None, Note("c", "v", facts=given_facts), id="e", actor=INSPECTOR, at=NOON)

    assert verify("c", [entry], head_after(entry)) is None


@pytest.mark.parametrize(
    "bad", [NOON, {1: 2}, b"bytes", float("nan"), float("inf"), 2**63, {"a\0b": 1}, {"x": {1}}]
)
def test_facts_that_are_not_plain_are_refused(bad):
    with pytest.raises((TypeError, ValueError)):
        link(None, Note("c", "v", facts={"x": bad}), id="e", actor=INSPECTOR, at=NOON)
