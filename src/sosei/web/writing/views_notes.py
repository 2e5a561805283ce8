"""Notes: hanging one on a word, taking it off, a new one from where it is needed, marks in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from sosei.checks.finding import Words
from sosei.plan.base import Key
from sosei.plan.keys import new_key
from sosei.plan.labels import VALUE_LABELS
from sosei.plan.model import Plan
from sosei.plan.operations import Add, Operation, Set
from sosei.plan.record import Anchor, Note, NoteKind
from sosei.plan.walk import index
from sosei.plan.wording import Wording
from sosei.plan.writing import data_of
from sosei.values import Problem
from sosei.web.people.actor import Actor
from sosei.web.plans import acts
from sosei.web.plans.models import Draft
from sosei.web.plans.opening import came_from
from sosei.web.plans.store import draft_document
from sosei.web.site.language import language, say
from sosei.web.writing.editors import Around, Typed
from sosei.web.writing.forms import json_text
from sosei.web.writing.marks import unmarked
from sosei.web.writing.note_places import (
    MOST_FOUND,
    Places,
    Several,
    anchor_at,
    hangable,
    next_mark,
    renumbered,
)
from sosei.web.writing.opened import frame, writing_page
from sosei.web.writing.record_layout import part_address, record_address
from sosei.web.writing.saving import operations_for, record_in
from sosei.web.writing.sent import typed_of
from sosei.web.writing.structure import LAST, location, typed_data

KINDS = [(str(kind), Words(*VALUE_LABELS[NoteKind][kind])) for kind in NoteKind]


@writing_page
@require_http_methods(["GET", "POST"])
def hang(request: HttpRequest, draft: Draft, key: Key) -> HttpResponse:
    """Hang the note ``key`` on one more place: choose the record, its field, then the word."""
    return _hanging(request, draft, _note(draft, key))


@writing_page
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A new note; ``?at=&field=`` is where it hangs, ``next`` the page to come back to."""
    return _hanging(request, draft, None)


@writing_page
@require_POST
def unhang(request: HttpRequest, draft: Draft, key: Key) -> HttpResponse:
    """Take the note off one of its places: ``anchor`` is the place, as the page's form has it."""
    note = _note(draft, key)
    old = data_of(note).get("anchors", [])
    rest = [each for each in old if json_text(each) != request.POST.get("anchor", "")]
    if rest != old:
        made = Set(key=key, field="anchors", old=old, new=rest or None)
        acts.operate(request.actor, draft, [*unmarked(note, "anchors"), made])
        messages.success(request, say("注の位置を外しました", "The note was taken off there"))
    return redirect(came_from(request) or record_address(draft, note))


@writing_page
@require_http_methods(["GET", "POST"])
def renumber(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Marks in the order of the places: shown first (``?first=&kind=``), then written in one act."""
    document = draft_document(draft)
    sent = request.POST if request.method == "POST" else request.GET
    first = sent.get("first", "").strip()[:50] or "注1"
    kind = sent.get("kind", "") if sent.get("kind", "") in tuple(NoteKind) else ""
    back = part_address(draft, "notes")
    context = frame(draft, first=first, kind=kind, kinds=KINDS, back=back)
    try:
        lines = renumbered(document, first, kind)
    except Problem as problem:
        context |= {"problem": problem}
        return render(request, "writing/notes_renumber.html", context, status=400)
    changed = [(note, mark) for note, mark in lines if note.mark != mark]
    seen = hashlib.sha256("\n".join(f"{n.key} {n.mark} {m}" for n, m in lines).encode()).hexdigest()[:16]
    if request.method == "POST" and sent.get("seen") == seen:
        _write_marks(request.actor, draft, document, changed)
        messages.success(
            request, say(f"{len(changed)}件の印を付け直しました", f"{len(changed)} marks were written anew")
        )
        return redirect(back)
    words = Wording(document, language())
    places = Places(document, words)
    rows = [(note, mark, places.hung(note.anchors[0]) if note.anchors else None) for note, mark in lines]
    context |= {"rows": rows, "changed": len(changed), "seen": seen, "is_stale": request.method == "POST"}
    return render(request, "writing/notes_renumber.html", context)


def _write_marks(actor: Actor, draft: Draft, document: Plan, changed: Sequence[tuple[Note, str]]) -> None:
    made = [each for note, mark in changed for each in operations_for(document, note, "mark", mark)]
    if made:
        acts.operate(actor, draft, made)


def _hanging(request: HttpRequest, draft: Draft, note: Note | None) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    document = draft_document(draft)
    words = Wording(document, language())
    places = Places(document, words)
    at = places.node(sent.get("at", ""))
    find = sent.get("find", "").strip()[:200]
    context = frame(
        draft, note=note, find=find, next=came_from(request), most=MOST_FOUND, typed=typed_of(sent)
    )
    if at is None:
        context |= {"found": places.found(find)}
        return render(request, "writing/note_place.html", context)
    fields = hangable(at, words)
    context |= {
        "at": at,
        "where": places.where(at.key),
        "fields": fields,
        "chosen": _chosen([each.name for each in fields], sent.get("field", "")),
        "kinds": KINDS,
        "mark": sent.get("mark", next_mark(document)),
        "new": sent.get("new") or new_key(),
    }
    if request.method == "GET":
        return render(request, "writing/note_word.html", context)
    try:
        anchor = anchor_at(at, words, typed_of(sent))
        made = _hung(request.actor, draft, note, anchor, typed_of(sent))
    except Several as several:
        return render(request, "writing/note_word.html", context | {"several": several.places})
    except Problem as problem:
        return render(request, "writing/note_word.html", context | {"problem": problem}, status=400)
    messages.success(request, say("注を付けました", "The note is there"))
    target = came_from(request) or record_address(draft, record_in(draft_document(draft), made))
    return redirect(target)


def _note(draft: Draft, key: Key) -> Note:
    """The note of an address; 404 where there is none."""
    note = index(draft_document(draft)).get(key)
    if not isinstance(note, Note):
        raise Http404
    return note


def _chosen(names: Sequence[str], asked: str) -> str:
    """The field that is chosen before anybody chooses: the one asked for, else the record's own text."""
    return next((name for name in (asked, "description", "text", "name", *names) if name in names), "")


def _hung(actor: Actor, draft: Draft, note: Note | None, anchor: Anchor, typed: Typed) -> Key:
    """Write the place into the note, or a new note with it; the note's key."""
    document = draft_document(draft)
    place = anchor.model_dump(mode="json", exclude_defaults=True)
    if note is not None:
        old = data_of(note).get("anchors", [])
        if place not in old:
            made = Set(key=note.key, field="anchors", old=old or None, new=[*old, place])
            acts.operate(actor, draft, [*unmarked(note, "anchors"), made])
        return note.key
    key = typed.get("new", "")
    if key in index(document):  # the same form sent twice
        return key
    data = typed_data(
        Note, {name: typed.get(name, "") for name in ("kind", "mark", "term", "text")}, Around(document)
    )
    record: dict[str, Any] = {**data, "key": key, "anchors": [place]}
    Note.model_validate_json(json_text(record))
    to = location(document, "notes", LAST)
    operations: list[Operation] = [*unmarked(document, "notes"), Add(to=to, record=record)]
    acts.operate(actor, draft, operations)
    return key
