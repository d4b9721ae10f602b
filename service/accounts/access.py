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
        "documentation.page",
        "documentation.asset",
        "documentation.front",
        "api-docs.openapi_json",
    }
)
"""Open without a token: signing in, the state of the service, its documentation."""

ACCESS: Mapping[str, frozenset[Role]] = {
    "accounts.log_out": EVERYBODY,
    "accounts.myself": EVERYBODY,
    "accounts.change_password": EVERYBODY,
    "accounts.list_accounts": ADMINISTRATORS,
    "accounts.add_account": ADMINISTRATORS,
    "accounts.take_account_step": ADMINISTRATORS,
}
