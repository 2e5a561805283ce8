"""A Problem that reaches the top of a view becomes a page with its one sentence."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.values import Problem
from sosei.web.people.actor import Refused


class ProblemMiddleware:
    """403 for what the person may not do, 400 for what cannot be done."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the view."""
        return self.respond(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says what is wrong; None for every other exception."""
        if not isinstance(exception, Problem):
            return None
        status = 403 if isinstance(exception, Refused) else 400
        return render(request, "site/problem.html", {"problem": exception, "status": status}, status=status)
