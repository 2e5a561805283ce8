"""Writing the reasons of a draft's changes, in several sittings and by several people at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from sosei.values import Problem
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans.appending import locked
from sosei.web.plans.change_list import Group, Row, change_list
from sosei.web.plans.models import Draft, DraftReason
from sosei.web.plans.reasons import Given, Place, given_reasons
from sosei.web.plans.uploaded import kept_text

LONGEST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A field of the form: ``seen`` is the reason that stood there when the form was made; ``stands``: the
    reason is meant for what the change says now.
    """

    text: str
    seen: str
    stands: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What came from a form: its fields by the name of the row, and the texts for whole groups by the
    name of the group.
    """

    rows: Mapping[str, Typed]
    groups: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What became of a form: how many reasons were written; by row or group what was not, with why; the
    texts whose change is not in the list any more.
    """

    count: int
    refused: Mapping[str, Problem]
    gone: Sequence[str] = ()


def write_reasons(actor: Actor, draft: Draft, form: Form) -> Written:
    """Keep what was typed beside the list of changes: each field that nobody else wrote meanwhile.

    A group's text goes into each change of the group that has no reason, on whichever page it stands.
    Raises Problem where the draft is closed.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = locked(draft)
        writing = _Writing(given_reasons(draft), form)
        groups = change_list(draft)
        for group in groups:
            writing.take(group)
        writing.keep(actor, draft)
    return Written(count=len(writing.made), refused=writing.refused, gone=tuple(_gone(form, groups)))


class _Writing:
    """A form's reasons on their way into the draft."""

    def __init__(self, given: Mapping[Place, Given], form: Form) -> None:
        self.given, self.form = given, form
        self.made: dict[str, tuple[Row, str]] = {}
        self.refused: dict[str, Problem] = {}

    def take(self, group: Group) -> None:
        """Decide about every field of ``group``."""
        for row in group.rows:
            if typed := self.form.rows.get(row.name):
                self._row(row, typed)
        if text := self.form.groups.get(group.name, ""):
            self._group(group, text)

    def _row(self, row: Row, typed: Typed) -> None:
        now = reason_text(row, self.given)
        if typed.text == typed.seen and not typed.stands:
            return
        if typed.text == now and not (typed.stands and row.is_behind(self.given)):
            return
        if now != typed.seen:
            self.refused[row.name] = _stale(row, self.given)
        elif problem := _unkept(typed.text):
            self.refused[row.name] = problem
        else:
            self.made[row.name] = (row, typed.text)

    def _group(self, group: Group, text: str) -> None:
        if problem := _unkept(text):
            self.refused[f"all-{group.name}"] = problem
            return
        for row in group.rows:
            if row.name in self.refused:
                continue
            written = self.made[row.name][1] if row.name in self.made else reason_text(row, self.given)
            if not written:
                self.made[row.name] = (row, text)

    def keep(self, actor: Actor, draft: Draft) -> None:
        """Write the rows and the log."""
        if not self.made:
            return
        now = timezone.now()
        DraftReason.objects.bulk_create(
            [
                DraftReason(
                    municipality_id=draft.municipality_id,
                    draft=draft,
                    key=key,
                    field=name,
                    text=text,
                    about=row.mark,
                    by=actor.user,
                    at=now,
                )
                for row, text in self.made.values()
                for key, name in row.places
            ],
            update_conflicts=True,
            unique_fields=["draft", "key", "field"],
            update_fields=["text", "about", "by", "at"],
        )
        record(
            actor,
            "draft.reasoned",
            draft.plan.title,
            old={_named(row): reason_text(row, self.given) for row, _ in self.made.values()},
            new={_named(row): text for row, text in self.made.values()},
        )


def reason_text(row: Row, given: Mapping[Place, Given]) -> str:
    """The reason of a change as its field shows it; empty for none."""
    reason = row.reason(given)
    return reason.text if reason else ""


def _named(row: Row) -> str:
    return " ".join(filter(None, row.places[0]))


def _stale(row: Row, given: Mapping[Place, Given]) -> Problem:
    """Somebody else wrote the reason meanwhile: who, and what it says now."""
    reason = row.reason(given)
    if reason is None:
        return Problem(
            "開いているあいだに、ほかの人がこの理由を消しました。入力した文は欄に残してあります。これでよければもう一度保存してください",
            "somebody cleared this reason while you were writing; your text is kept, save again to write it",
        )
    return Problem(
        f"開いているあいだに、{reason.by or 'ほかの人'}が「{reason.text}」と書きました。"
        "入力した文は欄に残してあります。書き直すときはもう一度保存してください",
        f'{reason.by or "somebody"} wrote "{reason.text}" while you were writing; '
        "your text is kept, save again to write it over",
    )


def _unkept(text: str) -> Problem | None:
    try:
        kept_text(text)
    except Problem as problem:
        return problem
    if len(text) > LONGEST:
        return Problem(
            f"理由が長すぎます（{len(text)}字）。{LONGEST}字までにしてください",
            f"the reason is too long ({len(text)} characters); at most {LONGEST}",
        )
    return None


def _gone(form: Form, groups: Iterable[Group]) -> Iterable[str]:
    """What was typed for a change that the list does not hold any more."""
    groups = list(groups)
    rows = {row.name for group in groups for row in group.rows}
    names = {group.name for group in groups}
    yield from (each.text for name, each in form.rows.items() if name not in rows and each.text != each.seen)
    yield from (text for name, text in form.groups.items() if name not in names and text)
