"""The reorganisation as pages: choose the kind, say what, share the work out, look, accept; take back.

One address takes every step by POST; what was chosen travels in the form itself, so that the back
button and a second window do no harm, and every step reckons anew from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.people.forms import DayInput, OwnDivision, OwnDivisions, add_problem, living, offer_divisions
from sosei.web.people.models import Assignment, Municipality, Reorganisation
from sosei.web.people.records import Record, titles
from sosei.web.people.reorganisation import (
    KIND_NAMES,
    NOWHERE,
    REASON_LENGTH,
    Kind,
    Preview,
    Wish,
    preview,
)
from sosei.web.people.reorganising import reorganise
from sosei.web.people.roles import Right
from sosei.web.people.taking_back import take_back as take_back_act
from sosei.web.site.language import say
from sosei.web.site.page import page
from sosei.web.site.words import pair

_SECTION = {"section": "divisions"}
_SHARED = ("assigned-", "person-")  # fields named so hold where a row goes
_SOURCE = {
    Kind.SPLIT: pair("分割する課", "Division to be split"),
    Kind.ABOLISH: pair("廃止する課", "Division to be abolished"),
    Kind.RENAME: pair("名称を変える課", "Division to be renamed"),
}


class WishForm(forms.Form):
    """What is asked for; which fields there are depends on the kind."""

    sources = OwnDivisions(
        label=pair("統合する課（2つ以上）", "Divisions to be merged (two or more)"), queryset=None
    )
    source = OwnDivision(queryset=None, empty_label=pair("選んでください", "choose"))
    into = OwnDivision(
        label=pair("既にある課にまとめるとき：その課", "Into a division that is there"),
        queryset=None,
        required=False,
        empty_label="―",
    )
    into_several = OwnDivisions(
        label=pair("既にある課に移すとき：その課", "Into divisions that are there"),
        queryset=None,
        required=False,
    )
    new_name = forms.CharField(
        label=pair("新しい課にまとめるとき：その名前", "Into a new division: its name"), required=False
    )
    new_names = forms.CharField(
        label=pair("新しい課を作るとき：その名前（1行に1つ）", "Into new divisions: their names, one a line"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    stays = forms.BooleanField(
        label=pair(
            "元の課は残り、仕事の一部だけを移す", "The old division stays; only a part of its work goes"
        ),
        required=False,
    )
    on = forms.DateField(
        label=pair("改編の日（この日から新しい組織）", "First day of the new organisation"), widget=DayInput()
    )
    reason = forms.CharField(
        label=pair("理由（なくてもよい）", "Reason (optional)"), max_length=REASON_LENGTH, required=False
    )

    _FIELDS: Mapping[Kind, Sequence[str]] = {
        Kind.MERGE: ("sources", "new_name", "into", "on", "reason"),
        Kind.SPLIT: ("source", "new_names", "into_several", "stays", "on", "reason"),
        Kind.ABOLISH: ("source", "into", "on", "reason"),
        Kind.RENAME: ("source", "new_name", "on", "reason"),
    }

    def __init__(self, *args: Any, kind: Kind, municipality: Municipality, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind = kind
        for name in [each for each in self.fields if each not in self._FIELDS[kind]]:
            del self.fields[name]
        self.order_fields(self._FIELDS[kind])
        divisions = {"sources", "source", "into", "into_several"} & self.fields.keys()
        offer_divisions(self, municipality, *divisions)
        if kind in _SOURCE:
            self.fields["source"].label = _SOURCE[kind]
        if kind is Kind.ABOLISH:
            self.fields["into"].label = pair("仕事を引き継ぐ課", "Division that takes its work over")
        if kind is Kind.RENAME:
            self.fields["new_name"].label = pair("新しい名前", "New name")

    def wish(self, assigned: Mapping[UUID, str], people: Mapping[UUID, str]) -> Wish:
        """The wish, once the form is valid."""
        data = self.cleaned_data
        into = [*([data["into"]] if data.get("into") else []), *data.get("into_several", ())]
        lines = data.get("new_names", "").splitlines() or [data.get("new_name", "")]
        return Wish(
            kind=self.kind,
            on=data["on"],
            sources=tuple(data["sources"]) if "sources" in data else (data["source"],),
            into=tuple(into),
            new_names=tuple(line.strip() for line in lines if line.strip()),
            stays=data.get("stays", False),
            reason=data["reason"].strip(),
            assigned=assigned,
            people=people,
        )


@page(Right.MANAGE_PEOPLE)
def reorganisation(request: HttpRequest) -> HttpResponse:
    """Choose the kind; then each step of the reorganisation."""
    kind = _kind(request)
    if kind is None:
        context = {
            **_SECTION,
            "kinds": [(each.value, names) for each, names in KIND_NAMES.items()],
            "divisions": living(request.municipality).exists(),
        }
        return render(request, "people/reorganisation.html", context)
    if request.method != "POST":
        form = WishForm(
            kind=kind, municipality=request.municipality, initial={"source": request.GET.get("source")}
        )
        return _form_page(request, form)
    form = WishForm(request.POST, kind=kind, municipality=request.municipality)
    if not form.is_valid() or request.POST.get("step") == "form":
        return _form_page(request, form)
    wish = form.wish(*(_chosen(request, before) for before in _SHARED))
    try:
        planned = preview(request.municipality, wish)
        if request.POST.get("step") == "accept":
            made = reorganise(request.actor, wish, request.POST.get("state", ""))
            return _accepted(request, made)
    except Problem as problem:
        add_problem(form, problem)
        return _form_page(request, form)
    if kind is Kind.SPLIT and request.POST.get("step") != "look":
        return _share_page(request, form, planned)
    return _preview_page(request, form, planned)


@page(Right.MANAGE_PEOPLE)
@require_POST
def take_back(request: HttpRequest, reorganisation: UUID) -> HttpResponse:
    """Undo the last reorganisation."""
    found = get_object_or_404(Reorganisation, pk=reorganisation, municipality=request.municipality)
    try:
        take_back_act(request.actor, found)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        messages.success(
            request,
            say("改編を取り消し、元の組織に戻しました。", "The reorganisation was taken back."),
        )
    return redirect("people_divisions", code=request.municipality.code)


def _kind(request: HttpRequest) -> Kind | None:
    text = request.POST.get("kind", "") or request.GET.get("kind", "")
    if not text:
        return None
    if text not in list(Kind):
        raise Http404
    return Kind(text)


def _chosen(request: HttpRequest, before: str) -> dict[UUID, str]:
    """What was chosen for each row: fields ``assigned-<id>`` and ``person-<id>``."""
    found = {}
    for name, value in request.POST.items():
        if name.startswith(before):
            try:
                found[UUID(name.removeprefix(before))] = value
            except ValueError:
                raise Http404 from None
    return found


def _accepted(request: HttpRequest, made: Reorganisation) -> HttpResponse:
    ja, en = KIND_NAMES[Kind(made.kind)]
    messages.success(
        request,
        say(f"組織改編（{ja}）を確定しました。", f"The reorganisation ({en.lower()}) was made."),
    )
    return redirect("people_divisions", code=request.municipality.code)


def _form_page(request: HttpRequest, form: WishForm) -> HttpResponse:
    context = {
        **_SECTION,
        "form": form,
        "kind": form.kind.value,
        "kind_names": KIND_NAMES[form.kind],
        "carried": _carried(request, _SHARED),
    }
    return render(request, "people/reorganisation_form.html", context, status=400 if form.errors else 200)


def _share_page(request: HttpRequest, form: WishForm, planned: Preview) -> HttpResponse:
    """Which assignment and which person of a division that is split goes where."""
    wish = planned.wish
    known = titles(request.municipality, {each.key for each in planned.assignments})
    order = {key: at for at, key in enumerate(known)}
    context = {
        **_step(request, form, planned, ("kind", *form.fields)),
        "assignments": [
            (row, known.get(row.key) or _gone(row), wish.assigned.get(row.pk, ""))
            for row in sorted(planned.assignments, key=lambda row: order.get(row.key, len(order)))
        ],
        "roles": [(row, wish.people.get(row.pk, "")) for row in planned.roles],
    }
    return render(request, "people/reorganisation_share.html", context)


def _preview_page(request: HttpRequest, form: WishForm, planned: Preview) -> HttpResponse:
    """What ends, what begins, what moves; the people of a merger are chosen here."""
    split = form.kind is Kind.SPLIT
    known = titles(request.municipality, {each.key for each in planned.records})
    order = {key: at for at, key in enumerate(known)}
    names: dict[Any, str] = {
        each.division.pk if each.division else each.ref: each.name for each in planned.targets
    }
    records = []
    for each in sorted(planned.records, key=lambda each: order.get(each.key, len(order))):
        leaving = [each.rows[period.id] for period in each.moved.leaving]
        begin = [(names[begun.division], begun) for begun in each.moved.begin]
        records.append((known.get(each.key) or _gone(leaving[0]), leaving, begin))
    context = {
        **_step(request, form, planned, ("kind", *form.fields, *(_SHARED if split else ()))),
        "records": records,
        "choosing": not split,
    }
    return render(request, "people/reorganisation_preview.html", context)


def _step(request: HttpRequest, form: WishForm, planned: Preview, carried: Sequence[str]) -> dict[str, Any]:
    return {
        **_SECTION,
        "form": form,
        "kind": form.kind.value,
        "kind_names": KIND_NAMES[form.kind],
        "planned": planned,
        "nowhere": NOWHERE,
        "carried": _carried(request, carried),
    }


def _carried(request: HttpRequest, names: Sequence[str]) -> list[tuple[str, str]]:
    """What was sent under ``names`` (``assigned-`` stands for all that begin so), to be sent again."""
    exact = {name for name in names if not name.endswith("-")}
    begun = tuple(name for name in names if name.endswith("-"))
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name in exact or (begun and name.startswith(begun))
        for value in values
    ]


def _gone(row: Assignment) -> Record:
    """Stands in for a record that no current edition has any more."""
    title = say("（今の版にない記録）", "(a record no current edition has)")
    return Record(plan_key=row.plan_key, key=row.key, kind="", level="", place="", title=title)
