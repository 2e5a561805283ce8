"""Adding an indicator at an element, moving and removing its places, continuing it under a new meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.indicator import Indicator, Placement
from sosei.plan.model import Element
from sosei.plan.model import Plan as Document
from sosei.plan.operations import Refusal
from sosei.plan.walk import index
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.values import Problem, era_text
from sosei.values.folding import compact
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing import indicators as acts
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.fields import editor_of, required
from sosei.web.writing.forms import FieldForm, field_form
from sosei.web.writing.indicators_found import Found, registered, same_name, search
from sosei.web.writing.labels import label_of
from sosei.web.writing.opened import frame, the_record, writing_page
from sosei.web.writing.sent import typed_of
from sosei.web.writing.tree_outline import Outline

NEW_FIELDS = ("name", "unit", "direction", "counting", "divisions", "source")
_VALUES = ("baseline", "target")
_LONGEST_REASON = 1000


@writing_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Search those that exist (``?q=``), or write a new one; both are added at the element ``key``."""
    element = the_record(draft, key, Element)
    if request.method == "GET":
        return _new_page(request, draft, element)
    try:
        return _added(request, draft, element)
    except Problem as problem:
        if isinstance(problem, Refusal):
            raise
        return _new_page(request, draft, element, problem=problem, status=400)


def _added(request: HttpRequest, draft: Draft, element: Element) -> HttpResponse:
    """What the form asks for: one that exists (``take``), or a new one whose name no other has."""
    typed = typed_of(request.POST)
    taken = typed.get("take", "")
    keys = acts.Keys(
        indicator=typed.get("new_indicator", "")[:10], placement=typed.get("new_placement", "")[:10]
    )
    if taken:
        placement = _taken(request, draft, element, taken, keys)
    else:
        name = typed.get("name", "")
        known = index(draft_document(draft))
        same = same_name(draft.plan, draft_document(draft), name)
        is_own = any(each.key == keys.indicator for each in same)
        if same and not is_own and compact(typed.get("separate", "")) != compact(name):
            return _new_page(request, draft, element, same=same, status=409)
        placement = acts.add_new(request.actor, draft, element.key, typed, keys)
        if placement not in known:
            messages.success(request, say("指標を加えました", "The indicator was added"))
    if "again" in request.POST:
        return redirect(f"{_address(draft, 'write_indicator_new', element.key)}?added={placement}#new")
    return redirect(_address(draft, "write_placement", placement))


def _taken(request: HttpRequest, draft: Draft, element: Element, taken: Key, keys: acts.Keys) -> Key:
    """Let the indicator ``taken`` stand at the element as well; the placement's key."""
    typed = typed_of(request.POST)
    document = draft_document(draft)
    if isinstance(index(document).get(taken), Indicator):
        placement = acts.place(request.actor, draft, element.key, taken, typed, keys.placement)
        messages.success(
            request,
            say(
                "登録済みの指標をここにも掲載しました。定義と実績は、ほかの掲載箇所と同じものです",
                "The indicator stands here too; its definition and values are those of its other places",
            ),
        )
        return placement
    row = registered(request.municipality, taken)
    if row is None:
        raise Problem("その指標は台帳にありません", "there is no such indicator in the registry")
    made = acts.take(request.actor, draft, element.key, row, typed, keys.placement)
    plan = row.edition.plan.title
    messages.success(
        request,
        say(
            f"「{plan}」の指標を、定義と実績とともにこの計画に入れました"
            + (f"。{made.left.ja}" if made.left else ""),
            f'An indicator of "{plan}" was put into this plan with its definition and values'
            + (f"; {made.left.en}" if made.left else ""),
        ),
    )
    return made.placement


def _new_page(
    request: HttpRequest, draft: Draft, element: Element, *, status: int = 200, **more: object
) -> HttpResponse:
    document = draft_document(draft)
    outline = Outline(document)
    asked = request.GET.get("q", "").strip()[:100]
    typed = typed_of(request.POST) if request.method == "POST" else {}
    drawn = acts.Keys.drawn()
    found = search(draft.plan, document, asked) if asked else Found(offers=[], count=0)
    context = frame(
        draft,
        element=element,
        title=outline.title(element),
        path=[(each.key, outline.title(each)) for each in outline.placed[element.key].path],
        fields=list(_new_form(document, element, typed)),
        role=typed.get("role") or acts.usual_role(document, element),
        roles=_new_field(document, Placement, "role", typed, "").shown.inputs[0].options,
        asked=asked,
        found=found,
        new_indicator=typed.get("new_indicator") or drawn.indicator,
        new_placement=typed.get("new_placement") or drawn.placement,
        typed_name=typed.get("name", ""),
        names={each.key: (each.name, each.places) for each in found.offers},
        added=_just_added(document, request.GET.get("added", "")),
        **more,
    )
    return render(request, "writing/indicator_new.html", context, status=status)


def _just_added(document: Document, key: Key) -> Placement | None:
    node = index(document).get(key) if key else None
    return node if isinstance(node, Placement) else None


def _new_form(document: Document, element: Element, typed: Typed) -> Iterator[FieldForm]:
    """The usual fields of a new indicator and of its place, with what was ``typed``."""
    yield _new_field(document, Placement, "role", typed, str(acts.usual_role(document, element)))
    for name in NEW_FIELDS:
        yield _new_field(document, Indicator, name, typed)
    last = era_text(document.period.last) if document.period else ""
    for name in _VALUES:
        yield _value_field(document, name, typed, last if name == "target" else "")


def _new_field(
    document: Document, kind: type[Indicator] | type[Placement], name: str, typed: Typed, usual: str = ""
) -> FieldForm:
    none_yet = acts.blank(kind)
    form = field_form(none_yet, name, usual or None, Around(document), must=name in required(kind))
    heard = editor_of(none_yet, name).heard(name, typed)
    inputs = [
        replace(each, value=typed.get(each.name, each.value), heard=heard.get(each.name))
        for each in form.shown.inputs
    ]
    return replace(form, shown=replace(form.shown, inputs=inputs))


def _value_field(document: Document, name: str, typed: Typed, year: str) -> FieldForm:
    """A baseline or a target: its value and its year; the rest is written on the placement's page."""
    form = _new_field(document, Placement, name, typed)
    inputs = [each for each in form.shown.inputs if each.name.endswith((".quantity", ".year"))]
    inputs = [
        replace(each, value=year) if each.name.endswith(".year") and not typed else each for each in inputs
    ]
    return replace(form, shown=replace(form.shown, inputs=inputs))


@writing_page
@require_GET
def heard(request: HttpRequest, _draft: Draft) -> HttpResponse:
    """What the values of a new placement are read as, for the script, while one types."""
    typed = {name: text[:1000] for name, text in request.GET.items()}
    none_yet = acts.blank(Placement)
    found: dict[str, Words] = {}
    for name in _VALUES:
        found |= editor_of(none_yet, name).heard(name, typed)
    return JsonResponse({"heard": {name: words.of(language()) for name, words in found.items()}})


@writing_page
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Choose another element for the placement ``key``."""
    document = draft_document(draft)
    node = the_record(draft, key, Placement)
    if request.method == "POST":
        acts.move_placement(request.actor, draft, key, request.POST.get("element", ""))
        messages.success(request, say("移しました", "Moved"))
        return redirect(_address(draft, "write_placement", key))
    outline = Outline(document)
    at = next(
        placed.element.key
        for placed in outline.placed.values()
        if any(each.key == key for each in placed.element.placements)
    )
    places = [
        (
            element,
            " › ".join([*(each.label or outline.title(each) for each in way[:-1]), outline.title(way[-1])]),
        )
        for element, way in ((name, placed.path) for name, placed in outline.placed.items())
    ]
    context = frame(draft, node=node, places=places, at=at)
    return render(request, "writing/placement_move.html", context)


@writing_page
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """Show what becomes of the indicator, then take the placement ``key`` out."""
    document = draft_document(draft)
    node = the_record(draft, key, Placement)
    places = acts.places_of_indicator(document, node.indicator)
    found = acts.indicator_in(document, node.indicator)
    problem = None
    if request.method == "POST":
        element = next(
            placed.element.key
            for placed in Outline(document).placed.values()
            if any(each.key == key for each in placed.element.placements)
        )
        try:
            acts.remove_placement(
                request.actor,
                draft,
                key,
                with_indicator=request.POST.get("indicator") == "remove",
                reason=request.POST.get("reason", "").strip()[:_LONGEST_REASON],
            )
        except Problem as raised:
            problem = raised
        else:
            name = Wording(document, language()).called(node)
            messages.success(
                request,
                say(
                    f"{name}をここから外しました。「元に戻す」で戻せます",
                    f"{name} was taken from here; it can be undone",
                ),
            )
            return redirect(_address(draft, "write_element", element))
    asked = came_from(request)
    context = frame(
        draft,
        node=node,
        indicator=found,
        others=len(places) - 1,
        values=len(found.observations),
        problem=problem,
        back=asked or _address(draft, "write_placement", key),
    )
    return render(request, "writing/placement_remove.html", context, status=400 if problem else 200)


@writing_page
@require_POST
def continue_as_new(request: HttpRequest, draft: Draft, key: str) -> HttpResponse:
    """A new indicator with unit, counting and source as typed continues ``key`` at all its places."""
    typed = typed_of(request.POST)
    successor = request.GET.get("new", "")[:10]
    the_record(draft, key, Indicator)
    made = acts.continue_as_new(request.actor, draft, key, typed, successor)
    document = draft_document(draft)
    words = Wording(document, language())
    old, new_one = acts.indicator_in(document, key), acts.indicator_in(document, made)
    changed = "、".join(
        say(label_of(name).ja, label_of(name).en)
        for name in ("unit", "counting", "source")
        if data_of(old).get(name) != data_of(new_one).get(name)
    )
    messages.success(
        request,
        say(
            f"{words.called(old)}を引き継ぐ新しい指標にしました（変わったもの: {changed or 'なし'}）。"
            "これまでの実績は前の指標に残っています",
            f"A new indicator continues {words.called(old)} (changed: {changed or 'nothing'}); "
            "the values so far stay with the old one",
        ),
    )
    asked = came_from(request)
    return redirect(asked if "/placements/" in asked else _address(draft, "write_indicator", made))


def _address(draft: Draft, name: str, key: Key) -> str:
    return reverse(name, kwargs={"code": draft.plan.municipality.code, "plan": draft.plan.key, "key": key})
