from django.urls import path

from matrikel.domain.people.web import households, lists, persons, spells

urlpatterns = [
    path("personer/", lists.find, name="people"),
    path("personer/ny/", lists.register, name="people-person-register"),
    path("personer/<uuid:person_id>/ratta/", persons.correct, name="people-person-correct"),
    path("personer/<uuid:person_id>/namn/", persons.rename, name="people-person-rename"),
    path("personer/<uuid:person_id>/nummer/", persons.give_number, name="people-number-give"),
    path("personer/<uuid:person_id>/barn/", persons.record_birth, name="people-birth-record"),
    path("personer/<uuid:person_id>/avliden/", persons.record_death, name="people-death-record"),
    path("personer/<uuid:person_id>/skydd/", persons.protect, name="people-person-protect"),
    path("personer/<uuid:person_id>/sla-ihop/", lists.merge, name="people-person-merge"),
    path("personer/<uuid:person_id>/sla-ihop/<uuid:other_id>/", lists.merge_two, name="people-person-merge-two"),
    path("personer/<uuid:person_id>/uppgifter/", persons.identity, name="people-identity"),
    path("personer/nummer/<uuid:number_id>/visa/", persons.show_number, name="people-number-show"),
    path("personer/<uuid:person_id>/hushall/", households.panel, name="people-household"),
    path("personer/<uuid:person_id>/hushall/nytt/", households.form_new, name="people-household-form"),
    path("personer/<uuid:person_id>/hushall/med/", households.join, name="people-household-join"),
    path(
        "personer/<uuid:person_id>/hushall/med/<uuid:other_id>/", households.join_two, name="people-household-join-two"
    ),
    path("personer/hushall/<uuid:member_id>/lamna/", households.leave, name="people-household-leave"),
    path("personer/<uuid:person_id>/folkbokforing/", spells.register_here, name="people-registration-begin"),
    path("personer/<uuid:person_id>/flytt/", spells.move_out, name="people-registration-end"),
    path("personer/<uuid:person_id>/tillstand/", spells.grant_permit, name="people-permit-grant"),
    path("personer/<uuid:person_id>/sysselsattning/", spells.begin_activity, name="people-activity-begin"),
    path("personer/sysselsattning/<uuid:activity_id>/", spells.correct_activity, name="people-activity-correct"),
    path("personer/sysselsattning/<uuid:activity_id>/sluta/", spells.end_activity, name="people-activity-end"),
]
