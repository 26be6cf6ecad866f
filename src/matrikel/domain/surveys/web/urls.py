from django.urls import path

from matrikel.domain.surveys.web import answering, views

urlpatterns = [
    path("enkater/", views.surveys_list, name="surveys"),
    path("enkater/ny/", views.plan_one, name="surveys-plan"),
    path("enkater/<uuid:campaign_id>/paminn/", views.remind_silent, name="surveys-remind"),
    path("enkater/<uuid:campaign_id>/stang/", views.close_one, name="surveys-close"),
    path("enkater/<uuid:campaign_id>/disk/", views.at_the_desk, name="surveys-desk"),
    path("enkater/<uuid:campaign_id>/jamforelsetal/", views.note_reference, name="surveys-reference"),
    path("enkater/<uuid:campaign_id>/fritext/", views.texts, name="surveys-texts"),
    path(
        "enkater/<uuid:campaign_id>/jamforelsetal/<uuid:reference_id>/ta-bort/",
        views.withdraw_reference,
        name="surveys-reference-withdraw",
    ),
    path("enkater/<uuid:campaign_id>/tema/", views.new_theme, name="surveys-theme"),
    path("svara/", answering.enter, name="answer"),
    path("svara/tack/", answering.thanks, name="answer-thanks"),
    path("svara/<str:code>/", answering.fill_in, name="answer-code"),
]
