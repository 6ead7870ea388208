from __future__ import annotations

from django.urls import path

from unknot.web.intake import views

app_name = "intake"
urlpatterns = [
    path("", views.start, name="start"),
    # check/ : the visitor's way; POST only, since all that they gave travels in the body
    path("check/drawing/", views.drawing, name="drawing"),
    path("check/motions/", views.motions, name="motions"),
    path("check/safety/", views.safety, name="safety"),
    path("check/answer/", views.answer, name="answer"),
    path("check/letter/", views.letter, name="letter"),
]
