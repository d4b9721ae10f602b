"""F22: who may call what, and what each may reach, from a table written apart from the code."""

import re
from uuid import uuid4

import pytest

from tests.access_world import callers, send_names, send_photo, send_table, tell, today

TABLE = """
endpoint                          nobody admin inspector supervisor director director2 inspector3 supervisor3 far
health.health                     +      +     +         +          +        +         +          +           +
health.ready                      +      +     +         +          +        +         +          +           +
metrics.metrics                   n      n     n         n          n        n         n          n           n
documentation.front               +      +     +         +          +        +         +          +           +
documentation.page                +      +     +         +          +        +         +          +           +
documentation.asset               +      +     +         +          +        +         +          +           +
api-docs.openapi_json             +      +     +         +          +        +         +          +           +
accounts.log_in                   +      +     +         +          +        +         +          +           +
accounts.log_out                  u      +     +         +          +        +         +          +           +
accounts.myself                   u      +     +         +          +        +         +          +           +
accounts.change_password          u      +     +         +          +        +         +          +           +
accounts.list_my_sessions         u      +     +         +          +        +         +          +           +
accounts.end_my_session           u      n     n         n          n        n         n          n           n
administration.list_sessions      u      +     f         f          f        f         f          f           f
administration.list_accounts      u      +     f         f          f        f         f          f           f
administration.add_account        u      +     f         f          f        f         f          f           f
administration.take_account_step  u      +     f         f          f        f         f          f           f
administration.get_account        u      +     f         f          f        f         f          f           f
administration.change_account     u      +     f         f          f        f         f          f           f
administration.get_account_history u      +     f         f          f        f         f          f           f
administration.list_reset_requests u      +     f         f          f        f         f          f           f
administration.list_access        u      +     f         f          f        f         f          f           f
administration.end_session        u      n     f         f          f        f         f          f           f
accounts.accept_invitation        +      +     +         +          +        +         +          +           +
accounts.ask_for_reset            +      +     +         +          +        +         +          +           +
regions.list_regions              u      +     +         +          +        +         +          +           +
regions.add_region                u      f     f         f          f        f         f          f           f
regions.list_changes              u      +     +         +          f        f         +          +           +
regions.record_change             u      f     f         f          f        f         f          f           f
regions.withdraw_change           u      n     f         f          f        f         f          f           f
tables.get_template               u      +     f         +          f        f         f          +           +
tables.take_in                    u      +     f         +          f        f         f          +           +
tables.list_imports               u      +     f         +          f        f         f          +           +
tables.get_import                 u      n     f         +          f        f         f          n           n
tables.list_rows                  u      n     f         +          f        f         f          n           n
tables.get_bad_rows               u      n     f         +          f        f         f          n           n
tables.take_import_step           u      n     f         +          f        f         f          n           n
tables.export_kindergartens       u      +     f         +          f        f         f          +           +
tables.export_accounts            u      +     f         f          f        f         f          f           f
kindergartens.move_kindergartens  u      f     f         f          f        f         f          f           f
plans.list_plans                  u      +     +         +          +        +         +          +           +
plans.get_plan                    u      +     +         +          +        +         +          +           +
plans.upload_plan                 u      f     f         f          f        f         f          f           f
plans.record_continuation         u      f     f         f          f        f         f          f           f
editions.get_changes              u      n     n         n          f        f         n          n           n
amendments.get_work_of_plan       u      f     n         n          f        f         n          n           n
amendments.get_work_of_checklist  u      f     +         +          f        f         n          n           n
decisions.list_unmatched          u      +     +         +          f        f         +          +           n
decisions.list_decisions          u      +     +         +          f        f         +          +           +
decisions.decide                  u      f     f         +          f        f         f          f           f
decisions.get_decision            u      +     +         +          f        f         n          n           n
decisions.get_history             u      +     +         +          f        f         n          n           n
decisions.withdraw                u      f     f         +          f        f         f          n           n
local.list_local_items            u      +     +         +          f        f         +          +           +
local.add_local_item              u      f     f         +          f        f         f          f           f
local.get_local_item              u      +     +         +          f        f         n          n           n
local.take_step                   u      f     f         +          f        f         f          n           n
checklists.list_checklists        u      +     +         +          +        +         +          +           +
checklists.get_checklist          u      +     +         +          +        +         +          +           +
checklists.get_draft              u      +     +         +          n        n         n          n           n
checklists.get_in_force           u      +     +         +          +        +         +          +           +
checklists.compare                u      +     +         +          f        f         n          n           n
checklists.propose                u      +     f         +          f        f         f          f           f
checklists.take_step              u      +     f         +          f        f         f          n           n
naming.check_names                u      +     +         +          f        f         +          +           +
naming.compare_wording            u      +     +         +          f        f         +          +           +
name_tables.check_file            u      +     +         +          f        f         +          +           +
name_tables.export_run            u      n     f         +          f        f         f          n           n
namechecks.start_run              u      +     f         +          f        f         f          +           +
namechecks.list_runs              u      +     f         +          f        f         f          +           +
namechecks.get_run                u      n     f         +          f        f         f          n           n
namechecks.list_hits              u      n     f         +          f        f         f          n           n
renaming.open_case                u      f     +         +          f        f         n          n           n
renaming.list_cases               u      f     +         +          +        +         +          +           +
renaming.get_case                 u      f     +         +          +        n         n          n           n
renaming.answer                   u      f     f         f          +        n         f          f           f
renaming.take_renaming_step       u      f     +         +          f        f         n          n           n
renaming.get_renaming_history     u      f     +         +          f        f         n          n           n
kindergartens.add_kindergarten    u      +     f         +          f        f         f          f           f
kindergartens.change_kindergarten u      +     f         +          f        f         f          n           n
kindergartens.list_kindergartens  u      +     +         +          +        +         +          +           +
kindergartens.list_near           u      +     +         +          f        f         +          +           +
kindergartens.get_kindergarten    u      +     +         +          +        n         n          n           n
visits.plan_inspection            u      f     +         +          f        f         n          n           n
visits.list_inspections           u      f     +         +          f        f         +          +           +
visits.get_inspection             u      f     +         +          f        f         n          n           n
visits.get_items                  u      f     +         +          f        f         n          n           n
visits.answer                     u      f     +         f          f        f         n          n           n
visits.sign                       u      f     +         f          f        f         n          n           n
visits.take_step                  u      f     +         f          f        f         n          n           n
visits.review                     u      f     f         +          f        f         n          n           n
visits.add_photo                  u      f     +         f          f        f         n          n           n
visits.get_history                u      f     +         +          f        f         n          n           n
findings.list_findings            u      f     +         +          f        f         +          +           +
evidence.get_evidence             u      f     +         +          +        n         n          n           n
evidence.get_derivative           u      f     +         +          +        n         n          n           n
evidence.get_hidden_derivative    u      f     +         +          n        n         n          n           n
evidence.get_original             u      f     +         +          f        f         n          n           n
delivery.add_receiver             u      +     f         f          f        f         f          f           f
delivery.list_receivers           u      +     f         f          f        f         f          f           f
delivery.get_receiver             u      +     f         f          f        f         f          f           f
delivery.change_receiver          u      +     f         f          f        f         f          f           f
delivery.rotate_receiver          u      +     f         f          f        f         f          f           f
delivery.list_deliveries          u      +     f         f          f        f         f          f           f
delivery.retry_delivery           u      +     f         f          f        f         f          f           f
delivery.remove_receiver          u      +     f         f          f        f         f          f           f
messages.list_messages            u      +     +         +          +        +         +          +           +
messages.read_message             u      n     +         n          n        n         n          n           n
unlicensed.add_sighting           u      f     +         +          f        f         f          f           f
unlicensed.list_sightings         u      f     +         +          f        f         +          +           +
unlicensed.get_sighting           u      f     +         +          f        f         n          n           n
unlicensed.add_photo              u      f     +         +          f        f         n          n           n
unlicensed.list_matches           u      f     +         +          f        f         n          n           n
unlicensed.open_site              u      f     +         +          f        f         n          n           n
unlicensed.list_sites             u      f     +         +          f        f         +          +           +
unlicensed.get_site               u      f     +         +          f        f         n          n           n
unlicensed.list_site_sightings    u      f     +         +          f        f         n          n           n
unlicensed.join_sightings         u      f     +         +          f        f         n          n           n
unlicensed.take_site_step         u      f     +         +          f        f         n          n           n
unlicensed.get_site_history       u      f     +         +          f        f         n          n           n
queues.list_queues                u      +     +         +          +        +         +          +           +
queues.get_queue                  u      n     +         +          n        n         +          +           +
veto.list_cases                   u      f     +         +          f        f         +          +           +
veto.get_case                     u      f     +         n          f        f         n          n           n
veto.get_case_history             u      f     +         n          f        f         n          n           n
veto.name_account                 u      f     +         n          f        f         n          n           n
veto.recuse                       u      f     +         n          f        f         n          n           n
veto.add_statement                u      f     +         n          f        f         n          n           n
veto.add_photo                    u      f     +         n          f        f         n          n           n
veto.decide                       u      f     f         n          f        f         f          n           n
veto.open_review                  u      f     f         n          f        f         f          n           n
evidence.get_sealed_evidence      u      f     +         n          n        n         n          n           n
supervision.get_review            u      f     +         +          +        n         n          n           n
supervision.propose_review        u      f     f         +          f        f         f          n           n
supervision.decide_review         u      f     f         +          f        f         f          n           n
rectification.draft               u      f     +         +          f        f         n          n           n
rectification.list_notices        u      f     +         +          +        +         +          +           +
rectification.get_notice          u      f     +         +          +        n         n          n           n
rectification.issue               u      f     f         +          f        f         f          n           n
rectification.withdraw            u      f     f         +          f        f         f          n           n
rectification.serve               u      f     +         +          f        f         n          n           n
rectification.acknowledge         u      f     f         f          +        n         f          f           f
rectification.add_photo           u      f     f         f          +        n         f          f           f
rectification.respond             u      f     f         f          +        n         f          f           f
rectification.plan_reinspection   u      f     +         +          f        f         n          n           n
rectification.count_reinspection  u      f     +         +          f        f         n          n           n
rectification.close               u      f     f         +          f        f         f          n           n
rectification.reopen              u      f     f         +          f        f         f          n           n
"""  # noqa: E501 - a table is read across
"""`+` allowed: an answer, or a refusal of the state or the content. `u` 401, `f` 403, `n` 404."""

HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(row[0], who, mark) for row in LINES for who, mark in zip(HEAD[1:], row[1:], strict=True)]
ALIASES = {
    "checklists.get_draft": "checklists.get_checklist",
    "visits.review": "visits.take_step",
    "evidence.get_hidden_derivative": "evidence.get_derivative",
    "evidence.get_sealed_evidence": "evidence.get_evidence",
}
"""Rows that ask the same endpoint for another thing."""

STATUS = {"u": {401}, "f": {403}, "n": {404}, "+": {200, 201, 202, 204, 302, 409, 412, 422, 428}}
STALE = 999
ENDING = ("accounts.log_out",)
"""What ends the session that asks: it is asked from one of its own."""

REQUESTS = {
    "health.health": ("GET", "/health", None),
    "health.ready": ("GET", "/ready", None),
    "metrics.metrics": ("GET", "/metrics", None),
    "documentation.front": ("GET", "/", None),
    "documentation.page": ("GET", "/docs/", None),
    "documentation.asset": ("GET", "/docs/swagger-ui.css", None),
    "api-docs.openapi_json": ("GET", "/api/v1/openapi.json", None),
    "accounts.log_in": ("POST", "login", {"username": 7}),
    "accounts.log_out": ("POST", "logout", None),
    "accounts.myself": ("GET", "me", None),
    "accounts.change_password": ("POST", "me/password", {"old": "x"}),
    "accounts.list_my_sessions": ("GET", "me/sessions", None),
    "accounts.end_my_session": ("DELETE", "me/sessions/of-somebody-else", None),
    "administration.list_sessions": ("GET", "accounts/{account}/sessions", None),
    "administration.list_accounts": ("GET", "accounts", None),
    "administration.add_account": (
        "POST",
        "accounts",
        {
            "username": "{fresh}",
            "name": "某人",
            "unit": "某单位",
            "roles": ["inspector"],
            "regions": ["990102"],
        },
    ),
    "administration.take_account_step": (
        "POST",
        "accounts/{account}/steps",
        {"step": "end_sessions", "why": "x"},
    ),
    "administration.get_account": ("GET", "accounts/{account}", None),
    "administration.change_account": ("PATCH", "accounts/{account}", {"why": "x"}),
    "administration.get_account_history": ("GET", "accounts/{account}/history", None),
    "administration.list_reset_requests": ("GET", "password-resets", None),
    "administration.list_access": ("GET", "access", None),
    "administration.end_session": (
        "POST",
        "accounts/of-nobody/sessions/none/end",
        {"why": "x"},
    ),
    "accounts.accept_invitation": ("POST", "invitations/acceptance", {"code": "x"}),
    "accounts.ask_for_reset": ("POST", "password-resets", {"username": "somebody"}),
    "regions.list_regions": ("GET", "regions?prefix=9901", None),
    "regions.add_region": (
        "POST",
        "regions",
        {
            "code": "990200",
            "name": "演示新市（虚构）",
            "valid_from": "2026-01-01",
            "document": "x",
            "reason": "x",
        },
    ),
    "regions.list_changes": ("GET", "region-changes", None),
    "regions.record_change": (
        "POST",
        "region-changes",
        {
            "code": "990103",
            "ends_on": "2026-01-01",
            "successors": ["990102"],
            "document": "x",
            "reason": "x",
        },
    ),
    "regions.withdraw_change": ("POST", "region-changes/990103/withdrawal", {"why": "x"}),
    "tables.get_template": ("GET", "imports/template?kind=kindergartens", None),
    "tables.take_in": ("TABLE", "imports", None),
    "tables.list_imports": ("GET", "imports", None),
    "tables.get_import": ("GET", "imports/{import}", None),
    "tables.list_rows": ("GET", "imports/{import}/rows", None),
    "tables.get_bad_rows": ("GET", "imports/{import}/bad-rows", None),
    "tables.take_import_step": ("POST", "imports/{import}/steps", {"step": "discard"}),
    "tables.export_kindergartens": ("GET", "exports/kindergartens", None),
    "tables.export_accounts": ("GET", "exports/accounts", None),
    "kindergartens.move_kindergartens": (
        "POST",
        "kindergartens/moves",
        {"region": "990103", "to": "990102", "why": "x"},
    ),
    "plans.list_plans": ("GET", "plans", None),
    "plans.get_plan": ("GET", "plans/{plan}", None),
    "plans.upload_plan": ("POST", "plans?region=430300", "第一条 幼儿园应当设置门卫。"),
    "plans.record_continuation": (
        "POST",
        "plans/{plan}/continuations",
        {"number": "演教〔2026〕1号", "decided_on": "2026-01-02", "reason": "继续执行"},
    ),
    "editions.get_changes": ("GET", "plans/{plan}/changes", None),
    "amendments.get_work_of_plan": ("GET", "plans/{plan}/changes/open-work", None),
    "amendments.get_work_of_checklist": (
        "GET",
        "checklists/{checklist}/differences/{draft}/open-work",
        None,
    ),
    "decisions.list_unmatched": ("GET", "plans/{plan}/unmatched", None),
    "decisions.list_decisions": ("GET", "decisions", None),
    "decisions.decide": (
        "POST",
        "decisions",
        {
            "region": "990102",
            "control": "camera-linkage",
            "choice": "set_aside",
            "reason": "x",
        },
    ),
    "decisions.get_decision": ("GET", "decisions/{decision}", None),
    "decisions.get_history": ("GET", "decisions/{decision}/history", None),
    "decisions.withdraw": ("POST", "decisions/{decision}/withdrawal", {"why": "x"}),
    "local.list_local_items": ("GET", "local-items", None),
    "local.add_local_item": (
        "POST",
        "local-items",
        {
            "region": "990102",
            "item": {
                "title": "x",
                "title_en": "x",
                "how": "x",
                "family": "physical",
                "place": "yard",
            },
            "reason": "x",
            "basis": "x",
            "valid_from": "2099-01-01",
        },
    ),
    "local.get_local_item": ("GET", "local-items/{local_item}", None),
    "local.take_step": (
        "POST",
        "local-items/{local_item}/steps",
        {"step": "withdraw", "why": "x"},
    ),
    "checklists.list_checklists": ("GET", "checklists", None),
    "checklists.get_checklist": ("GET", "checklists/{checklist}", None),
    "checklists.get_draft": ("GET", "checklists/{draft}", None),
    "checklists.get_in_force": ("GET", "checklists/in-force?region=990102&on={today}", None),
    "checklists.compare": ("GET", "checklists/{checklist}/differences/{draft}", None),
    "checklists.propose": (
        "POST",
        "checklists",
        {"region": "990102", "subject": "kindergarten", "on": "{today}"},
    ),
    "checklists.take_step": ("POST", "checklists/{draft}/steps", {"step": "publish"}),
    "naming.compare_wording": (
        "POST",
        "names/wording",
        {"approved": "春芽幼儿园", "carriers": [{"carrier": "园牌", "words": "春芽幼儿园"}]},
    ),
    "name_tables.check_file": ("NAMES", "names/check-file", None),
    "name_tables.export_run": ("GET", "exports/name-runs/{name_run}", None),
    "namechecks.start_run": ("POST", "name-runs", {}),
    "namechecks.list_runs": ("GET", "name-runs", None),
    "namechecks.get_run": ("GET", "name-runs/{name_run}", None),
    "namechecks.list_hits": ("GET", "name-runs/{name_run}/hits", None),
    "renaming.open_case": (
        "POST",
        "renaming-cases",
        {"kindergarten_id": "{kindergarten}", "why": "x"},
    ),
    "renaming.list_cases": ("GET", "renaming-cases", None),
    "renaming.get_case": ("GET", "renaming-cases/{renaming}", None),
    "renaming.answer": ("POST", "renaming-cases/{renaming}/answers", {"why": "x"}),
    "renaming.take_renaming_step": (
        "POST",
        "renaming-cases/{renaming}/steps",
        {"step": "tell", "why": "x"},
    ),
    "renaming.get_renaming_history": ("GET", "renaming-cases/{renaming}/history", None),
    "naming.check_names": ("POST", "names/check", {"names": [{"name": "春芽幼儿园"}]}),
    "kindergartens.add_kindergarten": (
        "POST",
        "kindergartens",
        {"name": "春芽幼儿园", "nature": "public", "region": "990102", "address": "x"},
    ),
    "kindergartens.change_kindergarten": (
        "PATCH",
        "kindergartens/{kindergarten}",
        {"why": "x", "headcount": 1},
    ),
    "kindergartens.list_kindergartens": ("GET", "kindergartens", None),
    "kindergartens.list_near": ("GET", "kindergartens/near?lon=116.39&lat=39.9&datum=WGS-84", None),
    "kindergartens.get_kindergarten": ("GET", "kindergartens/{kindergarten}", None),
    "visits.plan_inspection": (
        "POST",
        "inspections",
        {
            "kindergarten_id": "{kindergarten}",
            "officers": ["{officer}", "{officer2}"],
            "planned_for": "{today}",
        },
    ),
    "visits.list_inspections": ("GET", "inspections", None),
    "visits.get_inspection": ("GET", "inspections/{inspection}", None),
    "visits.get_items": ("GET", "inspections/{inspection}/items", None),
    "visits.answer": (
        "POST",
        "inspections/{inspection}/answers",
        {"answers": [{"item_id": "x", "result": "met"}]},
    ),
    "visits.sign": (
        "POST",
        "inspections/{inspection}/signature",
        {"kind": "signed", "signer": "x"},
    ),
    "visits.take_step": ("POST", "inspections/{inspection}/steps", {"step": "submit"}),
    "visits.review": ("POST", "inspections/{inspection}/steps", {"step": "return", "why": "x"}),
    "visits.add_photo": ("PHOTO", "inspections/{inspection}/photos", None),
    "visits.get_history": ("GET", "cases/{case}/history", None),
    "findings.list_findings": ("GET", "findings", None),
    "evidence.get_evidence": ("GET", "evidence/{evidence}", None),
    "evidence.get_derivative": ("GET", "evidence/{evidence}/derivatives/320", None),
    "evidence.get_hidden_derivative": ("GET", "evidence/{hidden}/derivatives/320", None),
    "evidence.get_original": ("GET", "evidence/{evidence}/original?reason=review", None),
    "delivery.add_receiver": (
        "POST",
        "receivers",
        {"url": "http://127.0.0.1/", "regions": ["990102"]},
    ),
    "delivery.list_receivers": ("GET", "receivers", None),
    "delivery.get_receiver": ("GET", "receivers/{receiver}", None),
    "delivery.change_receiver": ("PATCH", "receivers/{receiver}", {"why": "x", "active": True}),
    "delivery.rotate_receiver": ("POST", "receivers/{receiver}/rotation", {"why": "x"}),
    "delivery.remove_receiver": ("DELETE", "receivers/{receiver}", None),
    "delivery.list_deliveries": ("GET", "deliveries", None),
    "delivery.retry_delivery": ("POST", "deliveries/{delivery}/retry", None),
    "messages.list_messages": ("GET", "messages", None),
    "messages.read_message": ("POST", "messages/{message}/read", None),
    "evidence.get_sealed_evidence": ("GET", "evidence/{sealed}", None),
    "unlicensed.add_sighting": (
        "POST",
        "sightings",
        {
            "region": "990102",
            "note": "x",
            "place": {"lon": 116.5, "lat": 39.9, "datum": "WGS-84"},
        },
    ),
    "unlicensed.list_sightings": ("GET", "sightings", None),
    "unlicensed.get_sighting": ("GET", "sightings/{sighting}", None),
    "unlicensed.add_photo": ("PHOTO", "sightings/{sighting}/photos", None),
    "unlicensed.list_matches": ("GET", "sightings/{sighting}/matches", None),
    "unlicensed.open_site": (
        "POST",
        "unlicensed-sites",
        {"sighting_ids": ["{sighting}"], "address": "x"},
    ),
    "unlicensed.list_sites": ("GET", "unlicensed-sites", None),
    "unlicensed.get_site": ("GET", "unlicensed-sites/{site}", None),
    "unlicensed.list_site_sightings": ("GET", "unlicensed-sites/{site}/sightings", None),
    "unlicensed.join_sightings": (
        "POST",
        "unlicensed-sites/{site}/sightings",
        {"sighting_ids": ["{sighting}"]},
    ),
    "unlicensed.take_site_step": (
        "POST",
        "unlicensed-sites/{site}/steps",
        {"step": "verify", "why": "x"},
    ),
    "unlicensed.get_site_history": ("GET", "unlicensed-sites/{site}/history", None),
    "queues.list_queues": ("GET", "queues", None),
    "queues.get_queue": ("GET", "queues/to_verify", None),
    "veto.list_cases": ("GET", "veto-cases", None),
    "veto.get_case": ("GET", "veto-cases/{veto}", None),
    "veto.get_case_history": ("GET", "veto-cases/{veto}/history", None),
    "veto.name_account": (
        "POST",
        "veto-cases/{veto}/names",
        {"account_id": "{officer}", "why": "x"},
    ),
    "veto.recuse": ("POST", "veto-cases/{veto}/recusals", {"why": "x"}),
    "veto.add_statement": ("POST", "veto-cases/{veto}/statements", {"note": "x"}),
    "veto.add_photo": ("PHOTO", "veto-cases/{veto}/photos", None),
    "veto.decide": ("POST", "veto-cases/{veto}/decisions", {"verdict": "upheld", "why": "x"}),
    "veto.open_review": ("POST", "veto-cases/{veto}/reviews", {"why": "x"}),
    "supervision.get_review": ("GET", "kindergartens/{kindergarten}/annual-reviews/2026", None),
    "supervision.propose_review": (
        "POST",
        "kindergartens/{kindergarten}/annual-reviews/2026/proposal",
        {"grade": "passed", "why": "x"},
    ),
    "supervision.decide_review": (
        "POST",
        "kindergartens/{kindergarten}/annual-reviews/2026/decision",
        None,
    ),
    "rectification.draft": (
        "POST",
        "notices",
        {"finding_ids": ["{finding}"], "paper": "order", "days": 5},
    ),
    "rectification.list_notices": ("GET", "notices", None),
    "rectification.get_notice": ("GET", "notices/{notice}", None),
    "rectification.issue": ("POST", "notices/{notice}/issue", None),
    "rectification.withdraw": ("POST", "notices/{notice}/withdrawal", {"why": "x"}),
    "rectification.serve": (
        "POST",
        "notices/{notice}/service",
        {"way": "in_person", "receiver": "x", "served_at": "2026-03-02T10:00:00+08:00"},
    ),
    "rectification.acknowledge": ("POST", "notices/{notice}/acknowledgement", None),
    "rectification.add_photo": ("PHOTO", "notices/{notice}/photos", None),
    "rectification.respond": (
        "POST",
        "notices/{notice}/responses",
        {"replies": [{"finding_id": "{finding}", "text": "x"}]},
    ),
    "rectification.plan_reinspection": (
        "POST",
        "notices/{notice}/reinspections",
        {"officers": ["{officer}", "{officer2}"], "planned_for": "{today}"},
    ),
    "rectification.count_reinspection": (
        "POST",
        "notices/{notice}/rounds",
        {"inspection_id": "{inspection}"},
    ),
    "rectification.close": ("POST", "notices/{notice}/closure", None),
    "rectification.reopen": ("POST", "notices/{notice}/reopening", {"why": "x"}),
}
"""Each with a revision that is stale, so that no row changes what a later one asks for."""


@pytest.fixture(scope="module")
def world(stage):
    return {**tell(stage), "today": today()}


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


def filled(part, world):
    """Return a path or a body with the world's ids in their places."""
    if isinstance(part, str):
        return re.sub(r"{(\w+)}", lambda match: str(world[match[1]]), part)
    if isinstance(part, dict):
        return {key: filled(value, world) for key, value in part.items()}
    return [filled(each, world) for each in part] if isinstance(part, list) else part


def ask(caller, request, world):
    method, path, body = request
    path = filled(path, world)
    if method == "PHOTO":
        return send_photo(caller, path)
    if method == "NAMES":
        return send_names(caller)
    if method == "TABLE":
        return send_table(caller)
    if isinstance(body, str):
        return caller.call(method, path, data=body.encode(), content_type="text/plain")
    return caller.call(method, path, filled(body, world), revision=STALE)


def test_the_table_names_every_endpoint_once(stage):
    endpoints = {rule.endpoint for rule in stage.app.url_map.iter_rules()}

    assert {row[0] for row in LINES} - ALIASES.keys() == endpoints
    assert set(REQUESTS) == {row[0] for row in LINES}


@pytest.mark.parametrize(("endpoint", "name", "mark"), CELLS)
def test_every_cell_of_the_table_holds(stage, who, world, endpoint, name, mark):
    caller = who[name]
    if endpoint in ENDING and caller.token:
        username = caller.account["username"]
        caller = stage.enter(username, stage.passwords[username])

    answer = ask(caller, REQUESTS[endpoint], world)

    assert answer.status_code in STATUS[mark], answer.text[:300]


THINGS = [
    (endpoint, name)
    for endpoint, name, mark in CELLS
    if mark == "n" and "{" in REQUESTS[endpoint][1]
]


@pytest.mark.parametrize(("endpoint", "name"), THINGS)
def test_what_is_out_of_reach_looks_like_what_is_not_there(who, world, endpoint, name):
    absent = dict.fromkeys(world, str(uuid4())) | {"today": world["today"]}

    hidden = ask(who[name], REQUESTS[endpoint], world)
    nothing = ask(who[name], REQUESTS[endpoint], absent)

    def told(answer):
        return {key: value for key, value in answer.json.items() if key != "request_id"}

    assert told(hidden) == told(nothing)
    assert hidden.status_code == nothing.status_code == 404


LISTS = [
    *("inspections", "findings", "notices", "kindergartens"),
    *("sightings", "unlicensed-sites"),
]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("name", ["inspector3", "supervisor3", "far"])
def test_no_list_shows_what_is_out_of_reach(who, world, path, name):
    listed = who[name].get(path, limit=200)["items"]

    assert all(not each["region"].startswith("990102") for each in listed)


def test_no_search_shows_what_is_out_of_reach(who):
    near = who["far"].get("kindergartens/near", lon=116.391, lat=39.907, datum="WGS-84")
    named = who["inspector3"].get("kindergartens", name="实验")

    assert near["items"] == []
    assert named["items"] == []


def test_another_director_lists_nothing_of_the_first(who, world):
    assert who["director2"].get("notices")["items"] == []
    assert world["notice"] in [each["id"] for each in who["director"].get("notices")["items"]]


def test_a_notice_does_not_take_findings_or_photos_of_elsewhere(who, world, stage):
    body = {"finding_ids": [world["finding"], str(uuid4())], "paper": "order", "days": 5}
    mixed = stage.inspector.call("POST", "notices", body)
    notice = stage.director.get(f"notices/{world['notice']}")
    replies = [
        {"finding_id": each["finding_id"], "text": "x", "evidence_ids": [world["hidden"]]}
        for each in notice["corrections"]
    ]
    stolen = stage.director.call(
        "POST",
        f"notices/{world['notice']}/responses",
        {"replies": replies},
        revision=notice["revision"],
    )

    assert mixed.status_code == 404
    assert stolen.status_code == 422
    assert stage.director.get(f"notices/{world['notice']}")["revision"] == notice["revision"]
