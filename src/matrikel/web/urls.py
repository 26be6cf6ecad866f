from django.urls import path

from matrikel.web import home, language, log, person, styleguide, surveys, surveys_files, today
from matrikel.web.results_urls import urlpatterns as results

urlpatterns = [
    path("", home.home, name="home"),
    path("idag/", today.today, name="today"),
    path("idag/sett/", today.seen, name="today-seen"),
    path("personer/<uuid:person_id>/", person.person, name="people-person"),
    path("personer/<uuid:person_id>/lasare/", person.readers, name="person-readers"),
    path("personer/<uuid:person_id>/logg/", person.log_of_person, name="person-log"),
    path("logg/", log.log, name="log"),
    path("logg/nodoppning/<uuid:relation_id>/", log.review_emergency, name="emergency-review"),
    path("sprak/", language.choose, name="language"),
    path("delar/", styleguide.styleguide, name="styleguide"),
    path("enkater/<uuid:campaign_id>/", surveys.campaign, name="surveys-campaign"),
    path("enkater/<uuid:campaign_id>/kalkylblad/", surveys_files.sheet, name="surveys-sheet"),
    path("enkater/<uuid:campaign_id>/pdf/", surveys_files.printed, name="surveys-print"),
    *results,
]
