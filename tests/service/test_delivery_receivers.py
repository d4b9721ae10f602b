"""Receivers: who registers, changes and removes them, and which addresses are refused."""

from tests.access_world import enter
from tests.service.posting import deliveries, register, say


def test_f31_an_address_inside_is_refused_when_it_is_saved(cast, stage, here):
    made = register(cast, here.url)
    inside = {"url": "https://10.0.0.1/", "regions": ["990102"]}

    added = cast.admin.call("POST", "receivers", inside)
    changed = cast.admin.call(
        "PATCH", f"receivers/{made['id']}", {"why": "x", "url": "https://10.0.0.1/"}, revision=1
    )
    elsewhere = stage.admin.call("POST", "receivers", inside | {"url": here.url})

    for answer in (added, changed, elsewhere):
        assert (answer.status_code, answer.json["type"]) == (422, "/problems/address-refused")
    assert cast.admin.get(f"receivers/{made['id']}")["revision"] == 1


def test_f31_an_address_that_was_allowed_once_is_refused_when_it_is_sent(cast, stage, here):
    made = register(cast, here.url)
    say(cast)
    stage.rooms.post.address()

    assert stage.rooms.post.drain(made["id"])[0] == 0  # its operator does not vouch for loopback

    assert here.got == []
    assert "inside" in deliveries(cast)[0]["error"]


def test_everything_done_to_a_receiver_is_on_record(cast, here):
    made = register(cast, here.url)
    path = f"receivers/{made['id']}"
    cast.admin.call("PATCH", path, {"why": "暂停", "active": False}, revision=1)
    cast.admin.post(f"{path}/rotation", {"why": "外泄"}, revision=2)
    stale = cast.admin.call("DELETE", path, revision=2)
    unseen = cast.admin.call("DELETE", path)
    gone = cast.admin.call("DELETE", path, revision=3)

    history = cast.rooms.custody.history(f"receiver:{made['id']}")
    assert (stale.status_code, unseen.status_code, gone.status_code) == (412, 428, 204)
    assert [(each.verb, each.why) for each in history] == [
        ("receiver_added", None),
        ("receiver_changed", "暂停"),
        ("receiver_rotated", "外泄"),
        ("receiver_removed", None),
    ]
    assert "secret" not in str([each.facts for each in history])
    assert cast.admin.call("GET", path).status_code == 404


def test_what_waits_for_a_removed_receiver_goes_with_it(cast, here):
    made = register(cast, here.url)
    say(cast)
    cast.rooms.post.address()

    cast.admin.call("DELETE", f"receivers/{made['id']}", revision=1)

    assert cast.rooms.post.drain(made["id"])[0] == 0
    assert cast.rooms.database.deliveries.count_documents({}) == 0
    assert here.got == []


def test_an_administrator_governs_the_receivers_of_its_own_regions_alone(cast, here):
    county = register(cast, here.url)
    both = register(cast, here.url, regions=["990102", "990103"])
    say(cast)
    cast.rooms.post.address()
    near = enter(cast, "near", roles=["administrator"], regions=["990102"])
    far = enter(cast, "far", roles=["administrator"], regions=["990103"])

    wide = near.call("POST", "receivers", {"url": here.url, "regions": ["990100"]})
    unknown = cast.admin.call("POST", "receivers", {"url": here.url, "regions": ["123456"]})

    assert (wide.status_code, unknown.status_code) == (403, 422)
    assert [each["id"] for each in near.get("receivers")["items"]] == [county["id"]]
    assert {each["receiver_id"] for each in near.get("deliveries")["items"]} == {county["id"]}
    assert far.get("receivers")["items"] == far.get("deliveries")["items"] == []
    assert near.call("GET", f"receivers/{both['id']}").status_code == 404
    widened = near.call(
        "PATCH", f"receivers/{county['id']}", {"why": "x", "regions": ["990103"]}, revision=1
    )
    assert widened.status_code == 403


def test_receivers_and_deliveries_are_read_page_by_page(cast, here):
    made = [register(cast, here.url)["id"] for _ in range(3)]
    for _ in range(2):
        say(cast)
    cast.rooms.post.address()

    def walk(path):
        found, cursor = [], None
        while True:
            page = cast.admin.get(path, limit=2, **({"cursor": cursor} if cursor else {}))
            found += [each["id"] for each in page["items"]]
            cursor = page["next"]
            if cursor is None:
                return found

    assert walk("receivers") == sorted(made)
    assert len(set(walk("deliveries"))) == 6
    assert len(deliveries(cast, receiver_id=made[0])) == 2
    assert cast.admin.call("GET", "deliveries?cursor=x").status_code == 422
