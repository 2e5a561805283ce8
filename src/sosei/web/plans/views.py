"""A municipality's first page: its plans, or how to begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.people.roles import Right
from sosei.web.plans.models import Plan
from sosei.web.site.page import page


@page(Right.MEMBER)
def home(request: HttpRequest) -> HttpResponse:
    """The plans of the municipality."""
    plans = Plan.objects.filter(municipality=request.municipality)
    return render(request, "plans/home.html", {"plans": plans})
