"""The one catalogue of problems: what each error is on the wire (RFC 9457)."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import orjson
import structlog
from flask import Flask, Response, g, request
from pymongo.errors import (
    AutoReconnect,
    ExecutionTimeout,
    NetworkTimeout,
    PyMongoError,
    ServerSelectionTimeoutError,
    WTimeoutError,
)
from werkzeug.exceptions import HTTPException, RequestedRangeNotSatisfiable

from checklists.catalogue import errors as catalogue
from checklists.decisions import errors as decisions
from checklists.generation import errors as checklists
from checklists.plans import errors as plans
from inspections.calendars import errors as calendars
from inspections.cases.dossiers import errors as dossiers
from inspections.cases.renaming import errors as renaming
from inspections.cases.tips import errors as tips
from inspections.cases.unlicensed import errors as unlicensed
from inspections.cases.veto import errors as veto
from inspections.draws import errors as draws
from inspections.drills import errors as drills
from inspections.kindergartens import errors as kindergartens
from inspections.ladder import errors as ladder
from inspections.rectification import errors as rectification
from inspections.recusals import errors as recusals
from inspections.statistics import errors as statistics
from inspections.stoppages import errors as stoppages
from inspections.supervision import errors as supervision
from inspections.visits import errors as visits
from media import refusals
from media.checkpoints import errors as checkpoints
from media.evidence import errors as evidence
from media.layers import errors as layers
from media.papers import errors as papers
from media.photos import errors as photos
from media.refusals import Refusal
from media.retention import errors as retention
from media.uploads import errors as uploads
from service.accounts import errors as accounts
from service.administration import errors as administration
from service.delivery import errors as delivery
from service.disk import DiskAlmostFull
from service.tables import errors as tables

LOG = structlog.get_logger("problems")

CATALOGUE: dict[type[Refusal], tuple[int, str]] = {
    refusals.NotFound: (404, "not-found"),
    refusals.NotPermitted: (403, "not-permitted"),
    refusals.StaleRevision: (412, "stale-revision"),
    refusals.RevisionMissing: (428, "revision-missing"),
    refusals.IdTaken: (409, "id-taken"),
    refusals.BadValue: (422, "bad-value"),
    catalogue.BadCatalogue: (500, "bad-catalogue"),
    catalogue.NoSuchControl: (404, "no-such-control"),
    plans.NotAPlanFile: (415, "not-a-plan-file"),
    plans.DamagedFile: (422, "plan-file-damaged"),
    plans.EncryptedFile: (422, "plan-file-encrypted"),
    plans.ScannedFile: (422, "plan-file-scanned"),
    plans.EmptyFile: (422, "plan-file-empty"),
    plans.FileTooLarge: (413, "plan-file-too-large"),
    plans.DatesMissing: (422, "plan-facts-missing"),
    plans.PackMismatch: (409, "plan-pack-mismatch"),
    decisions.NotDecidable: (422, "not-decidable"),
    checklists.StepNotAllowed: (409, "checklist-step-not-allowed"),
    checklists.OwnProposal: (403, "own-proposal"),
    checklists.NothingToPublish: (409, "nothing-to-publish"),
    photos.PhotoTooLarge: (413, "photo-too-large"),
    photos.KindNotAllowed: (415, "photo-kind-not-allowed"),
    photos.PhotoUnreadable: (422, "photo-unreadable"),
    photos.TooManyPixels: (422, "photo-too-many-pixels"),
    photos.PhotoBroken: (422, "photo-broken"),
    photos.PhotoTooCostly: (422, "photo-too-costly"),
    photos.DecoderUnavailable: (503, "photo-decoder-unavailable"),
    layers.BadMarks: (422, "bad-marks"),
    layers.LayerWithdrawn: (409, "layer-withdrawn"),
    rectification.ClockStands: (409, "clock-stands"),
    rectification.ClockStops: (409, "clock-runs"),
    rectification.RequestOpen: (409, "request-open"),
    rectification.NoRequest: (409, "no-request"),
    rectification.OwnRequest: (403, "own-request"),
    rectification.ExtensionTooLong: (422, "extension-too-long"),
    draws.BadDraw: (422, "bad-draw"),
    draws.TooFewOfficers: (422, "draw-too-few-officers"),
    draws.NotWhileDrawn: (409, "not-while-drawn"),
    draws.OwnDraw: (403, "own-draw"),
    rectification.LacksSignatures: (409, "lacks-signatures"),
    rectification.NotOfTheVisit: (403, "not-of-the-visit"),
    rectification.SignedAlready: (409, "signed-already"),
    rectification.BadObjection: (422, "bad-objection"),
    rectification.ObjectionOpen: (409, "objection-open"),
    rectification.NoObjection: (409, "no-objection"),
    ladder.MeasureStepNotAllowed: (409, "measure-step-not-allowed"),
    ladder.RecordLacks: (422, "record-lacks"),
    stoppages.StoppageStepNotAllowed: (409, "stoppage-step-not-allowed"),
    stoppages.NotAMajorHazard: (409, "not-a-major-hazard"),
    stoppages.NotAnOfficerThere: (403, "not-an-officer-there"),
    stoppages.ProofLacksPhoto: (422, "proof-lacks-photo"),
    stoppages.OwnStoppage: (403, "own-stoppage"),
    calendars.ImplausibleCalendar: (422, "implausible-calendar"),
    calendars.NotACalendar: (422, "not-a-calendar"),
    uploads.WrongProtocol: (412, "wrong-protocol"),
    uploads.WrongOffset: (409, "wrong-offset"),
    uploads.WrongChecksum: (460, "wrong-checksum"),
    uploads.NotPieces: (415, "not-pieces"),
    uploads.BadUpload: (400, "bad-upload"),
    uploads.UploadTooLarge: (413, "upload-too-large"),
    uploads.TooManyUploads: (429, "too-many-uploads"),
    uploads.UploadNotWhole: (409, "upload-not-whole"),
    uploads.NotWhatWasDeclared: (422, "not-what-was-declared"),
    retention.CaseHeld: (409, "case-held"),
    retention.CaseOpen: (409, "case-open"),
    retention.NotDue: (409, "not-due"),
    retention.NotOneCase: (422, "not-one-case"),
    retention.DecidedAlready: (409, "decided-already"),
    retention.HoldReleased: (409, "hold-released"),
    evidence.EvidenceDeleted: (410, "evidence-deleted"),
    evidence.HashMismatch: (422, "hash-mismatch"),
    evidence.QuotaReached: (429, "quota-reached"),
    evidence.EvidenceDamaged: (409, "evidence-damaged"),
    visits.StepNotAllowed: (409, "inspection-step-not-allowed"),
    visits.TooFewOfficers: (422, "too-few-officers"),
    visits.NotAnOfficer: (422, "not-an-officer"),
    visits.NotYourInspection: (403, "not-your-inspection"),
    visits.OwnInspection: (403, "own-inspection"),
    visits.NoChecklist: (409, "no-checklist"),
    visits.WrongAnswer: (422, "wrong-answer"),
    visits.NotComplete: (409, "inspection-not-complete"),
    visits.SignatureIncomplete: (422, "signature-incomplete"),
    rectification.StepNotAllowed: (409, "notice-step-not-allowed"),
    rectification.NoBasis: (422, "no-basis"),
    rectification.VetoIsACase: (422, "veto-is-a-case"),
    rectification.FindingsNotFree: (409, "findings-not-free"),
    rectification.OwnDraft: (403, "own-draft"),
    rectification.MadeAVisit: (403, "made-a-visit"),
    rectification.BadService: (422, "bad-service"),
    rectification.BadResponse: (422, "bad-response"),
    rectification.NotTheReinspection: (409, "not-the-reinspection"),
    veto.StepNotAllowed: (409, "veto-step-not-allowed"),
    veto.Barred: (403, "barred-from-deciding"),
    unlicensed.ChildrenNotCounted: (422, "children-not-counted"),
    unlicensed.BadBan: (422, "bad-ban"),
    visits.NotYourItem: (403, "not-your-item"),
    visits.OfficerRecused: (409, "officer-recused"),
    visits.SameOfficersAgain: (409, "same-officers-again"),
    visits.TooManyVisits: (409, "too-many-visits"),
    recusals.OwnRecusal: (403, "own-recusal"),
    recusals.RecusalEnded: (409, "recusal-ended"),
    drills.BadDrill: (422, "bad-drill"),
    drills.PlatformSilent: (502, "platform-silent"),
    drills.NoPlatform: (409, "no-platform"),
    statistics.BadPeriod: (422, "bad-period"),
    statistics.NoSuchMeasure: (404, "no-such-measure"),
    statistics.BulletinPublished: (409, "bulletin-published"),
    statistics.OwnBulletin: (403, "own-bulletin"),
    delivery.RobotHasItsOwn: (409, "robot-has-its-own"),
    renaming.PhotosMissing: (422, "photos-missing"),
    dossiers.DossierStepNotAllowed: (409, "dossier-step-not-allowed"),
    dossiers.OwnDossier: (403, "own-dossier"),
    dossiers.StillAtWork: (409, "still-at-work"),
    dossiers.BadDossier: (422, "bad-dossier"),
    tips.TipHandled: (409, "tip-handled"),
    tips.TipLacksPlace: (422, "tip-lacks-place"),
    veto.ConsequenceLacks: (422, "consequence-lacks"),
    veto.NobodyTold: (409, "nobody-told"),
    veto.NotAVetoItem: (422, "not-a-veto-item"),
    veto.CannotBeNamed: (422, "cannot-be-named"),
    unlicensed.StepNotAllowed: (409, "site-step-not-allowed"),
    unlicensed.SightingTaken: (409, "sighting-taken"),
    unlicensed.OwnStep: (403, "own-step"),
    unlicensed.NotLicensed: (422, "not-licensed"),
    unlicensed.PhotoMissing: (409, "photo-missing"),
    renaming.StepNotAllowed: (409, "renaming-step-not-allowed"),
    renaming.NothingFound: (409, "name-not-in-breach"),
    renaming.CaseOpen: (409, "renaming-case-open"),
    renaming.SecondPerson: (403, "renaming-second-person"),
    renaming.NameStillWrong: (422, "new-name-in-breach"),
    renaming.WordingDiffers: (422, "wording-differs"),
    supervision.ReviewStepNotAllowed: (409, "annual-review-step-not-allowed"),
    supervision.OwnReviewProposal: (403, "own-review-proposal"),
    supervision.VetoStands: (409, "veto-stands"),
    kindergartens.CodeTaken: (409, "kindergarten-code-taken"),
    kindergartens.NothingToMove: (409, "nothing-to-move"),
    tables.TableTooLarge: (413, "table-too-large"),
    tables.NotATable: (415, "not-a-table"),
    tables.TableDamaged: (422, "table-damaged"),
    tables.HeadingsWrong: (422, "table-headings-wrong"),
    tables.StepNotAllowed: (409, "import-step-not-allowed"),
    tables.BadRows: (409, "import-has-bad-rows"),
    tables.RowsChanged: (412, "import-rows-changed"),
    tables.TooLargeForDatabase: (409, "import-too-large-for-database"),
    tables.WorkFailed: (409, "import-failed"),
    checkpoints.NoSigningKey: (503, "no-signing-key"),
    checkpoints.KeyExists: (409, "signing-key-exists"),
    papers.PrintingUnavailable: (503, "printing-unavailable"),
    DiskAlmostFull: (507, "disk-almost-full"),
    delivery.AddressRefused: (422, "address-refused"),
    delivery.StepNotAllowed: (409, "delivery-step-not-allowed"),
    accounts.NotAuthenticated: (401, "not-authenticated"),
    accounts.WrongCredentials: (401, "wrong-credentials"),
    accounts.TooManyAttempts: (429, "too-many-attempts"),
    accounts.WeakPassword: (422, "weak-password"),
    administration.UsernameTaken: (409, "username-taken"),
    administration.RolesClash: (422, "roles-clash"),
    accounts.InvitationInvalid: (401, "invitation-invalid"),
    administration.OpenWork: (409, "open-work"),
    administration.StepNotAllowed: (409, "account-step-not-allowed"),
}

PLAIN: dict[int, tuple[str, str, str]] = {
    400: ("malformed", "请求格式有误，请检查后重试。", "The request is malformed. Check it."),
    404: ("no-such-address", "没有这个地址，请查阅 /docs。", "No such address. See /docs."),
    405: ("method-not-allowed", "此地址不支持该方法。", "The address has no such method."),
    413: ("too-large", "请求过大：照片最大 25 MB。", "Too large: a photo has 25 MB at most."),
    415: ("media-type", "不支持此内容类型。", "This content type is not supported."),
    416: ("range", "请求的字节范围超出文件。", "The range lies beyond the file's bytes."),
    422: ("invalid", "请求中有字段不符合要求。", "Fields of the request are not acceptable."),
    500: ("fault", "服务出错，已记录，请稍后重试。", "A fault of the service; it is on record."),
    503: ("unavailable", "数据库暂时不可用，请稍后重试。", "The database is away. Try again soon."),
}
"""What has no class of ours: slug, Chinese, English."""

NOT_IN_HTTP = {460: "Checksum Mismatch"}
"""A status of the tus protocol."""

UNAVAILABLE = (
    AutoReconnect,
    ServerSelectionTimeoutError,
    NetworkTimeout,
    ExecutionTimeout,
    WTimeoutError,
)

IN_CHINESE: tuple[tuple[str, str], ...] = (
    (r"Missing data for required field", "必填"),
    (r"Unknown field", "未知字段"),
    (r"Field may not be null", "不能为空值"),
    (r"Not a valid (string|UUID)", "应为文本（或 UUID）"),
    (r"Not a valid (integer|number|float)", "应为数字"),
    (r"Not a valid boolean", "应为 true 或 false"),
    (r"Not a valid (aware )?datetime", "应为带时区的 RFC 3339 时间"),
    (r"Not a valid date", "应为日期，例如 2026-03-01"),
    (r"Not a valid list", "应为列表"),
    (r"Not a valid mapping|Invalid input type", "应为对象"),
    (r"Must be one of: (?P<rest>.*)\.", "应为以下之一：{rest}"),
    (r"(Longer|Shorter) than|Length must be", "长度不符合要求"),
    (r"Must be (greater|less)", "超出允许范围"),
    (r"blank, or holds control", "不得为空白，也不得含控制字符"),
    (r"String does not match|Invalid value", "格式不符合要求"),
)


def install(app: Flask) -> None:
    """Have every error leave as `application/problem+json`, in the language asked for."""
    app.register_error_handler(Refusal, answer_refusal)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(PyMongoError, answer_database)
    app.register_error_handler(Exception, answer_fault)


def language() -> str:
    """Return `en` where English is preferred over Chinese, else `zh`."""
    best = request.accept_languages.best_match(["zh-CN", "zh", "en"], default="zh")
    return "en" if best == "en" else "zh"


def problem(
    status: int,
    slug: str,
    detail: str,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    body = {
        "type": f"/problems/{slug}",
        "title": NOT_IN_HTTP.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": g.get("request_id"),
        **more,
    }
    answer = Response(orjson.dumps(body, default=str), status, mimetype="application/problem+json")
    answer.headers.update(headers or {})
    answer.headers["Content-Language"] = "zh-CN" if language() == "zh" else "en"
    return answer


def answer_refusal(refusal: Refusal) -> Response:
    status, slug = CATALOGUE[type(refusal)]
    plain = {
        name: fact
        for name, fact in refusal.facts.items()
        if isinstance(fact, (str, int, float, list, dict))
    }
    headers = {}
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after" in plain:
        headers["Retry-After"] = str(plain["retry_after"])
    return problem(status, slug, refusal.sentence(language()), headers, facts=plain)


def answer_http(error: HTTPException) -> Response:
    status = error.code or 500
    slug, zh, en = PLAIN.get(status, PLAIN[400 if status < 500 else 500])
    headers = {}
    methods = getattr(error, "valid_methods", None)
    if methods:
        headers["Allow"] = ", ".join(sorted(methods))
    if isinstance(error, RequestedRangeNotSatisfiable):
        headers["Content-Range"] = f"{error.units} */{error.length}"
    more: dict[str, Any] = {}
    messages = (getattr(error, "data", None) or {}).get("messages")
    if messages:
        more["errors"] = list(field_by_field(messages, language()))
    return problem(status, slug, zh if language() == "zh" else en, headers, **more)


def answer_database(error: PyMongoError) -> Response:
    if not isinstance(error, UNAVAILABLE) and not error.timeout:
        return answer_fault(error)
    LOG.warning("database away", kind=type(error).__name__)
    slug, zh, en = PLAIN[503]
    return problem(503, slug, zh if language() == "zh" else en, {"Retry-After": "2"})


def answer_fault(error: Exception) -> Response:
    LOG.error("fault", kind=type(error).__name__, exc_info=error)
    slug, zh, en = PLAIN[500]
    return problem(500, slug, zh if language() == "zh" else en)


def field_by_field(messages: Any, tongue: str, path: str = "") -> Iterator[dict[str, str]]:
    """Yield `{field, message}` for each message of a marshmallow report, depth first."""
    if isinstance(messages, Mapping):
        for name, below in messages.items():
            place = "json" if name in ("json", "query", "form", "files", "headers") else ""
            step = path if place and not path else f"{path}.{name}".lstrip(".")
            yield from field_by_field(below, tongue, step)
    else:
        for message in messages if isinstance(messages, list) else [messages]:
            yield {"field": path, "message": translate(str(message), tongue)}


def translate(message: str, tongue: str) -> str:
    if tongue == "en":
        return message
    for pattern, chinese in IN_CHINESE:
        match = re.search(pattern, message)
        if match:
            return chinese.format_map(match.groupdict())
    return f"不符合要求（{message}）"
