from __future__ import annotations

from django.urls import path

from unknot.web.care.views import charting, checking, closing, notes, sessions

app_name = "care"
urlpatterns = [
    path("practice/appointments/<uuid:public_id>/session/", sessions.begin, name="begin"),
    path("practice/sessions/<uuid:public_id>/", sessions.session, name="session"),
    path("practice/sessions/<uuid:public_id>/check/", checking.check, name="check"),
    path("practice/sessions/<uuid:public_id>/stop/", checking.stop, name="stop"),
    path("practice/sessions/<uuid:public_id>/consent/", sessions.agree, name="consent"),
    path("practice/sessions/<uuid:public_id>/consent/back/", sessions.withdraw, name="withdraw"),
    path("practice/sessions/<uuid:public_id>/end-course/", closing.end_course, name="end-course"),
    path("practice/sessions/<uuid:public_id>/treat/", charting.treat, name="treat"),
    path("practice/sessions/<uuid:public_id>/holds/", charting.hold, name="hold"),
    path("practice/sessions/<uuid:public_id>/holds/forget/", charting.forget_hold, name="forget-hold"),
    path("practice/sessions/<uuid:public_id>/findings/", charting.finding, name="finding"),
    path("practice/sessions/<uuid:public_id>/examination/", charting.examine, name="examine"),
    path("practice/sessions/<uuid:public_id>/motions/forget/", charting.forget_motion, name="forget-motion"),
    path("practice/sessions/<uuid:public_id>/done/", charting.tick, name="tick"),
    path("practice/sessions/<uuid:public_id>/trace/", charting.trace, name="trace"),
    path("practice/sessions/<uuid:public_id>/trace/forget/", charting.forget_trace, name="forget-trace"),
    path("practice/sessions/<uuid:public_id>/note/", notes.note, name="note"),
    path("practice/sessions/<uuid:public_id>/note/draft/", notes.draft_again, name="draft-again"),
    path("practice/sessions/<uuid:public_id>/note/add/", notes.add, name="add"),
    path("practice/sessions/<uuid:public_id>/home-care/", closing.home_care, name="home-care"),
    path("practice/sessions/<uuid:public_id>/look-back/", closing.look_back, name="look-back"),
    path("practice/sessions/<uuid:public_id>/close/", closing.close, name="close"),
]
