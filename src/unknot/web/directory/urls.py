from __future__ import annotations

from django.urls import path

from unknot.web.directory import views
from unknot.web.directory.models import Credential, Place, Service

app_name = "directory"
urlpatterns = [
    path("join/", views.join, name="join"),
    path("practice/", views.home, name="home"),
    path("practice/profile/", views.profile, name="profile"),
    path("practice/live/", views.live, name="live"),
    path("practice/places/add/", views.place, name="place-add"),
    path("practice/places/<uuid:public_id>/", views.place, name="place"),
    path("practice/places/<uuid:public_id>/remove/", views.remove, {"kind": Place}, name="place-remove"),
    path("practice/credentials/add/", views.credential, name="credential-add"),
    path("practice/credentials/<uuid:public_id>/", views.credential, name="credential"),
    path(
        "practice/credentials/<uuid:public_id>/remove/",
        views.remove,
        {"kind": Credential},
        name="credential-remove",
    ),
    path("practice/services/add/", views.service, name="service-add"),
    path("practice/services/<uuid:public_id>/", views.service, name="service"),
    path(
        "practice/services/<uuid:public_id>/remove/", views.remove, {"kind": Service}, name="service-remove"
    ),
    path("administration/credentials/", views.waiting, name="waiting"),
    path("administration/credentials/<uuid:public_id>/", views.decide, name="decide"),
]
