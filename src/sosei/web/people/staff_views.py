"""Pages of people and their roles (for who manages them)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from sosei.values import Problem
from sosei.web.accounts.acts import forget_second_factor, reset_link
from sosei.web.people import staff
from sosei.web.people.acting import today
from sosei.web.people.actor import Refused
from sosei.web.people.forms import AccountForm, PersonForm, RoleForm, add_problem
from sosei.web.people.lists import paged
from sosei.web.people.models import Membership, User
from sosei.web.people.roles import Right, Role
from sosei.web.site.language import say
from sosei.web.site.page import page

_SECTION = {"section": "staff"}


@page(Right.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role, or who had one: search by name, filter by role and state."""
    municipality = request.municipality
    asked, role, state = (request.GET.get(name, "").strip() for name in ("q", "role", "state"))
    held = (
        Membership.objects.filter(municipality=municipality)
        .lasting_past(today())
        .select_related("division")
        .prefetch_related("division__former_names")
    )
    users = staff.staff(municipality).prefetch_related(Prefetch("memberships", held, to_attr="held"))
    everybody = users.count()
    users = _found(users, asked)
    if role in list(Role):
        users = users.filter(pk__in=held.filter(role=role).values("user"))
    users = _in_state(users, state, held)
    return render(
        request,
        "people/staff.html",
        {
            **_SECTION,
            "people": paged(request, users),
            "everybody": everybody,
            "asked": asked,
            "role": role,
            "state": state,
            "roles": list(Role),
            "today": today(),
        },
    )


@page(Right.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """A new person; somebody known elsewhere gets a role here after the name was confirmed."""
    form = PersonForm(
        request.POST or None, municipality=request.municipality, initial={"role": Role.CLERK.value}
    )
    known = None
    if request.method == "POST" and form.is_valid():
        known = staff.find_user(form.who.username)
        confirmed = known is not None and request.POST.get("same") == str(known.pk)
        try:
            if known is None or confirmed:
                user = _added(request, form, known)
                messages.success(
                    request,
                    say(f"{user.name} を加えました。", f"{user.name} was added.")
                    if known is None
                    else say(f"{user.name} に役割を付けました。", f"{user.name} was given the role."),
                )
                return redirect("people_person", code=request.municipality.code, person=user.pk)
        except Problem as problem:
            add_problem(form, problem)
            known = None
    return _form_page(request, "people/add.html", {**_SECTION, "form": form, "known": known})


@page(Right.MANAGE_PEOPLE)
def person(request: HttpRequest, person: UUID) -> HttpResponse:
    """One person: roles held, the account, what can be done."""
    return _person_page(request, _user(request, person))


@page(Right.MANAGE_PEOPLE)
@require_POST
def grant(request: HttpRequest, person: UUID) -> HttpResponse:
    """Give the person a role."""
    user = _user(request, person)
    form = RoleForm(request.POST, municipality=request.municipality)
    if form.is_valid():
        try:
            staff.grant(request.actor, user, form.cleaned_data["role"], form.cleaned_data["division"])
        except Problem as problem:
            add_problem(form, problem)
        else:
            return _done(request, user, say("役割を付けました。", "The role was given."))
    return _person_page(request, user, role_form=form)


@page(Right.MANAGE_PEOPLE)
@require_POST
def withdraw(request: HttpRequest, person: UUID, held: UUID) -> HttpResponse:
    """Take a role away."""
    user = _user(request, person)
    role = get_object_or_404(Membership, pk=held, user=user, municipality=request.municipality)
    return _act(request, user, say("役割を外しました。", "The role was taken away."), staff.withdraw, role)


@page(Right.MANAGE_PEOPLE)
@require_POST
def change(request: HttpRequest, person: UUID) -> HttpResponse:
    """Another user name, name or mail address."""
    user = _user(request, person)
    form = AccountForm(request.POST)
    if form.is_valid():
        try:
            staff.change_account(request.actor, user, form.who)
        except Problem as problem:
            add_problem(form, problem)
        else:
            return _done(request, user, say("保存しました。", "Saved."))
    return _person_page(request, user, account_form=form)


@page(Right.MANAGE_PEOPLE)
@require_POST
def activity(request: HttpRequest, person: UUID) -> HttpResponse:
    """Stop the account, or let it be used again."""
    user = _user(request, person)
    active = request.POST.get("active") == "1"
    said = (
        say("利用を再開しました。", "The account can be used again.")
        if active
        else say("利用を止めました。", "The account was stopped.")
    )
    return _act(request, user, said, staff.set_active, user, active=active)


@never_cache
@page(Right.MANAGE_PEOPLE)
@require_POST
def link(request: HttpRequest, person: UUID) -> HttpResponse:
    """A link by which the person sets a password, shown once."""
    user = _user(request, person)
    try:
        path = reset_link(request.actor, user)
    except Refused:
        raise
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
        return redirect("people_person", code=request.municipality.code, person=user.pk)
    return _person_page(request, user, link=request.build_absolute_uri(path))


@page(Right.MANAGE_PEOPLE)
@require_POST
def forget(request: HttpRequest, person: UUID) -> HttpResponse:
    """Take a lost second factor away."""
    user = _user(request, person)
    said = say("二要素認証を解除しました。", "The second factor was taken away.")
    return _act(request, user, said, forget_second_factor, user)


def _user(request: HttpRequest, pk: UUID) -> User:
    """A person of the municipality; 404 for any other."""
    return get_object_or_404(staff.staff(request.municipality), pk=pk)


def _found(users: QuerySet[User], asked: str) -> QuerySet[User]:
    for word in asked.split():
        users = users.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word))
    return users


def _in_state(users: QuerySet[User], state: str, held: QuerySet[Membership]) -> QuerySet[User]:
    if state == "none":
        return users.exclude(pk__in=held.values("user"))
    if state == "stopped":
        return users.filter(is_active=False)
    if state == "new":
        return users.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return users


def _added(request: HttpRequest, form: PersonForm, known: User | None) -> User:
    role, division = form.cleaned_data["role"], form.cleaned_data["division"]
    if known is None:
        return staff.add_person(request.actor, form.who, role, division)
    return staff.grant(request.actor, known, role, division).user


def _act(request: HttpRequest, user: User, said: str, act: Any, *what: Any, **more: Any) -> HttpResponse:
    """Do ``act`` and say so, or why not, on the person's page."""
    try:
        act(request.actor, *what, **more)
    except Refused:
        raise
    except Problem as problem:
        messages.error(request, say(problem.ja, problem.en))
        return redirect("people_person", code=request.municipality.code, person=user.pk)
    return _done(request, user, said)


def _done(request: HttpRequest, user: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("people_person", code=request.municipality.code, person=user.pk)


def _person_page(
    request: HttpRequest,
    user: User,
    *,
    role_form: RoleForm | None = None,
    account_form: AccountForm | None = None,
    link: str = "",
) -> HttpResponse:
    municipality = request.municipality
    rows = (
        Membership.objects.filter(municipality=municipality, user=user)
        .select_related("division", "granted_by")
        .prefetch_related("division__former_names")
    )
    lasting = list(rows.lasting_past(today()))
    elsewhere = staff.belongs_elsewhere(user, municipality)
    account = {"username": user.username, "name": user.name, "email": user.email}
    context = {
        **_SECTION,
        "person": user,
        "held": lasting,
        "ended": rows.exclude(pk__in=[each.pk for each in lasting]).exclude(until=None),
        "today": today(),
        "role_form": role_form or RoleForm(municipality=municipality, initial={"role": Role.CLERK.value}),
        "account_form": account_form or AccountForm(initial=account),
        "elsewhere": staff.account_words(user) if elsewhere else None,
        "has_factor": Authenticator.objects.filter(user=user).exists(),
        "link": link,
    }
    return _form_page(request, "people/person.html", context)


def _form_page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page, as 400 where one of its forms was sent with something wrong."""
    wrong = any(getattr(each, "errors", None) for each in context.values())
    return render(request, template, context, status=400 if wrong else 200)
