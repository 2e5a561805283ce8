"""What is done with workbooks and pasted blocks: handed in, read again, taken over, dropped."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from pydantic import TypeAdapter

from sosei.formats.xlsx_cells import check_book
from sosei.plan.base import Key
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation
from sosei.plan.record import Municipality as MunicipalityRecord
from sosei.plan.writing import dump_plan
from sosei.values import Problem, Words
from sosei.web.jobs.uploads import begun, new_job
from sosei.web.journal.record import record
from sosei.web.people.actor import Actor
from sosei.web.people.roles import Right
from sosei.web.plans.acts import Summary, operate
from sosei.web.plans.appending import locked
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.store import last_operation, title_of
from sosei.web.plans.uploaded import kept_text
from sosei.web.site.uploads import shown_name
from sosei.web.workbooks.blocks import Way, block_rows
from sosei.web.workbooks.choices import both_of, operations_in
from sosei.web.workbooks.conflicts import standing
from sosei.web.workbooks.keeping import forget
from sosei.web.workbooks.models import Upload, UploadKind, UploadState
from sosei.web.workbooks.reading import KIND, STEPS, counted

LONGEST_REASON = 1000
_OPERATIONS: TypeAdapter[list[Operation]] = TypeAdapter(list[Operation])
_KINDS: Mapping[str, tuple[str, str]] = {
    "added": ("追加", "added"),
    "changed": ("変更", "changed"),
    "moved": ("移動", "moved"),
    "removed": ("削除", "removed"),
}
_TITLES = {
    UploadKind.BOOK: Words("Excelのブックの読み込み", "Reading a workbook"),
    UploadKind.BLOCK: Words("貼り付けた表の読み込み", "Reading a pasted table"),
}
_UNNAMED = "ブック.xlsx"
_PASTED = Words("貼り付けた表", "pasted table")


def hand_in_book(actor: Actor, draft: Draft, data: bytes, name: str) -> Upload:
    """Keep a workbook for ``draft`` and let a worker read it.

    Raises Problem, keeping nothing, where the file is no workbook.  The same file handed in again while
    the first waits is the first.
    """
    actor.must(Right.EDIT_PLAN)
    check_book(data)
    return begun(_hand_in(actor, draft, UploadKind.BOOK, data, shown_name(name, _UNNAMED)))


def hand_in_block(actor: Actor, draft: Draft, text: str, way: Way) -> Upload:
    """The same for a pasted block; raises Problem where there is no table in it."""
    actor.must(Right.EDIT_PLAN)
    block_rows(text)
    return begun(_hand_in(actor, draft, UploadKind.BLOCK, text.encode(), _PASTED.ja, way.text()))


def begin_from_book(actor: Actor, key: Key, title: str, data: bytes, name: str) -> Upload:
    """A new plan called ``title``, without anything yet, and the workbook that is to fill it.

    ``key`` was drawn when the form was shown, so that a form sent twice makes one plan.
    """
    actor.must(Right.EDIT_PLAN)
    check_book(data)
    municipality = actor.here
    city = MunicipalityRecord(
        code=municipality.code, name=municipality.name, prefecture=municipality.prefecture
    )
    document = Document(key=key, title=title, municipality=city)
    with transaction.atomic():
        plan, is_new = Plan.objects.get_or_create(
            municipality=municipality, key=key, defaults={"title": title_of(document)}
        )
        plan = Plan.objects.select_for_update().get(pk=plan.pk)
        draft = plan.drafts.filter(is_open=True).first()
        if is_new or draft is None:
            if plan.drafts.exists():
                raise Problem(
                    "この画面からは、もう計画を始めています。計画の一覧から開いてください",
                    "this form has begun a plan already; open it from the list of plans",
                )
            draft = Draft.objects.create(
                municipality=municipality, plan=plan, start=dump_plan(document), created_by=actor.user
            )
            record(actor, "plan.begun", plan.title, new={"title": plan.title})
        upload = _hand_in(actor, draft, UploadKind.BOOK, data, shown_name(name, _UNNAMED))
    return begun(upload)


def read_again(actor: Actor, upload: Upload) -> None:
    """Read the upload anew, against the draft as it stands now."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        upload = _waiting(upload)
        upload.state, upload.operations, upload.both = UploadState.READING, "[]", "[]"
        new_job(actor, upload, KIND, _TITLES[UploadKind(upload.kind)], STEPS)
    begun(upload)


def drop(actor: Actor, upload: Upload) -> None:
    """Take nothing over and remove the file."""
    actor.must(Right.EDIT_PLAN)
    with transaction.atomic():
        upload = (
            Upload.objects.select_for_update(of=("self",)).select_related("draft__plan").get(pk=upload.pk)
        )
        if upload.state not in (UploadState.READING, UploadState.READY):
            return
        forget(upload, UploadState.DROPPED)
        record(actor, "workbook.dropped", upload.draft.plan.title, old={"sha256": upload.sha256})


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What an officer says when taking an upload over.

    ``without_faulty``: the faulty cells may stay out.  ``without_conflicts``: what no longer holds may stay
    out, as it was shown when the draft's last operation was ``seen``.  ``taken`` names what was changed in the
    file and on screen, and shall be as in the file; ``all_taken`` is all of it, as it was shown at ``seen``.
    """

    reason: str = ""
    taken: Collection[str] = ()
    all_taken: bool = False
    without_faulty: bool = False
    without_conflicts: bool = False
    seen: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What came of it: operations written, conflicts left out, values ``kept`` that the file has otherwise;
    ``before``: it had been taken over already.
    """

    count: int = 0
    left_out: int = 0
    kept: int = 0
    before: bool = False


class Conflicting(Problem):
    """Somebody wrote meanwhile where the upload writes."""


def accept(actor: Actor, upload: Upload, acceptance: Acceptance) -> Accepted:
    """Write what the preview showed into the draft, as one act; sent twice it writes once.

    Raises Conflicting where what it found no longer stands, Problem where there are faulty cells that
    nobody said may stay out, or nothing can be taken over.
    """
    actor.must(Right.EDIT_PLAN)
    reason = kept_text(acceptance.reason.strip())[:LONGEST_REASON]
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state == UploadState.ACCEPTED:
            return Accepted(before=True)
        _must_be_ready(upload)
        if upload.error_count and not acceptance.without_faulty:
            raise Problem(
                f"誤りのあるセルが{upload.error_count}か所あります。直して読み込み直すか、"
                "「誤りのあるセルを除いて取り込む」に印を付けてください",
                f"{upload.error_count} cells are faulty; mend them and load the file again, or tick to take over the rest",
            )
        draft = locked(upload.draft)
        chosen, kept = _chosen(draft, upload, acceptance)
        fit, left_out = _what_fits(draft, upload, chosen, acceptance)
        made = [operation.model_copy(update={"reason": reason}) for operation in fit] if reason else fit
        summary = _summary(upload, fit, left_out, kept)
        rows = operate(actor, draft, made, summary=summary)
        if kept and not rows:
            record(actor, "workbook.kept", draft.plan.title, new=summary.as_json())
        upload.act = rows[0].act if rows else None
        forget(upload, UploadState.ACCEPTED)
    return Accepted(count=len(rows), left_out=left_out, kept=kept)


def operations_of(upload: Upload) -> list[Operation]:
    """What the upload would do, in order."""
    return _OPERATIONS.validate_json(upload.operations, strict=True)


def _chosen(draft: Draft, upload: Upload, acceptance: Acceptance) -> tuple[list[Operation], int]:
    """What is done where file and screen were changed, and how many values of the screen are kept."""
    both = both_of(upload)
    if acceptance.all_taken and acceptance.seen != last_operation(draft):
        raise Conflicting(
            "確認しているあいだに、ほかの変更が下書きに入りました。値をもう一度見て、選び直してください",
            "the draft was changed meanwhile; look at the values again and choose anew",
        )
    taken = [each for each in both if acceptance.all_taken or each.name in acceptance.taken]
    return operations_in(taken), len(both) - len(taken)


def _what_fits(
    draft: Draft, upload: Upload, chosen: Sequence[Operation], acceptance: Acceptance
) -> tuple[Sequence[Operation], int]:
    made = [*operations_of(upload), *chosen]
    now = last_operation(draft)
    if now == upload.against:
        return made, 0
    found = standing(draft, made)
    if found.refused and not (acceptance.without_conflicts and acceptance.seen == now):
        raise Conflicting(
            f"確認しているあいだに、ほかの変更が下書きに入り、{len(found.refused)}か所が重なりました。下の一覧で両方の値を確かめてください",
            f"the draft was changed meanwhile; {len(found.refused)} changes no longer fit: compare both values below",
        )
    return found.fit, len(found.refused)


def _hand_in(
    actor: Actor, draft: Draft, kind: UploadKind, data: bytes, name: str, settings: str = "{}"
) -> Upload:
    sign = hashlib.sha256(data).hexdigest()
    with transaction.atomic():
        draft = locked(draft)
        waiting = Upload.objects.filter(
            draft=draft,
            by=actor.user,
            sha256=sign,
            settings=settings,
            state__in=(UploadState.READING, UploadState.READY),
        )
        if (before := waiting.first()) is not None:
            if before.state == UploadState.READY and before.against != last_operation(draft):
                before.state = UploadState.READING
                new_job(actor, before, KIND, _TITLES[UploadKind(before.kind)], STEPS)
            return before
        upload = Upload(
            municipality=draft.municipality,
            draft=draft,
            kind=kind,
            name=name,
            data=data,
            size=len(data),
            sha256=sign,
            settings=settings,
            seed=secrets.token_hex(32),
            by=actor.user,
        )
        upload.save()
        record(actor, "workbook.received", draft.plan.title, new={"sha256": sign})
        new_job(actor, upload, KIND, _TITLES[UploadKind(upload.kind)], STEPS)
    return upload


def _waiting(upload: Upload) -> Upload:
    found = Upload.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=upload.pk)
    if found.state not in (UploadState.READING, UploadState.READY):
        raise _gone()
    return found


def _must_be_ready(upload: Upload) -> None:
    if upload.state != UploadState.READY:
        raise _gone()
    if not upload.whole:
        raise Problem(
            "このままでは計画としてまとまらないので、取り込めません。誤りを直して、読み込み直してください",
            "this would not be a plan as a whole and cannot be taken over; mend the faults and load it again",
        )


def _gone() -> Problem:
    return Problem(
        "この読み込みは、もう確認待ちではありません。もう一度読み込んでください",
        "this upload does not wait any more; load it again",
    )


def _summary(upload: Upload, made: Sequence[Operation], left_out: int, kept: int) -> Summary:
    counts = counted(made)
    ja = [f"{_KINDS[kind][0]}{count}件" for kind, count in counts.items()]
    en = [f"{count} {_KINDS[kind][1]}" for kind, count in counts.items()]
    if kept:
        ja.append(f"画面の値を残したところ{kept}件")
        en.append(f"{kept} kept as on screen")
    name = (
        _PASTED
        if upload.kind == UploadKind.BLOCK
        else Words(f"ブック「{upload.name}」", f'workbook "{upload.name}"')
    )
    faulty = {"faulty": upload.error_count} if upload.error_count else {}
    left = {"left_out": left_out} if left_out else {}
    return Summary(
        words=Words(f"{name.ja}を取り込み（{'、'.join(ja)}）", f"{name.en} taken over ({', '.join(en)})"),
        counts=faulty | left | ({"kept": kept} if kept else {}),
    )
