"""The operator's first page, and the installation's municipalities."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.jobs.models import Job
from sosei.web.operator import acts, health, lists
from sosei.web.operator.forms import MunicipalityForm
from sosei.web.people import staff
from sosei.web.people.actor import Actor
from sosei.web.people.forms import AccountForm, SettingsForm, add_problem
from sosei.web.people.models import Municipality, User
from sosei.web.people.tenant import TenantSettings, change_settings, settings_of
from sosei.web.site.language import say
from sosei.web.site.page import operator_page

SECTION = {"section": "operator"}


@operator_page
def home(request: HttpRequest) -> HttpResponse:
    """How the installation is: counts, health, the last backup."""
    backup = health.last_backup()
    return render(
        request,
        "operator/home.html",
        {
            **SECTION,
            "tab": "home",
            "municipalities": Municipality.objects.count(),
            "people": User.objects.filter(is_active=True).count(),
            "operators": User.objects.filter(is_active=True, is_operator=True).count(),
            "jobs": Job.objects.count(),
            "lines": health.health(),
            "backup": backup,
            "backup_is_old": health.backup_is_old(backup),
        },
    )


@operator_page
def municipalities(request: HttpRequest) -> HttpResponse:
    """Every municipality, with search and counts."""
    asked = request.GET.get("q", "").strip().replace("\x00", "")
    page = lists.paged(request, lists.municipalities(asked))
    return render(
        request,
        "operator/municipalities.html",
        {
            **SECTION,
            "tab": "municipalities",
            "page": page,
            "rows": lists.counted(page.object_list),
            "asked": asked,
        },
    )


@operator_page
def add_municipality(request: HttpRequest) -> HttpResponse:
    """A new municipality with its first officer."""
    form = MunicipalityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = acts.add_municipality(
                request.actor, data["code"], data["municipality"], data["prefecture"], form.who
            )
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(
                request,
                say(
                    f"{made.name}を加えました。企画の担当者にパスワードを決めるリンクを渡してください。",
                    f"{made.name} was added. Give its officer a link to set a password.",
                ),
            )
            return redirect("operator_municipality", code=made.code)
    context = {**SECTION, "tab": "municipalities", "form": form}
    return render(request, "operator/add.html", context, status=400 if form.errors else 200)


@operator_page
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality: its settings, which the operator may change, and its officers."""
    found = get_object_or_404(Municipality, code=code)
    form = SettingsForm(initial=asdict(settings_of(found)))
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            try:
                change_settings(_there(request, found), TenantSettings(**form.cleaned_data))
            except Problem as problem:
                add_problem(form, problem)
            else:
                messages.success(request, say("保存しました。", "Saved."))
                return redirect("operator_municipality", code=code)
    return _municipality_page(request, found, form, AccountForm(prefix="officer"))


@require_POST
@operator_page
def appoint(request: HttpRequest, code: str) -> HttpResponse:
    """Make somebody a planning officer of the municipality."""
    found = get_object_or_404(Municipality, code=code)
    form = AccountForm(request.POST, prefix="officer")
    if form.is_valid():
        try:
            user = acts.appoint(_there(request, found), form.who)
        except Problem as problem:
            add_problem(form, problem)
        else:
            messages.success(
                request,
                say(f"{user.name}を企画の担当者にしました。", f"{user.name} is a planning officer now."),
            )
            return redirect("operator_municipality", code=code)
    return _municipality_page(request, found, SettingsForm(initial=asdict(settings_of(found))), form)


def _municipality_page(
    request: HttpRequest, found: Municipality, form: SettingsForm, officer_form: AccountForm
) -> HttpResponse:
    context = {
        **SECTION,
        "tab": "municipalities",
        "found": lists.counted([found])[0],
        "form": form,
        "officer_form": officer_form,
        "officers": staff.officers(found).select_related("user"),
    }
    wrong = form.errors or officer_form.errors
    return render(request, "operator/municipality.html", context, status=400 if wrong else 200)


def _there(request: HttpRequest, found: Municipality) -> Actor:
    """The operator acting in a municipality, whose log then says so."""
    return replace(request.actor, municipality=found)
