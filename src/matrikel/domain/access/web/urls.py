from django.urls import path

from matrikel.domain.access.web import keys, views

urlpatterns = [
    path("installningar/", views.preferences, name="preferences"),
    path("installningar/nycklar/", keys.keys, name="keys"),
    path("installningar/nycklar/<uuid:key_id>/aterkalla/", keys.revoke, name="key-revoke"),
    path("uppdrag/", views.choose_post, name="post-choose"),
    path("angra/<uuid:receipt_id>/", views.undo, name="undo"),
    path("medarbetare/", views.staff, name="staff"),
    path("medarbetare/ny/", views.new_post, name="staff-employ"),
    path("medarbetare/<uuid:post_id>/sluta/", views.leave_post, name="staff-leave"),
]
