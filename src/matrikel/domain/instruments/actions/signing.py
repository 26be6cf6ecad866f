"""Signing: all that is asked for is there, the scores are reckoned and kept, and what they open is opened."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from matrikel.domain.access.door import Right
from matrikel.domain.instruments.models import Opening, Response, Score
from matrikel.domain.instruments.queries import answers_of, draft_to_write, form_of
from matrikel.domain.instruments.rules import BESIDE, Unfinished, chooses_limits, log_as, own, require
from matrikel.domain.trail import door as trail
from matrikel.domain.trail.door import Writing
from matrikel.kernel import clock
from matrikel.kernel.acting import Acting
from matrikel.kernel.errors import RuleBroken
from matrikel_forms import Evaluation, Form, Who, counted, due, evaluate


def sign(
    *,
    response: Response,
    by: Acting,
    sex: str = "",
    age: int | None = None,
    seen: Mapping[str, int] | None = None,
) -> Response:
    """Sign and lock a draft; it cannot be undone. Answers to what is not asked, such as hidden questions, are left out.

    `sex` and `age` are what the assessor chose to read the limits by, where the form has limits for some only. `seen`
    are the versions of the sections one has read. Raises Unfinished with every fault, and RuleBroken: signed,
    changed_since, limits_unchosen.
    """
    require(by, Right.FORM_WRITE, response.unit_id)
    with trail.writing(
        log_as("instruments.response.signed", sensitive=response.is_sensitive), by=by, person=response.person_id
    ) as act:
        draft = draft_to_write(by, response.pk)
        form, answers = form_of(draft), answers_of(draft)
        _require_seen(draft, seen or {})
        today = clock.today()
        found = evaluate(form, own(answers), Who(sex, age), at=today)
        if not found.is_complete:
            raise Unfinished(found.faults)
        _require_limits(form, found)
        _keep_answers(act, draft, form)
        _keep_scores(act, draft, found)
        _open(act, draft, found)
        act.seal()
        chosen = {"limit_sex": sex, "limit_age": age} if chooses_limits(form) else {}
        return act.change(
            draft, signed_at=clock.now(), signed_by_id=by.post_id, due_on=due(form, own(answers), today), **chosen
        )


def _require_seen(draft: Response, seen: Mapping[str, int]) -> None:
    if any(seen.get(part.section, part.version) != part.version for part in draft.sections.all()):
        raise RuleBroken(
            "changed_since",
            _("Någon annan har skrivit i formuläret sedan du öppnade det. Läs igenom och signera igen."),
        )


def _require_limits(form: Form, found: Evaluation) -> None:
    for score in found.scores:
        if score.value is not None and form.score(score.id).bands and not score.limits:
            raise RuleBroken(
                "limits_unchosen",
                _("Välj juridiskt kön och ålder, så att det framgår vilken gräns poängen lästes av mot."),
                field="sex",
            )


def _keep_answers(act: Writing, draft: Response, form: Form) -> None:
    """What a signed response holds is what counts: shown questions, rows that are there, and their translations.

    No open page goes on with a section after this: `written_in` says so, and no undo of an earlier save fits any more.
    """
    whole = counted(form, own(answers_of(draft)))
    for part in draft.sections.all():
        kept = {path: value for path, value in part.answers.items() if path.split(BESIDE)[0] in whole}
        act.change(part, answers=kept, written_in=draft.pk)


def _keep_scores(act: Writing, draft: Response, found: Evaluation) -> None:
    for score in found.scores:
        value = None if score.value is None else Decimal(str(score.value))
        act.create(
            Score(
                board_id=draft.board_id, response=draft, scoring=score.id, value=value, band=score.band,
                limits=score.limits,
            )
        )  # fmt: skip


def _open(act: Writing, draft: Response, found: Evaluation) -> None:
    """Each thing once, and not again while the response this one replaces still waits for the same to be settled."""
    waiting = Opening.objects.filter(response=draft.replaces_id, settled_at=None).values_list("what", flat=True)
    opened = {each.what: each.by for each in reversed(found.opened)}
    for what, source in opened.items():
        if what not in set(waiting):
            act.create(
                Opening(
                    board_id=draft.board_id, response=draft, person_id=draft.person_id, unit_id=draft.unit_id,
                    what=what, source=source,
                )
            )  # fmt: skip
