from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial")]
    operations = [Wall("imports_batch", "imports_row")]
