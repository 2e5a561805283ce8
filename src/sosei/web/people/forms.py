"""The forms of this part: they check what was typed; the acts decide.

A division or person that is not of the municipality is answered as an address that does not exist.
"""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404

from sosei.values import Problem
from sosei.web.people.acting import today
from sosei.web.people.actor import Refused
from sosei.web.people.divisions import named
from sosei.web.people.models import Division, Municipality
from sosei.web.people.person import NAME_LENGTH, Person, checked_email, checked_login, checked_name
from sosei.web.people.roles import ROLE_NAMES, Role
from sosei.web.people.tenant import LOG_YEARS, SESSION_MINUTES
from sosei.web.site.language import say
from sosei.web.site.words import pair


def add_problem(form: forms.Form, problem: Problem, field: str | None = None) -> None:
    """The sentence at ``field`` (None: over the form); a missing right is no matter of a form."""
    if isinstance(problem, Refused):
        raise problem
    form.add_error(field, say(problem.ja, problem.en))


class DayInput(forms.DateInput):
    """A day, chosen or typed as 2026-04-01."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d", attrs={"class": "short"})


class _Own:
    """Choices of one municipality: what is not among them does not exist."""

    def label_from_instance(self, division: Division) -> str:
        """The division under its name of today; one to come with its first day."""
        day = today()
        if division.ended_on is not None and division.ended_on <= day:
            return say(
                f"{division.name}（{division.ended_on}に廃止）",
                f"{division.name} (ended on {division.ended_on})",
            )
        if division.started_on is not None and division.started_on > day:
            name = division.name_on(division.started_on)
            return say(f"{name}（{division.started_on}から）", f"{name} (from {division.started_on})")
        return division.name_on(day)

    def clean(self, value: Any) -> Any:
        """The rows; raises Http404 for one that is not among the choices."""
        try:
            return super().clean(value)  # type: ignore[misc]
        except forms.ValidationError as error:
            if error.code == "required":
                raise
            raise Http404 from None


class OwnDivision(_Own, forms.ModelChoiceField):
    """One division of the municipality."""


class OwnDivisions(_Own, forms.ModelMultipleChoiceField):
    """Several divisions of the municipality."""

    widget = forms.CheckboxSelectMultiple


def living(municipality: Municipality) -> Any:
    """The divisions that are there today or will be."""
    return named(municipality).lasting_past(today())


def offer_divisions(form: forms.Form, municipality: Municipality, *fields: str) -> None:
    """Offer the living divisions; one that ended since the form was shown is left to the act's sentence."""
    there = living(municipality)
    for name in fields:
        form.fields[name].queryset = there | named(municipality).filter(pk__in=_sent(form, name))


def _sent(form: forms.Form, name: str) -> list[UUID]:
    """The keys that were sent for a field, as far as they are keys."""
    found = []
    for text in form.data.getlist(name) if form.is_bound else ():
        with contextlib.suppress(ValueError):
            found.append(UUID(text))
    return found


class RoleForm(forms.Form):
    """A role and, for clerks and heads, the division."""

    role = forms.ChoiceField(label=pair("役割", "Role"))
    division = OwnDivision(
        label=pair("担当課（役割が担当課・担当課長のとき）", "Division (for clerks and heads)"),
        queryset=Division.objects.none(),
        required=False,
        empty_label="―",
    )

    def __init__(self, *args: Any, municipality: Municipality, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["role"].choices = [(role.value, say(*ROLE_NAMES[role])) for role in Role]
        offer_divisions(self, municipality, "division")


class AccountForm(forms.Form):
    """Who somebody is."""

    username = forms.CharField(
        label=pair("ユーザー名（職員番号など）", "User name (such as the staff number)"),
        help_text=pair("半角の英字・数字と . _ - @ +", "letters, digits and . _ - @ +"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(label=pair("氏名", "Name"), widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.CharField(
        label=pair("メール（なくてもよい）", "Mail address (optional)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Each text as an account keeps it."""
        data = super().clean()
        for field, check in (("username", checked_login), ("name", checked_name), ("email", checked_email)):
            if field in data:
                try:
                    data[field] = check(data[field])
                except Problem as problem:
                    add_problem(self, problem, field)
        return data

    @property
    def who(self) -> Person:
        """The person, once the form is valid."""
        return Person(**{field: self.cleaned_data[field] for field in ("username", "name", "email")})


class PersonForm(AccountForm, RoleForm):
    """A new person with the first role."""

    field_order = ("username", "name", "email", "role", "division")


class StaffFileForm(forms.Form):
    """A file of staff."""

    file = forms.FileField(
        label=pair("職員のCSVファイル", "CSV file of staff"),
        help_text=pair(
            "UTF-8 か Shift_JIS、2,000行・1MBまで", "UTF-8 or Shift_JIS, at most 2,000 lines and 1 MB"
        ),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )


class DivisionForm(forms.Form):
    """A new division."""

    name = forms.CharField(label=pair("課の名前", "Name of the division"), max_length=NAME_LENGTH)
    since = forms.DateField(
        label=pair("いつから（分からなければ空のまま）", "Since when (leave empty if unknown)"),
        required=False,
        widget=DayInput(),
    )


class AssignForm(forms.Form):
    """Who answers for a record from a day on."""

    main = OwnDivision(
        label=pair("主担当", "In charge"),
        queryset=Division.objects.none(),
        required=False,
        empty_label=pair("（担当なし）", "(nobody)"),
    )
    related = OwnDivisions(
        label=pair("関係課", "Also involved"), queryset=Division.objects.none(), required=False
    )
    on = forms.DateField(label=pair("いつから", "From"), widget=DayInput())

    def __init__(self, *args: Any, municipality: Municipality, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_divisions(self, municipality, "main", "related")

    def clean(self) -> dict[str, Any]:
        """Nobody is involved where nobody is in charge."""
        data = super().clean()
        if data.get("related") and not data.get("main"):
            self.add_error(
                "main",
                pair(
                    "関係課を選ぶときは主担当も選んでください",
                    "choose who is in charge before others are involved",
                ),
            )
        return data

    @property
    def divisions(self) -> list[Division]:
        """The one in charge first."""
        main = self.cleaned_data["main"]
        return [main, *self.cleaned_data["related"]] if main else []


class SettingsForm(forms.Form):
    """What a municipality decides for itself."""

    name = forms.CharField(label=pair("市町村の名前", "Name of the municipality"), max_length=NAME_LENGTH)
    second_factor_required = forms.BooleanField(
        label=pair("二要素認証を全員に求める", "Everybody must use a second factor"),
        help_text=pair(
            "まだ設定していない人は、次にサインインしたときに設定の画面に進みます。",
            "Who has not set one up yet is led there on signing in next.",
        ),
        required=False,
    )
    session_minutes = forms.IntegerField(
        label=pair("操作がないときにサインアウトするまで（分）", "Minutes without a click until signing out"),
        help_text=pair("5〜480分", "5 to 480"),
        min_value=SESSION_MINUTES[0],
        max_value=SESSION_MINUTES[-1],
        widget=forms.NumberInput(attrs={"class": "short num"}),
    )
    log_years = forms.IntegerField(
        label=pair("記録（ログ）を残す年数", "Years for which the log is kept"),
        help_text=pair("1〜30年", "1 to 30"),
        min_value=LOG_YEARS[0],
        max_value=LOG_YEARS[-1],
        widget=forms.NumberInput(attrs={"class": "short num"}),
    )
