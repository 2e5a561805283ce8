"""The key figures of a population, each with its year, where it comes from, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sosei.population.impact import STAGE_NAMES, STAGES, Impact
from sosei.reports.charts.population import group_names, percent
from sosei.reports.charts.population_frame import whole
from sosei.reports.population import prose, sources
from sosei.reports.population.figures import group_crossings
from sosei.reports.population.outlook import Outlook
from sosei.values import Problem, Words

_PERSONS = Words("人", "persons")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """``is_ours``: computed here, not published."""

    title: Words
    number: Words
    unit: Words
    says: tuple[Words, ...]
    is_ours: bool = False


def key_figures(outlook: Outlook) -> list[KeyFigure]:
    """What a mayor asks first: how many, how many later, by whom it is said, when the old prevail."""
    found = [_latest(outlook), _published(outlook), *_extension(outlook), *_overtaking(outlook)]
    return [*found, _stage(outlook), *_impact(outlook)]


def impact_of(outlook: Outlook) -> Impact | Problem | None:
    """影響度 in the last published year; why there is none."""
    try:
        return outlook.impact(outlook.last_published)
    except Problem as problem:
        return problem


def _latest(outlook: Outlook) -> KeyFigure:
    """The newest census; without one, what the projection begins with."""
    people = outlook.counted
    if not people:
        first = min(outlook.main.totals)
        begins = Words(f"推計の基準年（{first}年）", f"Base year of the projection ({first})")
        return KeyFigure(begins, _whole(outlook.main.totals[first]), _PERSONS, (_from(outlook),))
    last, peak = max(people), max(people, key=lambda year: people[year])
    title = Words(f"国勢調査（{last}年）", f"Census ({last})")
    return KeyFigure(title, _whole(people[last]), _PERSONS, (_since(people, peak, last),))


def _since(people: dict[int, float], peak: int, last: int) -> Words:
    first, most = min(people), whole(people[peak])
    if peak == last:
        return Words(f"{first}年以降で最も多い。", f"The most since {first}.")
    share = percent(people[peak] - people[last], people[peak])
    return Words(
        f"{first}年以降で最も多かった{peak}年（{most}人）から{share}％の減少。",
        f"Down {share} % from {peak}, the most since {first} ({most}).",
    )


def _published(outlook: Outlook) -> KeyFigure:
    main = outlook.main
    last = max(main.totals)
    says = [_from(outlook)]
    fan = outlook.fan
    if last in fan.years:
        low, high = (side.tolist()[fan.years.index(last)] for side in fan.band(80))
        band = Words(
            f"8割の幅は{whole(low)}～{whole(high)}人です。", f"80 % band: {whole(low)} to {whole(high)}."
        )
        says += [band, fan.how_sure(last)]
    name = sources.newest(outlook)
    title = Words(f"{name.ja}（{last}年）", f"{name.en} ({last})")
    return KeyFigure(title, _whole(main.totals[last]), _PERSONS, tuple(says))


def _from(outlook: Outlook) -> Words:
    origin = outlook.main.origin
    return Words(sources.edition(origin), sources.edition(origin, "en"))


def _extension(outlook: Outlook) -> Iterator[KeyFigure]:
    if not outlook.is_extended:
        return
    known, until = outlook.known, outlook.until
    title = Words(f"{known.name}による延長（{until}年）", f"Extension by {known.name} ({until})")
    origin = known.projection.sources[0]
    says = [
        Words(
            f"{sources.edition(origin)}の最後の期間の率を固定。公表された値ではありません。",
            f"The last step of the {sources.edition(origin, 'en')} held. Not a published figure.",
        )
    ]
    if sources.edition(outlook.main.origin) != sources.edition(origin):
        says.append(
            Words(
                f"{sources.edition(outlook.main.origin)}の続きではなく、別の推計からの延長です。",
                f"It continues another projection, not the {sources.edition(outlook.main.origin, 'en')}.",
            )
        )
    end = float(outlook.held.total()[-1, 0])
    printed = next((each for each in known.printed if each.year == until), None)
    if printed is not None:
        apart, fewer = whole(abs(printed.value - end)), printed.value < end
        says.append(
            Words(
                f"計画に印字された{until}年の値は{whole(printed.value)}人（{apart}人{'少ない' if fewer else '多い'}）です。"
                "くわしくは下に書いています。",
                f"The plan prints {whole(printed.value)} for {until} ({apart} {'fewer' if fewer else 'more'}); more below.",
            )
        )
    yield KeyFigure(title, _whole(end), _PERSONS, tuple(says), is_ours=True)


def _overtaking(outlook: Outlook) -> Iterator[KeyFigure]:
    """The last group that 65 and over overtake, with the one before it."""
    found = group_crossings(outlook)
    if not found:
        return
    (*earlier, (other, last)) = found
    says = [
        Words(
            f"{group_names('ja')[group]}は{each.about}年ごろに上回りました。",
            f"They came to exceed {group_names('en')[group]} about {each.about}.",
        )
        for group, each in earlier
    ]
    says.append(
        Words(
            f"{last.before}年と{last.after}年の値を直線で結んだ目安です。",
            f"Found on a straight line between the figures of {last.before} and {last.after}.",
        )
    )
    yield KeyFigure(
        Words(
            f"65歳以上が{group_names('ja')[other]}を上回る年",
            f"65 and over exceed {group_names('en')[other]}",
        ),
        Words(f"{last.about}", f"about {last.about}"),
        Words("年ごろ", ""),
        tuple(says),
    )


def _stage(outlook: Outlook) -> KeyFigure:
    """人口減少段階 in the last published year."""
    year, base = outlook.last_published, outlook.base.years[0]
    begun = [(start, _stage_name(words)) for start, words in prose.stage_years(outlook)]
    ja = "、".join(f"{start}年から{name.ja}" for start, name in begun)
    en = ", ".join(f"{name.en} from {start}" for start, name in begun)
    return KeyFigure(
        Words(f"人口減少段階（{year}年）", f"Stage of decline ({year})"),
        _stage_name(dict(outlook.stages())[year]),
        Words("", ""),
        (Words(f"{ja}（{base}年を基準に計算）。", f"{en} (computed, measured from {base})."),),
        is_ours=True,
    )


def _stage_name(words: Words) -> Words:
    return STAGE_NAMES[STAGES.index(words)]


def _impact(outlook: Outlook) -> Iterator[KeyFigure]:
    found = impact_of(outlook)
    if not isinstance(found, Impact):
        return
    says = Words(
        f"5段階で、大きいほどその要因を変えたときの違いが大きい（人口の比は自然{found.natural:.1f}％、社会{found.social:.1f}％）。"
        "もとにする推計から逆算した率による計算です。",
        f"Ranks of 5; the higher, the more a change of that factor matters (ratios {found.natural:.1f} % and "
        f"{found.social:.1f} %). Computed with rates derived from the base projection.",
    )
    yield KeyFigure(
        Words(f"影響度（{found.year}年）", f"Impact ({found.year})"),
        Words(
            f"自然 {found.natural_rank}・社会 {found.social_rank}",
            f"natural {found.natural_rank}, social {found.social_rank}",
        ),
        Words("", ""),
        (says,),
        is_ours=True,
    )


def _whole(value: float) -> Words:
    return Words(whole(value), whole(value))
