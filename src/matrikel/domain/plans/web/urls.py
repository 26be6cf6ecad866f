from django.urls import path

from matrikel.domain.plans.web import acts, lists, pages

urlpatterns = [
    path("planer/person/<uuid:person_id>/", lists.panel, name="plans-panel"),
    path("planer/person/<uuid:person_id>/familj/", lists.family, name="plans-family"),
    path("planer/person/<uuid:person_id>/ny/", acts.begin, name="plans-begin"),
    path("planer/steg/<uuid:step_id>/", acts.step, name="plans-step"),
    path("planer/<uuid:plan_id>/", pages.plan, name="plans-plan"),
    path("planer/<uuid:plan_id>/skriv/", pages.write, name="plans-write"),
    path("planer/<uuid:plan_id>/spara/", pages.save, name="plans-save"),
    path("planer/<uuid:plan_id>/kom-overens/", pages.agreed, name="plans-agree"),
    path("planer/<uuid:plan_id>/kod/", pages.code, name="plans-code"),
    path("planer/<uuid:plan_id>/bekrafta/", acts.confirmed, name="plans-confirm"),
    path("planer/<uuid:plan_id>/plan.pdf", pages.printed, name="plans-print"),
    path("planer/<uuid:plan_id>/ny-version/", acts.renew, name="plans-renew"),
    path("planer/<uuid:plan_id>/folj-upp/", acts.followed_up, name="plans-follow-up"),
    path("planer/<uuid:plan_id>/avsluta/", acts.ended, name="plans-end"),
    path("planer/<uuid:plan_id>/kasta/", acts.discarded, name="plans-discard"),
]
