"""The operator's first page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.web.people.models import Municipality
from sosei.web.site.page import operator_page


@operator_page
def home(request: HttpRequest) -> HttpResponse:
    """The municipalities of the installation."""
    return render(request, "operator/home.html", {"municipalities": Municipality.objects.all()})
