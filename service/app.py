"""The Flask application: rooms, gate, catalogue of problems, description."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from checklists.decisions.routes import bp as decisions
from checklists.generation.routes import bp as checklists
from checklists.generation.routes import editions
from checklists.local.routes import bp as local
from checklists.naming.routes import bp as naming
from checklists.plans.routes import bp as plans
from checklists.regions.routes import bp as regions
from inspections.amendments.routes import bp as amendments
from inspections.bureaus.routes import bp as bureaus
from inspections.calendars.routes import bp as calendars
from inspections.cases.dossiers.routes import bp as dossiers
from inspections.cases.renaming.routes import bp as renaming
from inspections.cases.tips.routes import bp as tips
from inspections.cases.tips.routes import pages as tip_pages
from inspections.cases.unlicensed.routes import bp as unlicensed
from inspections.cases.veto.routes import bp as veto
from inspections.draws.routes import bp as draws
from inspections.drills.routes import bp as drills
from inspections.findings.routes import bp as findings
from inspections.kindergartens.routes import bp as kindergartens
from inspections.ladder.routes import bp as ladder
from inspections.messages.routes import bp as messages
from inspections.namechecks.routes import bp as namechecks
from inspections.papers.routes import bp as papers
from inspections.papers.routes import public
from inspections.queues.routes import bp as queues
from inspections.rectification.routes import bp as rectification
from inspections.recusals.routes import bp as recusals
from inspections.risk.routes import bp as risk
from inspections.statistics.routes import bp as statistics
from inspections.stoppages.routes import bp as stoppages
from inspections.supervision.routes import bp as supervision
from inspections.visits.routes import bp as visits
from media.checkpoints.routes import bp as checkpoints
from media.evidence.routes import bp as evidence
from media.layers.routes import bp as layers
from media.retention.routes import bp as retention
from media.uploads.routes import bp as uploads
from service import disk, health, metrics, openapi, problems, wire
from service.accounts import gate
from service.accounts.routes import bp as accounts
from service.administration.routes import bp as administration
from service.delivery.routes import bp as delivery
from service.figures.routes import bp as figures
from service.names.routes import bp as name_tables
from service.rooms import Rooms
from service.tables.routes import bp as tables

BLUEPRINTS = (
    *(health.bp, metrics.bp, accounts, administration, plans, checklists, naming),
    *(editions, decisions, local, amendments),
    *(regions, tables),
    *(
        kindergartens,
        visits,
        findings,
        evidence,
        rectification,
        veto,
        unlicensed,
        supervision,
        queues,
    ),
    *(messages, delivery, calendars, draws),
    *(bureaus, ladder, stoppages, dossiers, tips, recusals, drills, statistics, figures, risk),
    *(namechecks, name_tables, renaming),
    *(papers, public, tip_pages, checkpoints, layers, retention, uploads),
)
LARGEST_REQUEST = 26 * 1024 * 1024
"""A photo of 25 MB and the form around it."""


def create_app(rooms: Rooms) -> Flask:
    """Return the service over the rooms."""
    app = Flask("huyuan", static_folder=None, template_folder=None)
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_PARTS=40,
        MAX_FORM_MEMORY_SIZE=200_000,
        DEBUG=rooms.settings.debug,
        PROPAGATE_EXCEPTIONS=False,
    )
    app.extensions["huyuan"] = rooms
    if rooms.settings.trusted_proxies:
        hops = rooms.settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    wire.install(app)
    gate.install(app, rooms.accounts, rooms.clock)
    reserve = rooms.settings.disk_reserve_mb * 1024 * 1024
    metrics.install(app, rooms)
    disk.install(app, disk.DiskGuard(rooms.database, reserve))
    api = openapi.install(app)
    problems.install(app)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint)
    openapi.describe_access(app, api)
    openapi.describe_forms(api)
    openapi.spell_patterns(api.spec.to_dict())
    return app
