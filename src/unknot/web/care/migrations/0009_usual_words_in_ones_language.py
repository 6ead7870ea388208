"""The usual words for a decision are told in the reader's language: what was kept of them is emptied."""

from django.db import migrations

from unknot.knowledge import load
from unknot.outcomes import Answer
from unknot.outcomes.words import Speaker


def forget_usual_words(apps, _schema_editor):
    speakers = [Speaker(load(), lang) for lang in ("en", "es")]
    for decision in apps.get_model("care", "Reevaluation").objects.exclude(words=""):
        usual = [speaker.answer_for_client(Answer(decision.decided), ()) for speaker in speakers]
        if decision.words in usual:
            decision.words = ""
            decision.save()


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0008_home_care_known_again"),
    ]

    operations = [
        migrations.RunPython(forget_usual_words),
    ]
