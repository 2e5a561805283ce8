"""試算: one scenario beside the one it is measured by, year by year, and what must be known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sosei.population.engine import Projection
from sosei.population.migration import NetRate
from sosei.population.panel import SEX_WORDS
from sosei.reports.charts.population import group_names, percent
from sosei.reports.charts.population_frame import persons, signed, whole
from sosei.reports.population import sources
from sosei.reports.population.figures import own_notes
from sosei.reports.population.known import Groups
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import NOTHING, Table
from sosei.values import Words

Ages = tuple[int, int | None]
_SHOWN_CLIPS = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A year of the trial: its population, that of the reference, and its age groups, in whole persons."""

    year: int
    population: float
    reference: float
    index: str
    groups: Groups

    @property
    def difference(self) -> str:
        """Persons more or fewer than the reference, of the whole persons shown."""
        return signed(persons(self.population) - persons(self.reference))

    @property
    def ratio(self) -> str:
        """Percent of the reference."""
        return _share(self.population, self.reference)

    @property
    def elderly(self) -> str:
        """高齢化率, percent."""
        return _share(self.groups[2], sum(self.groups))


class Net(NamedTuple):
    """Persons of a group of starting ages in one step: those of cells that gain, and of cells that lose."""

    gains: float
    losses: float


def standings(outlook: Outlook) -> list[Standing]:
    """Every year of the last scenario of ``outlook`` beside the first."""
    reference, trial = (outlook.runs[at].panel.total()[:, 0].tolist() for at in (0, -1))
    groups = outlook.groups(-1)
    return [
        Standing(year, value, other, _share(value, trial[0]), groups[year])
        for year, value, other in zip(outlook.years, trial, reference, strict=True)
    ]


def trial_table(outlook: Outlook, language: str) -> Table:
    """Year by year: the reference, the trial, difference, ratio, index, three age groups and 高齢化率."""
    english = language == "en"
    first, last = (outlook.scenarios[at].name.of(language) for at in (0, -1))
    rows = tuple(
        (
            str(each.year),
            whole(each.reference),
            whole(each.population),
            each.difference,
            each.ratio,
            each.index,
            *map(whole, each.groups),
            each.elderly,
        )
        for each in standings(outlook)
    )
    heads = ("Year", first, last, "Difference", "Ratio (%)", f"Index ({outlook.years[0]} = 100)")
    shares = ("65 and over (%)",)
    if not english:
        heads = ("年", first, last, "差", "比（％）", f"指数（{outlook.years[0]}年＝100）")
        shares = ("高齢化率（％）",)
    meaning = Words(
        f"差と比は「{first}」に対するもの（差は端数を処理した人口どうしの差）。指数、年齢3区分と高齢化率は「{last}」の値。",
        f'Difference and ratio are against "{first}" (of rounded figures); index and age groups are those of "{last}".',
    )
    return Table(
        title=Words(f"{outlook.known.name}の人口の試算", f"{outlook.known.name}: population on trial").of(
            language
        ),
        headings=(*heads, *group_names(language), *shares),
        rows=rows,
        notes=tuple(note.of(language) for note in (meaning, *own_notes(outlook), sources.FITTED)),
    )


def clip_words(run: Projection) -> Words | None:
    """What was set to zero in a run, in one sentence; None where nothing was."""
    clips = run.clips
    if not clips:
        return None
    persons = sum(clip.persons for clip in clips)
    ages = {lower: at for at, lower in enumerate(run.panel.ages.lower)}
    listed = [
        Words(
            f"{clip.year}年の{SEX_WORDS[clip.sex].ja}{run.panel.ages.labels('ja')[ages[clip.age]]}",
            f"{SEX_WORDS[clip.sex].en} {run.panel.ages.labels('en')[ages[clip.age]]} in {clip.year}",
        )
        for clip in clips[:_SHOWN_CLIPS]
    ]
    more = len(clips) - len(listed)
    rest = Words(f"ほか{more}個", f" and {more} more") if more else Words("", "")
    return Words(
        f"転出が人口を上回って負になる{len(clips)}個の値を0にし、合わせて{persons:,.1f}人を加えています"
        f"（{'、'.join(each.ja for each in listed)}{rest.ja}）。",
        f"{len(clips)} figures would have been negative because more leave than there are; they are set to 0, which "
        f"adds {persons:,.1f} persons ({', '.join(each.en for each in listed)}{rest.en}).",
    )


def published_net(outlook: Outlook, groups: Sequence[Sequence[Ages]]) -> list[Net]:
    """Who comes and who leaves in the last published step, for each group of starting ages.

    Of net rates: persons of the sexes and ages that gain, and of those that lose.
    """
    given = outlook.assumptions
    step = given.ends.index(outlook.last_published)
    start = outlook.known.projection.at(given.starts[step]).values[0]
    rate = given.migration.rate[step] if isinstance(given.migration, NetRate) else np.zeros_like(start)
    net = (start * rate)[..., 0]
    found = []
    for ranges in groups:
        inside = [
            any(low <= age and (high is None or age < high) for low, high in ranges)
            for age in given.ages.lower
        ]
        cells = net[:, inside]
        found.append(Net(float(cells[cells > 0].sum()), float(cells[cells < 0].sum())))
    return found


def _share(value: float, of: float) -> str:
    return percent(value, of) if of > 0 else NOTHING
