from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0002_appointments"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="licencenotice",
            name="licence_notice_once",
        ),
        migrations.AlterField(
            model_name="licencenotice",
            name="last_day",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="licencenotice",
            constraint=models.UniqueConstraint(
                fields=("appointment", "last_day"), name="licence_notice_once", nulls_distinct=False
            ),
        ),
    ]
