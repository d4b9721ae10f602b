"""How each endpoint of what follows a finding is asked, as in `access_requests`."""

STEP = {"step": "confirm", "why": "xx"}

YEAR = "region=990102&since=2026-01-01&until=2026-12-31"
STANDING = "measure=licensed&region=990102&on=2026-11-23"

OF_OVERSIGHT = {
    "bureaus.get_rules": ("GET", "bureau-settings/990102", None),
    "bureaus.set_rules": (
        "PUT",
        "bureau-settings/990102",
        {"rules": {"same_pair": 100}, "source": "xx"},
    ),
    "ladder.list_measures": ("GET", "measures", None),
    "ladder.get_measure": ("GET", "measures/x", None),
    "ladder.take_measure": (
        "POST",
        "measures/x/taking",
        {"held_on": "{today}", "text": "xx"},
    ),
    "ladder.waive_measure": ("POST", "measures/x/waiver", {"why": "xx"}),
    "stoppages.order_stoppage": (
        "POST",
        "stoppages",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a101",
            "inspection_id": "{inspection}",
            "item_id": "x",
            "what": "xx",
        },
    ),
    "stoppages.list_stoppages": ("GET", "stoppages", None),
    "stoppages.get_stoppage": ("GET", "stoppages/x", None),
    "stoppages.add_photo": ("PHOTO", "stoppages/x/photos", None),
    "stoppages.take_stoppage_step": ("POST", "stoppages/x/steps", {"step": "lift", "why": "xx"}),
    "veto.open_on_complaint": (
        "POST",
        "veto-cases",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a102",
            "kindergarten_id": "{kindergarten}",
            "item_id": "x",
            "source": "xx",
            "note": "xx",
        },
    ),
    "veto.tell_respondent": (
        "POST",
        "veto-cases/{veto}/respondent",
        {"name": "x", "duty": "x", "way": "left", "told_at": "2026-03-02T10:00:00+08:00"},
    ),
    "veto.add_defence": ("POST", "veto-cases/{veto}/defences", {"text": "xx"}),
    "unlicensed.ban_operator": (
        "POST",
        "unlicensed-sites/{site}/ban",
        {"operator": "x", "since": "2026-03-02", "until": "2031-03-02"},
    ),
    "dossiers.open_dossier": (
        "POST",
        "dossiers",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a103",
            "kind": "person",
            "ground": "no_qualification",
            "name": "x",
            "found": "xx",
            "kindergarten_id": "{kindergarten}",
            "duty": "x",
        },
    ),
    "dossiers.list_dossiers": ("GET", "dossiers", None),
    "dossiers.get_dossier": ("GET", "dossiers/x", None),
    "dossiers.add_photo": ("PHOTO", "dossiers/x/photos", None),
    "dossiers.take_dossier_step": ("POST", "dossiers/x/steps", {"step": "stop", "why": "xx"}),
    "dossiers.get_dossier_history": ("GET", "dossiers/x/history", None),
    "tips.send_tip": (
        "POST",
        "tips",
        {"id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a104", "region": "990102", "note": "xx"},
    ),
    "tips.get_receipt": ("GET", "tips/receipts/x", None),
    "tips.list_tips": ("GET", "tips", None),
    "tips.take_up_tip": ("POST", "tips/x/sighting", {"why": "xx"}),
    "tips.dismiss_tip": ("POST", "tips/x/dismissal", {"why": "xx"}),
    "visits.get_visit_ledger": ("GET", "kindergartens/{kindergarten}/visits/2026", None),
    "recusals.declare_recusal": (
        "POST",
        "recusals",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a105",
            "kindergarten_id": "{kindergarten}",
            "why": "xx",
        },
    ),
    "recusals.list_recusals": ("GET", "recusals", None),
    "recusals.end_recusal": ("POST", "recusals/x/end", {"why": "xx"}),
    "drills.record_drill": (
        "POST",
        "drills",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a106",
            "kindergarten_id": "{kindergarten}",
            "kind": "patrols",
            "at": "{today}T00:00:00Z",
            "patrols": {"on": "{today}", "rounds": 5},
        },
    ),
    "drills.ask_platform": (
        "POST",
        "drills/asked",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a107",
            "kindergarten_id": "{kindergarten}",
        },
    ),
    "drills.list_drills": ("GET", "drills", None),
    "drills.list_due_drills": ("GET", "drills/due", None),
    "drills.get_drill": ("GET", "drills/x", None),
    "drills.add_photo": ("PHOTO", "drills/x/photos", None),
    "statistics.list_measures": ("GET", "statistics/measures", None),
    "statistics.get_statement": ("GET", f"statistics?{YEAR}", None),
    "statistics.list_over_time": ("GET", f"statistics/over-time?{YEAR}", None),
    "statistics.list_standings": ("GET", f"statistics/standings?{STANDING}", None),
    "statistics.list_disclosed": (
        "GET",
        "open-data/kindergartens?region=990102&year=2026",
        None,
    ),
    "statistics.draft_bulletin": (
        "POST",
        "bulletins",
        {
            "id": "0d1f6a5e-7d0b-4f0e-9a51-3c1d1ad0a108",
            "region": "990102",
            "title": "xx",
            "since": "2026-01-01",
            "until": "2026-12-31",
        },
    ),
    "statistics.list_bulletins": ("GET", "bulletins", None),
    "statistics.get_bulletin": ("GET", "bulletins/x", None),
    "statistics.publish_bulletin": ("POST", "bulletins/x/publication", None),
    "figures.export_statement": ("GET", f"exports/statistics?format=csv&{YEAR}", None),
    "figures.export_standings": ("GET", f"exports/standings?format=csv&{STANDING}", None),
    "figures.export_disclosed": (
        "GET",
        "exports/open-data?format=csv&region=990102&year=2026",
        None,
    ),
    "supervision.compile_review": (
        "GET",
        "kindergartens/{kindergarten}/annual-reviews/2026/facts",
        None,
    ),
    "supervision.publish_review": (
        "POST",
        "kindergartens/{kindergarten}/annual-reviews/2026/publication",
        None,
    ),
    "delivery.get_preferences": ("GET", "me/preferences", None),
    "delivery.choose_preferences": ("PUT", "me/preferences", {"phone": None, "email": None}),
    "risk.list_risks": ("GET", "risk?region=990102", None),
    "rectification.object_to": (
        "POST",
        "notices/{notice}/objections",
        {"finding_ids": ["{finding}"], "why": "xx"},
    ),
    "rectification.decide_objection": (
        "POST",
        "notices/{notice}/objection-decisions",
        {"uphold": False, "why": "xx"},
    ),
}
