"""Tips over HTTP: sent by anybody, read by officers; and as pages without script or cookie."""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import (
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_smorest import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from checklists.regions import codes
from inspections.cases.tips.actions import Tips
from inspections.cases.tips.model import Tip
from inspections.cases.tips.schemas import (
    DismissTipSchema,
    NewTipSchema,
    ReceiptSchema,
    TakeUpSchema,
    TipArgumentsSchema,
    TipPageSchema,
    TipSchema,
)
from media.days import day_in_shanghai
from media.pages import Page
from media.refusals import IdTaken, NotFound, Refusal

TITLE = "举报无证幼儿园"
FIELDS = ("id", "note", "address", "name", "contact")
STYLE = (Path(__file__).parent / "templates/tip.css").read_text(encoding="utf-8").rstrip("\n")
"""As the template takes it in: without the last line break."""

POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src "
    f"'sha256-{b64encode(sha256(STYLE.encode()).digest()).decode()}'"
)
Told = tuple[str, str]
LABELS = {
    "note": ("情况", "what you saw"),
    "address": ("地址", "where it is"),
    "name": ("挂牌名称", "its name"),
    "contact": ("联系方式", "how to reach you"),
}

bp = Blueprint("tips", __name__, url_prefix="/api/v1/tips", description="举报 Tips")
pages = Blueprint(
    "tip_pages",
    __name__,
    url_prefix="/tip",
    template_folder="templates",
    description="公众举报 For the public",
)


def tips() -> Tips:
    return current_app.extensions["huyuan"].oversight.tips  # type: ignore[no-any-return]


@bp.post("")
@bp.arguments(NewTipSchema)
@bp.response(201, ReceiptSchema)
def send_tip(asked: dict[str, Any]) -> Tip:
    """Report what may be an unlicensed kindergarten; without an account, a few an hour."""
    return tips().send(**asked, address_of_sender=request.remote_addr or "", now=g.now)


@bp.get("/receipts/<receipt>")
@bp.response(200, ReceiptSchema)
def get_receipt(receipt: str) -> Tip:
    """What became of a tip, for whoever holds its receipt."""
    return tips().state_of(receipt)


@bp.get("")
@bp.arguments(TipArgumentsSchema, location="query")
@bp.response(200, TipPageSchema)
def list_tips(asked: dict[str, Any]) -> Page[Tip]:
    """Tips of the asker's regions."""
    return tips().page(**asked, actor=g.actor)


@bp.post("/<tip_id>/sighting")
@bp.arguments(TakeUpSchema)
@bp.response(200, TipSchema)
def take_up_tip(asked: dict[str, Any], tip_id: str) -> Tip:
    """Make a sighting of it."""
    return tips().take_up(tip_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/<tip_id>/dismissal")
@bp.arguments(DismissTipSchema)
@bp.response(200, TipSchema)
def dismiss_tip(asked: dict[str, Any], tip_id: str) -> Tip:
    """Leave it without a sighting, for a reason."""
    return tips().dismiss(tip_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@pages.get("/<region>")
def show_form(region: str) -> Response:
    """The form of one region, for everybody."""
    return _form(region, 200)


@pages.post("/<region>")
def send_form(region: str) -> AnyResponse:
    """Take in what was written; what is refused stays in the form, with the reason."""
    given = {name: request.form.get(name, "").strip() for name in FIELDS}
    filled = {name: value for name, value in given.items() if value} | {"region": region}
    if wrong := NewTipSchema().validate(filled):
        return _form(region, 422, _in_words(wrong), given)
    asked = NewTipSchema().load(filled)
    try:
        kept = tips().send(**asked, address_of_sender=request.remote_addr or "", now=g.now)
    except Refusal as refused:
        return _refused(region, refused, given)
    return redirect(url_for(".show_receipt", receipt=kept.receipt), 303)


@pages.get("/receipts")
def find_receipt() -> AnyResponse:
    """From a receipt that was typed in to its page."""
    asked = request.args.get("receipt", "").strip()
    return redirect(url_for(".show_receipt", receipt=asked or "-"), 303)


@pages.get("/receipts/<receipt>")
def show_receipt(receipt: str) -> Response:
    """What became of a tip, for whoever holds its receipt."""
    try:
        tip = tips().state_of(receipt)
    except NotFound:
        told = ("没有这个回执号，请核对是否输错。", "There is no such receipt. Check its letters.")
        return _page("receipt.html", 404, told=told, tip=None)
    return _page("receipt.html", 200, told=None, tip=tip, day=day_in_shanghai(tip.received_at))


def _form(
    region: str, status: int, told: Told | None = None, given: dict[str, str] | None = None
) -> Response:
    if not codes.exists(region):
        told = ("没有这个地区，请核对网址。", "There is no such region. Check the address.")
        return _page("receipt.html", 404, told=told, tip=None)
    return _page(
        "tip.html",
        status,
        told=told,
        region=region,
        region_name=codes.full_name(region),
        id=uuid4(),
        given=given or dict.fromkeys(FIELDS, ""),
    )


def _refused(region: str, refused: Refusal, given: dict[str, str]) -> Response:
    wait = refused.facts.get("retry_after")
    taken = 409 if isinstance(refused, IdTaken) else 422
    told = (refused.sentence("zh"), refused.sentence("en"))
    answer = _form(region, 429 if wait else taken, told, given)
    if wait:
        answer.headers["Retry-After"] = str(wait)
    return answer


def _in_words(wrong: Mapping[str, Any]) -> Told:
    """Return which fields are to be written anew."""
    fields = [LABELS[name] for name in wrong if name in LABELS]
    zh, en = (mark.join(each[at] for each in fields) for at, mark in enumerate(("、", ", ")))
    return (
        f"请检查：{zh or '表单'}。不能为空、过长或含有特殊字符。",
        f"Check {en or 'the form'}: not empty, not too long, no odd signs.",
    )


def _page(name: str, status: int, **facts: Any) -> Response:
    answer = make_response(render_template(name, title=TITLE, **facts), status)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer
