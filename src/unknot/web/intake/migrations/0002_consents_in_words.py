from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A consent has words and somebody who gave it; a guardian may give one without an account."""

    dependencies = (
        ("intake", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )

    operations = (
        # Written where nothing was asked, so nobody gave them.
        migrations.RunSQL("DELETE FROM intake_consent WHERE words = ''", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "consent",
            models.CheckConstraint(name="consent_in_words", condition=~Q(words="") & ~Q(given_by="")),
        ),
        migrations.AlterField(
            "clearance",
            "recorded_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "clearanceevent",
            "recorded_by",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    )
