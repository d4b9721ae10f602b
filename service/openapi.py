"""The API's own description (OpenAPI 3.1) and its pages, which need no internet."""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import flask_swagger_ui
import orjson
from flask import Blueprint, Flask, Response, redirect, send_from_directory
from flask_smorest import Api
from marshmallow import Schema, fields
from werkzeug.wrappers import Response as AnyResponse

from service.accounts.access import ACCESS, PUBLIC

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
DIST = str(files(flask_swagger_ui) / "dist")
ASSETS = ("swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ABOUT = """
幼儿园安全与办园许可检查：检查表、取证、整改、销号。
Safety and licensing inspection of kindergartens: checklists, evidence, rectification, closure.

`POST /api/v1/login` gives a token; send it as `Authorization: Bearer …`. Things that change carry
a `revision`, also as `ETag`; a step names the one that it saw in `If-Match`. Errors are
`application/problem+json`, in Chinese or English by `Accept-Language`. Lists give `next`, the
`cursor` of the page after, also as a `Link` header.
"""


class FieldErrorSchema(Schema):
    field = fields.String(metadata={"example": "username"})
    message = fields.String(metadata={"example": "必填"})


class ProblemSchema(Schema):
    """RFC 9457."""

    type = fields.String(metadata={"example": "/problems/stale-revision"})
    title = fields.String(metadata={"example": "Precondition Failed"})
    status = fields.Integer(metadata={"example": 412})
    detail = fields.String(metadata={"example": "该记录已被他人修改，请重新读取后再试。"})
    request_id = fields.String()
    facts = fields.Dict()
    errors = fields.List(fields.Nested(FieldErrorSchema))


class HuyuanApi(Api):  # type: ignore[misc] # the library carries no types
    """Errors are answered by the catalogue of problems."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave them to `service.problems`."""

    @cached_property
    def document(self) -> bytes:
        """The description as it is served: it changes no more once the service stands."""
        return orjson.dumps(self.spec.to_dict())

    def _openapi_json(self) -> Response:
        return Response(self.document, mimetype="application/json")


SETTINGS: Mapping[str, Any] = {
    "API_TITLE": "护园 Huyuan",
    "API_VERSION": version("huyuan"),
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
    "API_SPEC_OPTIONS": {
        "info": {"description": ABOUT, "license": {"name": "Apache-2.0"}},
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    },
}

documentation = Blueprint(
    "documentation", __name__, url_prefix="/docs", static_folder=None, template_folder=None
)

PAGE = """<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>护园 Huyuan · API</title>
<link rel="icon" href="/docs/favicon-32x32.png"><link rel="stylesheet" href="/docs/swagger-ui.css">
<main id="api"></main>
<script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script>
</html>
"""
START = """"use strict";
SwaggerUIBundle({
  url: "/api/v1/openapi.json", dom_id: "#api", deepLinking: true, docExpansion: "none",
  defaultModelsExpandDepth: 0, persistAuthorization: false, validatorUrl: null,
});
"""


@documentation.get("/")
def page() -> Response:
    """The pages of the API's description."""
    return _with_policy(Response(PAGE, mimetype="text/html"))


@documentation.get("/<name>")
def asset(name: str) -> Response:
    """What the page needs."""
    if name == "start.js":
        return _with_policy(Response(START, mimetype="text/javascript"))
    return _with_policy(send_from_directory(DIST, name if name in ASSETS else "absent"))


def front() -> AnyResponse:
    """The first address leads to the description."""
    return redirect("/docs/")


def install(app: Flask) -> HuyuanApi:
    app.config.update(SETTINGS)
    app.register_blueprint(documentation)
    app.add_url_rule("/", "documentation.front", front)
    return HuyuanApi(app)


def describe_access(app: Flask, api: HuyuanApi) -> None:
    """Say at every operation which roles may call it, and which problems it may answer."""
    operations = {
        (PARAMETER.sub(r"{\1}", rule.rule), method.lower()): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, item in api.spec.to_dict()["paths"].items():
        for method, operation in item.items():
            endpoint = operations.get((path, method), "")
            if endpoint in PUBLIC:
                operation["security"] = []
            elif endpoint in ACCESS:
                roles = ", ".join(sorted(ACCESS[endpoint]))
                told = operation.get("description", "")
                operation["description"] = f"{told}\n\nRoles: {roles}".strip()


def describe_forms(api: HuyuanApi) -> None:
    """Say the fields of a form in its body, where OpenAPI 3 has them, beside the file."""
    described = api.spec.to_dict()
    for item in described["paths"].values():
        for operation in item.values():
            asked = operation.get("parameters", []) if isinstance(operation, dict) else []
            form = [each for each in asked if each["in"] == "formData"]
            if not form:
                continue
            operation["parameters"] = [each for each in asked if each["in"] != "formData"]
            body = operation["requestBody"]["content"]["multipart/form-data"]
            name = body["schema"]["$ref"].rsplit("/", 1)[1]
            file = described["components"]["schemas"][name]
            fields_told = {
                each["name"]: each["schema"]
                | ({"description": each["description"]} if "description" in each else {})
                for each in form
            }
            needed = [each["name"] for each in form if each["required"]]
            body["schema"] = {
                "type": "object",
                "properties": fields_told | file["properties"],
                "required": needed + file.get("required", []),
            }


def spell_patterns(node: Any) -> None:
    """Spell the ends of every pattern as ECMA-262 does, which JSON Schema and browsers read."""
    if isinstance(node, dict):
        if isinstance(node.get("pattern"), str):
            node["pattern"] = node["pattern"].replace(r"\A", "^").replace(r"\Z", "$")
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            spell_patterns(part)


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = CSP
    return response
