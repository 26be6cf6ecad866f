"""What was agreed, as rows that can be counted. What a plan says in full is its response, in instruments."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from matrikel.base import codes
from matrikel.base.models import standing
from matrikel.domain.access.door import BoardRow, Post, Unit
from matrikel.domain.cases.door import Case
from matrikel.domain.instruments import door as instruments
from matrikel.domain.instruments.door import Response
from matrikel.domain.people.door import Person
from matrikel.domain.plans.rules import codes_counted


class Plan(BoardRow):
    """One version of a plan. `kind` is the id of its form, `number` the version from one, `response` what was written.

    `code` is the mark of the one-time code that waits to be said back; never the code itself.
    """

    STATES = (
        ("draft", _("utkast")),
        ("agreed", _("gäller")),
        ("replaced", _("ersatt")),
        ("ended", _("avslutad")),
    )
    HOW = (("signature", _("underskrift på papper")), ("code", _("engångskod")))

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("slag", max_length=60)
    number = models.PositiveSmallIntegerField("version", default=1)
    state = models.CharField("läge", max_length=8, choices=STATES, default="draft")
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_on = models.DateField("överenskommen", null=True, blank=True)
    agreed_how = models.CharField("hur", max_length=9, choices=HOW, blank=True)
    agreed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    ended_on = models.DateField("avslutad", null=True, blank=True)
    end_reason = models.CharField("skäl", max_length=40, blank=True)
    code = models.CharField(max_length=64, blank=True, editable=False)
    code_until = models.DateField(null=True, editable=False)
    code_misses = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta(BoardRow.Meta):
        verbose_name = "plan"
        constraints = [
            models.UniqueConstraint(name="one_plan_a_response", **standing("response")),
            models.UniqueConstraint(
                name="one_plan_of_a_kind_agreed",
                fields=["board", "case", "kind"],
                condition=models.Q(voided_at=None, state="agreed"),
            ),
            models.CheckConstraint(
                name="plan_agreed_on_some_day_somehow",
                condition=models.Q(state="draft", agreed_on=None, agreed_how="", agreed_by=None)
                | ~models.Q(state="draft") & models.Q(agreed_on__isnull=False, agreed_by__isnull=False)
                & ~models.Q(agreed_how=""),
            ),
            models.CheckConstraint(
                name="plan_ended_with_reason",
                condition=models.Q(state="ended", ended_on__isnull=False) & ~models.Q(end_reason="")
                | ~models.Q(state="ended") & models.Q(ended_on=None, end_reason=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["board", "person"], name="plan_by_person"),
            models.Index(fields=["board", "case", "kind"], name="plan_by_case"),
        ]

    class Privacy:
        kind = "case"
        retention = "as its case"
        leaves = ("kind", "number", "state", "agreed_on", "agreed_how", "ended_on", "end_reason")

    @property
    def title(self) -> str:
        return instruments.title_of(self.response)

    @property
    def is_draft(self) -> bool:
        return self.state == "draft"

    @property
    def is_agreed(self) -> bool:
        return self.state == "agreed"

    @property
    def end_reason_label(self) -> str:
        return codes.label("plan_ends", self.end_reason)


class Goal(BoardRow):
    """A goal of an agreed plan, in the person's words. `row` is the form's row id: the same goal in the next version.

    `area` and `state` are codes of goal_areas.csv and goal_states.csv, `state_on` the day the state was said.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="goals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=40, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField("mål")
    area = models.CharField("område", max_length=40)
    due_on = models.DateField("ska vara nått", null=True, blank=True)
    state = models.CharField("läge", max_length=40)
    state_on = models.DateField("läget sagt")
    reason = models.TextField("varför", blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "mål"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(name="one_goal_of_a_row", **standing("plan", "row"))]
        indexes = [models.Index(fields=["board", "person"], name="goal_by_person")]

    class Privacy:
        kind = "text"
        retention = "as its plan"
        leaves: tuple[str, ...] = ()

    @property
    def state_label(self) -> str:
        return codes.label("goal_states", self.state)

    @property
    def area_label(self) -> str:
        return codes.label("goal_areas", self.area)

    @property
    def is_reached(self) -> bool:
        return self.state in codes_counted("goal_states", "reached")

    @property
    def is_open(self) -> bool:
        return self.state in codes_counted("goal_states", "open")


class Step(BoardRow):
    """Something somebody does towards a goal, by a day. `who` is `person`, `worker` or `other`, then named in `other`.

    `state` is a code of step_states.csv.
    """

    WHO = (("person", _("Personen själv")), ("worker", _("Handläggaren")), ("other", _("Någon annan")))

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="steps")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    row = models.CharField(max_length=40, editable=False)
    place = models.PositiveSmallIntegerField(editable=False)
    text = models.TextField("steg")
    who = models.CharField("vem", max_length=40, choices=WHO)
    other = models.CharField("vem annan", max_length=200, blank=True)
    offer = models.CharField("erbjudande", max_length=200, blank=True)
    due_on = models.DateField("senast")
    state = models.CharField("läge", max_length=40)
    state_on = models.DateField("läget sagt")

    class Meta(BoardRow.Meta):
        verbose_name = "steg"
        ordering = ["place"]
        constraints = [models.UniqueConstraint(name="one_step_of_a_row", **standing("goal", "row"))]
        indexes = [
            models.Index(fields=["board", "person"], name="step_by_person"),
            models.Index(fields=["board", "plan"], name="step_by_plan"),
        ]

    class Privacy:
        kind = "text"
        retention = "as its plan"
        leaves: tuple[str, ...] = ()

    @property
    def state_label(self) -> str:
        return codes.label("step_states", self.state)

    @property
    def is_open(self) -> bool:
        return self.state in codes_counted("step_states", "open")

    @property
    def is_done(self) -> bool:
        return self.state in codes_counted("step_states", "reached")

    @property
    def doer(self) -> str:
        return self.other or str(self.get_who_display()).lower()


class FollowUp(BoardRow):
    """A day by which the plan is gone through together (uppföljning), held or not yet.

    `outcomes` holds the state of each goal that was said then, by the goal's row.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="follow_ups")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("senast")
    held_on = models.DateField("hållen", null=True, blank=True)
    held_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    note = models.TextField("anteckning", blank=True)
    outcomes = models.JSONField(default=dict, blank=True)

    class Meta(BoardRow.Meta):
        verbose_name = "uppföljning"
        constraints = [
            models.UniqueConstraint(
                name="one_follow_up_waits",
                fields=["board", "plan"],
                condition=models.Q(voided_at=None, held_on=None),
            ),
            models.CheckConstraint(
                name="follow_up_held_by_somebody",
                condition=models.Q(held_on=None, held_by=None) | models.Q(held_on__isnull=False, held_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["board", "person"], name="follow_up_by_person"),
            models.Index(fields=["board", "due_on"], condition=models.Q(held_on=None), name="follow_up_waiting"),
        ]

    class Privacy:
        kind = "text"
        retention = "as its plan"
        leaves: tuple[str, ...] = ()

    @property
    def was_in_time(self) -> bool:
        return self.held_on is not None and self.held_on <= self.due_on
