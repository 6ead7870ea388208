import django.db.models.deletion
from django.db import migrations, models

FROM_THE_LISTINGS = """
    UPDATE search_spot spot
    SET practitioner_id = listing.practitioner_id, kind = listing.kind,
        price_minor = listing.in_person_minor, shown_until = listing.shown_until
    FROM search_listing listing WHERE listing.id = spot.listing_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_focus"),
        ("search", "0002_prices_by_mode"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="spot", name="spots_near"),
        migrations.AddField(
            model_name="spot",
            name="practitioner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.practitioner",
            ),
        ),
        migrations.AddField(model_name="spot", name="kind", field=models.CharField(max_length=30, null=True)),
        migrations.AddField(
            model_name="spot", name="price_minor", field=models.PositiveIntegerField(null=True)
        ),
        migrations.AddField(model_name="spot", name="shown_until", field=models.DateField(null=True)),
        migrations.RunSQL(FROM_THE_LISTINGS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="spot",
            name="practitioner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="directory.practitioner",
            ),
        ),
        migrations.AlterField(model_name="spot", name="kind", field=models.CharField(max_length=30)),
        migrations.AlterField(model_name="spot", name="price_minor", field=models.PositiveIntegerField()),
        migrations.RemoveField(model_name="spot", name="listing"),
        migrations.RemoveConstraint(model_name="listing", name="listing_has_a_price"),
        migrations.RemoveField(model_name="listing", name="currency"),
        migrations.RemoveField(model_name="listing", name="in_person_minor"),
        migrations.RemoveField(model_name="listing", name="zone"),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("video_minor__isnull", False)),
                fields=["video_minor", "id"],
                name="listings_by_video",
            ),
        ),
        migrations.AddIndex(
            model_name="spot",
            index=models.Index(
                fields=["latitude", "longitude"],
                include=("practitioner", "place", "kind", "price_minor", "shown_until"),
                name="spots_near",
            ),
        ),
        # On the way back the old columns can't be filled: the worker writes the index anew.
        migrations.RunSQL(migrations.RunSQL.noop, "TRUNCATE search_listing, search_spot"),
    ]
