"""The page of a municipality's own settings."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sosei.values import Problem
from sosei.web.people.forms import SettingsForm, add_problem
from sosei.web.people.roles import Right
from sosei.web.people.tenant import TenantSettings, change_settings, settings_of
from sosei.web.site.language import say
from sosei.web.site.page import page


@page(Right.MANAGE_PEOPLE)
def settings(request: HttpRequest) -> HttpResponse:
    """See and change the settings."""
    form = SettingsForm(initial=asdict(settings_of(request.municipality)))
    if request.method == "POST":
        form = SettingsForm(request.POST)
        if form.is_valid():
            try:
                change_settings(request.actor, TenantSettings(**form.cleaned_data))
            except Problem as problem:
                add_problem(form, problem)
            else:
                messages.success(request, say("保存しました。", "Saved."))
                return redirect("people_settings", code=request.municipality.code)
    return render(
        request,
        "people/settings.html",
        {"section": "staff", "form": form},
        status=400 if form.errors else 200,
    )
