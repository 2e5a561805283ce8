"""The language of a page: Japanese unless the person chose English (a cookie; no guess from the browser)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

COOKIE = "sosei_language"


class LanguageMiddleware:
    """Turns on the language that the cookie names."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response, made and marked in the chosen language."""
        language = "en" if request.COOKIES.get(COOKIE) == "en" else "ja"
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.respond(request)
            if hasattr(response, "render") and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", language)
        return response


def language() -> str:
    """``"ja"`` or ``"en"``, as the present page is shown."""
    return "en" if (translation.get_language() or "").startswith("en") else "ja"


def say(ja: str, en: str) -> str:
    """The sentence in the language of the present page."""
    return en if language() == "en" else ja
