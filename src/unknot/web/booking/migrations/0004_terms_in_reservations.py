from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q

OFFERS = [
    ("discovery", "Discovery call"),
    ("single", "Single session"),
    ("course", "First session of a course"),
]
MODES = [("in_person", "In person"), ("video", "By video")]


def _add(name: str, field: models.Field, default: object) -> migrations.AddField:
    """The default fills rows whose time is up, below."""
    field.default = default
    return migrations.AddField("reservation", name, field, preserve_default=False)


class Migration(migrations.Migration):
    """What is agreed on stands in the reservation, which outlives its service and place."""

    dependencies = (
        ("booking", "0003_notices_without_a_day"),
        ("directory", "0002_focus"),
        ("intake", "0001_initial"),
    )

    operations = (
        # Nobody knows what was shown for the times that are kept now: they are chosen again.
        migrations.RunSQL("UPDATE booking_reservation SET expires_at = now()", migrations.RunSQL.noop),
        _add("offer", models.CharField(max_length=12, choices=OFFERS), "discovery"),
        _add("mode", models.CharField(max_length=12, choices=MODES), "video"),
        _add("minutes", models.PositiveSmallIntegerField(), 15),
        _add("price_minor", models.PositiveIntegerField(), 0),
        _add("currency", models.CharField(max_length=3), "USD"),
        migrations.AddField(
            "reservation", "address", models.CharField(blank=True, default="", max_length=500)
        ),
        _add("free_until", models.DateTimeField(), django.utils.timezone.now),
        _add("late_fee_minor", models.PositiveIntegerField(), 0),
        migrations.AddField("reservation", "press", models.UUIDField(editable=False, null=True)),
        migrations.AlterField(
            "reservation",
            "place",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.place",
            ),
        ),
        migrations.AlterField(
            "reservation",
            "service",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="directory.service",
            ),
        ),
        migrations.AddConstraint(
            "reservation",
            models.CheckConstraint(
                name="reservation_offer", condition=Q(offer__in=["discovery", "single", "course"])
            ),
        ),
        migrations.AddConstraint(
            "reservation",
            models.CheckConstraint(name="reservation_mode", condition=Q(mode__in=["in_person", "video"])),
        ),
    )
