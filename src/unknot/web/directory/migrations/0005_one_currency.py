import pgtrigger.compiler
import pgtrigger.migrations
from django.apps.registry import Apps
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Count

from unknot.errors import InputError


def refuse_several(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody but the practitioner knows which price is meant: name them, and change nothing."""
    sessions = apps.get_model("directory", "Service").objects.exclude(offer="discovery").order_by()
    several = (
        sessions.values("practitioner__name", "practitioner__user__email")
        .annotate(currencies=ArrayAgg("currency", distinct=True), many=Count("currency", distinct=True))
        .filter(many__gt=1)
        .order_by("practitioner__name", "practitioner__user__email")
        .values_list("practitioner__name", "practitioner__user__email", "currencies")
    )
    named = "; ".join(f"{name} ({email}): {', '.join(currencies)}" for name, email, currencies in several)
    if named:
        raise InputError(
            f"from now on a practitioner's prices are in one currency, and these have several: {named}."
            " Start the version before again, let each give all prices in one currency, then migrate anew"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_phone"),
    ]

    operations = [
        migrations.RunPython(refuse_several, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="service",
            trigger=pgtrigger.compiler.Trigger(
                name="one_currency",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\nIF EXISTS (\n    SELECT FROM directory_service other\n    WHERE other.practitioner_id = NEW.practitioner_id AND other.id <> NEW.id\n      AND other.currency <> NEW.currency AND 'discovery' NOT IN (other.offer, NEW.offer)\n) THEN\n    RAISE EXCEPTION 'the prices of a practitioner are in one currency' USING ERRCODE = 'exclusion_violation';\nEND IF;\nRETURN NULL;\n",
                    hash="dc179f0e49a4ffef6c41bbadb3cb8264783ee11f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_one_currency_0fb65",
                    table="directory_service",
                    when="AFTER",
                ),
            ),
        ),
    ]
