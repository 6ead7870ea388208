from __future__ import annotations

from django.urls import path

from unknot.web.site.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
