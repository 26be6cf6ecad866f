from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial")]
    operations = [Wall("figures_run", "figures_figure")]
