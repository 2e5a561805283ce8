"""Scenarios side by side: age groups of a year, stages, impact, draws, each a table with its notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from sosei.population.draws import BOUNDS, DRAWS, SEED, shaken
from sosei.population.impact import STAGE_NAMES, STAGES, Impact, decline_stages, shipped_thresholds
from sosei.population.levers import Families
from sosei.reports.charts.population import group_names, percent
from sosei.reports.charts.population_frame import signed, whole
from sosei.reports.population import sources
from sosei.reports.population.figures import own_notes, say_in
from sosei.reports.population.known import Groups
from sosei.reports.population.outlook import Outlook
from sosei.reports.population.tables import NOTHING, Table
from sosei.values import Problem, Words

_NONE = (NOTHING,) * len(BOUNDS)


def compared_notes(outlook: Outlook) -> tuple[Words, ...]:
    """What stands under everything that compares scenarios: source, derived rates, extension, conventions."""
    return (*own_notes(outlook), *conventions(outlook))


def conventions(outlook: Outlook) -> tuple[Words, ...]:
    """What must be known of what the scenarios change: the conversion of fertility, when movers come."""
    found = []
    factors = {
        f"{each.fertility.factor:.2f}"
        for each in outlook.scenarios
        if each.fertility is not None and each.fertility.tfr is not None
    }
    if factors:
        found.append(
            Words(
                f"合計特殊出生率は {'、'.join(sorted(factors))} で割って子ども女性比にしています。",
                f"Total fertility rates are divided by {', '.join(sorted(factors))} to give child-woman ratios.",
            )
        )
    if any(each.movers for each in outlook.scenarios):
        how = Families().convention(outlook.assumptions)
        found.append(Words(f"{how.ja}。", f"{how.en[0].upper()}{how.en[1:]}."))
    return tuple(found)


def ages_table(outlook: Outlook, year: int, language: str) -> Table:
    """年齢3区分 and 高齢化率 of the base year and of every scenario in ``year``.

    Raises Problem for a year that the runs do not have.
    """
    say = say_in(language)
    at = _place(outlook, year)
    base = outlook.years[0]
    rows = [_ages_row(say(f"{base}年（基準年）", f"{base} (base year)"), outlook.groups(0)[base])]
    rows += [
        _ages_row(scenario.name.of(language), outlook.groups(number)[outlook.years[at]])
        for number, scenario in enumerate(outlook.scenarios)
    ]
    names = group_names(language)
    young, working, old = names
    shares = (f"{young}（％）", f"{working}（％）", "高齢化率（％）")
    if language == "en":
        shares = (f"{young} (%)", f"{working} (%)", f"{old} (%)")
    return Table(
        title=say(
            f"{outlook.known.name}の{year}年の年齢3区分と高齢化率",
            f"{outlook.known.name}: age groups and share of 65 and over in {year}",
        ),
        headings=(say("シナリオ", "Scenario"), say("計", "Total"), *names, *shares),
        rows=tuple(rows),
        notes=_said((*compared_notes(outlook), sources.FITTED), language),
    )


def decline_table(outlook: Outlook, language: str) -> Table:
    """人口減少段階 of every scenario by year."""
    say, limits = say_in(language), shipped_thresholds().elderly
    base = outlook.years[0]
    rows = tuple(
        (
            scenario.name.of(language),
            *(STAGE_NAMES[stage].of(language) for stage in decline_stages(run.panel)[0]),
        )
        for scenario, run in zip(outlook.scenarios, outlook.runs, strict=True)
    )
    meaning = Words(
        f"{base}年を基準に、総人口が減るなかでの65歳以上の人口による段階です。"
        + "、".join(words.ja for words in STAGES[1:])
        + f"。維持・微減は、65歳以上が{base}年の{limits[1]:g}％以上{limits[0]:g}％以下のときです。",
        f"Stages against {base} by the people of 65 and over while the total falls: "
        + "; ".join(words.en for words in STAGES[1:])
        + f". Level or slightly fewer means {limits[1]:g} to {limits[0]:g} % of those in {base}.",
    )
    return Table(
        title=say(f"{outlook.known.name}の人口減少段階", f"{outlook.known.name}: stages of decline"),
        headings=(say("シナリオ", "Scenario"), *map(str, outlook.years[1:])),
        rows=rows,
        notes=_said((meaning, *compared_notes(outlook)), language),
    )


def impact_table(outlook: Outlook, year: int, language: str) -> Table | None:
    """影響度 in ``year`` with ranks and where they begin; None without the standard scenarios.

    Raises Problem where nobody is left to compare with.
    """
    found = outlook.impact(year)
    if found is None:
        return None
    say, limits = say_in(language), shipped_thresholds()
    names = (
        (
            say("自然増減の影響度", "natural change"),
            say("シミュレーション1 ÷ パターン1", "simulation 1 / pattern 1"),
        ),
        (
            say("社会増減の影響度", "social change"),
            say("シミュレーション2 ÷ シミュレーション1", "simulation 2 / simulation 1"),
        ),
    )
    figures = (
        (found.natural, found.natural_rank, limits.natural),
        (found.social, found.social_rank, limits.social),
    )
    rows = tuple(
        (*name, f"{percent(value, 100)}", str(rank), _range(rank, bounds, language))
        for name, (value, rank, bounds) in zip(names, figures, strict=True)
    )
    return Table(
        title=say(
            f"{outlook.known.name}の{year}年の影響度",
            f"{outlook.known.name}: impact of fertility and migration in {year}",
        ),
        headings=(
            say("影響度", "Impact of"),
            say("求め方", "How"),
            say("比（％）", "Ratio (%)"),
            say("段階（1～5）", "Rank (1-5)"),
            say("この段階の範囲", "Range of the rank"),
        ),
        rows=rows,
        notes=_said((_rank_words(found), *_limit_words(), *compared_notes(outlook)), language),
        words=2,
    )


def draws_table(outlook: Outlook, year: int, language: str, draws: int = DRAWS, seed: int = SEED) -> Table:
    """Quantiles over shaken runs of every scenario's total in ``year``, and of its difference to the first.

    Raises Problem for a year that the runs do not have.
    """
    say, at = say_in(language), _place(outlook, year)
    found = shaken(outlook.base, [run.assumptions for run in outlook.runs], draws, seed)
    rows = []
    for number, (scenario, run, spread) in enumerate(
        zip(outlook.scenarios, outlook.runs, found, strict=True)
    ):
        totals = map(whole, (float(run.panel.total()[at, 0]), *spread.total[:, at].tolist()))
        beside = map(signed, spread.apart[:, at].tolist()) if number else _NONE
        rows.append((scenario.name.of(language), *totals, *beside))
    first = outlook.scenarios[0].name
    shaking = shaken_words(Words(first.ja, first.en), draws)
    bounds = [f"{bound * 100:g}％" for bound in BOUNDS]
    return Table(
        title=say(
            f"{outlook.known.name}の{year}年の総人口：率を揺らした場合",
            f"{outlook.known.name}: total population in {year} with shaken rates",
        ),
        headings=(
            say("シナリオ", "Scenario"),
            say("揺らさない値", "Unshaken"),
            *(say(f"{each}の値", f"at {each[:-1]} %") for each in bounds),
            *(say(f"差の{each}の値", f"Difference at {each[:-1]} %") for each in bounds),
        ),
        rows=tuple(rows),
        notes=_said((*shaking, *compared_notes(outlook)), language),
    )


def shaken_words(first: Words, draws: int) -> tuple[Words, Words]:
    """How rates were shaken, and what the differences from the scenario called ``first`` are."""
    return (
        Words(
            f"出生と移動の率を期間ごとに乱数で揺らした計算を{draws:,}回行い、小さい順に並べた10％・50％・90％の位置の値です。"
            "揺らし方の大きさは本ソフトウェアが置いたもので、推計がどれほど当たるかを示すものではありません。",
            f"{draws:,} runs with rates of fertility and migration shaken at random in each step; the values at 10, 50 "
            "and 90 % from below. How strongly they are shaken is a choice of this software; the values say nothing "
            "of how precise a projection is.",
        ),
        Words(
            f"どのシナリオも同じ乱数で揺らします。差は、同じ揺れのもとでの「{first.ja}」との差を小さい順に並べた値で、"
            "人口の値どうしの差とは合いません。",
            f"Every scenario is shaken alike. Differences are those from “{first.en}” run by run, ordered by size; "
            "they are not the differences of the values beside them.",
        ),
    )


def _ages_row(name: str, groups: Groups) -> tuple[str, ...]:
    total = sum(groups)
    return (name, whole(total), *map(whole, groups), *(percent(each, total) for each in groups))


def _place(outlook: Outlook, year: int) -> int:
    if year not in outlook.years:
        raise Problem(
            f"{year}年の値がありません（{outlook.years[0]}年から{outlook.until}年までの、期間の終わりの年から選んでください）",
            f"there are no figures of {year}; choose the end of a step from {outlook.years[0]} to {outlook.until}",
        )
    return outlook.years.index(year)


def _rank_words(found: Impact) -> Words:
    return Words(
        f"{found.year}年の自然増減の影響度は段階{found.natural_rank}、社会増減の影響度は段階{found.social_rank}です。"
        "段階の数が大きいほど、出生率が上がった場合（自然増減）、さらに移動が均衡した場合（社会増減）の違いが大きいことを示します。",
        f"In {found.year} natural change has rank {found.natural_rank}, social change rank {found.social_rank}. The "
        "higher the rank, the more it would change if fertility rose (natural) and if, in addition, migration balanced "
        "(social).",
    )


def _limit_words() -> tuple[Words, ...]:
    limits = shipped_thresholds()
    natural, social = (
        "、".join(f"{each:g}" for each in bounds) for bounds in (limits.natural, limits.social)
    )
    return (
        Words(
            f"段階は、自然増減が{natural}％、社会増減が{social}％以上になるごとに一つ上がります。"
            "区切りは、各地の人口ビジョンに用いられている値によります。",
            f"The rank rises by one from each of {natural.replace('、', ', ')} % (natural) and "
            f"{social.replace('、', ', ')} % (social) on; these limits are those that population visions use.",
        ),
    )


def _range(rank: int, bounds: Sequence[float], language: str) -> str:
    english = language == "en"
    if rank == 1:
        return f"below {bounds[0]:g} %" if english else f"{bounds[0]:g}％未満"
    if rank > len(bounds):
        return f"{bounds[-1]:g} % and over" if english else f"{bounds[-1]:g}％以上"
    low, high = list(pairwise(bounds))[rank - 2]
    return f"{low:g} to below {high:g} %" if english else f"{low:g}％以上{high:g}％未満"


def _said(notes: Sequence[Words], language: str) -> tuple[str, ...]:
    return tuple(note.of(language) for note in notes)
