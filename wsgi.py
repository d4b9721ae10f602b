"""For a WSGI server: `gunicorn wsgi:app`, each worker process with its own connection."""

from service.app import create_app
from service.database import connect
from service.rooms import assemble
from service.settings import read_settings

_settings = read_settings()
app = create_app(assemble(_settings, connect(_settings.mongodb_uri)))
