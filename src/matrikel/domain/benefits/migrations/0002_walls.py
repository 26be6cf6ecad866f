from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("benefits", "0001_initial")]
    operations = [Wall("benefits_monthlist", "benefits_assistancemonth")]
