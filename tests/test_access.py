"""F22: who may call what, and what each may reach, from a table written apart from the code."""

import re
from uuid import uuid4

import pytest

from tests.access_requests import REQUESTS, STALE
from tests.access_world import callers, send_names, send_photo, send_piece, send_table, tell, today

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
renaming.add_photo                u      f     +         +          +        n         n          n           n
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
evidence.list_alike               u      f     +         +          f        f         n          n           n
draws.list_draws                  u      f     +         +          f        f         +          +           +
draws.commit                      u      f     f         +          f        f         f          n           n
draws.get_draw                    u      f     n         n          f        f         n          n           n
draws.make_draw                   u      f     f         n          f        f         f          n           n
draws.plan_drawn                  u      f     f         n          f        f         f          n           n
draws.cancel_draw                 u      f     f         n          f        f         f          n           n
unlicensed.ban_operator           u      f     f         +          f        f         f          n           n
dossiers.open_dossier             u      f     +         +          f        f         n          n           n
dossiers.list_dossiers            u      f     +         +          +        +         +          +           +
dossiers.get_dossier              u      f     n         n          n        n         n          n           n
dossiers.add_photo                u      f     n         n          n        n         n          n           n
dossiers.take_dossier_step        u      f     n         n          n        n         n          n           n
dossiers.get_dossier_history      u      f     n         n          f        f         n          n           n
tips.send_tip                     +      +     +         +          +        +         +          +           +
tips.get_receipt                  n      n     n         n          n        n         n          n           n
tip_pages.show_form               +      +     +         +          +        +         +          +           +
tip_pages.send_form               +      +     +         +          +        +         +          +           +
tip_pages.find_receipt            +      +     +         +          +        +         +          +           +
tip_pages.show_receipt            n      n     n         n          n        n         n          n           n
tips.list_tips                    u      f     +         +          f        f         +          +           +
tips.take_up_tip                  u      f     n         n          f        f         n          n           n
tips.dismiss_tip                  u      f     n         n          f        f         n          n           n
visits.get_visit_ledger           u      +     +         +          +        n         n          n           n
recusals.declare_recusal          u      f     +         +          f        f         n          n           n
recusals.list_recusals            u      f     +         +          f        f         +          +           +
recusals.end_recusal              u      f     f         n          f        f         f          n           n
drills.record_drill               u      f     +         +          f        f         n          n           n
drills.ask_platform               u      f     +         +          f        f         n          n           n
drills.list_drills                u      f     +         +          +        +         +          +           +
drills.list_due_drills            u      f     +         +          f        f         +          +           +
drills.list_untested              u      f     +         +          f        f         +          +           +
drills.get_drill                  u      f     n         n          n        n         n          n           n
drills.add_photo                  u      f     n         n          f        f         n          n           n
statistics.list_measures          u      +     +         +          +        +         +          +           +
statistics.get_statement          u      +     +         +          f        f         f          f           f
statistics.list_over_time         u      +     +         +          f        f         f          f           f
statistics.list_standings         u      +     +         +          f        f         f          f           f
statistics.list_disclosed         u      +     f         +          f        f         f          f           f
statistics.draft_bulletin         u      f     f         +          f        f         f          f           f
statistics.list_bulletins         u      +     +         +          f        f         +          +           +
statistics.get_bulletin           u      n     n         n          f        f         n          n           n
statistics.publish_bulletin       u      f     f         n          f        f         f          n           n
figures.export_statement          u      +     +         +          f        f         f          f           f
figures.export_standings          u      +     +         +          f        f         f          f           f
figures.export_disclosed          u      +     f         +          f        f         f          f           f
delivery.get_preferences          u      +     +         +          +        +         +          +           +
delivery.choose_preferences       u      +     +         +          +        +         +          +           +
risk.list_risks                   u      +     +         +          f        f         f          f           f
bureaus.get_rules                 u      +     +         +          f        f         f          f           f
bureaus.set_rules                 u      +     f         +          f        f         f          f           f
ladder.list_measures              u      f     +         +          f        f         +          +           +
ladder.get_measure                u      f     n         n          f        f         n          n           n
ladder.take_measure               u      f     f         n          f        f         f          n           n
ladder.waive_measure              u      f     f         n          f        f         f          n           n
stoppages.order_stoppage          u      f     +         +          f        f         n          n           n
stoppages.list_stoppages          u      f     +         +          +        +         +          +           +
stoppages.get_stoppage            u      f     n         n          n        n         n          n           n
stoppages.add_photo               u      f     n         n          n        n         n          n           n
stoppages.take_stoppage_step      u      f     n         n          n        n         n          n           n
rectification.object_to           u      f     f         f          +        n         f          f           f
rectification.decide_objection    u      f     f         +          f        f         f          n           n
calendars.list_calendars          u      +     +         +          +        +         +          +           +
calendars.take_in_calendar        u      +     f         f          f        f         f          f           f
retention.list_holds              u      f     +         +          f        f         +          +           +
retention.place_hold              u      f     f         +          f        f         f          n           n
retention.release_hold            u      f     f         n          f        f         f          n           n
retention.list_due                u      f     f         +          f        f         f          +           +
retention.list_deletions          u      f     +         +          f        f         +          +           +
retention.propose_deletion        u      f     f         +          f        f         f          n           n
retention.decide_deletion         u      f     f         n          f        f         f          n           n
uploads.tell_abilities            +      +     +         +          +        +         +          +           +
uploads.begin_upload              u      f     +         +          +        +         +          +           +
uploads.tell_offset               u      f     n         n          n        n         n          n           n
uploads.append_piece              u      f     n         n          n        n         n          n           n
uploads.end_upload                u      f     n         n          n        n         n          n           n
layers.list_layers                u      f     +         +          +        n         n          n           n
layers.add_layer                  u      f     +         +          f        f         n          n           n
layers.withdraw_layer             u      f     n         n          f        f         n          n           n
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
veto.open_on_complaint            u      f     +         +          f        f         n          n           n
veto.tell_respondent              u      f     +         n          f        f         n          n           n
veto.add_consequence              u      f     f         n          f        f         f          n           n
veto.add_defence                  u      f     +         n          f        f         n          n           n
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
supervision.compile_review        u      f     +         +          f        f         n          n           n
supervision.publish_review        u      f     f         +          f        f         f          n           n
supervision.propose_review        u      f     f         +          f        f         f          n           n
supervision.decide_review         u      f     f         +          f        f         f          n           n
rectification.draft               u      f     +         +          f        f         n          n           n
rectification.list_notices        u      f     +         +          +        +         +          +           +
checkpoints.list_checkpoints      u      +     +         +          f        f         +          +           +
checkpoints.get_checkpoint        u      n     n         n          f        f         n          n           n
checkpoints.get_stamp             u      n     n         n          f        f         n          n           n
checkpoints.make_checkpoint       u      +     f         +          f        f         f          +           +
checkpoints.list_signing_keys     u      +     +         +          f        f         +          +           +
papers.get_paper                  u      f     +         +          +        n         n          n           n
papers.verify_paper               n      n     n         n          n        n         n          n           n
public.verify_page                n      n     n         n          n        n         n          n           n
rectification.get_notice          u      f     +         +          +        n         n          n           n
rectification.sign                u      f     +         +          f        f         n          n           n
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
rectification.stop_clock          u      f     f         +          f        f         f          n           n
rectification.restart_clock       u      f     f         +          f        f         f          n           n
rectification.ask_for_days        u      f     +         +          +        n         n          n           n
rectification.decide_on_days      u      f     f         +          f        f         f          n           n
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

STATUS = {
    "u": {401},
    "f": {403},
    "n": {404},
    "+": {200, 201, 202, 204, 302, 303, 409, 412, 422, 428},
}
ENDING = ("accounts.log_out",)
"""What ends the session that asks: it is asked from one of its own."""

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
        return send_photo(caller, path, **(body or {}))
    if method.startswith("TUS "):
        return send_piece(caller, method.removeprefix("TUS "), path)
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
