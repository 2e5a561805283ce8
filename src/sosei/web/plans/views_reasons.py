"""The list of a draft's changes with their reasons (変更の一覧と理由), written in as many sittings as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from sosei.values import Problem
from sosei.web.people.roles import Right
from sosei.web.plans.change_list import Group, Row, change_list, unexplained
from sosei.web.plans.explaining import LONGEST, Form, Typed, Written, reason_text, write_reasons
from sosei.web.plans.models import Draft, Plan
from sosei.web.plans.opening import open_draft, whole_plan_page
from sosei.web.plans.reasons import Given, Place, given_reasons
from sosei.web.site.language import say

PAGE = 100  # changes a page: four fields each at the most stay below what a form may hold
SHOWS = ("missing", "behind")


@whole_plan_page(Right.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def reasons(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The list with a field for each reason, and saving without adopting."""
    draft = open_draft(plan)
    if draft is None or draft.base is None:
        return redirect("draft", code=request.municipality.code, plan=plan.key)
    if request.method == "GET":
        return _page(request, draft)
    form = _form(request.POST)
    written = write_reasons(request.actor, draft, form)
    if written.refused or written.gone:
        return _page(request, draft, form, written)
    if written.count:
        messages.success(
            request, say(f"理由を{written.count}か所に保存しました", f"{written.count} reasons were saved")
        )
    else:
        messages.info(request, say("新しく書かれた理由はありません", "There was nothing new to save"))
    return redirect(f"{request.path}?{_next_query(request)}".rstrip("?"))


def _form(sent: QueryDict) -> Form:
    """The form as sent; each row's field has the reason it showed beside it."""
    rows = {
        name.removeprefix("why-"): Typed(
            text=_line(sent[name]),
            seen=_line(sent.get(name.replace("why-", "was-", 1), "")),
            stands=name.replace("why-", "keep-", 1) in sent,
        )
        for name in sent
        if name.startswith("why-")
    }
    groups = {name.removeprefix("all-"): _line(sent[name]) for name in sent if name.startswith("all-")}
    return Form(rows=rows, groups=groups)


def _line(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _next_query(request: HttpRequest) -> str:
    """Back to the page that was sent, or on to the next; a list that gets shorter by saving begins there anew."""
    show, page = request.GET.get("show", ""), _number(request.GET.get("page", ""))
    if "on" in request.POST and not show:
        page += 1
    return urlencode(
        {name: value for name, value in (("show", show), ("page", page)) if value not in ("", 1)}
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 7 else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A change with its field: what stands in it, what the draft says, and why what was typed was not kept."""

    row: Row
    text: str
    seen: str
    given: Given | None
    is_behind: bool
    problem: Problem | None = None

    @property
    def missing(self) -> bool:
        """Whether the print shows the change and nobody said why."""
        return self.row.printed and self.given is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The changes of a group on this page; ``empty`` counts those of the whole group without a reason."""

    group: Group
    lines: Sequence[Line]
    text: str
    empty: int
    problem: Problem | None = None


def _page(
    request: HttpRequest, draft: Draft, form: Form | None = None, written: Written | None = None
) -> HttpResponse:
    groups, given = change_list(draft), given_reasons(draft)
    printed = [row for group in groups if group.printed for row in group.rows]
    missing = unexplained(groups, given)
    behind = [row for group in groups for row in group.rows if row.is_behind(given)]
    shown = [(group, row) for group in groups for row in group.rows]
    show = request.GET.get("show", "")
    if show in SHOWS:
        numbers = {row.number for row in (missing if show == "missing" else behind)}
        if form is not None:  # what was just typed stays in sight
            numbers |= {row.number for _, row in shown if row.name in form.rows}
        shown = [(group, row) for group, row in shown if row.number in numbers]
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "plans",
        "tab": "draft",
        "plan": draft.plan,
        "draft": draft,
        "show": show if show in SHOWS else "",
        "page": page,
        "parts": list(_parts(list(page.object_list), given, form, written)),
        "count": sum(len(group.rows) for group in groups),
        "printed": len(printed),
        "missing": len(missing),
        "behind": len(behind),
        "beside": sum(len(group.rows) for group in groups if not group.printed),
        "most": LONGEST,
        "written": written,
    }
    return render(request, "plans/reasons.html", context, status=409 if written else 200)


def _parts(
    shown: Sequence[tuple[Group, Row]],
    given: Mapping[Place, Given],
    form: Form | None,
    written: Written | None,
) -> Iterator[Part]:
    refused = written.refused if written else {}
    for group, rows in groupby(shown, key=lambda pair: pair[0]):
        name = f"all-{group.name}"
        yield Part(
            group=group,
            lines=[_line_of(row, given, form, refused.get(row.name)) for _, row in rows],
            text=form.groups.get(group.name, "") if form and name in refused else "",
            empty=sum(row.reason(given) is None for row in group.rows),
            problem=refused.get(name),
        )


def _line_of(row: Row, given: Mapping[Place, Given], form: Form | None, problem: Problem | None) -> Line:
    now = reason_text(row, given)
    typed = form.rows.get(row.name) if form else None
    return Line(
        row=row,
        text=typed.text if typed and problem else now,
        seen=now,
        given=row.reason(given),
        is_behind=row.is_behind(given),
        problem=problem,
    )
