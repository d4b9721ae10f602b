"""Imports and exports over HTTP."""

from collections.abc import Iterator
from typing import Any

from flask import Response, current_app, g, stream_with_context
from flask_smorest import Blueprint

from media.pages import Page
from service.tables.actions import Tables
from service.tables.model import Format, Import, Kind, Row
from service.tables.reading import LARGEST
from service.tables.schemas import (
    FormatSchema,
    ImportFileSchema,
    ImportPageSchema,
    ImportSchema,
    ImportStepSchema,
    NewImportSchema,
    PageOfImportsSchema,
    RowPageSchema,
    RowsArgumentsSchema,
    TemplateArgumentsSchema,
)

bp = Blueprint("tables", __name__, url_prefix="/api/v1", description="导入导出 Imports and exports")

BINARY = {"type": "string", "format": "binary"}


def tables() -> Tables:
    return current_app.extensions["huyuan"].tables  # type: ignore[no-any-return]


@bp.get("/imports/template")
@bp.arguments(TemplateArgumentsSchema, location="query")
@bp.response(200, BINARY, content_type="application/octet-stream")
def get_template(asked: dict[str, Any]) -> Response:
    """An empty table with its headings and one example."""
    kind, wanted = asked["kind"], asked["format"]
    return download(tables().template(kind, wanted, actor=g.actor), f"{kind}-template", wanted)


@bp.post("/imports")
@bp.arguments(NewImportSchema, location="form")
@bp.arguments(ImportFileSchema, location="files")
@bp.response(201, ImportSchema)
def take_in(form: dict[str, Any], files: dict[str, Any]) -> Import:
    """Take in a table to be checked row by row; nothing is written before it is applied."""
    file = files["file"]
    return tables().take_in(
        file.stream.read(LARGEST + 1),
        kind=form["kind"],
        name=(file.filename or "table")[-120:],
        id=str(form["id"]) if form["id"] else None,
        actor=g.actor,
        now=g.now,
    )


@bp.get("/imports")
@bp.arguments(PageOfImportsSchema, location="query")
@bp.response(200, ImportPageSchema)
def list_imports(asked: dict[str, Any]) -> Page[Import]:
    """One's own imports, the newest first."""
    return tables().page(**asked, actor=g.actor)


@bp.get("/imports/<import_id>")
@bp.response(200, ImportSchema)
def get_import(import_id: str) -> Import:
    """How far an import is, and what its rows would do."""
    return tables().get(import_id, actor=g.actor)


@bp.get("/imports/<import_id>/rows")
@bp.arguments(RowsArgumentsSchema, location="query")
@bp.response(200, RowPageSchema)
def list_rows(asked: dict[str, Any], import_id: str) -> Page[Row]:
    """The rows as they were judged: what is bad and why, what changes from what to what."""
    return tables().rows(import_id, **asked, actor=g.actor)


@bp.get("/imports/<import_id>/bad-rows")
@bp.arguments(FormatSchema, location="query")
@bp.response(200, BINARY, content_type="application/octet-stream")
def get_bad_rows(asked: dict[str, Any], import_id: str) -> Response:
    """The bad rows as a table with their problems: corrected, it can be sent as it is."""
    wanted = asked["format"]
    return download(tables().bad_rows(import_id, wanted, actor=g.actor), "bad-rows", wanted)


@bp.post("/imports/<import_id>/steps")
@bp.arguments(ImportStepSchema)
@bp.response(200, ImportSchema)
def take_import_step(asked: dict[str, Any], import_id: str) -> Import:
    """Apply the whole table or none of it, or discard it."""
    if asked["step"] == "discard":
        return tables().discard(import_id, seen=g.seen, actor=g.actor, now=g.now)
    return tables().apply(
        import_id, skip_bad=asked["skip_bad"], seen=g.seen, actor=g.actor, now=g.now
    )


@bp.get("/exports/kindergartens")
@bp.arguments(FormatSchema, location="query")
@bp.response(200, BINARY, content_type="application/octet-stream")
def export_kindergartens(asked: dict[str, Any]) -> Response:
    """The register within one's regions, in the columns of its import."""
    return _export(Kind.KINDERGARTENS, asked["format"])


@bp.get("/exports/accounts")
@bp.arguments(FormatSchema, location="query")
@bp.response(200, BINARY, content_type="application/octet-stream")
def export_accounts(asked: dict[str, Any]) -> Response:
    """The accounts that one governs, in the columns of their import."""
    return _export(Kind.ACCOUNTS, asked["format"])


def _export(kind: Kind, wanted: Format) -> Response:
    return download(tables().export(kind, wanted, actor=g.actor, now=g.now), kind, wanted)


def download(pieces: Iterator[bytes], name: str, wanted: Format) -> Response:
    """Return a file that a browser saves and shows as nothing."""
    answer = Response(stream_with_context(pieces), mimetype=wanted.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{wanted}"'
    return answer
