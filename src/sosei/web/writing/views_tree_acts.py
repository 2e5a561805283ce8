"""Acts on the tree that are looked at first: moving elsewhere, removing, numbering anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.holding import held
from sosei.plan.indicator import Placement
from sosei.plan.model import Activity, Element
from sosei.plan.model import Plan as Document
from sosei.plan.walk import index, nodes
from sosei.plan.wording import Wording
from sosei.values import Problem
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing import structure, tree_acts
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.tree_numbering import Range, Renumbered, first_label, renumbering, usual_range
from sosei.web.writing.tree_outline import Outline
from sosei.web.writing.views_tree import home_address

_LONGEST_REASON = 1000


@writing_page
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Choose a new parent, then a place in it; ``?parent=`` is the one chosen."""
    document = draft_document(draft)
    element = _element(document, key)
    if request.method == "POST":
        parent, after = request.POST.get("parent", ""), request.POST.get("after", structure.LAST)
        tree_acts.move_element(request.actor, draft, key, parent, after)
        messages.success(request, say("移しました", "Moved"))
        return redirect(home_address(draft, [key]))
    outline = Outline(document)
    old = structure.location_of(document, key)
    places = tree_acts.places_for(document, element)
    asked = request.GET.get("parent", old.parent)
    holder = next((each for each in places if each.key == asked), None)
    if holder is None:
        raise Http404
    siblings = [
        (each.key, outline.title(each))
        for each in getattr(holder, tree_acts.collection_in(holder))
        if each.key != key
    ]
    context = frame(
        draft,
        title=outline.title(element),
        key=key,
        places=[(each.key, _place(outline, each)) for each in places],
        parent=holder.key,
        siblings=siblings,
        after=(old.after or "") if old.parent == holder.key else siblings[-1][0] if siblings else "",
        back=home_address(draft, [key]),
    )
    return render(request, "writing/tree_move.html", context)


@writing_page
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Show all that goes with an element, then take it out."""
    document = draft_document(draft)
    if request.method == "POST" and key not in index(document) and _was_there(draft, key):
        return redirect(home_address(draft))  # pressed twice
    element = _element(document, key)
    parent = structure.location_of(document, key).parent
    outline = Outline(document)
    title = outline.title(element)
    if request.method == "GET":
        return _removal_page(request, draft, element, next=came_from(request))
    try:
        tree_acts.remove_element(
            request.actor,
            draft,
            key,
            request.POST.get("reason", "").strip()[:_LONGEST_REASON],
            with_indicators=request.POST.get("indicators", "remove") == "remove",
        )
    except Problem as problem:
        return _removal_page(request, draft, element, problem=problem, status=400)
    messages.success(
        request,
        say(f"{title}を削除しました。「元に戻す」で戻せます", f"{title} was removed; it can be undone"),
    )
    asked = came_from(request)
    inside = {node.key for node in nodes(element)}
    if asked and not any(each in asked for each in inside):
        return redirect(asked)
    return redirect(home_address(draft, [parent] if parent != document.key else []))


@writing_page
@require_http_methods(["GET", "POST"])
def renumber(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Choose a level and a form of number, look at old and new, then apply."""
    document = draft_document(draft)
    sent = request.POST if request.method == "POST" else request.GET
    wish = _Wish.of(document, sent.get("level", ""), sent)
    context = frame(draft, wish=wish, levels=document.levels, ranges=_RANGES, back=home_address(draft))
    if not wish.is_asked:
        return render(request, "writing/tree_renumber.html", context)
    try:
        lines = renumbering(document, wish.level, wish.first, wish.within, along=wish.is_along)
        seen = _sign(lines)
        context |= {"lines": lines, "changed": sum(each.is_changed for each in lines), "seen": seen}
        if request.method == "GET" or request.POST.get("seen") != seen:
            return render(
                request, "writing/tree_renumber.html", context | {"is_stale": request.method == "POST"}
            )
        count = tree_acts.renumber(request.actor, draft, lines)
    except Problem as problem:
        return render(request, "writing/tree_renumber.html", context | {"problem": problem}, status=400)
    if count:
        messages.success(request, say(f"{count}件の番号を付け直しました", f"{count} were numbered anew"))
    else:
        messages.info(request, say("番号はもうそのとおりです", "The numbers are so already"))
    return redirect(home_address(draft))


_RANGES = (
    (Range.PARENT, Words("上の階層ごとに付け直す", "Begin anew in each parent")),
    (Range.THROUGH, Words("計画全体で通し番号にする", "Run through the whole plan")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """How a level is to be numbered, as asked or as it is usual in the plan."""

    level: str
    first: str
    within: Range
    is_along: bool
    is_asked: bool

    @classmethod
    def of(cls, document: Document, asked: str, sent: object) -> _Wish:
        get = sent.get  # type: ignore[attr-defined]
        codes = [level.code for level in document.levels]
        used = [each.level for each in document.elements]
        level = asked if asked in codes else next(iter([*used, *codes]), "")
        within = get("within", "")
        return cls(
            level=level,
            first=get("first", "").strip()[:100] or first_label(document, level),
            within=Range(within) if within in tuple(Range) else usual_range(document, level),
            is_along="along" in sent if "first" in sent else True,  # type: ignore[operator]
            is_asked="first" in sent,  # type: ignore[operator]
        )


def _sign(lines: Sequence[Renumbered]) -> str:
    """What a person saw: the same where the result is the same."""
    text = "\n".join(f"{each.element.key} {each.no} {each.label}" for each in lines)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _removal_page(
    request: HttpRequest, draft: Draft, element: Element, *, status: int = 200, **more: object
) -> HttpResponse:
    document = draft_document(draft)
    words = Wording(document, language())
    lone = tree_acts.left_alone(document, element)
    context = frame(
        draft,
        title=Outline(document).title(element),
        key=element.key,
        counts=list(_counts(element)),
        remarks=list(_remarks(document, element, words)),
        lone=lone,
        values=sum(len(each.observations) for each in lone.free),
        held=held(words, element),
        back=home_address(draft, [element.key]),
        **more,
    )
    return render(request, "writing/tree_remove.html", context, status=status)


def _counts(element: Element) -> Iterator[tuple[Words, int]]:
    """What stands in the element, counted."""
    inside = [node for node in nodes(element) if node is not element]
    kinds = (
        (Element, Words("下の階層の項目", "Items below")),
        (Placement, Words("指標の掲載", "Indicators printed here")),
        (Activity, Words("年度ごとの取組", "Years of what was done")),
    )
    for kind, words in kinds:
        if number := sum(isinstance(node, kind) for node in inside):
            yield words, number


def _remarks(document: Document, element: Element, words: Wording) -> Iterator[tuple[Words, str]]:
    """What names the element or something in it, with what becomes of it."""
    gone = {node.key for node in nodes(element)}
    for note in document.notes:
        if any(each.at in gone for each in note.anchors):
            yield Words("注の位置が外れます", "The note loses its place"), words.called(note)
    for opinion in document.opinions:
        if opinion.about in gone:
            yield (
                Words("意見は対象のないものとして残ります", "The opinion stays, about nothing"),
                words.called(opinion),
            )
    for waiver in document.waivers:
        if waiver.at in gone:
            yield Words("点検の除外も消えます", "The waiver goes too"), words.called(waiver)
    for erratum in document.errata:
        if erratum.about in gone:
            yield Words("正誤も消えます", "The erratum goes too"), words.called(erratum)


def _element(document: Document, key: Key) -> Element:
    """The element of an address; 404 where there is none."""
    node = index(document).get(key)
    if not isinstance(node, Element):
        raise Http404
    return node


def _was_there(draft: Draft, key: Key) -> bool:
    """Whether the draft ever had to do with the record ``key``."""
    return draft.operations.filter(operation__contains=f'"{key}"').exists()


def _place(outline: Outline, holder: Document | Element) -> str:
    if not isinstance(holder, Element):
        return say("（計画のいちばん上）", "(top of the plan)")
    path = outline.placed[holder.key].path
    return " › ".join([*(each.label or outline.title(each) for each in path[:-1]), outline.title(holder)])
