"""The web as a WSGI application, for `unknot serve` or any other server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.web.site.settings")

application = get_wsgi_application()
