"""Comparisons and answers of the population commands as CSV, text and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence

from sosei.formats.csv_cells import harmless
from sosei.population.assumptions import Assumptions
from sosei.population.compare import Comparison
from sosei.population.draws import BOUNDS, Shaken
from sosei.population.levers import Families, Lever, OutClosed, TotalFertility
from sosei.population.scenario_files import compositions
from sosei.population.solve import Answer
from sosei.reports.population.goals import TFR_BY
from sosei.values import Problem


def comparison_csv(comparison: Comparison, bands: Sequence[Shaken] = ()) -> bytes:
    """A row for each scenario and year: population, index (base year = 100), difference, ratio in percent.

    ``bands``, one a scenario, add what population and difference are at the bounds of the draws.  Figures are
    unrounded, and no name is one that a spreadsheet would run.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    at = [f"{name}_p{bound * 100:g}" for name in ("population", "difference") for bound in BOUNDS]
    heads = ("scenario", "year", "population", "index", "difference", "ratio")
    writer.writerow((*heads, *(at if bands else ())))
    for number, row in enumerate(comparison.rows):
        plain = (row.population, row.index, row.difference, row.ratio)
        more = (*bands[number].total.tolist(), *bands[number].apart.tolist()) if bands else ()
        for year, *figures in zip(comparison.years, *plain, *more, strict=True):
            writer.writerow(
                (harmless(row.scenario), year, *("" if value is None else repr(value) for value in figures))
            )
    return text.getvalue().encode()


def levers_named(names: Sequence[str], family: str, tfr_by: int | None, given: Assumptions) -> list[Lever]:
    """The levers a person names.

    ``tfr_by`` None is 2030, or the end of the first step of ``given`` where that is later.  Raises Problem
    for an unknown family, and where the TFR is to be reached before it can change.
    """
    known = compositions()
    if family not in known:
        raise Problem(
            f"「{family}」という世帯構成はありません。{'、'.join(known)} があります",
            f'there is no family "{family}"; there are {", ".join(known)}',
        )
    start = given.starts[0]
    by = max(TFR_BY, given.ends[0]) if tfr_by is None else tfr_by
    if "tfr" in names and by <= start:
        raise Problem(
            f"--tfr-by {by} は基準年（{start}年）より後の年にしてください",
            f"--tfr-by {by} must be later than the base year ({start})",
        )
    every: dict[str, Lever] = {
        "families": Families(known[family]),
        "tfr": TotalFertility(by),
        "out": OutClosed(),
    }
    return [every[name] for name in names]


def _text(answers: list[Answer], language: str) -> bytes:
    """A sentence for each answer, and each convention once under the answers it stands beside."""
    lines: list[str] = []
    for place, answer in enumerate(answers):
        lines.append(answer.words().of(language) + _clipped(answer, language))
        following = answers[place + 1].convention if place + 1 < len(answers) else None
        if following != answer.convention:
            head = "Convention: " if language == "en" else "数え方: "
            lines += [f"  {head}{answer.convention.of(language)}"]
    return ("\n".join(lines) + "\n").encode()


def _clipped(answer: Answer, language: str) -> str:
    """What was clipped on the way to an answer; empty where nothing was."""
    if not answer.clipped:
        return ""
    if language == "en":
        return f" [{answer.clipped:,.1f} persons added to cells that would be negative]"
    return f"［負になるセルを 0 にした調整 {answer.clipped:,.1f}人を含む］"


def _json(answers: list[Answer], language: str) -> bytes:
    rows = [
        {
            "what": answer.lever.what.of(language),
            "year": answer.year,
            "target": answer.target,
            "status": answer.status.value,
            "amount": answer.amount,
            "population": answer.population,
            "without": answer.without,
            "exact": answer.exact,
            "clipped": answer.clipped,
            "convention": answer.convention.of(language),
        }
        for answer in answers
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


ANSWERS: dict[str, Callable[[list[Answer], str], bytes]] = {"text": _text, "json": _json}
