from __future__ import annotations

from django.urls import path

from unknot.web.learn import views

app_name = "learn"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("muscles/", views.muscles, name="muscles"),
    path("muscles/<slug:slug>/", views.muscle, name="muscle"),
    path("regions/", views.regions, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
    path("techniques/", views.techniques, name="techniques"),
    path("techniques/<slug:slug>/", views.technique, name="technique"),
    path("practices/<slug:slug>/", views.practice, name="practice"),
    path("conditions/", views.conditions, name="conditions"),
    path("conditions/<slug:slug>/", views.condition, name="condition"),
    path("questions/", views.questions, name="questions"),
    path("questions/<slug:slug>/", views.question, name="question"),
    path("practitioners/", views.people, name="people"),
    path("practitioners/<slug:slug>/", views.practitioner, name="practitioner"),
    path("certifications/<slug:slug>/", views.body, name="body"),
    path("licences/", views.licences, name="licences"),
    path("benefits/", views.benefits, name="benefits"),
    path("history/", views.history, name="history"),
    path("considerations/", views.considerations, name="considerations"),
    path("prices/", views.prices, name="prices"),
    path("safety/", views.safety, name="safety"),
    path("safety/<slug:slug>/", views.rules, name="rules"),
    path("measures/", views.measures, name="measures"),
    path("evidence/", views.evidence, name="evidence"),
]
