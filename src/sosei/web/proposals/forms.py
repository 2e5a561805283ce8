"""What is typed about change requests: checked here, done by the acts."""

from __future__ import annotations

from typing import Any

from django import forms

from sosei.web.people.divisions import named
from sosei.web.people.forms import OwnDivisions
from sosei.web.people.models import Division, Municipality
from sosei.web.plans.forms import Day, Text
from sosei.web.proposals.asking import Asking
from sosei.web.proposals.models import LONGEST_TITLE
from sosei.web.site.words import pair

_LONGEST = 4000


class AskingForm(forms.Form):
    """A change request: what is asked, until when, whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = Text(
        label=pair("件名", "Title"),
        max_length=LONGEST_TITLE,
        help_text=pair("例: 令和8年度改定に向けた照会", "for example: changes for the revision of FY2026"),
    )
    text = Text(
        label=pair("依頼の内容", "What is asked"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=pair(
            "各課の回答ページの一番上に出ます。見てほしい点や、判断の目安を書きます。",
            "Shown at the top of each division's page: what to look at, and by what measure.",
        ),
    )
    due = Day(
        label=pair("回答期限", "Answer by"),
        max_length=30,
        help_text=pair("例: 令和8年9月30日、R8.9.30、2026-09-30", "for example R8.9.30 or 2026-09-30"),
    )
    divisions = OwnDivisions(label=pair("照会先の課", "Divisions asked"), queryset=Division.objects.none())

    def __init__(self, *args: Any, municipality: Municipality, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["divisions"].queryset = named(municipality)

    def asking(self) -> Asking:
        """What the form says, once it is valid."""
        said = self.cleaned_data
        return Asking(
            key=said["key"],
            title=said["title"],
            text=said["text"],
            due=said["due"],
            divisions=list(said["divisions"]),
        )
