from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("services", "0001_initial")]
    operations = [Wall("services_participation")]
