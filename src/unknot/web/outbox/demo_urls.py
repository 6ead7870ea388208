"""Pages that exist in the demo only."""

from __future__ import annotations

from django.urls import path

from unknot.web.outbox import views

app_name = "outbox"
urlpatterns = [path("mail/", views.demo_mail, name="demo-mail")]
