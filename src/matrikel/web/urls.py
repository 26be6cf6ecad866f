from typing import Any

from django.urls import path

from matrikel.web import home, language, log

urlpatterns: list[Any] = [
    path("", home.home, name="home"),
    path("logg/", log.log, name="log"),
    path("logg/nodoppning/<uuid:relation_id>/", log.review_emergency, name="emergency-review"),
    path("sprak/", language.choose, name="language"),
]
try:
    from matrikel.web import person
    from matrikel.web.results_urls import urlpatterns as results

    urlpatterns += results
    urlpatterns += [
        path("personer/<uuid:person_id>/", person.person, name="people-person"),
        path("personer/<uuid:person_id>/lasare/", person.readers, name="person-readers"),
        path("personer/<uuid:person_id>/logg/", person.log_of_person, name="person-log"),
    ]
    from matrikel.web import today

    urlpatterns += [
        path("idag/", today.today, name="today"),
        path("idag/sett/", today.seen, name="today-seen"),
    ]
except ImportError:
    pass
