"""An upload: how far it has been read, what it would change, taking it over, dropping it."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from sosei.formats.workbook import CellError
from sosei.plan.operations import Refusal
from sosei.reports.comparison_content import ComparisonRow, Run
from sosei.values import Problem, Words
from sosei.web.jobs.recover import take_up
from sosei.web.jobs.uploads import how_far, is_under_way, reading
from sosei.web.people.roles import Right
from sosei.web.plans.history import KIND_WORDS
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import the_draft, whole_plan_page
from sosei.web.plans.store import last_operation
from sosei.web.site.language import say
from sosei.web.workbooks import acts
from sosei.web.workbooks.choices import FILE, both_of, choices, operations_in
from sosei.web.workbooks.conflicts import Conflict, conflicts, standing
from sosei.web.workbooks.keeping import KEPT_DAYS
from sosei.web.workbooks.merging import Both
from sosei.web.workbooks.models import Upload, UploadChange, UploadKind, UploadState

_CHANGES = 100  # a page
_CHOICES = 300
_ERRORS = 50
_REMARKS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A change as the page shows it; ``heading`` where a new group begins."""

    row: ComparisonRow
    heading: str | None
    printed: bool
    undoes: str


@whole_plan_page(Right.EDIT_PLAN)
@require_GET
@never_cache
def upload(request: HttpRequest, plan: Plan, upload: UUID) -> HttpResponse:
    """The upload as it stands: being read, waiting to be looked at, refused, done with."""
    return _page(request, plan, _upload(request, plan, upload))


@whole_plan_page(Right.EDIT_PLAN)
@require_GET
@never_cache
def progress(request: HttpRequest, plan: Plan, upload: UUID) -> HttpResponse:
    """How far the reading is, for the page to put in; 204 where it stands as the page shows it."""
    found = _upload(request, plan, upload)
    return how_far(request, found.job if found.state == UploadState.READING else None, _reading(plan, found))


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def accept(request: HttpRequest, plan: Plan, upload: UUID) -> HttpResponse:
    """Write it into the draft, as one act."""
    found = _upload(request, plan, upload)
    acceptance = acts.Acceptance(
        reason=request.POST.get("reason", ""),
        without_faulty="without_faulty" in request.POST,
        without_conflicts="without_conflicts" in request.POST,
        seen=_uuid(request.POST.get("seen", "")),
        taken=frozenset(name for name, value in request.POST.items() if value == FILE),
        all_taken=request.POST.get("all") == FILE,
    )
    try:
        accepted = acts.accept(request.actor, found, acceptance)
    except Problem as problem:
        found = _upload(request, plan, upload)
        return _page(request, plan, found, problem=problem, typed=acceptance, status=400)
    if accepted.before:
        messages.warning(request, say("もう取り込んであります", "It has been taken over already"))
    elif not accepted.count and accepted.kept:
        messages.success(request, _kept(accepted))
    elif not accepted.count:
        messages.success(
            request, say("書き換えるところはありませんでした", "There was nothing left to write")
        )
    else:
        messages.success(request, _said(accepted))
    return redirect("draft", code=request.municipality.code, plan=plan.key)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def again(request: HttpRequest, plan: Plan, upload: UUID) -> HttpResponse:
    """Read it anew against the draft as it stands."""
    found = _upload(request, plan, upload)
    acts.read_again(request.actor, found)
    return redirect("workbook_upload", code=request.municipality.code, plan=plan.key, upload=found.pk)


@whole_plan_page(Right.EDIT_PLAN)
@require_POST
def drop(request: HttpRequest, plan: Plan, upload: UUID) -> HttpResponse:
    """Take nothing over."""
    acts.drop(request.actor, _upload(request, plan, upload))
    messages.success(
        request, say("取り込まずに捨てました。下書きは変わっていません", "Dropped; the draft is as it was")
    )
    return redirect("workbook", code=request.municipality.code, plan=plan.key)


def _said(accepted: acts.Accepted) -> str:
    ja, en = f"取り込みました（{accepted.count}か所）。", f"Taken over ({accepted.count} places). "
    if accepted.left_out:
        ja += f"重なっていた{accepted.left_out}か所は除きました。"
        en += f"{accepted.left_out} conflicting ones were left out. "
    if accepted.kept:
        ja += f"画面の値を残したところは{accepted.kept}か所です。"
        en += f"{accepted.kept} are kept as on screen. "
    return say(
        ja + "下書きのページの「元に戻す」で、まとめて取り消せます",
        en + "“Undo” on the page of the draft takes all of it back",
    )


def _kept(accepted: acts.Accepted) -> str:
    return say(
        f"画面の値を残しました（{accepted.kept}か所）。下書きは変わっていません",
        f"Kept as on screen ({accepted.kept} places); the draft is as it was",
    )


def _upload(request: HttpRequest, plan: Plan, pk: UUID) -> Upload:
    """The upload for the open draft of ``plan``; one whose worker has fallen silent is begun again."""
    found = (
        Upload.objects.filter(municipality=request.municipality, draft=the_draft(plan), pk=pk)
        .select_related("draft", "by", "job")
        .defer("data")
        .first()
    )
    if found is None:
        raise Http404
    if found.job is not None and is_under_way(found.job) and take_up(found.job):
        found.job.refresh_from_db()
    return found


def _page(request: HttpRequest, plan: Plan, upload: Upload, status: int = 200, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "section": "plans",
        "tab": "draft",
        "plan": plan,
        "upload": upload,
        "is_block": upload.kind == UploadKind.BLOCK,
        **more,
    }
    if upload.state == UploadState.READING:
        context |= _reading(plan, upload)
    elif upload.state == UploadState.READY:
        typed: acts.Acceptance | None = more.get("typed")
        context |= _preview(request, upload, typed.taken if typed else ())
    return render(request, "workbooks/upload.html", context, status=status)


def _reading(plan: Plan, upload: Upload) -> dict[str, Any]:
    parts = {"code": plan.municipality.code, "plan": plan.key, "upload": upload.pk}
    return reading(
        upload.job,
        progress=reverse("workbook_progress", kwargs=parts),
        again=reverse("workbook_again", kwargs=parts),
        desk=Words("Excelで書く", "Write in Excel"),
    )


def _preview(request: HttpRequest, upload: Upload, taken: Collection[str]) -> dict[str, Any]:
    page = Paginator(upload.changes.all(), _CHANGES).get_page(request.GET.get("page"))
    counts: dict[str, int] = json.loads(upload.counts)
    remarks: list[tuple[str, str]] = json.loads(upload.remarks)
    now = last_operation(upload.draft)
    both = both_of(upload)
    refused = _refused(upload, both) if now != upload.against else ()
    asked = [each for each in both if not any(each.operations[0] == one.operation for one in refused)]
    total = sum(counts.values())
    return {
        "counts": [
            (KIND_WORDS[kind], f"{counts[kind.value]:,}") for kind in KIND_WORDS if counts.get(kind.value)
        ],
        "records": [
            (Words(ja, en), come and f"{come:,}", gone and f"{gone:,}")
            for ja, en, come, gone in json.loads(upload.records)
        ],
        "total": total,
        "is_any": bool(total or both),
        "choices": choices(upload.draft, asked[:_CHOICES], taken) if asked else (),
        "choice_count": len(asked),
        "more_choices": max(0, len(asked) - _CHOICES),
        "is_blind": bool(total) and not upload.mark and _can_meet(upload.draft),
        "page": page,
        "lines": _lines(list(page)),
        "undoing": upload.changes.exclude(undoes="").count(),
        "errors": [CellError(**error) for error in json.loads(upload.errors)][:_ERRORS],
        "more_errors": max(0, upload.error_count - _ERRORS),
        "remarks": [Words(ja, en) for ja, en in remarks[:_REMARKS]],
        "remark_count": len(remarks),
        "more_remarks": max(0, len(remarks) - _REMARKS),
        "conflicts": _conflicts(upload, refused) if refused else (),
        "moved_on": now != upload.against,
        "now": now or "",
        "longest_reason": acts.LONGEST_REASON,
        "kept_days": KEPT_DAYS,
    }


def _lines(changes: list[UploadChange]) -> list[Line]:
    lines = []
    before: str | None = None
    for change in changes:
        row = ComparisonRow(
            number=change.number,
            place=change.place,
            item=change.item,
            old=_runs(change.old),
            new=_runs(change.new),
        )
        heading = None if change.heading == before else change.heading
        lines.append(Line(row, heading, bool(change.heading), change.undoes))
        before = change.heading
    return lines


def _runs(text: str) -> tuple[Run, ...]:
    return tuple(Run(part, changed) for part, changed in json.loads(text))


def _can_meet(draft: Draft) -> bool:
    """Whether there is anything that somebody could have written since a file was taken out."""
    return draft.base_id is not None or last_operation(draft) is not None


def _refused(upload: Upload, both: list[Both]) -> Sequence[Refusal]:
    """What no longer holds of what the upload would do."""
    return standing(upload.draft, [*acts.operations_of(upload), *operations_in(both)]).refused


def _conflicts(upload: Upload, refused: Sequence[Refusal]) -> list[Conflict]:
    draft: Draft = upload.draft
    seen = draft.operations.filter(pk=upload.against).values_list("no", flat=True).first() or 0
    return conflicts(draft, refused, seen)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
