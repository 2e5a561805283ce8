"""What a person chooses for a document of the population: scenarios, the last year, a target."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from sosei.reports.charts.population_frame import whole
from sosei.reports.population.goals import MOST_TARGET, Goal
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import STANDARD
from sosei.values import Problem
from sosei.web.population.choices import MOST, Choice, chosen
from sosei.web.population.running import run
from sosei.web.population.trial_reading import typed_number
from sosei.web.population.years import ends, usual_until, years_to
from sosei.web.site.language import language, say
from sosei.web.site.words import pair

_MOST_YEARS = 5  # columns that the table of the target holds on an upright page
_APART = re.compile(r"[\s,、，・]+")


class DocumentsForm(forms.Form):
    """The choices for every document of the page; ``s`` are keys of scenarios, in the order of the list."""

    s = forms.MultipleChoiceField(
        label=pair("シナリオ", "Scenarios"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": pair("シナリオを一つは選んでください", "choose at least one scenario"),
            "invalid_choice": pair(
                "選んだシナリオがありません。消されたか、見る権限がありません。選び直してください",
                "a chosen scenario is not there; it was removed or is not yours to see; choose again",
            ),
        },
    )
    until = forms.TypedChoiceField(
        label=pair("最後の年", "Last year"),
        coerce=int,
        error_messages={
            "required": pair("最後の年を選んでください", "choose the last year"),
            "invalid_choice": pair(
                "その年までは推計できません。選び直してください", "choose a year of the list"
            ),
        },
    )
    target = forms.CharField(
        label=pair("目標人口", "Target population"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    years = forms.CharField(label=pair("目標の年", "Years of the target"), required=False, max_length=60)

    def __init__(self, *given: Any, known: Known, among: Sequence[Choice], **more: Any) -> None:
        super().__init__(*given, **more)
        self.known, self.among = known, among
        self.chosen: list[Choice] = []
        words = language()
        self.fields["s"].choices = [(each.key, each.scenario.name.of(words)) for each in among]
        self.fields["s"].help_text = say(
            f"{MOST}つまで。いちばん上のものが差と比の基準になります。"
            "パターン1、シミュレーション1、シミュレーション2 がそろうと、出生と移動の影響（影響度と図）が入ります",
            f"up to {MOST}; the first is what the others are measured by. With Pattern 1 and both simulations the "
            "chapter also holds the effects of fertility and migration",
        )
        self.fields["until"].choices = [(year, str(year)) for year in ends(known)]
        self.fields["until"].help_text = say(
            f"{known.projection.years[-1]}年より先は、{known.name}による延長です",
            f"beyond {known.projection.years[-1]} the figures are an extension of your own",
        )
        self.fields["target"].help_text = _usual_target(known)
        self.fields["years"].help_text = say(
            f"例: 2045、2070（{_MOST_YEARS}つまで）。目標人口を入れて年を空欄にすると、公表された最後の年と最後の年です",
            f"for example 2045, 2070 (up to {_MOST_YEARS}); empty: the last published year and the last of all",
        )

    @staticmethod
    def usual(known: Known, asked: QueryDict, among: Sequence[Choice]) -> dict[str, Any]:
        """What the form shows first: what the address asks for, else the usual choices."""
        there = [each.key for each in among]
        wanted = [key for key in asked.getlist("s") if key in there]
        years = list(map(str, ends(known)))
        until = asked.get("until", "")
        return {
            "s": wanted[:MOST] or list(STANDARD),
            "until": until if until in years else str(usual_until(known)),
            "target": asked.get("target", "")[:20],
            "years": asked.get("years", "")[:60],
        }

    def clean_target(self) -> int | None:
        """The number of persons as people write it: 22000, 22,000人, ２２０００."""
        text = self.cleaned_data["target"]
        if not text:
            return None
        number = typed_number(text, ("", "人"))
        if number is None or number % 1 or not 1 <= number <= MOST_TARGET:
            raise ValidationError(
                say(
                    f"目標人口は1以上{MOST_TARGET:,}以下の人数で書いてください（例: 22,000）",
                    f"write the target as a number of persons from 1 to {MOST_TARGET:,} (for example 22,000)",
                )
            )
        return int(number)

    def clean_years(self) -> tuple[int, ...]:
        """Years in order, each once."""
        texts = [
            each.removesuffix("年")
            for each in _APART.split(unicodedata.normalize("NFKC", self.cleaned_data["years"]))
            if each
        ]
        if bad := next((each for each in texts if not re.fullmatch(r"\d{4}", each, re.ASCII)), None):
            raise ValidationError(
                say(
                    f"目標の年「{bad[:20]}」が読めません。西暦4桁で書いてください（例: 2045、2070）",
                    f'"{bad[:20]}" is no year; write four digits (for example 2045, 2070)',
                )
            )
        return tuple(sorted(set(map(int, texts))))

    def clean(self) -> dict[str, Any]:
        """The choices fit together and can be projected."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        if found["years"] and found["target"] is None:
            self.add_error(
                "target", say("目標の年には、目標人口も書いてください", "years need a target population too")
            )
        elif wrong := _wrong_years(found["years"], years_to(self.known, found["until"])[1:]):
            self.add_error("years", wrong)
        try:
            self.chosen = chosen(found["s"], self.among)
            run(self.known, found["until"], [each.scenario for each in self.chosen]).comparison("ja")
        except Problem as problem:
            self.add_error("s", say(problem.ja, problem.en))
        return found

    @property
    def goal(self) -> Goal | None:
        """The target of a valid form; None for the chapter's own."""
        found = self.cleaned_data
        if found["target"] is None:
            return None
        published = min(self.known.projection.years[-1], found["until"])
        years = found["years"] or tuple(dict.fromkeys((published, found["until"])))
        return Goal(population=found["target"], years=years)


def _usual_target(known: Known) -> str:
    panel = known.projection
    first, last = panel.years[0], panel.years[-1]
    then, now = (whole(float(panel.at(year).total()[0, 0])) for year in (last, first))
    return say(
        f"空欄にすると、{last}年の人口{then}人を最後の年にも保つ場合を計算します"
        f"（最後の年を{last}年以前にしたときは、{first}年の{now}人を保つ場合）",
        f"empty: what keeps the {then} persons of {last} to the last year (for a last year up to {last}: the {now} "
        f"of {first})",
    )


def _wrong_years(years: Sequence[int], ends: Sequence[int]) -> str:
    """What is wrong with the years of a target, of which ``ends`` may be used; empty where nothing is."""
    if bad := next((year for year in years if year not in ends), None):
        return say(
            f"目標の年 {bad} は使えません。{ends[0]}年から{ends[-1]}年までの、推計のある年"
            f"（{'、'.join(map(str, ends[:3]))}、…）を書いてください",
            f"{bad} cannot be a year of the target; write years of the projection from {ends[0]} to {ends[-1]}",
        )
    if len(years) > _MOST_YEARS:
        return say(
            f"目標の年は{_MOST_YEARS}つまでです（{len(years)} あります）。減らしてください",
            f"at most {_MOST_YEARS} years ({len(years)} were written); leave some out",
        )
    return ""
