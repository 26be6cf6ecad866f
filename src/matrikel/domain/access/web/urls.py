from django.urls import path

from matrikel.domain.access.web import views

urlpatterns = [
    path("installningar/", views.preferences, name="preferences"),
    path("uppdrag/", views.choose_post, name="post-choose"),
    path("angra/<uuid:receipt_id>/", views.undo, name="undo"),
    path("medarbetare/", views.staff, name="staff"),
    path("medarbetare/ny/", views.new_post, name="staff-employ"),
    path("medarbetare/<uuid:post_id>/sluta/", views.leave_post, name="staff-leave"),
]
