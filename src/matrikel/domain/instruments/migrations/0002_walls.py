from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("instruments", "0001_initial")]
    operations = [
        Wall(
            "instruments_formversion", "instruments_officialwording", "instruments_approval", "instruments_response",
            "instruments_section", "instruments_score", "instruments_opening",
        )
    ]  # fmt: skip
