from __future__ import annotations

from django.urls import path

from unknot.web.desk.views import care, client, paying, practice, telling

app_name = "desk"
urlpatterns = [
    # appointments/ : a client's own
    path("appointments/", client.appointments, name="appointments"),
    path("appointments/<uuid:public_id>/", client.appointment, name="appointment"),
    path("appointments/<uuid:public_id>/appointment.ics", client.calendar, name="calendar"),
    path("appointments/<uuid:public_id>/move/", client.move, name="move"),
    path("appointments/<uuid:public_id>/cancel/", client.cancel, name="cancel"),
    path("appointments/told/", telling.told, name="told"),
    path("appointments/<uuid:public_id>/tell/", telling.tell, name="tell"),
    path("appointments/<uuid:public_id>/before/", care.check_in, name="check-in"),
    path("appointments/<uuid:public_id>/course/", care.course, name="course"),
    path("appointments/<uuid:public_id>/receipt/<uuid:payment>/", paying.clients_receipt, name="my-receipt"),
    path("appointments/<uuid:public_id>/home-care/", care.home_care_done, name="home-care"),
    # practice/ : a practitioner's day
    path("practice/day/", practice.day, name="day"),
    path("practice/week/", practice.week, name="week"),
    path("practice/book/", practice.book, name="book-for"),
    path("practice/appointments/<uuid:public_id>/", practice.visit, name="visit"),
    path("practice/appointments/<uuid:public_id>/next/", practice.book_next, name="book-next"),
    path("practice/appointments/<uuid:public_id>/payment/", paying.pay, name="pay"),
    path(
        "practice/appointments/<uuid:public_id>/payment/<uuid:payment>/back/",
        paying.give_back,
        name="give-back",
    ),
    path("practice/appointments/<uuid:public_id>/receipt/<uuid:payment>/", paying.receipt, name="receipt"),
    path("practice/appointments/<uuid:public_id>/mark/", practice.mark, name="mark"),
    path("practice/appointments/<uuid:public_id>/move/", practice.move, name="visit-move"),
    path("practice/appointments/<uuid:public_id>/cancel/", practice.cancel, name="visit-cancel"),
    path("practice/appointments/<uuid:public_id>/tell/", telling.tell_together, name="visit-tell"),
    path("practice/appointments/<uuid:public_id>/clearance/", practice.clearance, name="clearance"),
]
