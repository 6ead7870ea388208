from __future__ import annotations

from django.urls import path

from unknot.web.search import views

app_name = "search"
urlpatterns = [
    path("practitioners/", views.results, name="results"),
    path("practitioners/<uuid:public_id>/", views.practitioner, name="practitioner"),
]
