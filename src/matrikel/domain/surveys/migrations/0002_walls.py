from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [
        Wall(
            "surveys_campaign",
            "surveys_reference",
            "surveys_invitation",
            "surveys_answer",
            "surveys_theme",
            "surveys_sorted",
        )
    ]
