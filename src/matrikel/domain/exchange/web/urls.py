from django.urls import path

from matrikel.domain.exchange.web import views

urlpatterns = [
    path("utbyte/", views.exchange, name="exchange"),
    path("utbyte/nyckel/", views.make_key, name="exchange-key"),
    path("utbyte/paket/", views.give, name="exchange-give"),
    path("utbyte/ta-emot/", views.receive, name="exchange-receive"),
    path("utbyte/mottaget/<uuid:package_id>/", views.package, name="exchange-package"),
    path("utbyte/mottaget/<uuid:package_id>/ta-bort/", views.withdraw, name="exchange-withdraw"),
    path("utbyte/kolada/", views.take_in, name="exchange-kolada"),
    path("utbyte/avsandare/", views.trust, name="exchange-trust"),
    path("utbyte/avsandare/<uuid:signer_id>/ta-bort/", views.distrust, name="exchange-distrust"),
]
