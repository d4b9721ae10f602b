"""What every answer has in common: JSON, the revision as ETag, the next page as Link, headers."""

import re
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import orjson
import structlog
from flask import Flask, Response, g, request
from flask.json.provider import JSONProvider
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

LOG = structlog.get_logger("requests")
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cache-Control": "no-store",
}
LONGEST_JSON = 4 * 1024 * 1024


class Json(JSONProvider):
    """JSON by orjson; a thing's revision becomes its ETag, a page's `next` its Link."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        thing = self._prepare_response_obj(args, kwargs)
        answer = Response(orjson.dumps(thing), mimetype="application/json")
        if isinstance(thing, dict):
            if "revision" in thing:
                answer.set_etag(str(thing["revision"]))
            if thing.get("next"):
                asked = {**request.args.to_dict(), "cursor": thing["next"]}
                answer.headers["Link"] = f'<{request.path}?{urlencode(asked)}>; rel="next"'
        return answer


def install(app: Flask) -> None:
    app.json = Json(app)

    @app.before_request
    def begin() -> None:
        given = request.headers.get("X-Request-Id", "")
        g.request_id = given if REQUEST_ID.fullmatch(given) else str(uuid4())
        if request.is_json:
            must_be_json(request.get_data(cache=True))

    @app.after_request
    def finish(answer: Response) -> Response:
        answer.headers["X-Request-Id"] = g.get("request_id", "")
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        actor = g.get("actor")
        LOG.info(
            "request",
            method=request.method,
            endpoint=request.endpoint,
            status=answer.status_code,
            account=actor.account_id if actor else None,
        )
        return answer


def must_be_json(body: bytes) -> None:
    """Raise BadRequest for what is no JSON: too deep, of half characters, or broken off.

    Raises RequestEntityTooLarge for more than 4 MB: photos are no JSON.
    """
    if not body:
        return
    if len(body) > LONGEST_JSON:
        raise RequestEntityTooLarge
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest from error
