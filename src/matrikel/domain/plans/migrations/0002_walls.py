from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [Wall("plans_plan", "plans_goal", "plans_step", "plans_followup")]
