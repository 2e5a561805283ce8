"""The application as a WSGI callable, for granian, waitress and any other server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sosei.web.settings")
application = get_wsgi_application()
