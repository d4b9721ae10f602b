"""What is laid over a photo: by whom, drawn into what leaves, and never into the photo itself."""

from dataclasses import replace
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image

from media.custody.model import Reason, Role
from media.layers.errors import BadMarks, LayerWithdrawn
from media.layers.model import Kind
from media.photos.marks import GREY, draw_marks
from media.photos.model import WHOLE, Form, Mark
from media.refusals import IdTaken, NotFound, NotPermitted
from tests.builders import NOON
from tests.media.picture import RED, encode, halves

FACE = Mark(Form.COVER, 1000, 1000, 3000, 4000)
ARROW = Mark(Form.ARROW, 5000, 5000, 7000, 7000)
NOTE = Mark(Form.NOTE, 5000, 5000, 5000, 5000, "立柱间距过大")


@pytest.fixture
def supervisor(inspector):
    return replace(inspector, account_id="a3", name="监管员", roles=frozenset({Role.SUPERVISOR}))


@pytest.fixture
def room(layers):
    """The photos below the layers, as the service shows them."""
    return layers.below


@pytest.fixture
def photo(keep):
    return keep(encode(halves(1600, 1200)), disclosed=True)


@pytest.fixture
def lay(layers, photo, inspector, noon):
    def do(kind=Kind.REDACTION, marks=(FACE,), id_=None, **given):
        asked = {"why": "遮挡幼儿面部", "actor": inspector, "now": noon} | given
        return layers.add(photo.id, id_ or str(uuid4()), kind, marks, **asked)

    return do


def pixel(jpeg, x, y):
    image = Image.open(BytesIO(jpeg))
    return image.getpixel((x * image.width // WHOLE, y * image.height // WHOLE))


def near(one, other):
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


def test_a_redaction_covers_what_leaves_and_leaves_the_photo_alone(
    lay, room, photo, inspector, director, noon
):
    before = room.derivative(photo.id, 1280, actor=inspector, now=noon)
    lay()

    seen = room.derivative(photo.id, 1280, actor=inspector, now=noon)
    leaving = room.derivative(photo.id, 1280, marked=True, actor=inspector, now=noon)
    directors = room.derivative(photo.id, 320, actor=director, now=noon)

    assert seen == before
    assert not seen.marked
    assert leaving.marked
    assert near(pixel(leaving.data, 2000, 2500), GREY)
    assert near(pixel(directors.data, 2000, 2500), GREY)
    assert near(pixel(leaving.data, 4000, 2500), RED)
    assert room.original(photo.id, actor=inspector, now=noon, why="复核")[1] == encode(
        halves(1600, 1200)
    )


def test_nothing_of_what_is_below_a_cover_is_left():
    one, other = halves(320, 240), halves(320, 240)
    other.paste((10, 240, 10), (112, 112, 192, 192))
    cover = Mark(Form.COVER, 3000, 4000, 6500, 8500)

    drawn = [draw_marks(encode(each, quality=95), [cover]) for each in (one, other)]

    assert encode(one, quality=95) != encode(other, quality=95)
    assert drawn[0] == drawn[1]


def test_a_mark_over_a_cover_shows_and_the_order_of_laying_does_not_matter():
    jpeg = encode(halves(800, 600))
    box = Mark(Form.BOX, 0, 0, WHOLE, WHOLE)

    drawn = draw_marks(jpeg, [box, FACE])

    assert drawn == draw_marks(jpeg, [box, FACE])
    assert drawn == draw_marks(jpeg, [FACE, box])


def test_notes_are_numbers_in_the_picture_and_words_beside_it(lay, room, photo, director, noon):
    lay(Kind.ANNOTATION, (ARROW, NOTE))

    shown = room.derivative(photo.id, 1280, actor=director, now=noon)

    assert shown.notes == ("立柱间距过大",)
    assert shown.marked


def test_each_layer_is_an_entry_in_the_case_and_sent_again_is_the_first(lay, custody, inspector):
    layer = lay()
    again = lay(id_=layer.id)

    entry = custody.history("case:c1")[-1]

    assert again == layer
    assert (entry.verb, entry.account_id, entry.why) == ("layer_added", "a1", "遮挡幼儿面部")
    assert entry.facts["marks"] == [["cover", 1000, 1000, 3000, 4000, None]]
    with pytest.raises(IdTaken):
        lay(id_=layer.id, why="另一个理由")


def test_a_layer_holds_only_marks_of_its_kind(lay):
    with pytest.raises(BadMarks):
        lay(Kind.REDACTION, (ARROW,))
    with pytest.raises(BadMarks):
        lay(Kind.ANNOTATION, (FACE,))
    with pytest.raises(BadMarks):
        lay(Kind.ANNOTATION, ())


def test_a_withdrawn_layer_is_drawn_no_more_and_stays_on_record(
    lay, layers, room, photo, inspector, director, noon
):
    layer = lay(Kind.ANNOTATION, (ARROW,))

    withdrawn = layers.withdraw(photo.id, layer.id, why="画错位置", actor=inspector, now=noon)

    assert withdrawn.withdrawn.why == "画错位置"
    assert not room.derivative(photo.id, 1280, actor=director, now=noon).marked
    assert layers.over(photo.id, actor=inspector, now=noon) == [withdrawn]
    assert layers.over(photo.id, actor=director, now=noon) == []
    with pytest.raises(LayerWithdrawn):
        layers.withdraw(photo.id, layer.id, why="再次撤回", actor=inspector, now=noon)


def test_a_redaction_is_taken_back_by_a_supervisor_only(
    lay, layers, photo, inspector, supervisor, noon
):
    layer = lay()

    with pytest.raises(NotPermitted):
        layers.withdraw(photo.id, layer.id, why="不需要", actor=inspector, now=noon)

    assert layers.withdraw(photo.id, layer.id, why="误遮", actor=supervisor, now=noon).withdrawn


def test_a_director_lays_nothing_and_sees_none_of_what_is_not_there(lay, layers, director, noon):
    with pytest.raises(NotPermitted):
        lay(actor=director)
    with pytest.raises(NotFound):
        layers.over(str(uuid4()), actor=director, now=noon)


def test_the_layers_of_a_sealed_photo_are_told_in_the_sealed_case(
    layers, keep, custody, inspector, noon
):
    sealed = keep(encode(halves(640, 480)), seal="v1")
    named = replace(inspector, scope=replace(inspector.scope, seals=("v1",)))

    layers.add(sealed.id, str(uuid4()), Kind.REDACTION, [FACE], why="遮挡", actor=named, now=noon)

    assert custody.history("case:v1")[-1].verb == "layer_added"
    assert "layer_added" not in [each.verb for each in custody.history("case:c1")]


@pytest.mark.parametrize(
    "change",
    [
        {"$set": {"marks.0.x2": 1001}},
        {"$set": {"marks": []}},
        {"$set": {"kind": "annotation"}},
        {"$set": {"withdrawn": {"at": NOON, "account_id": "a", "name": "b", "why": "c"}}},
    ],
)
def test_an_altered_layer_is_found(lay, layers, database, change):
    layer = lay()
    assert list(layers.verify()) == []

    database["layers"].update_one({"_id": layer.id}, change)

    assert [(each.id, each.reason) for each in layers.verify()] == [
        (layer.id, Reason.RECORD_ALTERED)
    ]


def test_a_layer_that_was_taken_out_is_missed(lay, layers, database):
    layer = lay()

    database["layers"].delete_one({"_id": layer.id})

    assert [(each.id, each.reason) for each in layers.verify()] == [
        (layer.id, Reason.RECORD_MISSING)
    ]
