"""The sliders of the trial: bounds, steps, what the base projection has as a mark, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sosei.population.scenario import BEYOND, HELD, NATION, NATIONAL_2015
from sosei.population.scenario_files import compositions
from sosei.reports.charts.population_frame import persons, whole
from sosei.reports.population.known import Known
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.trial import published_net
from sosei.values import Problem, Words, parse_quantity
from sosei.values.exact import plain
from sosei.web.population.trial import GROUPS, MOST_SHARE, Ground, tidy
from sosei.web.population.trial_reading import LABELS, NUMBERS, Asked

_TFR_STEP = Decimal("0.05")
_TFR_RANGE = (Decimal("0.5"), Decimal("3"))
_SHARE_STEP = Decimal(5)
_PARTS = 300
"""A slider of persons or families moves the population in about so many steps."""
_PERSONS = Words("人", "persons")
_PERCENT = Words("％", "%")


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A field that holds a number, with a slider beside it.

    ``low``, ``high`` and ``step`` are the slider's; the field takes more.  ``mark`` is the value of the base
    projection, where the slider stands while the field is empty; ``empty`` says what an empty field means.
    """

    name: str
    unit: Words
    low: Decimal
    high: Decimal
    step: Decimal
    mark: Decimal
    text: str = ""
    empty: Words | None = None
    hint: Words | None = None
    problem: Problem | None = None

    @property
    def label(self) -> Words:
        """What the field is called."""
        return NUMBERS[self.name].label

    @property
    def least(self) -> Decimal:
        """The lowest number that the field takes."""
        return NUMBERS[self.name].low

    @property
    def most(self) -> Decimal:
        """The highest number that the field takes."""
        return NUMBERS[self.name].high

    @property
    def at(self) -> str:
        """Where the slider stands."""
        value = self._number
        return plain(min(max(self.mark if value is None else value, self.low), self.high))

    def stepped(self, direction: str) -> str:
        """The text of the field one step ``up`` or ``down``, or empty (``clear``); unchanged where it is no number."""
        if direction == "clear":
            return ""
        value = self._number
        if value is None and self.text.strip():
            return self.text
        value = self.mark if value is None else value
        steps = value / self.step
        whole_steps = steps.to_integral_value(rounding="ROUND_FLOOR")
        on_grid = steps == whole_steps
        next_step = whole_steps + 1 if direction == "up" else whole_steps - (1 if on_grid else 0)
        return plain(tidy(min(max(next_step * self.step, self.least), self.most)))

    @property
    def _number(self) -> Decimal | None:
        base = parse_quantity(self.text).base
        return None if base is None else base[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A field of which one option is chosen: value, words, whether it is the one."""

    name: str
    label: Words
    options: tuple[tuple[str, Words, bool], ...]
    hint: Words | None = None
    problem: Problem | None = None


def own_tfr(known: Known, year: int) -> float:
    """The total fertility rate that the child-woman ratio of ``year`` stands for."""
    return float(known.projection.at(year).child_woman_ratio()[0, 0]) * NATIONAL_2015


def sliders(outlook: Outlook, ground: Ground, asked: Asked) -> dict[str, Slider]:
    """All sliders by name; ``outlook`` is of the rates of the base projection."""
    made = [_fertility(outlook, ground), *_shares(outlook), _families(outlook), _target(outlook)]
    return {
        each.name: replace(each, text=asked.texts.get(each.name, ""), problem=asked.problems.get(each.name))
        for each in made
    }


def picks(ground: Ground, asked: Asked) -> dict[str, Pick]:
    """All fields that are chosen, by name."""
    after = range(ground.base + 1, ground.most + 1)
    steps = [str(year) for year in ground.ends]
    offered: Mapping[str, list[tuple[str, Words]]] = {
        "tfr_by": _years(steps),
        "move_by": [
            (str(ground.base), Words("最初の期間から", "from the first step on")),
            *_years(steps, Words("まで", "by ")),
        ],
        "since": _years([str(year) for year in after]),
        "last": [("", Words("期限なし", "for good")), *_years([str(year) for year in after])],
        "until": _years(steps),
        "composition": [(key, Words(each.name.ja, each.name.en)) for key, each in compositions().items()],
        "beyond": _ways(ground),
    }
    straight = Words(
        f"{ground.base}年（基準年）から直線で変わり、その後は一定",
        f"straight from the base year {ground.base}, then held",
    )
    hints = {"tfr_by": straight, "move_by": straight}
    return {name: _pick(name, options, asked, hints.get(name)) for name, options in offered.items()}


def _pick(name: str, options: list[tuple[str, Words]], asked: Asked, hint: Words | None) -> Pick:
    text = asked.texts.get(name, "")
    if text not in [value for value, _ in options]:  # another year than those offered, or none at all
        options = [*options, (text, Words(text, text))]
    return Pick(
        name=name,
        label=LABELS[name],
        options=tuple((value, words, value == text) for value, words in options),
        hint=hint,
        problem=asked.problems.get(name),
    )


def _years(years: list[str], by: Words | None = None) -> list[tuple[str, Words]]:
    around = by or Words("", "")
    return [(year, Words(f"{year}年{around.ja}", f"{around.en}{year}")) for year in years]


def _ways(ground: Ground) -> list[tuple[str, Words]]:
    furthest = ground.furthest(NATION)
    return [
        (HELD, BEYOND[HELD]),
        (
            NATION,
            Words(
                f"全国推計の変化を反映（{furthest}年まで）",
                f"the nation's change is followed (to {furthest})",
            ),
        ),
    ]


def _fertility(outlook: Outlook, ground: Ground) -> Slider:
    known = outlook.known
    base, last = own_tfr(known, ground.base), own_tfr(known, outlook.last_published)
    return Slider(
        name="tfr",
        unit=Words("", ""),
        low=_TFR_RANGE[0],
        high=_TFR_RANGE[1],
        step=_TFR_STEP,
        mark=Decimal(f"{base:.2f}"),
        empty=Words("もとにする推計のまま", "as in the base projection"),
        hint=Words(
            f"基準年の{ground.base}年は{base:.2f}相当、もとにする推計の{outlook.last_published}年は{last:.2f}相当"
            f"（子ども女性比に{NATIONAL_2015:.2f}を掛けた値）",
            f"{base:.2f} in the base year {ground.base}, {last:.2f} in {outlook.last_published} of the base projection "
            f"(child-woman ratio times {NATIONAL_2015:.2f})",
        ),
    )


def _shares(outlook: Outlook) -> list[Slider]:
    last = outlook.last_published
    start = last - outlook.base.ages.width
    made = []
    for group, net in zip(GROUPS, published_net(outlook, [each.ages for each in GROUPS]), strict=True):
        for direction, moving in (("out", net.losses), ("in", net.gains)):
            people = whole(abs(moving))
            made.append(
                Slider(
                    name=f"{group.key}_{direction}",
                    unit=_PERCENT,
                    low=Decimal(0),
                    high=MOST_SHARE,
                    step=_SHARE_STEP,
                    mark=Decimal(0),
                    hint=Words(
                        f"もとにする推計では{people}人（{start}～{last}年）",
                        f"{people} in the base projection ({start}-{last})",
                    ),
                )
            )
    return made


def _families(outlook: Outlook) -> Slider:
    step = _nice(float(outlook.base.total()[0, 0]) / _PARTS)
    return Slider(
        name="families",
        unit=Words("世帯", "families"),
        low=Decimal(0),
        high=max(step, Decimal(10)),
        step=Decimal(1),
        mark=Decimal(0),
    )


def _target(outlook: Outlook) -> Slider:
    people = float(outlook.base.total()[0, 0])
    step = _nice(people / _PARTS)
    published = float(outlook.held.at(outlook.last_published).total()[0, 0])
    return Slider(
        name="target",
        unit=_PERSONS,
        low=Decimal(0),
        high=(Decimal(people * 1.2) / step).to_integral_value(rounding="ROUND_CEILING") * step,
        step=step,
        mark=Decimal(persons(published)),
        empty=Words("求めない", "none sought"),
        hint=Words(
            f"もとにする推計の{outlook.last_published}年は{whole(published)}人",
            f"{whole(published)} in {outlook.last_published} of the base projection",
        ),
    )


def _nice(size: float) -> Decimal:
    """The largest of 1, 2, 5, 10, 20 ... that is not above ``size``; 1 at least."""
    found = Decimal(1)
    for step in (Decimal(factor) * 10**power for power in range(7) for factor in (1, 2, 5)):
        if step <= Decimal(size):
            found = step
    return found
