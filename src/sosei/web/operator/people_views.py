"""People of the whole installation: search, operators, accounts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.accounts.acts import forget_second_factor, reset_link
from sosei.web.operator import acts, lists
from sosei.web.people.acting import today
from sosei.web.people.actor import Actor
from sosei.web.people.models import Membership, User
from sosei.web.site.language import say
from sosei.web.site.page import operator_page

_SECTION = {"section": "operator", "tab": "people"}


@operator_page
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, with search and roles."""
    asked, state = (request.GET.get(name, "").strip().replace("\x00", "") for name in ("q", "state"))
    context = {"page": lists.paged(request, lists.people(asked, state)), "asked": asked, "state": state}
    return render(request, "operator/people.html", {**_SECTION, **context})


@operator_page
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person: roles, account, what can be done."""
    return _page(request, _user(person))


@never_cache
@require_POST
@operator_page
def act(request: HttpRequest, person: UUID) -> HttpResponse:
    """Do what the button says, and say so, or why not."""
    user = _user(person)
    name = request.POST.get("act", "")
    if name == "link":
        try:
            path = reset_link(request.actor, user)
        except Problem as problem:
            messages.error(request, say(problem.ja, problem.en))
            return redirect("operator_person", person=user.pk)
        return _page(request, user, link=request.build_absolute_uri(path))
    if name not in _ACTS:
        raise Problem(
            "その操作はありません。利用者のページを開き直してください",
            "there is no such act; open the person's page again",
        )
    do, done = _ACTS[name]
    try:
        do(request.actor, user)
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
    else:
        messages.success(request, say(*done))
        if name == "withdraw" and user.pk == request.user.pk:
            return redirect("home")
    return redirect("operator_person", person=user.pk)


_ACTS: dict[str, tuple[Callable[[Actor, User], object], tuple[str, str]]] = {
    "grant": (
        lambda actor, user: acts.set_operator(actor, user, operator=True),
        ("運用の担当者にしました。", "This person is an operator now."),
    ),
    "withdraw": (
        lambda actor, user: acts.set_operator(actor, user, operator=False),
        ("運用の担当者から外しました。", "This person is no operator any more."),
    ),
    "stop": (
        lambda actor, user: acts.set_active(actor, user, active=False),
        ("利用を止めました。", "The account was stopped."),
    ),
    "resume": (
        lambda actor, user: acts.set_active(actor, user, active=True),
        ("利用を再開しました。", "The account can be used again."),
    ),
    "forget": (
        forget_second_factor,
        ("二要素認証を解除しました。", "The second factor was taken away."),
    ),
}


def _user(pk: UUID) -> User:
    held = Membership.objects.on(today()).select_related("municipality", "division")
    return get_object_or_404(
        User.objects.prefetch_related(Prefetch("memberships", held, to_attr="held")), pk=pk
    )


def _page(request: HttpRequest, user: User, *, link: str = "") -> HttpResponse:
    has_factor = Authenticator.objects.filter(user=user).exists()
    context = {"person": user, "has_factor": has_factor, "link": link}
    return render(request, "operator/person.html", {**_SECTION, **context})
