"""The first page, what this is, and the choice of language."""

from __future__ import annotations

from importlib.metadata import version

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sosei.web.people.models import Membership, Municipality
from sosei.web.site.built_on import parts
from sosei.web.site.language import COOKIE
from sosei.web.site.page import open_page

_YEAR = 365 * 24 * 60 * 60


@open_page
def home(request: HttpRequest) -> HttpResponse:
    """To the person's municipality where there is one; a choice where there are several; else what this is."""
    if not request.user.is_authenticated:
        return render(request, "site/welcome.html")
    held = Membership.objects.on(timezone.localdate()).filter(user=request.user)
    own = list(Municipality.objects.filter(pk__in=held.values("municipality")))
    if len(own) == 1 and not request.user.is_operator:
        return redirect("municipality", code=own[0].code)
    if not own and request.user.is_operator:
        return redirect("operator")
    return render(request, "site/choose.html", {"municipalities": own})


@open_page
def about(request: HttpRequest) -> HttpResponse:
    """What this is: version, licence, and what it is built on."""
    context = {"section": "about", "version": version("sosei"), "parts": parts()}
    return render(request, "site/about.html", context)


@require_POST
@open_page
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the page."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("home")
    response = HttpResponseRedirect(target)
    language = "en" if request.POST.get("language") == "en" else "ja"
    response.set_cookie(
        COOKIE, language, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
    )
    return response
