from django.db import migrations

from matrikel.base.rls import Wall


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        Wall(
            "people_person",
            "people_identitynumber",
            "people_pastname",
            "people_spokenlanguage",
            "people_household",
            "people_member",
            "people_registration",
            "people_permit",
            "people_activity",
        )
    ]
