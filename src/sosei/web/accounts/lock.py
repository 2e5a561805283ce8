"""Guessing passwords: how axes counts, and the page it shows when it has counted too many."""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from sosei.web.people.models import User
from sosei.web.site.page import address


def normal_name(typed: str) -> str:
    """One spelling per person: full-width letters, capitals and blanks around make no other name to guess at."""
    return str(User.normalize_username(typed)).strip().casefold()


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:  # noqa: ARG001
    """The user name axes counts under."""
    typed = (credentials or {}).get("username")
    return normal_name(typed) if typed else None


def counted_address(request: HttpRequest) -> str | None:
    """The address axes counts under: the site's own reading of it; None where a proxy sent no address."""
    found = address(request)
    try:
        return str(ipaddress.ip_address(found))
    except ValueError:
        return None


def lock_page(
    request: HttpRequest,
    response: HttpResponse | None,  # noqa: ARG001
    credentials: dict[str, Any] | None,
) -> HttpResponse:
    """429 with one sentence: until when, and whom to ask."""
    until = _until(counted_name(request, credentials), counted_address(request))
    locked = render(request, "account/locked.html", {"until": until}, status=429)
    locked.headers["Retry-After"] = str(max(1, round((until - timezone.now()).total_seconds())))
    return locked


def _until(name: str | None, found: str | None) -> datetime:
    """When the last counted failure has cooled off, rounded up to the minute."""
    last = AccessAttempt.objects.filter(username=name, ip_address=found).order_by("-attempt_time").first()
    end = (last.attempt_time if last else timezone.now()) + get_cool_off()
    return (end + timedelta(minutes=1)).replace(second=0, microsecond=0)
