from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [Wall("exchange_signer", "exchange_package")]
