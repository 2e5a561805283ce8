"""The operator's forms: they check what was typed; the acts decide."""

from __future__ import annotations

from typing import Any

from django import forms

from sosei.values import Problem
from sosei.web.people.codes import checked_code
from sosei.web.people.forms import AccountForm, add_problem
from sosei.web.people.person import NAME_LENGTH
from sosei.web.people.tenant import PREFECTURE_LENGTH
from sosei.web.site.words import pair


class MunicipalityForm(AccountForm):
    """A new municipality and its first planning officer."""

    code = forms.CharField(
        label=pair("団体コード", "Municipality code"),
        help_text=pair("検査数字を含む6桁の数字", "six digits with the check digit"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short num", "inputmode": "numeric", "autocomplete": "off"}),
    )
    municipality = forms.CharField(label=pair("市町村の名前", "Name"), max_length=NAME_LENGTH)
    prefecture = forms.CharField(
        label=pair("都道府県", "Prefecture"),
        max_length=PREFECTURE_LENGTH,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    field_order = ("code", "municipality", "prefecture", "username", "name", "email")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["username"].label = pair(
            "企画の担当者のユーザー名（職員番号など）", "Officer's user name"
        )
        self.fields["name"].label = pair("企画の担当者の氏名", "Officer's name")
        self.fields["email"].label = pair(
            "企画の担当者のメール（なくてもよい）", "Officer's mail address (optional)"
        )

    def clean_code(self) -> str:
        """The code as it is kept."""
        try:
            return checked_code(self.cleaned_data["code"])
        except Problem as problem:
            add_problem(self, problem, "code")
            return ""
