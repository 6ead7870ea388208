import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0001_initial"),
        ("accounts", "0003_practice_membership"),
        ("directory", "0001_initial"),
        ("intake", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("client_zone", models.CharField(max_length=64)),
                ("client_in", models.CharField(blank=True, default="", max_length=10)),
                ("reservation", models.UUIDField(null=True, unique=True)),
                (
                    "offer",
                    models.CharField(
                        choices=[
                            ("discovery", "Discovery call"),
                            ("single", "Single session"),
                            ("course", "First session of a course"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video")], max_length=12
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("price_minor", models.PositiveIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("local_start", models.CharField(max_length=16)),
                ("zone", models.CharField(max_length=64)),
                ("free_until", models.DateTimeField()),
                ("late_fee_minor", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("booked", "booked"),
                            ("arrived", "arrived"),
                            ("no_show", "did not come"),
                            ("cancelled", "cancelled"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("message", models.TextField(blank=True, default="", max_length=1000)),
                ("booked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_by_practice", models.BooleanField(null=True)),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ("starts_at", "id"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AppointmentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("client_zone", models.CharField(max_length=64)),
                ("client_in", models.CharField(blank=True, default="", max_length=10)),
                ("reservation", models.UUIDField(null=True)),
                (
                    "offer",
                    models.CharField(
                        choices=[
                            ("discovery", "Discovery call"),
                            ("single", "Single session"),
                            ("course", "First session of a course"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[("in_person", "In person"), ("video", "By video")], max_length=12
                    ),
                ),
                ("minutes", models.PositiveSmallIntegerField()),
                ("price_minor", models.PositiveIntegerField()),
                ("currency", models.CharField(max_length=3)),
                ("address", models.CharField(blank=True, default="", max_length=500)),
                ("local_start", models.CharField(max_length=16)),
                ("zone", models.CharField(max_length=64)),
                ("free_until", models.DateTimeField()),
                ("late_fee_minor", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("booked", "booked"),
                            ("arrived", "arrived"),
                            ("no_show", "did not come"),
                            ("cancelled", "cancelled"),
                        ],
                        default="booked",
                        max_length=10,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=0)),
                ("message", models.TextField(blank=True, default="", max_length=1000)),
                ("booked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_by_practice", models.BooleanField(null=True)),
            ],
            options={
                "db_table_comment": "append-only: see unknot.server.roles",
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="LicenceNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField()),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "verbose_name": "notice of an ending licence",
                "verbose_name_plural": "notices of ending licences",
            },
        ),
        migrations.CreateModel(
            name="Reservation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("client_zone", models.CharField(max_length=64)),
                ("client_in", models.CharField(blank=True, default="", max_length=10)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "reservation",
                "verbose_name_plural": "reservations",
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="takentime",
            name="taken_for_a_reason",
        ),
        migrations.AddField(
            model_name="diary",
            name="cancel_free_hours",
            field=models.PositiveSmallIntegerField(default=24),
        ),
        migrations.AddField(
            model_name="diary",
            name="late_cancel_percent",
            field=models.PositiveSmallIntegerField(default=50),
        ),
        migrations.AlterField(
            model_name="takentime",
            name="what",
            field=models.CharField(
                choices=[("blocked", "blocked"), ("reserved", "reserved"), ("booked", "booked")],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="diary",
            constraint=models.CheckConstraint(
                condition=models.Q(("cancel_free_hours__lte", 336), ("late_cancel_percent__lte", 100)),
                name="diary_cancellation",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="intake",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="appointments",
                to="intake.intake",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="appointments", to="intake.person"
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="practice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appointments",
                to="accounts.practice",
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="practitioner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="directory.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="takentime",
            name="appointment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taken",
                to="booking.appointment",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="intake",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="intake.intake",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="intake.person",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="booking.appointment",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="practice",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="accounts.practice",
            ),
        ),
        migrations.AddField(
            model_name="appointmentevent",
            name="practitioner",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="directory.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="licencenotice",
            name="appointment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="licence_notices",
                to="booking.appointment",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="draft",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="reservation", to="intake.draft"
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="place",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.place"
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="practitioner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="directory.practitioner",
            ),
        ),
        migrations.AddField(
            model_name="reservation",
            name="service",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.service"
            ),
        ),
        migrations.AddField(
            model_name="takentime",
            name="reservation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="taken",
                to="booking.reservation",
            ),
        ),
        migrations.AddConstraint(
            model_name="takentime",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("appointment__isnull", True), ("reservation__isnull", True), ("what", "blocked")
                    ),
                    models.Q(
                        ("appointment__isnull", True), ("reservation__isnull", False), ("what", "reserved")
                    ),
                    models.Q(
                        ("appointment__isnull", False), ("reservation__isnull", True), ("what", "booked")
                    ),
                    _connector="OR",
                ),
                name="taken_for_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="appointment",
            index=models.Index(fields=["practitioner", "starts_at"], name="appointments_of"),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="appointment_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["booked", "arrived", "no_show", "cancelled"])),
                name="appointment_status",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("offer__in", ["discovery", "single", "course"])), name="appointment_offer"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(("mode__in", ["in_person", "video"])), name="appointment_mode"
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by_practice__isnull", True), ("status", "cancelled"), _connector="OR"
                ),
                name="appointment_cancelled_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "booking_appointmentevent" ("address", "booked_at", "client_in", "client_zone", "currency", "ended_by_practice", "ends_at", "free_until", "id", "intake_id", "late_fee_minor", "local_start", "message", "minutes", "mode", "offer", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id", "practitioner_id", "price_minor", "public_id", "reservation", "revision", "starts_at", "status", "zone") VALUES (NEW."address", NEW."booked_at", NEW."client_in", NEW."client_zone", NEW."currency", NEW."ended_by_practice", NEW."ends_at", NEW."free_until", NEW."id", NEW."intake_id", NEW."late_fee_minor", NEW."local_start", NEW."message", NEW."minutes", NEW."mode", NEW."offer", NEW."person_id", NOW(), \'insert\', NEW."id", NEW."practice_id", NEW."practitioner_id", NEW."price_minor", NEW."public_id", NEW."reservation", NEW."revision", NEW."starts_at", NEW."status", NEW."zone"); RETURN NULL;',
                    hash="e790384d2d2e412c21ef9235894db90cb153af7a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_335d5",
                    table="booking_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "booking_appointmentevent" ("address", "booked_at", "client_in", "client_zone", "currency", "ended_by_practice", "ends_at", "free_until", "id", "intake_id", "late_fee_minor", "local_start", "message", "minutes", "mode", "offer", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id", "practitioner_id", "price_minor", "public_id", "reservation", "revision", "starts_at", "status", "zone") VALUES (NEW."address", NEW."booked_at", NEW."client_in", NEW."client_zone", NEW."currency", NEW."ended_by_practice", NEW."ends_at", NEW."free_until", NEW."id", NEW."intake_id", NEW."late_fee_minor", NEW."local_start", NEW."message", NEW."minutes", NEW."mode", NEW."offer", NEW."person_id", NOW(), \'update\', NEW."id", NEW."practice_id", NEW."practitioner_id", NEW."price_minor", NEW."public_id", NEW."reservation", NEW."revision", NEW."starts_at", NEW."status", NEW."zone"); RETURN NULL;',
                    hash="d3b9c97077462775f82c691f8ec58e52fe688b86",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_ec586",
                    table="booking_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointment",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "booking_appointmentevent" ("address", "booked_at", "client_in", "client_zone", "currency", "ended_by_practice", "ends_at", "free_until", "id", "intake_id", "late_fee_minor", "local_start", "message", "minutes", "mode", "offer", "person_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "practice_id", "practitioner_id", "price_minor", "public_id", "reservation", "revision", "starts_at", "status", "zone") VALUES (OLD."address", OLD."booked_at", OLD."client_in", OLD."client_zone", OLD."currency", OLD."ended_by_practice", OLD."ends_at", OLD."free_until", OLD."id", OLD."intake_id", OLD."late_fee_minor", OLD."local_start", OLD."message", OLD."minutes", OLD."mode", OLD."offer", OLD."person_id", NOW(), \'delete\', OLD."id", OLD."practice_id", OLD."practitioner_id", OLD."price_minor", OLD."public_id", OLD."reservation", OLD."revision", OLD."starts_at", OLD."status", OLD."zone"); RETURN NULL;',
                    hash="b70bc9c0f9b9eed13357c478b5673716125a3d98",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f591f",
                    table="booking_appointment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appointmentevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aaa321f4f7a5e4c1bc9ac4a427cc7c9b31c0708f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_dcdaf",
                    table="booking_appointmentevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="licencenotice",
            constraint=models.UniqueConstraint(
                fields=("appointment", "last_day"), name="licence_notice_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reservation",
            index=models.Index(fields=["expires_at"], name="reservations_that_end"),
        ),
        migrations.AddConstraint(
            model_name="reservation",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="reservation_ends_after_it_starts",
            ),
        ),
    ]
