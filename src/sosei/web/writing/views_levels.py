"""The page of a plan's levels (階層の名称)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.checks.finding import Words
from sosei.plan.labels import VALUE_LABELS
from sosei.plan.model import LevelKind
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say
from sosei.web.writing import levels as acts
from sosei.web.writing.forms import json_text
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.sent import typed_of

_KINDS = [(str(kind), Words(*VALUE_LABELS[LevelKind][kind])) for kind in LevelKind]


@writing_page
@require_http_methods(["GET", "POST"])
def levels(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show and write the levels; ``up`` and ``down`` move one among those that are typed, and save nothing."""
    document = draft_document(draft)
    was = json_text(data_of(document).get("levels", []))
    context = frame(draft, kinds=_KINDS, was=was)
    if request.method == "GET":
        return _page(request, context, acts.rows_of(document))
    typed = typed_of(request.POST)
    rows = acts.typed_rows(document, typed)
    for way in ("up", "down"):
        if way in typed:
            rows = acts.stepped(rows, typed[way], down=way == "down")
            return _page(request, context | {"was": typed.get("was", ""), "is_moved": True}, rows)
    try:
        is_changed = acts.save(request.actor, draft, rows, typed.get("was", ""))
    except Problem as problem:
        # Only who was shown the present levels may write over them.
        seen = was if isinstance(problem, acts.Changed) else typed.get("was", "")
        return _page(request, context | {"problem": problem, "was": seen}, rows, status=400)
    if is_changed:
        messages.success(request, say("階層を保存しました", "The levels were saved"))
    else:
        messages.info(request, say("変わったところはありません", "Nothing was changed"))
    return redirect(request.path)


def _page(
    request: HttpRequest, context: dict[str, Any], rows: Sequence[acts.LevelRow], status: int = 200
) -> HttpResponse:
    last = next((each.code for each in reversed(rows) if each.code), "")
    return render(request, "writing/levels.html", context | {"rows": rows, "last": last}, status=status)
