"""The web as a WSGI application, for `unknot serve` or any other server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from unknot.knowledge import load
from unknot.screening.questionnaire import questionnaire

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unknot.web.site.settings")

application = get_wsgi_application()

# What is read once is never garbage: to look at it again and again took a tenth of each request.
assert get_resolver().url_patterns  # noqa: S101 - read for its effect
questionnaire(load())
gc.collect()
gc.freeze()
