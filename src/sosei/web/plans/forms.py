"""What people type about plans: checked here, done by ``acts``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sosei.plan.model import LevelKind
from sosei.values import Problem, YearKind, parse_fiscal_year_option, parse_when
from sosei.web.plans.acts import Beginning
from sosei.web.plans.store import LONGEST_TITLE
from sosei.web.plans.uploaded import kept_text
from sosei.web.site.language import say
from sosei.web.site.words import pair

_LEVELS = (
    (LevelKind.GOAL, "基本目標"),
    (LevelKind.MEASURE, "施策"),
    (LevelKind.PROJECT, "具体的な事業"),
)
_LONGEST_YEARS = 20  # no strategy runs longer; more is a slip of the pen


class Text(forms.CharField):
    """A text that a plan can hold: no control characters."""

    def clean(self, value: Any) -> str:
        """The text, lines ended as plans end them."""
        text: str = super().clean(value).replace("\r\n", "\n").replace("\r", "\n")
        return said(lambda: kept_text(text))


class Day(forms.CharField):
    """A day as people write it: 令和7年9月1日, R7.9.1, 2025-09-01."""

    def clean(self, value: Any) -> date:
        """The day."""
        text = super().clean(value)
        when = parse_when(text.upper())
        if when is None or when.kind is not YearKind.DATE or when.day is None or when.end:
            shown = text[:30]
            raise ValidationError(
                say(
                    f"「{shown}」は日付として読めません。令和7年9月1日、R7.9.1、2025-09-01 のように書いてください",
                    f'"{shown}" is not a day; write 令和7年9月1日, R7.9.1 or 2025-09-01',
                )
            )
        return when.first_day


class FiscalYear(forms.CharField):
    """A fiscal year as people write it: R8, 2026, 令和8年度."""

    def clean(self, value: Any) -> int:
        """The year in which it begins."""
        text = super().clean(value)
        return said(lambda: parse_fiscal_year_option(text)).year


class EmptyPlanForm(forms.Form):
    """A plan that begins empty."""

    key = forms.RegexField(regex=r"^[a-z][a-z0-9]{9}$", widget=forms.HiddenInput)
    title = Text(
        label=pair("計画の名称", "Title of the plan"),
        max_length=LONGEST_TITLE,
        help_text=pair(
            "例: 第3期○○市まち・ひと・しごと創生総合戦略", "for example: the 3rd strategy of the city"
        ),
    )
    first = FiscalYear(
        label=pair("計画期間の始まり", "First fiscal year"),
        max_length=20,
        help_text=pair("例: R8、令和8年度、2026", "for example R8 or 2026"),
    )
    last = FiscalYear(label=pair("計画期間の終わり", "Last fiscal year"), max_length=20)
    goal = Text(label=pair("第1階層の名称", "Name of the first level"), max_length=40)
    measure = Text(label=pair("第2階層の名称", "Name of the second level"), max_length=40)
    project = Text(
        label=pair("第3階層の名称", "Name of the third level"),
        max_length=40,
        required=False,
        help_text=pair("2階層の計画なら空けておきます", "leave it empty for a plan of two levels"),
    )

    def clean(self) -> dict[str, Any]:
        """The period has its end after its beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= last - first < _LONGEST_YEARS:
            self.add_error(
                "last",
                say(
                    f"計画期間の終わりは、始まりの年度から{_LONGEST_YEARS}年以内の年度にしてください",
                    f"the last year must be within {_LONGEST_YEARS} years of the first",
                ),
            )
        return cleaned

    def beginning(self) -> Beginning:
        """What the form says, once it is valid."""
        names = ((kind, self.cleaned_data[kind.value]) for kind, _ in _LEVELS)
        return Beginning(
            key=self.cleaned_data["key"],
            title=self.cleaned_data["title"],
            first=self.cleaned_data["first"],
            last=self.cleaned_data["last"],
            levels=tuple((kind, name) for kind, name in names if name),
        )

    @staticmethod
    def usual_levels() -> dict[str, str]:
        """The names that most plans give their levels."""
        return {kind.value: name for kind, name in _LEVELS}


class AdoptionForm(forms.Form):
    """What is said of an edition when it is adopted."""

    title = Text(
        label=pair("版の名称", "Title of the edition"),
        max_length=LONGEST_TITLE,
        help_text=pair("例: 策定、令和8年度改訂", "for example: adoption, revision of FY2026"),
    )
    on = Day(
        label=pair("策定日", "Adopted on"),
        max_length=30,
        help_text=pair("例: 令和7年9月1日、R7.9.1、2025-09-01", "for example R7.9.1 or 2025-09-01"),
    )
    reason = Text(
        label=pair("策定・改訂の理由", "Reason"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    draft = forms.UUIDField(widget=forms.HiddenInput)
    length = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


def said(read: Any) -> Any:
    """What ``read`` gives; its Problem as an error of the field."""
    try:
        return read()
    except Problem as problem:
        raise ValidationError(say(problem.ja, problem.en)) from None
