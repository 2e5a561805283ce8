"""Writing one proposal: a field changed, a KPI or project added, a record taken out, each with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from sosei.checks.finding import Words
from sosei.plan.base import Node
from sosei.plan.model import Element, LevelKind
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Operation, Refusal
from sosei.plan.walk import index, path_to
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.actor import Refused
from sosei.web.plans.history import place_of
from sosei.web.plans.store import draft_document
from sosei.web.proposals import proposing, typed
from sosei.web.proposals.belonging import belongings_on
from sosei.web.proposals.models import AskedDivision, Proposal
from sosei.web.proposals.opening import answer_page
from sosei.web.proposals.sheets import sheet_of
from sosei.web.proposals.states import IN_DIVISION, ProposalState
from sosei.web.proposals.stored import operations_of
from sosei.web.proposals.telling import held_text, told
from sosei.web.proposals.views_answer import frame, own_proposals, to_answer
from sosei.web.site.language import language, say
from sosei.web.writing.forms import FieldForm, Sent
from sosei.web.writing.outcome import Outcome, State
from sosei.web.writing.saving import conflict
from sosei.web.writing.sent import typed_of

_WAS = "was."


def record_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of the record ``?key=`` of the draft: ``view(request, asked, document, node)``.

    404 for one that is not the division's today; without a key, on to the division's page.
    """

    @answer_page
    @wraps(view)
    def found_view(request: HttpRequest, asked: AskedDivision) -> HttpResponse:
        if "key" not in request.GET:
            return to_answer(request, asked)
        document = draft_document(asked.request.draft)
        key = request.GET["key"]
        request.own = belongings_on(request.municipality, document, today()).of(asked.division_id)
        if key not in request.own:
            raise Http404
        return view(request, asked, document, index(document)[key])

    return found_view


@record_page
@require_GET
def record(request: HttpRequest, asked: AskedDivision, document: Document, node: Node) -> HttpResponse:
    """Every field of one record, with what the division proposes for it."""
    rows = told(asked.request.draft, own_proposals(asked))
    live = [each for each in rows if each.standing.state is not ProposalState.WITHDRAWN]
    words = Wording(document, language())
    sheet = sheet_of(document, node, request.own, live, words)
    context = frame(request, asked) | {
        "sheet": sheet,
        "title": sheet.title,
        "place": place_of(path_to(document, sheet.key)),
        "inside": [each for each in live if each.is_inside],
    }
    return render(request, "proposals/record.html", context)


@record_page
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, asked: AskedDivision, document: Document, node: Node) -> HttpResponse:
    """Propose another value for ``?field=`` of ``?key=``; what was written and not sent is written anew."""
    field = request.GET.get("field", "")
    if field not in typed.FIELDS[type(node)]:
        raise Http404
    before, waiting = _before(asked, node.key, field)
    operations: Sequence[Operation] = operations_of(before) if before else ()
    context = _context(request, asked, document, node, before) | {"field": field, "waiting": waiting}
    context["present"] = Wording(document, language()).field(node, field)
    if request.method == "GET":
        return _form(request, context, typed.change_form(document, node, field, operations))
    sent = typed_of(request.POST)
    was = sent.get(f"{_WAS}{field}", "")
    try:
        written = typed.changed(document, node, field, sent, was, _why(request, before))
        operations = written.operations
        proposing.write(request.actor, asked, written)
    except Refused:
        raise
    except proposing.ReasonProblem as problem:
        form = typed.change_form(document, node, field, operations)
        return _form(request, context | _typed_reason(request, problem), form, status=400)
    except (typed.Stale, Refusal):
        outcome = conflict(asked.request.draft, node.key, field, was)
    except Problem as problem:
        outcome = Outcome(state=State.PROBLEM, message=Words(problem.ja, problem.en))
    else:
        _kept(request)
        return to_answer(request, asked, node.key)
    form = typed.change_form(document, node, field, sent=Sent(typed=sent, outcomes={field: outcome}))
    status = 409 if outcome.state is State.CONFLICT else 400
    return _form(request, context | _typed_reason(request), form, status=status)


@record_page
@require_GET
def heard(request: HttpRequest, _asked: AskedDivision, _document: Document, node: Node) -> HttpResponse:
    """What is typed for ``?field=`` of ``?key=`` is read as, while one types."""
    field = request.GET.get("field", "")
    if field not in typed.FIELDS[type(node)]:
        raise Http404
    return render(
        request, "proposals/_heard.html", {"words": typed.heard(node, field, typed_of(request.GET))}
    )


@record_page
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, asked: AskedDivision, document: Document, node: Node) -> HttpResponse:
    """Propose a new KPI or project (``?kind=``) in the element ``?key=``."""
    kind = request.GET.get("kind", "")
    if not isinstance(node, Element) or not _takes(document, node, kind):
        raise Http404
    before = _chosen(request, asked)
    operations: Sequence[Operation] = operations_of(before) if before else ()
    context = _context(request, asked, document, node, before) | {"kind": kind}
    if request.method == "GET":
        fields = typed.addition_form(document, kind, operations)
        return render(request, "proposals/add.html", context | {"fields": fields})
    sent = typed_of(request.POST)
    try:
        written = typed.added(document, kind, node, sent, operations, _why(request, before))
        operations = written.operations
        proposing.write(request.actor, asked, written)
    except Refused:
        raise
    except proposing.ReasonProblem as problem:
        context |= _typed_reason(request, problem)
        context["fields"] = typed.addition_form(document, kind, operations)
    except typed.FieldProblem as wrong:
        context |= _typed_reason(request)
        context["fields"] = typed.addition_form(document, kind, operations, sent, wrong)
    except Problem as problem:
        context |= _typed_reason(request) | {"problem": problem}
        context["fields"] = typed.addition_form(document, kind, operations, sent)
    else:
        _kept(request)
        return to_answer(request, asked, node.key)
    return render(request, "proposals/add.html", context, status=400)


@record_page
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, asked: AskedDivision, document: Document, node: Node) -> HttpResponse:
    """Propose to take the record ``?key=`` out."""
    if isinstance(node, Element) and _level(document, node) is not LevelKind.PROJECT:
        raise Http404
    before, waiting = _before(asked, node.key, "")
    context = _context(request, asked, document, node, before) | {"waiting": waiting}
    context["held"] = held_text(Wording(document, language()), node)
    if request.method == "GET":
        return render(request, "proposals/remove.html", context)
    try:
        proposing.write(request.actor, asked, typed.removed(document, node, _why(request, before)))
    except Refused:
        raise
    except proposing.ReasonProblem as problem:
        context |= _typed_reason(request, problem)
    except Problem as problem:
        context |= _typed_reason(request) | {"problem": problem}
    else:
        _kept(request)
        return to_answer(request, asked, node.key)
    return render(request, "proposals/remove.html", context, status=400)


def _before(asked: AskedDivision, key: str, field: str) -> tuple[Proposal | None, bool]:
    """The division's proposal on the same place that is not sent, and whether one there waits."""
    rows = [each for each in own_proposals(asked) if (each.key, each.field) == (key, field)]
    inside = next((each for each in rows if each.state in IN_DIVISION), None)
    return inside, any(each.state == ProposalState.SENT for each in rows)


def _chosen(request: HttpRequest, asked: AskedDivision) -> Proposal | None:
    """The proposal of an addition that is written anew: named in the address, or by a form sent twice."""
    pk = request.GET.get("proposal") or request.POST.get("proposal", "")
    return next((each for each in own_proposals(asked) if str(each.pk) == pk), None)


def _why(request: HttpRequest, before: Proposal | None) -> typed.Why:
    if before is not None:
        return typed.Why(key=before.pk, reason=request.POST.get("reason", ""))
    try:
        return typed.Why(key=UUID(request.POST.get("proposal", "")), reason=request.POST.get("reason", ""))
    except ValueError:
        raise Problem(
            "画面の値が壊れています。ページを読み込み直してください",
            "the form's own value is damaged; load the page again",
        ) from None


def _level(document: Document, node: Element) -> LevelKind:
    return next(each.kind for each in document.levels if each.code == node.level)


def _takes(document: Document, node: Element, kind: str) -> bool:
    """Whether a new record of ``kind`` can stand in the element."""
    if kind == typed.KPI:
        return True
    has_projects = any(each.kind is LevelKind.PROJECT for each in document.levels)
    return kind == typed.PROJECT and has_projects and _level(document, node) is LevelKind.MEASURE


def _context(
    request: HttpRequest, asked: AskedDivision, document: Document, node: Node, before: Proposal | None
) -> dict[str, Any]:
    return frame(request, asked) | {
        "node": node,
        "title": Wording(document, language()).called(node),
        "place": place_of(path_to(document, node.key)),
        "before": before,
        "new": before.pk if before else uuid4(),
        "reason": before.reason if before else "",
        "divisions": [each.name for each in document.divisions],
    }


def _typed_reason(request: HttpRequest, problem: Problem | None = None) -> dict[str, Any]:
    """The reason as it was typed, what is wrong with it, and the proposal's key as the form had it."""
    sent = request.POST
    return {
        "reason": sent.get("reason", ""),
        "new": sent.get("proposal", ""),
        "reason_problem": problem,
    }


def _form(request: HttpRequest, context: dict[str, Any], form: FieldForm, status: int = 200) -> HttpResponse:
    """The form of one field; what its texts are read as stands below it, kept up by the page's script."""
    words = typed.heard_of(form)
    return render(
        request, "proposals/write.html", context | {"form": typed.quiet(form), "words": words}, status=status
    )


def _kept(request: HttpRequest) -> None:
    messages.success(
        request,
        say(
            "提案を書きました。まだ課の中だけです。そろったら「課として提出する」を押してください",
            "The proposal is kept inside the division; when all are written, send them",
        ),
    )
