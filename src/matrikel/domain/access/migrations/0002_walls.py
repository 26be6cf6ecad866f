from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [Wall("access_relation")]
