"""One table says who may call what. An endpoint that is not in it is closed to everybody.

Scope, which things of a kind an account reaches, is decided in every query of the stores.
"""

from collections.abc import Mapping

from media.custody.model import Role

INSPECTOR, DIRECTOR = Role.INSPECTOR, Role.DIRECTOR
SUPERVISOR, ADMINISTRATOR = Role.SUPERVISOR, Role.ADMINISTRATOR

EVERYBODY = frozenset(Role)
OFFICERS = frozenset({INSPECTOR, SUPERVISOR})
OFFICIALS = frozenset({INSPECTOR, SUPERVISOR, ADMINISTRATOR})
HEADS = frozenset({SUPERVISOR, ADMINISTRATOR})
ADMINISTRATORS = frozenset({ADMINISTRATOR})
SUPERVISORS = frozenset({SUPERVISOR})
DIRECTORS = frozenset({DIRECTOR})

PUBLIC = frozenset(
    {
        "health.health",
        "health.ready",
        "accounts.log_in",
        "accounts.accept_invitation",
        "accounts.ask_for_reset",
        "documentation.page",
        "documentation.asset",
        "documentation.front",
        "api-docs.openapi_json",
    }
)
"""Open without a token: signing in and its first password, the state of the service, its pages."""

ACCESS: Mapping[str, frozenset[Role]] = {
    "accounts.log_out": EVERYBODY,
    "accounts.myself": EVERYBODY,
    "accounts.change_password": EVERYBODY,
    "accounts.list_my_sessions": EVERYBODY,
    "accounts.end_my_session": EVERYBODY,
    "administration.list_accounts": ADMINISTRATORS,
    "administration.add_account": ADMINISTRATORS,
    "administration.get_account": ADMINISTRATORS,
    "administration.change_account": ADMINISTRATORS,
    "administration.take_account_step": ADMINISTRATORS,
    "administration.get_account_history": ADMINISTRATORS,
    "administration.list_sessions": ADMINISTRATORS,
    "administration.end_session": ADMINISTRATORS,
    "administration.list_reset_requests": ADMINISTRATORS,
    "administration.list_access": ADMINISTRATORS,
    "regions.list_regions": EVERYBODY,
    "regions.add_region": ADMINISTRATORS,
    "regions.list_changes": OFFICIALS,
    "regions.record_change": ADMINISTRATORS,
    "regions.withdraw_change": ADMINISTRATORS,
    "tables.get_template": HEADS,
    "tables.take_in": HEADS,
    "tables.list_imports": HEADS,
    "tables.get_import": HEADS,
    "tables.list_rows": HEADS,
    "tables.get_bad_rows": HEADS,
    "tables.take_import_step": HEADS,
    "tables.export_kindergartens": HEADS,
    "tables.export_accounts": ADMINISTRATORS,
    "plans.list_plans": EVERYBODY,
    "plans.get_plan": EVERYBODY,
    "plans.upload_plan": HEADS,
    "plans.record_continuation": HEADS,
    "checklists.list_checklists": EVERYBODY,
    "checklists.get_checklist": EVERYBODY,
    "checklists.get_in_force": EVERYBODY,
    "checklists.compare": OFFICIALS,
    "checklists.propose": HEADS,
    "checklists.take_step": HEADS,
    "naming.check_names": OFFICIALS,
    "kindergartens.add_kindergarten": HEADS,
    "kindergartens.change_kindergarten": HEADS,
    "kindergartens.move_kindergartens": ADMINISTRATORS,
    "kindergartens.list_kindergartens": EVERYBODY,
    "kindergartens.list_near": OFFICIALS,
    "kindergartens.get_kindergarten": EVERYBODY,
    "visits.plan_inspection": OFFICERS,
    "visits.list_inspections": OFFICERS,
    "visits.get_inspection": OFFICERS,
    "visits.get_items": OFFICERS,
    "visits.answer": OFFICERS,
    "visits.sign": OFFICERS,
    "visits.take_step": OFFICERS,
    "visits.add_photo": OFFICERS,
    "visits.get_history": OFFICERS,
    "findings.list_findings": OFFICERS,
    "evidence.get_evidence": frozenset({INSPECTOR, SUPERVISOR, DIRECTOR}),
    "evidence.get_derivative": frozenset({INSPECTOR, SUPERVISOR, DIRECTOR}),
    "evidence.get_original": OFFICERS,
    "unlicensed.add_sighting": OFFICERS,
    "unlicensed.list_sightings": OFFICERS,
    "unlicensed.get_sighting": OFFICERS,
    "unlicensed.add_photo": OFFICERS,
    "unlicensed.list_matches": OFFICERS,
    "unlicensed.open_site": OFFICERS,
    "unlicensed.list_sites": OFFICERS,
    "unlicensed.get_site": OFFICERS,
    "unlicensed.list_site_sightings": OFFICERS,
    "unlicensed.join_sightings": OFFICERS,
    "unlicensed.take_site_step": OFFICERS,
    "unlicensed.get_site_history": OFFICERS,
    "veto.list_cases": OFFICERS,
    "veto.get_case": OFFICERS,
    "veto.get_case_history": OFFICERS,
    "veto.name_account": OFFICERS,
    "veto.recuse": OFFICERS,
    "veto.add_statement": OFFICERS,
    "veto.add_photo": OFFICERS,
    "veto.decide": SUPERVISORS,
    "veto.open_review": SUPERVISORS,
    "supervision.get_review": frozenset({INSPECTOR, SUPERVISOR, DIRECTOR}),
    "supervision.propose_review": SUPERVISORS,
    "supervision.decide_review": SUPERVISORS,
    "rectification.draft": OFFICERS,
    "rectification.list_notices": frozenset({INSPECTOR, SUPERVISOR, DIRECTOR}),
    "rectification.get_notice": frozenset({INSPECTOR, SUPERVISOR, DIRECTOR}),
    "rectification.issue": SUPERVISORS,
    "rectification.withdraw": SUPERVISORS,
    "rectification.serve": OFFICERS,
    "rectification.acknowledge": DIRECTORS,
    "rectification.add_photo": DIRECTORS,
    "rectification.respond": DIRECTORS,
    "rectification.plan_reinspection": OFFICERS,
    "rectification.count_reinspection": OFFICERS,
    "rectification.close": SUPERVISORS,
    "rectification.reopen": SUPERVISORS,
}
