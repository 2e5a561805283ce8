"""What people type where a plan begins with a workbook."""

from __future__ import annotations

from django import forms

from sosei.web.plans.forms import Text
from sosei.web.plans.store import LONGEST_TITLE
from sosei.web.site.words import pair


class BeginForm(forms.Form):
    """The plan's title; the rest stands in the workbook."""

    key = forms.RegexField(regex=r"^[a-z][a-z0-9]{9}$", widget=forms.HiddenInput)
    title = Text(
        label=pair("計画の名称", "Title of the plan"),
        max_length=LONGEST_TITLE,
        help_text=pair(
            "ブックの「基本事項」に題名があれば、そちらになります",
            "a title on the workbook's first sheet replaces it",
        ),
    )
