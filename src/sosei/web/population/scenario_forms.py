"""What people type about a scenario: checked here, done by ``scenario_acts``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from sosei.population.scenario import Name, Scenario
from sosei.population.scenario_bounds import LONGEST_NAME, LONGEST_NOTE
from sosei.web.plans.forms import Text
from sosei.web.population.choices import scenario_of
from sosei.web.population.models import SavedScenario
from sosei.web.population.scenario_texts import (
    MOST_BYTES,
    definition_text,
    read_json,
    read_toml,
    scenario_from,
)
from sosei.web.site.words import pair

_LINES = 14


class ScenarioForm(forms.Form):
    """A scenario: what it is called, who sees it, what it says.

    ``data`` (JSON) is what the page of the trial sends; it goes before ``definition`` (TOML).
    """

    name = Text(
        label=pair("名前", "Name"),
        max_length=LONGEST_NAME,
        help_text=pair(
            "図と表に出ます。例: 本市の展望", "stands in charts and tables; for example: our own path"
        ),
    )
    name_en = Text(
        label=pair("英語の名前", "Name in English"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=pair("空のままなら、上の名前を使います", "left empty, the name above is used"),
    )
    note = Text(
        label=pair("説明", "What it means"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=pair("どんな将来を置いたシナリオか", "what future it stands for"),
    )
    note_en = Text(
        label=pair("英語の説明", "What it means, in English"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_shown = forms.ChoiceField(
        label=pair("見える人", "Who sees it"),
        choices=(
            ("no", pair("庁内の職員だけ", "the municipality's own staff")),
            ("yes", pair("委員と閲覧の人にも見せる", "council members and readers too")),
        ),
    )
    definition = Text(
        label=pair("定義（TOML）", "Definition (TOML)"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": _LINES, "class": "mono", "spellcheck": "false"}),
        help_text=pair(
            "スライダーで表せないことも、ここで書けます。空のままなら、もとにする推計のままです。"
            "名前と説明は上の欄のものを使います",
            "here you can say what the sliders cannot; left empty, it is as in the base projection; name and "
            "note are those above",
        ),
    )
    data = forms.CharField(widget=forms.HiddenInput, required=False, max_length=MOST_BYTES)
    key = forms.UUIDField(widget=forms.HiddenInput)
    old = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def scenario(self, key: UUID) -> Scenario:
        """The scenario that the valid form says.  Raises Problem for what is none."""
        found = self.cleaned_data
        entries = read_json(found["data"]) if found["data"] else read_toml(found["definition"])
        note = found["note"] or found["note_en"]
        return scenario_from(
            entries,
            str(key),
            Name(ja=found["name"], en=found["name_en"] or found["name"]),
            Name(ja=found["note"] or note, en=found["note_en"] or note) if note else None,
        )

    @property
    def shown(self) -> bool:
        """Whether council members and readers are to see it."""
        return bool(self.cleaned_data["is_shown"] == "yes")


def values_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario as the form shows it."""
    name, note = scenario.name, scenario.note
    return {
        "name": name.ja,
        "name_en": "" if name.en == name.ja else name.en,
        "note": note.ja if note else "",
        "note_en": note.en if note and note.en != note.ja else "",
        "definition": definition_text(scenario),
        "data": "",
    }


def shown_values(row: SavedScenario, old: str) -> dict[str, Any]:
    """A kept scenario as the form shows it."""
    shown = "yes" if row.is_shown else "no"
    return {"key": row.pk, "old": old, "is_shown": shown, **values_of(scenario_of(row))}


def with_rest(posted: QueryDict, now: Mapping[str, Any]) -> QueryDict:
    """``posted`` with what it does not name as it stands ``now``: a page may send a part of the form alone."""
    whole = posted.copy()
    for name, value in now.items():
        if name not in whole and name != "old":
            whole[name] = str(value)
    return whole
