from django.urls import path

from matrikel.domain.cases.web import acts, journal, lists

urlpatterns = [
    path("arenden/", lists.cases, name="cases"),
    path("arenden/person/<uuid:person_id>/", lists.panel, name="cases-panel"),
    path("arenden/person/<uuid:person_id>/journal/", journal.journal, name="cases-journal"),
    path("arenden/person/<uuid:person_id>/nytt/", acts.case_open, name="cases-case-open"),
    path("arenden/person/<uuid:person_id>/mottagande/", acts.reception_add, name="cases-reception-add"),
    path("arenden/mottagande/<uuid:reception_id>/", acts.reception_change, name="cases-reception-change"),
    path("arenden/<uuid:case_id>/avsluta/", acts.case_close, name="cases-case-close"),
    path("arenden/<uuid:case_id>/oppna-igen/", acts.case_reopen, name="cases-case-reopen"),
    path("arenden/<uuid:case_id>/fordela/", acts.case_assign, name="cases-case-assign"),
    path("arenden/<uuid:case_id>/hanvisa/", acts.case_refer, name="cases-case-refer"),
    path("arenden/<uuid:case_id>/anteckning/", journal.note_write, name="cases-note-write"),
    path("arenden/<uuid:case_id>/anteckning/spara/", journal.note_autosave, name="cases-note-autosave"),
    path("arenden/anteckning/<uuid:note_id>/", journal.note_edit, name="cases-note-edit"),
    path("arenden/anteckning/<uuid:note_id>/signera/", journal.note_sign, name="cases-note-sign"),
    path("arenden/anteckning/<uuid:note_id>/stryk/", journal.note_strike, name="cases-note-strike"),
    path("arenden/anteckning/<uuid:note_id>/kasta/", journal.note_discard, name="cases-note-discard"),
]
