"""The plan's text: everything of it that stands beside goals, measures and indicators, on one page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sosei.checks.finding import Words
from sosei.plan.record import Note, Opinion
from sosei.reports.charts import Size, series
from sosei.scheme.presets import scheme_of
from sosei.web.plans.opened import Opened, plan_page
from sosei.web.reading import narrative, transcript
from sosei.web.reading.finding_links import records
from sosei.web.reading.kept import reader_of
from sosei.web.reading.views import Step, frame
from sosei.web.site.language import language, say

_PICTURE = Size(340, 230)


@plan_page()
def text(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The text page of a plan in one state."""
    plan = opened.document
    trail = [Step(say("計画の本文", "Text of the plan"))]
    links = _Links(opened)
    context = frame(opened, reader_of(plan), None, trail) | {
        "plan": plan,
        "sections": narrative.sections(plan),
        "chapters": narrative.chapters(plan),
        "references": narrative.references(plan),
        "verifications": [
            (each, narrative.all_summaries(narrative.verification_texts(each))) for each in plan.verifications
        ],
        "facts": [(fact, links.to(fact.indicator)) for fact in plan.population],
        "projections": [
            (each, series(each.chart, f"p-{each.projection.key}", _PICTURE) if each.chart else "")
            for each in narrative.projections(plan, language())
        ],
        "notes": [(note, links.anchors(note)) for note in plan.notes],
        "notes_are_summaries": narrative.all_summaries(note.text for note in plan.notes),
        "opinions": [(opinion, links.about(opinion)) for opinion in plan.opinions],
        "errata": [
            (erratum, links.to(erratum.about), transcript.field_words(erratum.field))
            for erratum in plan.errata
        ],
        "scheme": scheme_of(plan, opened.year),
        "shows": [narrative.SHOWN[each] for each in plan.shows],
        "tables": [(each, links.to(each.element)) for each in transcript.tables(plan)],
        "waivers": [(each, links.to(each.at)) for each in plan.waivers],
        "noted": [(each, links.to(each.key)) for each in transcript.noted(plan)],
        "joint": [(each, _options(each, links)) for each in transcript.joint_readings(plan)],
    }
    return render(request, "reading/text.html", context)


class _Links:
    """Records of the plan as links."""

    def __init__(self, opened: Opened) -> None:
        self.shown = records(opened.document)
        self.address = opened.address

    def to(self, key: str | None) -> dict[str, str] | None:
        """The record's title and the address that shows it; None for none."""
        if key is None:
            return None
        shown = self.shown[key]
        return {"title": shown.title, "url": shown.address.url(self.address)}

    def anchors(self, note: Note) -> list[tuple[dict[str, str] | None, Words]]:
        """Where a note is hung: the record and its field, each once."""
        places = dict.fromkeys((anchor.at, anchor.field) for anchor in note.anchors)
        return [(self.to(key), transcript.field_words(field)) for key, field in places]

    def about(self, opinion: Opinion) -> dict[str, str] | None:
        """What an opinion is about; None for the plan as a whole."""
        return self.to(opinion.about)


def _options(joint: transcript.JointReading, links: _Links) -> list[tuple[bool, list[Any]]]:
    return [
        (place == joint.chosen, [(links.to(key), field, text) for key, field, text in cells])
        for place, cells in enumerate(joint.options)
    ]
