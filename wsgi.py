"""For a WSGI server: `gunicorn --config docs/production/gunicorn.conf.py wsgi:app`."""

from service.processes import application

app = application()
