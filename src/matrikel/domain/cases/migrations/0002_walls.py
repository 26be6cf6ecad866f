from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [Wall("cases_reception", "cases_case", "cases_assignment", "cases_referral", "cases_note")]
