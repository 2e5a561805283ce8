"""The writing home: the plan's outline, and what is done to its elements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.plan.base import Key
from sosei.plan.keys import new_key
from sosei.plan.model import Element, Level
from sosei.plan.model import Plan as Document
from sosei.plan.walk import index
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import say
from sosei.web.writing import structure, tree_acts
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.parts import parts_of
from sosei.web.writing.sent import typed_of
from sosei.web.writing.tree_forms import Line, lines_of, rows_of
from sosei.web.writing.tree_numbering import next_label
from sosei.web.writing.tree_outline import MOST_FOUND, Outline, usual_level, usual_place


@writing_page
@require_GET
def write(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The outline, and the parts of the plan beside it; ``?q=`` looks for elements, ``?open=`` opens branches."""
    document = draft_document(draft)
    outline = Outline(document)
    asked = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {"asked": asked}
    if asked:
        found = outline.found(asked)
        context |= {"found": len(found), "most": MOST_FOUND, "rows": outline.found_rows(found[:MOST_FOUND])}
    else:
        context["rows"] = outline.rows(outline.opened(request.GET.getlist("open")))
    return render(request, "writing/tree.html", _home(draft, document) | context)


@writing_page
@require_GET
def branch(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """The children of an element, for the page that opens it; without script the page with it open."""
    outline = Outline(draft_document(draft))
    if key not in outline.placed:
        raise Http404
    if not request.htmx:
        return redirect(home_address(draft, [key]))
    context = frame(draft, rows=outline.branch(key), document=outline.document)
    return render(request, "writing/tree_rows.html", context)


@writing_page
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Add one element or several: a form, for several lines a table to look at first, then the act."""
    document = draft_document(draft)
    sent = request.POST if request.method == "POST" else request.GET
    place = _Place.of(document, sent.get("parent", ""), sent.get("level", ""), sent.get("after"))
    if request.method == "GET":
        return render(request, "writing/tree_add.html", place.context(draft))
    lines: list[Line] = []
    try:
        if "lines" in sent:
            lines = lines_of(sent["lines"], place.label)
            return render(request, "writing/tree_add_lines.html", place.context(draft, lines=lines))
        rows = list(rows_of(typed_of(sent)))
        lines = [Line(key=each.key, label=each.label, name=each.name) for each in rows]
        keys = tree_acts.add_elements(
            request.actor, draft, place.holder.key, place.after, place.level.code, rows
        )
    except Problem as problem:
        context = place.context(draft, problem=problem, typed=sent.get("lines", ""))
        if "several" in sent:
            return render(request, "writing/tree_add_lines.html", context | {"lines": lines}, status=400)
        return render(request, "writing/tree_add.html", context | {"row": _row(lines)}, status=400)
    messages.success(request, say(f"{len(keys)}件を追加しました", f"{len(keys)} added"))
    if sent.get("then") == "again":
        return redirect(place.address(draft, after=keys[-1]))
    if sent.get("then") == "open":
        return redirect(address_of(draft, "write_element", key=keys[0]))
    return redirect(home_address(draft, keys[-1:]))


@writing_page
@require_POST
def step(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Move an element one place: ``up`` or ``down`` names it and the sibling it was seen behind.

    Where it stands behind another one by now the button was pressed twice: it stays.
    """
    way = "down" if "down" in request.POST else "up"
    named, _, behind = request.POST.get(way, "").partition(".")
    document = draft_document(draft)
    key = tree_acts.element_of(document, named).key
    if (structure.location_of(document, key).after or "") != behind:
        return redirect(_back(request, draft, key))
    if not structure.step(request.actor, draft, key, down=way == "down"):
        messages.info(request, say("これ以上は動かせません", "It cannot go further"))
    return redirect(_back(request, draft, key))


def home_address(draft: Draft, keys: Iterable[Key] = ()) -> str:
    """The outline with the branches that lead to ``keys`` open, at the last of them."""
    shown = [*keys]
    if not shown:
        return address_of(draft, "write")
    query = "&".join(f"open={key}" for key in shown)
    return f"{address_of(draft, 'write')}?{query}#k-{shown[-1]}"


def _home(draft: Draft, document: Document) -> dict[str, Any]:
    """What the page shows beside the tree."""
    return frame(
        draft,
        document=document,
        parts=parts_of(draft, document),
        levels=document.levels,
        top=usual_level(document, document),
        is_empty=not document.elements,
    )


class _Place:
    """Where new elements go: in which element or the plan, on which level, behind which."""

    def __init__(self, document: Document, holder: Document | Element, level: Level, after: Key) -> None:
        self.document, self.holder, self.level, self.after = document, holder, level, after
        self.outline = Outline(document)
        path = self.outline.placed[holder.key].path if isinstance(holder, Element) else ()
        self.label = next_label(document, path, level.code, self._last(after))

    @classmethod
    def of(cls, document: Document, parent: str, level: str, after: str | None) -> _Place:
        """The place that an address or a form names; raises Problem or 404 where there is none."""
        holder = tree_acts.holder_of(document, parent or document.key)
        levels = tree_acts.levels_below(document, holder)
        chosen = next((each for each in levels if each.code == level), usual_level(document, holder))
        if chosen is None:
            raise Problem(
                "この下に置ける階層がありません。階層を先に加えてください",
                "nothing can stand below this; add a level first",
            )
        return cls(
            document, holder, chosen, usual_place(document, holder, chosen) if after is None else after
        )

    def _last(self, after: Key) -> Key:
        """The sibling that new ones stand behind; empty for the first place."""
        keys = [each.key for each in getattr(self.holder, tree_acts.collection_in(self.holder))]
        return after if after in keys or after == "" else (keys[-1] if keys else "")

    def context(self, draft: Draft, **more: Any) -> dict[str, Any]:
        """What the pages of adding show."""
        known = index(self.document)
        behind = known.get(self._last(self.after)) if self.after != structure.LAST else None
        is_inside = isinstance(self.holder, Element)
        return frame(
            draft,
            holder=self.holder,
            holder_name=self.outline.title(self.holder) if isinstance(self.holder, Element) else "",
            level=self.level,
            levels=tree_acts.levels_below(self.document, self.holder),
            after=self.after,
            behind=self.outline.title(behind) if isinstance(behind, Element) else "",
            row=Line(key=new_key(), label=self.label, name=""),
            back=home_address(draft, [self.holder.key] if is_inside else []),
            **more,
        )

    def address(self, draft: Draft, after: Key) -> str:
        """The form again, for one behind ``after``."""
        place = {"parent": self.holder.key, "level": self.level.code, "after": after}
        return f"{address_of(draft, 'write_tree_add')}?{urlencode(place)}"


def _row(lines: list[Line]) -> Line:
    return lines[0] if lines else Line(key=new_key(), label="", name="")


def _back(request: HttpRequest, draft: Draft, key: Key) -> str:
    asked = came_from(request)
    return f"{asked.partition('#')[0]}#k-{key}" if asked else home_address(draft, [key])


def address_of(draft: Draft, name: str, **more: str) -> str:
    """An address of the draft's plan."""
    names = {"code": draft.plan.municipality.code, "plan": draft.plan.key, **more}
    return reverse(name, kwargs=names)
