from django.db import migrations, models

CHEAPEST = """
    SELECT DISTINCT ON (practitioner_id) practitioner_id, currency FROM directory_service
    WHERE mode = '{mode}' AND offer <> 'discovery'
    ORDER BY practitioner_id, price_minor, minutes, offer
"""
OF_THE_LISTINGS = f"""
    UPDATE search_listing listing SET video_currency = cheapest.currency
    FROM ({CHEAPEST.format(mode="video")}) cheapest
    WHERE cheapest.practitioner_id = listing.practitioner_id AND listing.video_minor IS NOT NULL
"""
OF_THE_SPOTS = f"""
    UPDATE search_spot spot SET currency = cheapest.currency
    FROM ({CHEAPEST.format(mode="in_person")}) cheapest
    WHERE cheapest.practitioner_id = spot.practitioner_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_phone"),
        ("search", "0003_facets_beside_spots"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="listing", name="listings_by_video"),
        migrations.RemoveIndex(model_name="spot", name="spots_near"),
        migrations.AddField(
            model_name="listing",
            name="video_currency",
            field=models.CharField(blank=True, default="", max_length=3),
        ),
        migrations.AddField(
            model_name="spot",
            name="currency",
            field=models.CharField(default="", max_length=3),
            preserve_default=False,
        ),
        migrations.RunSQL(OF_THE_LISTINGS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_THE_SPOTS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("video_minor__isnull", False)),
                fields=["video_currency", "video_minor", "id"],
                name="listings_by_video",
            ),
        ),
        migrations.AddIndex(
            model_name="spot",
            index=models.Index(
                fields=["latitude", "longitude"],
                include=("practitioner", "place", "kind", "price_minor", "currency", "shown_until"),
                name="spots_near",
            ),
        ),
    ]
