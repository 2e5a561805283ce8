"""What is done to a plan: loading a file, changing the draft, taking back, adopting (each checked and logged).

Every act is one transaction: it checks the right, locks the draft, does all or nothing, writes the log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.difference import difference
from sosei.plan.keys import new_key
from sosei.plan.model import Level, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation
from sosei.plan.reading import load_plan
from sosei.plan.record import Edition as EditionRecord
from sosei.plan.record import Municipality as MunicipalityRecord
from sosei.plan.record import PlanPeriod
from sosei.plan.writing import digest, dump_plan
from sosei.values import Problem, When, YearKind, era_text, parse_year_label
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.assignments import assign_from_edition
from sosei.web.people.roles import Right
from sosei.web.plans import index, registry
from sosei.web.plans.appending import append, locked, take_back
from sosei.web.plans.change_list import explained
from sosei.web.plans.meaning import keeps_meaning
from sosei.web.plans.models import ChangeReason, Draft, DraftOperation, DraftReason, Edition, Plan
from sosei.web.plans.reasons import Given, given_reasons
from sosei.web.plans.store import draft_base, draft_document, title_of
from sosei.web.plans.uploaded import uploaded_plan

Reasons = Mapping[tuple[Key, str], str]


def load_file(actor: Actor, data: bytes, plan: Plan | None = None) -> Draft:
    """A plan file becomes a draft: a new plan's beginning, or the operations that lead a known plan to it.

    Raises Problem for a file that is no plan, another municipality's, that changes nothing, or that is of
    another plan than ``plan``.
    """
    actor.must(Right.EDIT_PLAN)
    municipality = actor.here
    document = uploaded_plan(data)
    if document.municipality.code != municipality.code:
        raise Problem(
            f"この計画ファイルは{document.municipality.name}（{document.municipality.code}）のものです。"
            f"{municipality.name}（{municipality.code}）の計画ファイルを選んでください",
            f"this plan file is of {document.municipality.name} ({document.municipality.code}); "
            f"choose one of {municipality.name} ({municipality.code})",
        )
    if plan is not None and plan.key != document.key:
        raise Problem(
            f"このファイルは別の計画「{title_of(document)}」のものです（計画のキーが違います）",
            f'this file is of another plan, "{title_of(document)}" (its key differs)',
        )
    with transaction.atomic():
        plan, _ = Plan.objects.get_or_create(
            municipality=municipality, key=document.key, defaults={"title": title_of(document)}
        )
        plan = _locked_plan(plan)
        draft = _open_draft(plan)
        if draft is None and (last := plan.editions.first()) is None:
            draft = Draft.objects.create(
                municipality=municipality, plan=plan, start=dump_plan(document), created_by=actor.user
            )
            record(actor, "plan.loaded", plan.title, new={"sha256": digest(data)})
            return draft
        if draft is None:
            draft = Draft.objects.create(
                municipality=municipality, plan=plan, base=last, created_by=actor.user
            )
        made = difference(draft_document(draft), document)
        if not made:
            raise Problem(
                "読み込んだファイルは今の計画と同じで、変更はありません",
                "the file is the same as the plan as it stands; nothing was changed",
            )
        append(actor, draft, made)
        record(actor, "plan.loaded", plan.title, new={"sha256": digest(data), "operations": len(made)})
    return draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What an officer says of a plan that begins empty: ``key`` was drawn when the form was shown, so that
    a form sent twice makes one plan; years are fiscal years; ``levels`` are names from the top down.
    """

    key: Key
    title: str
    first: int
    last: int
    levels: tuple[tuple[LevelKind, str], ...]


def begin_empty(actor: Actor, beginning: Beginning) -> Draft:
    """A plan without goals or measures yet becomes a draft."""
    actor.must(Right.EDIT_PLAN)
    municipality = actor.here
    years = [When(year=year, kind=YearKind.FISCAL) for year in (beginning.first, beginning.last)]
    document = Document(
        key=beginning.key,
        title=beginning.title,
        municipality=MunicipalityRecord(
            code=municipality.code, name=municipality.name, prefecture=municipality.prefecture
        ),
        period=PlanPeriod(text="～".join(map(era_text, years)), first=years[0], last=years[1]),
        levels=tuple(Level(code=kind.value, name=name, kind=kind) for kind, name in beginning.levels),
    )
    with transaction.atomic():
        plan, is_new = Plan.objects.get_or_create(
            municipality=municipality, key=document.key, defaults={"title": title_of(document)}
        )
        plan = _locked_plan(plan)
        if not is_new and (sent_before := _open_draft(plan)):
            return sent_before
        draft = Draft.objects.create(
            municipality=municipality, plan=plan, start=dump_plan(document), created_by=actor.user
        )
        record(actor, "plan.begun", plan.title, new={"title": plan.title})
    return draft


def begin_revision(actor: Actor, plan: Plan) -> Draft:
    """Open a draft on the last edition; the open one where there is one already."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        plan = _locked_plan(plan)
        if draft := _open_draft(plan):
            return draft
        last = plan.editions.first()
        if last is None:
            raise Problem("見直す版がまだありません", "there is no edition to revise yet")
        draft = Draft.objects.create(
            municipality=plan.municipality, plan=plan, base=last, created_by=actor.user
        )
        record(actor, "draft.begun", plan.title, new={"edition": last.no})
    return draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the log says of many operations at once: in words, and counts by a name of the log."""

    words: Words
    counts: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """Plain data for the log."""
        return {"summary": {"ja": self.words.ja, "en": self.words.en}, **self.counts}


def operate(
    actor: Actor, draft: Draft, made: Sequence[Operation], *, summary: Summary | None = None
) -> list[DraftOperation]:
    """Apply ``made`` to the draft as one act, all or none; raises Refusal where an old value no longer stands.

    The log has an entry for each operation, or one for all of them where there is a ``summary``.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = locked(draft)
        rows = append(actor, draft, made)
        if summary is not None and rows:
            told = {**summary.as_json(), "operations": len(rows)}
            record(actor, "draft.changed", draft.plan.title, new=told)
        else:
            for row in rows:
                record(actor, "draft.changed", draft.plan.title, new=row.operation)
    return rows


def undo(actor: Actor, row: DraftOperation) -> DraftOperation:
    """Take back one of the person's own operations, where what it wrote still stands."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = locked(row.draft)
        if actor.user is not None and row.by_id != actor.user.pk:
            raise Problem(
                "取り消せるのは自分の変更だけです。相手に取消しを頼むか、値を書き直してください",
                "only one's own changes can be taken back; ask the other person, or write the value anew",
            )
        if DraftOperation.objects.filter(undoes=row).exists():
            raise Problem("この変更はもう取り消されています", "this change has been taken back already")
        (made,) = take_back(actor, draft, [row])
        record(actor, "draft.undone", draft.plan.title, new=made.operation)
    return made


def discard(actor: Actor, draft: Draft) -> None:
    """Close the draft without adopting it; ``reopen`` takes that back."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = locked(draft)
        Draft.objects.filter(pk=draft.pk).update(is_open=False)
        record(actor, "draft.discarded", draft.plan.title, old={"operations": draft.length})


def reopen(actor: Actor, draft: Draft) -> None:
    """Open a discarded draft again, where its plan has gone no further since."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        draft = Draft.objects.select_for_update().get(pk=draft.pk)
        last = draft.plan.editions.first()
        if _open_draft(draft.plan) or (last and last.pk != draft.base_id):
            raise Problem(
                "この下書きは開けません。別の下書きがあるか、その後に版が策定されています",
                "this draft cannot be opened: there is another one, or an edition was adopted since",
            )
        Draft.objects.filter(pk=draft.pk).update(is_open=True)
        record(actor, "draft.reopened", draft.plan.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """What an officer says when adopting: ``length`` is the draft's as the officer saw it.

    ``reasons`` stand above those that the draft holds already.
    """

    title: str
    on: date
    length: int
    reason: str = ""
    reasons: Reasons = field(default_factory=dict)


def adopt(actor: Actor, draft: Draft, adoption: Adoption) -> Edition:
    """The draft becomes the next edition: bytes, elements, registry, rows, reasons, in one transaction.

    The same form sent twice gives the edition that the first one made.  Raises Problem where the draft
    moved on, changes nothing, changes what an observed indicator means, or where a change that the print
    shows has no reason.
    """
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        if made := _made_before(actor, draft, adoption):
            return made
        draft = locked(draft)
        if draft.length != adoption.length:
            raise Problem(
                "確認しているあいだに下書きが変わりました。変更の一覧をもう一度確かめてから策定してください",
                "the draft changed while you were looking; read the list of changes again, then adopt",
            )
        document = draft_document(draft)
        if draft.base is not None and document == draft_base(draft):
            raise Problem(
                "前の版から何も変わっていないので、新しい版にできません",
                "nothing differs from the last edition, so there is no new one to adopt",
            )
        keeps_meaning(draft, document)
        reasons = _reasons(draft, adoption)
        edition = _store(actor, draft, document, adoption)
        ChangeReason.objects.bulk_create(
            ChangeReason(municipality=draft.municipality, edition=edition, key=key, field=name, text=text)
            for (key, name), text in reasons.items()
        )
        DraftReason.objects.filter(draft=draft).delete()
        adopted = load_plan(bytes(edition.data))
        registry.take_over(edition, adopted)
        index.write_rows(edition, adopted)
        assign_from_edition(actor, draft.municipality, adopted, adoption.on)
        Draft.objects.filter(pk=draft.pk).update(is_open=False, adopted=edition)
        Plan.objects.filter(pk=draft.plan_id).update(title=title_of(adopted))
        record(
            actor,
            "plan.adopted",
            draft.plan.title,
            new={"edition": edition.no, "title": edition.title, "on": adoption.on, "sha256": edition.sha256},
        )
    return edition


def _made_before(actor: Actor, draft: Draft, adoption: Adoption) -> Edition | None:
    """The edition that the same person made of the draft with the same words."""
    edition = Draft.objects.select_for_update(of=("self",)).select_related("adopted").get(pk=draft.pk).adopted
    if edition is None or actor.user is None or edition.adopted_by_id != actor.user.pk:
        return None
    said = (edition.title, edition.adopted_on, edition.reason)
    return edition if said == (adoption.title, adoption.on, adoption.reason) else None


def _reasons(draft: Draft, adoption: Adoption) -> Reasons:
    """Why each place was changed; raises Problem where a change that the print shows has no reason."""
    said = {
        place: Given(text=text.strip(), by="", at=timezone.now())
        for place, text in adoption.reasons.items()
        if text.strip()
    }
    return explained(draft, given_reasons(draft) | said)


def _store(actor: Actor, draft: Draft, document: Document, adoption: Adoption) -> Edition:
    """The edition's row: the plan with its edition record, as canonical bytes."""
    numbers = [each.no for each in document.editions]
    last = draft.plan.editions.first()
    no = max([*numbers, last.no if last else 0]) + 1
    words = EditionRecord(
        key=new_key(),
        no=no,
        title=adoption.title,
        adopted=parse_year_label(f"{adoption.on.year}年{adoption.on.month}月{adoption.on.day}日"),
        reason=adoption.reason,
    )
    data = dump_plan(document.model_copy(update={"editions": (*document.editions, words)}))
    return Edition.objects.create(
        municipality=draft.municipality,
        plan=draft.plan,
        no=no,
        title=adoption.title,
        adopted_on=adoption.on,
        reason=adoption.reason,
        data=data,
        sha256=digest(data),
        adopted_by=actor.user,
    )


def _locked_plan(plan: Plan) -> Plan:
    """The plan, locked until the transaction ends, so that one draft is begun at a time."""
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _open_draft(plan: Plan) -> Draft | None:
    return Draft.objects.select_for_update().filter(plan=plan, is_open=True).first()
