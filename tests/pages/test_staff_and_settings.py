"""Posts, choosing between them, own settings, and the log for those who review it."""

from datetime import date
from typing import Any
from uuid import uuid4

from matrikel.base.scope import acting_as
from matrikel.domain.access import door as access
from matrikel.domain.people import door as people
from matrikel.domain.trail import door as trail
from tests.cast import Cast


def test_an_administrator_gives_and_ends_a_post(cast: Cast, browse: Any) -> None:
    client = browse(cast.administrator)
    new = {"key": uuid4(), "name": "Nina", "email": "nina@example.test", "unit": cast.unit.pk, "role": "caseworker",
           "start_date": "2026-01-01"}  # fmt: skip
    assert client.post("/medarbetare/ny/", new).status_code == 302
    post = access.Post.objects.get(user__email="nina@example.test")
    assert post.user.has_usable_password()
    ended = client.post(f"/medarbetare/{post.pk}/sluta/", {"key": uuid4(), "end_date": "2026-02-01"})
    assert ended.status_code == 302
    assert access.Post.objects.get(pk=post.pk).end_date == date(2026, 2, 1)


def test_a_leaver_reaches_nothing_on_the_next_request(amina: people.Person, cast: Cast, browse: Any) -> None:
    client = browse(cast.bertil)
    assert client.get(f"/personer/{amina.pk}/").status_code == 200
    access.Post.objects.filter(pk=cast.bertil.post_id).update(end_date=date(2020, 2, 1))
    assert client.get(f"/personer/{amina.pk}/").status_code == 403


def test_a_changed_password_ends_other_sessions(cast: Cast, browse: Any) -> None:
    client = browse(cast.bertil)
    assert client.get("/idag/").status_code == 200
    user = access.User.objects.get(pk=cast.bertil.user_id)
    user.set_password("ett-helt-annat-lösen")
    user.save()
    assert client.get("/idag/").status_code == 302


def test_nobody_gives_themselves_rights(cast: Cast, browse: Any) -> None:
    me = access.User.objects.get(pk=cast.administrator.user_id)
    own = {"key": uuid4(), "name": me.name, "email": me.email, "unit": cast.unit.pk, "role": "unit_manager",
           "start_date": "2026-01-01"}  # fmt: skip
    assert browse(cast.administrator).post("/medarbetare/ny/", own).status_code in (200, 422)
    assert access.Post.objects.filter(user=me).count() == 1


def test_others_do_not_manage_staff(cast: Cast, browse: Any) -> None:
    for by in (cast.bertil, cast.cecilia, cast.elsa, cast.rakel):
        assert browse(by).get("/medarbetare/").status_code == 403


def test_an_administrator_cannot_end_posts_of_another_board(cast: Cast, browse: Any) -> None:
    asked = browse(cast.administrator).post(
        f"/medarbetare/{cast.erik.post_id}/sluta/", {"key": uuid4(), "end_date": "2026-02-01"}
    )
    assert asked.status_code == 404


def test_the_acting_post_is_chosen_and_fixes_what_is_seen(amina: people.Person, cast: Cast, browse: Any) -> None:
    bertil = access.User.objects.get(pk=cast.bertil.user_id)
    elsewhere = access.Unit.objects.get(pk=cast.david.unit_id)
    second = access.employ(email=bertil.email, name=bertil.name, unit=elsewhere, role="caseworker", by=None,
                           start_date=date(2020, 1, 1))  # fmt: skip
    client = browse(cast.bertil)
    client.post("/uppdrag/", {"post": second.pk})
    assert client.get(f"/personer/{amina.pk}/").status_code == 404
    client.post("/uppdrag/", {"post": cast.bertil.post_id})
    assert client.get(f"/personer/{amina.pk}/").status_code == 200
    assert client.post("/uppdrag/", {"post": cast.cecilia.post_id}).status_code == 404


def test_language_and_look_are_kept(cast: Cast, browse: Any) -> None:
    client = browse(cast.bertil)
    for choice in ({"language": "en"}, {"theme": "dark"}, {"density": "compact"}, {"shortcuts": "off"}):
        client.post("/installningar/", {**choice, "next": "/idag/"})
    client.post(
        "/installningar/", {"language": "klingon", "user": "x", "by": "y", "next": "https://elsewhere.example/"}
    )
    page = client.get("/idag/").content.decode()
    for text in ('lang="en"', 'data-theme="dark"', 'data-density="compact"', 'data-shortcuts="off"', "My cases"):
        assert text in page


def test_the_log_shows_the_unit_to_its_manager_without_names(amina: people.Person, cast: Cast, browse: Any) -> None:
    browse(cast.bertil).get(f"/personer/{amina.pk}/")
    browse(cast.david).get(f"/personer/{amina.pk}/")
    page = browse(cast.cecilia).get("/logg/").content.decode()
    assert "Bertil" in page
    assert "David" not in page
    assert "Amina" not in page
    for by in (cast.bertil, cast.rakel, cast.elsa):
        assert browse(by).get("/logg/").status_code == 403


def test_a_denial_survives_the_rollback_of_what_was_refused(amina: people.Person, cast: Cast, browse: Any) -> None:
    browse(cast.david).get(f"/personer/{amina.pk}/")
    with acting_as(cast.david) as by:
        denied = trail.of_board(by=by, post=cast.david.post_id, kind="denied").get()
    assert denied.action == "access.page.refused"
    assert "people-person" in denied.canon
    assert "Amina" not in denied.canon
