"""A small server for an open form: real templates, real reading back, answers kept in memory for two writers."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import django_htmx
from django.http import QueryDict
from django.template import engines
from django.utils import translation

import matrikel.web
from matrikel.domain.instruments.differing import Met, differing
from matrikel.domain.instruments.phrases import part_of, phrases
from matrikel.domain.instruments.said import own
from matrikel.domain.instruments.sent import read
from matrikel.domain.instruments.showing import direction, show
from matrikel.domain.instruments.shown import Filled, Sheet
from matrikel.kernel import clock
from matrikel_forms import Form, validate

STATIC = {
    "/static/matrikel/": Path(matrikel.web.__file__).parent / "static" / "matrikel",
    "/static/django_htmx/": Path(django_htmx.__file__).parent / "static" / "django_htmx",
}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'"  # noqa: E501


@dataclass
class Desk:
    """One response that is written in. `posts` counts what was sent; `name` is who is said to have written."""

    form: Form
    other: str = ""
    lang: str = "sv"
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    written_in: dict[str, str] = field(default_factory=dict)
    posts: int = 0
    address: str = ""

    @property
    def kept(self) -> dict[str, Any]:
        return {path: value for section in self.answers.values() for path, value in section.items()}

    def sheet(self, **more: Any) -> Sheet:
        known = {"answers": self.kept, "versions": self.versions, "other": self.other, "lang": self.lang}
        return show(self.form, Filled(**{**known, **more}))

    def page(self, sheet: Sheet | None = None) -> str:
        sheet = sheet or self.sheet()
        context: dict[str, Any] = {
            "sheet": sheet, "sections": sheet.sections, "form_key": f"{id(object())}-{clock.now().timestamp()}",
            "save_url": "/save", "post_url": "/", "back_url": "/", "back_label": "Person", "keep": True, "nav": [],
        }  # fmt: skip
        if self.lang == "sv":
            return self.drawn("instruments/fill.html", context)
        part = {"part_text": part_of(self.lang, 1, 2), "number": 1, "of": 2, "has_next": True, "first": True}
        client = {"say": phrases(self.lang), "dir": direction(self.lang), "sections": sheet.sections[:1], **part}
        return self.drawn("instruments/answer.html", {**context, **client})

    def save(self, data: QueryDict) -> tuple[Sheet, list[str]]:
        """Keep what was sent, and return the sheet with conflicts and faults, and the sections sent."""
        self.posts += 1
        sent = read(self.form, data)
        conflicts, mine = {}, {}
        for name, answers in sent.sections.items():
            choice = data.get(f"choice.{name}")
            seen = int(data.get(f"seen.{name}") or 0) if choice else sent.versions[name]
            met = self.versions.get(name, 0) != seen and self.written_in.get(name) != data["form"]
            if met:
                saved = self.sheet().section(name)
                told = differing(show(self.form, Filled(answers=answers, other=self.other)).section(name), saved)
                conflicts[name], mine[name] = Met("Maria Lind", "10.42", self.versions[name], told), answers
            elif choice != "theirs":
                self.answers[name] = answers
                self.versions[name] = self.versions.get(name, 0) + 1
                self.written_in[name] = data["form"]
        shown = {path: value for section in (self.answers | mine).values() for path, value in section.items()}
        faults: dict[str, list[str]] = {}
        for found in validate(self.form, own(shown), complete=data.get("do") == "sign"):
            faults.setdefault(found.place, []).append(found.message("sv"))
        return self.sheet(answers=shown, conflicts=conflicts, faults=faults, gone=sent.gone), list(sent.sections)

    def saved(self, data: QueryDict) -> str:
        sheet, names = self.save(data)
        sections = [sheet.section(name) for name in names]
        context: dict[str, Any] = {"sheet": sheet, "sections": sections, "saved_at": clock.now()}
        context["redraw"] = any(data.get(name) for name in ("add", "remove", "restore"))
        if any(section.conflict for section in sections):
            context["unsaved"] = "Inte sparat än: välj vilken text som gäller."
        if self.lang != "sv":
            context["say"] = phrases(self.lang)
        return self.drawn("instruments/saved.html", context)

    def drawn(self, template: str, context: dict[str, Any]) -> str:
        with translation.override("sv"):
            page: str = engines["django"].get_template(template).render(context)
        return page


@contextmanager
def opened(desk: Desk) -> Iterator[Desk]:
    """Serve a desk on loopback while it lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            for prefix, folder in STATIC.items():
                if path.startswith(prefix) and (folder / path.removeprefix(prefix)).is_file():
                    return self.answer((folder / path.removeprefix(prefix)).read_bytes(), TYPES[Path(path).suffix])
            return self.answer(desk.page().encode()) if path == "/" else self.answer(b"", status=404)

        def do_POST(self) -> None:
            data = QueryDict(self.rfile.read(int(self.headers["Content-Length"])))
            if self.path == "/save":
                return self.answer(desk.saved(data).encode())
            return self.answer(desk.page(desk.save(data)[0]).encode())

        def answer(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", POLICY)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    desk.address = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield desk
    finally:
        server.shutdown()
        server.server_close()
