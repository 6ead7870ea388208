"""
Thirty days of free slots as django-appointment makes them, on a database in memory: seconds of each round.

Run by the Python of `.venv-bench`, where that package is installed; prints a JSON list.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
import warnings

import django
from django.conf import settings

APPOINTMENTS, DAYS, ROUNDS = 500, 30, 8


def main() -> None:
    """Set up, fill, measure."""
    warnings.simplefilter("ignore")
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "phonenumber_field",
            "appointment",
        ],
        USE_TZ=True,
        TIME_ZONE="UTC",
        SECRET_KEY="bench",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        ROOT_URLCONF="appointment.urls",
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    staff, first = _fill()
    from appointment.services import get_available_slots_for_staff

    days = [first + dt.timedelta(days=n) for n in range(DAYS)]
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for day in days:
            get_available_slots_for_staff(day, staff, day.isoweekday() % 7)
        seconds.append(time.perf_counter() - start)
    print()  # below what the package itself says there
    json.dump(seconds, sys.stdout)


def _fill() -> tuple[object, dt.date]:
    from appointment.models import Appointment, AppointmentRequest, Config, Service, StaffMember, WorkingHours
    from django.contrib.auth import get_user_model

    user = get_user_model().objects.create_user("ana")
    client = get_user_model().objects.create_user("jo")
    service = Service.objects.create(name="Session", duration=dt.timedelta(minutes=60), price=90)
    Config.objects.create(
        slot_duration=30, lead_time=dt.time(9), finish_time=dt.time(18), appointment_buffer_time=0
    )
    staff = StaffMember.objects.create(user=user, slot_duration=30)
    staff.services_offered.add(service)
    for weekday in range(7):
        WorkingHours.objects.create(
            staff_member=staff, day_of_week=weekday, start_time=dt.time(9), end_time=dt.time(18)
        )
    draw = random.Random(1)
    first = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    for number in range(APPOINTMENTS):
        start = dt.datetime.combine(first + dt.timedelta(days=number % DAYS), dt.time(draw.randrange(9, 17)))
        request = AppointmentRequest.objects.create(
            date=start.date(),
            start_time=start.time(),
            end_time=(start + dt.timedelta(minutes=25)).time(),
            service=service,
            staff_member=staff,
        )
        Appointment(client=client, appointment_request=request, phone="+12125550100").save()
    return staff, first


if __name__ == "__main__":
    main()
