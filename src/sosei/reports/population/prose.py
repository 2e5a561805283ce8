"""The sentences about a population, for its chapter and its page: every figure in them comes from the outlook.

What only the chapter says is Japanese; all else stands in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sosei.population.impact import Impact
from sosei.population.levers import Families
from sosei.population.solve import Answer, Status
from sosei.reports.charts.population import group_names, percent
from sosei.reports.charts.population_frame import signed, whole
from sosei.reports.population import sources
from sosei.reports.population.figures import flows_of, group_crossings, group_series
from sosei.reports.population.goals import Goal, goal_rows
from sosei.reports.population.known import Groups, Known, Printed
from sosei.reports.population.outlook import PATTERN1, Outlook
from sosei.values import Words


def history(outlook: Outlook) -> Words:
    """How the population went in the census, up to the newest base year; without a census, where the figures begin."""
    people, name = outlook.counted, outlook.known.name
    if not people:
        first = min(*outlook.main.totals, outlook.base.years[0])
        return Words(
            f"国勢調査の推移は用いず、推計の基準年（{first}年）から示します。",
            f"Without the history of the census, the figures begin in {first}, the base year of the projection.",
        )
    first, last = min(people), max(people)
    peak = max(people, key=lambda year: people[year])
    change = people[last] - people[peak]
    ja = f"国勢調査による{name}の人口は、{first}年以降では{peak}年の{whole(people[peak])}人が最も多く、"
    if peak == last:
        return Words(
            f"{ja}{first}年の{whole(people[first])}人から増えています。",
            f"By the census the population of {name} has grown from {whole(people[first])} in {first} to "
            f"{whole(people[peak])} in {peak}, the most since then.",
        )
    return Words(
        f"{ja}その後は減少し、{last}年は{whole(people[last])}人です（{_percent(change, people[peak])}）。",
        f"By the census the population of {name} was largest in {peak} ({whole(people[peak])}, counted from {first} "
        f"on); it then fell to {whole(people[last])} in {last} ({_percent_en(change, people[peak])}).",
    )


def group_history(outlook: Outlook) -> Words:
    """年齢3区分 at the beginning, at the newest base and at the end, and when they cross."""
    groups, projected = group_series(outlook)
    years = list(groups)
    base = max((year for year in years if year < projected), default=years[0])
    chosen = dict.fromkeys((years[0], base, years[-1]))
    return _joined([*(_shares(year, groups[year], projected) for year in chosen), *crossings(outlook)])


def _shares(year: int, groups: Groups, projected: int) -> Words:
    """The shares of the three groups in one year."""
    total = sum(groups)
    shares = [percent(value, total) for value in groups]
    ja = "、".join(f"{name}が{share}％" for name, share in zip(group_names("ja"), shares, strict=True))
    en = ", ".join(f"{share} % ({name})" for name, share in zip(group_names("en"), shares, strict=True))
    if year >= projected:
        return Words(f"{year}年は{ja}と推計されています。", f"Projected for {year}: {en}.")
    return Words(f"{year}年は{ja}です。", f"In {year}: {en}.")


def crossings(outlook: Outlook) -> list[Words]:
    """When 65 and over overtake the other groups, a sentence for each that they do."""
    _, projected = group_series(outlook)
    sentences = []
    for other, found in group_crossings(outlook):
        comes = found.after >= projected
        years = f"{found.before}年と{found.after}年{'の推計' if comes else 'の国勢調査'}の間（{found.about}年ごろ）"
        sentences.append(
            Words(
                f"65歳以上の人口は、{years}に"
                f"{group_names('ja')[other]}の人口を上回{'る見込みです' if comes else 'りました'}。",
                f"People of 65 and over {'are expected to exceed' if comes else 'came to exceed'} those of "
                f"{group_names('en')[other]} between {found.before} and {found.after} (about {found.about}).",
            )
        )
    return sentences


def pyramid(outlook: Outlook) -> Words:
    """The women of 20-39 in the first and the last published year."""
    panel, own = outlook.known.projection, outlook.known.projection.sources[0]
    first, last = panel.years[0], outlook.last_published
    women = {year: float(panel.at(year).between(20, 40, "female")[0, 0]) for year in (first, last)}
    change = women[last] - women[first]
    return Words(
        f"{sources.edition(own)}で{first}年と{last}年の男女・年齢別の人口を比べると、20～39歳の女性は"
        f"{whole(women[first])}人から{whole(women[last])}人になります（{_percent(change, women[first])}）。",
        f"In the {sources.edition(own, 'en')} the women of 20-39 go, between {first} and {last}, from "
        f"{whole(women[first])} to {whole(women[last])} ({_percent_en(change, women[first])}).",
    )


def published(outlook: Outlook) -> Words:
    """What the published projections say, the newer one first."""
    known, main = outlook.known, outlook.main
    first, last = min(main.totals), max(main.totals)
    one, end = main.totals[first], main.totals[last]
    text = Words(
        f"{sources.edition(main.origin)}では、{known.name}の人口は{first}年の{whole(one)}人から{last}年には{whole(end)}人に"
        f"なると推計されています（{_percent(end - one, one)}）。",
        f"In the {sources.edition(main.origin, 'en')} the population of {known.name} goes from {whole(one)} in {first} "
        f"to {whole(end)} in {last} ({_percent_en(end - one, one)}).",
    )
    same, own = outlook.published_to, known.projection.sources[0]
    older = float(known.projection.at(same).total()[0, 0])
    if known.newer is None or (newer := main.totals.get(same)) is None:
        return text
    gap = whole(abs(newer - older))
    beside = Words(
        f"一つ前の{sources.edition(own)}（{same}年に{whole(older)}人）と比べると、"
        f"{same}年の値は{gap}人{'少なく' if newer < older else '多く'}なっています。",
        f"For {same} this is {gap} {'fewer' if newer < older else 'more'} than in the one before, the "
        f"{sources.edition(own, 'en')} ({whole(older)}).",
    )
    return _joined([text, beside])


def beside_newer(known: Known) -> Words | None:
    """What a newer projection says where the reckoning starts from an older one; None where there is none."""
    newer, own, last = known.newer, known.projection.sources[0], known.projection.years[-1]
    if newer is None or last not in newer.totals:
        return None
    gap = newer.totals[last] - float(known.projection.at(last).total()[0, 0])
    apart = whole(abs(gap))
    return Words(
        f"もとにする推計は、男女・年齢別の値がある{sources.edition(own)}です。"
        f"新しい{sources.edition(newer.origin)}では、{last}年の総人口は{whole(newer.totals[last])}人で、"
        f"もとにする推計より{apart}人{'少ない' if gap < 0 else '多い'}値です。",
        f"The base projection is the {sources.edition(own, 'en')}, which is there by sex and age. The newer "
        f"{sources.edition(newer.origin, 'en')} has {whole(newer.totals[last])} for {last}, {apart} "
        f"{'fewer' if gap < 0 else 'more'}.",
    )


def extension(outlook: Outlook) -> list[Words]:
    """The extension, named as ours, and beside it what the plan prints."""
    if not outlook.is_extended:
        return []
    known, until, last = outlook.known, outlook.until, outlook.published_to
    end = float(outlook.held.total()[-1, 0])
    own, start = known.projection.sources[0], last - outlook.base.ages.width
    texts = [
        Words(
            f"男女・年齢別{'の' if own.how == 'entered' else 'に公表された'}{sources.edition(own)}の最後の期間（{start}～{last}年）の率を"
            f"その先も固定して{until}年まで延ばすと、{until}年の人口は{whole(end)}人になります。"
            f"これは{known.name}による延長で、公表された値ではありません。"
            "死亡率の改善を止める計算のため、高齢の人口は少なめに出ます。",
            f"If the rates of the last step ({start}-{last}) of the {sources.edition(own, 'en')} by sex and age are held "
            f"up to {until}, the population of {until} is {whole(end)}. This is an extension by {known.name}, not a "
            "published figure. Because mortality no longer improves in it, the old come out somewhat low.",
        )
    ]
    printed = next((each for each in known.printed if each.year == until), None)
    if printed is not None:
        texts.append(beside_printed(outlook, printed, end))
    return texts


def beside_printed(outlook: Outlook, printed: Printed, end: float) -> Words:
    """Why the extension differs from what the plan prints."""
    known, newer = outlook.known, outlook.known.newer
    difference = end - printed.value
    apart = whole(abs(difference))
    texts = [
        Words(
            f"計画に印字された{printed.year}年の値は{whole(printed.value)}人（{printed.method or '推計'}）で、"
            f"上の延長より{apart}人{'少ない' if difference > 0 else '多い'}値です。",
            f"The plan prints {whole(printed.value)} for {printed.year} ({printed.method or 'a projection'}), {apart} "
            f"{'fewer' if difference > 0 else 'more'} than the extension above.",
        )
    ]
    if printed.basis:
        texts.append(
            Words(
                f"計画の値は、{printed.basis}をもとにしたものです。",
                f"The plan's figure rests on {printed.basis}.",
            )
        )
    if newer is None:
        return _joined(texts)
    same, own = outlook.published_to, known.projection.sources[0]
    texts.append(
        Words(
            f"{sources.edition(newer.origin)}については総人口と年齢3区分だけを用い、男女・年齢別の値を含まないため、"
            f"延長は{sources.edition(own)}から行いました。",
            f"Of the {sources.edition(newer.origin, 'en')} only totals and three age groups are used, without sex and "
            f"age, so the extension starts from the {sources.edition(own, 'en')}.",
        )
    )
    if same in newer.totals:
        gap = newer.totals[same] - float(known.projection.at(same).total()[0, 0])
        texts.append(
            Words(
                f"{sources.edition(newer.origin)}は{same}年の時点ですでに{whole(abs(gap))}人{'少なく' if gap < 0 else '多く'}、"
                "この開きが差の主な理由と考えられます。",
                f"The {sources.edition(newer.origin, 'en')} is already {whole(abs(gap))} {'lower' if gap < 0 else 'higher'} "
                f"in {same}, which seems to be the main reason for the difference.",
            )
        )
    return _joined(texts)


def flows(outlook: Outlook) -> Words:
    """Natural and social change of the first step and of the last published one."""
    steps = flows_of(outlook, "ja")
    last = outlook.years.index(outlook.last_published) - 1
    own = outlook.known.projection.sources[0]
    texts = [
        Words(
            f"{sources.edition(own)}の増減を自然増減と社会増減に分けました。",
            f"The change of the {sources.edition(own, 'en')} is split into natural and social change.",
        )
    ]
    for at in dict.fromkeys((0, last)):
        start, end = outlook.years[at], outlook.years[at + 1]
        natural, social = signed(steps[at].natural), signed(steps[at].net)
        texts.append(
            Words(
                f"{start}年から{end}年までは、自然増減が{natural}人、社会増減が{social}人です。",
                f"From {start} to {end} natural change is {natural} and social change {social}.",
            )
        )
    return _joined(texts)


def scenarios(outlook: Outlook) -> str:
    """Where each scenario ends."""
    ends = [
        f"「{scenario.name.ja}」で{whole(float(run.panel.total()[-1, 0]))}人"
        for scenario, run in zip(outlook.scenarios, outlook.runs, strict=True)
    ]
    return f"{outlook.until}年の人口は、{'、'.join(ends)}となります。{_missed(outlook)}"


def _missed(outlook: Outlook) -> str:
    """Why a run that changes nothing ends elsewhere than what is published, where a small place's does."""
    end, cells = float(outlook.held.total()[-1, 0]), outlook.missed[0]
    plain = (
        (scenario.name.ja, float(run.panel.total()[-1, 0]))
        for scenario, run in zip(outlook.scenarios, outlook.runs, strict=True)
        if scenario.id == PATTERN1
    )
    return "".join(
        f"「{name}」が図1の{outlook.until}年の{whole(end)}人と違うのは、元の人口が0の年齢の人口を率では計算できないためです。"
        for name, found in plain
        if cells and whole(found) != whole(end)
    )


def impact(found: Impact) -> Words:
    """影響度 in words, as a ratio."""
    return Words(
        f"{found.year}年の影響度（人口の比）は、自然増減の影響度が{found.natural:.1f}％（5段階の{found.natural_rank}）、"
        f"社会増減の影響度が{found.social:.1f}％（5段階の{found.social_rank}）です。"
        "自然増減はシミュレーション1をパターン1で、社会増減はシミュレーション2をシミュレーション1で割った比で、"
        "段階の数が大きいほど、その要因を変えたときの違いが大きいことを示します。段階の区切りは、各地の人口ビジョンに"
        "用いられている値によります。",
        f"The impact in {found.year} (a ratio of populations) is {found.natural:.1f} % for natural change (rank "
        f"{found.natural_rank} of 5) and {found.social:.1f} % for social change (rank {found.social_rank} of 5). The first "
        "is simulation 1 over pattern 1, the second simulation 2 over simulation 1; the higher the rank, the more a "
        "change of that factor matters. The limits of the ranks are those in use in population visions.",
    )


def stages(outlook: Outlook) -> Words:
    """人口減少段階: the years in which each stage begins."""
    begun = stage_years(outlook)
    ja = "、".join(f"{year}年から「{words.ja}」" for year, words in begun)
    en = ", ".join(f"from {year} {words.en}" for year, words in begun)
    base = outlook.base.years[0]
    return Words(
        f"{base}年を基準とする人口減少段階は、{ja}です。", f"Stages of decline, measured from {base}: {en}."
    )


def stage_years(outlook: Outlook) -> list[tuple[int, Words]]:
    """人口減少段階 in order, each with the year in which it begins; one that comes back stands there again."""
    runs = groupby(outlook.stages(), key=lambda each: each[1])
    return [(next(years)[0], words) for words, years in runs]


def goal(outlook: Outlook, wanted: Goal) -> str:
    """How many families the goal needs, a sentence for each year."""
    families = Families()
    found = goal_rows(outlook, wanted, (families,))[0].answers
    note = f"（{wanted.note}）" if wanted.note else ""
    who = f"{families.composition.name.ja}の世帯"
    already = [f"{answer.year}年" for answer in found if answer.status is Status.ALREADY]
    sentences = f"{'、'.join(already)}には、追加の移住がなくても達します。" if already else ""
    sentences += "".join(_needed(answer) for answer in found if answer.status is not Status.ALREADY)
    return f"目標人口を{whole(wanted.population)}人{note}とし、{who}の移住だけで達するとします。{sentences}"


def width(outlook: Outlook) -> tuple[Words, Words]:
    """How the bands of the first chart were made; what must be known beside it."""
    made, remarks = outlook.fan.words, (*sources.bands(outlook), sources.NOT_A_FORECAST)
    return (
        Words(f"図1の{made.ja}", f"Figure 1: {made.en}"),
        Words("".join(each.ja for each in remarks), " ".join(each.en for each in remarks)),
    )


def _needed(answer: Answer) -> str:
    amount = answer.amount_words
    if answer.status is Status.UNREACHABLE or amount is None:
        return f"{answer.year}年には、移住だけでは達しません。"
    return f"{answer.year}年に達するには、年に{amount.ja}の移住が必要です。"


def _joined(texts: Iterable[Words]) -> Words:
    """Sentences one after the other."""
    said = list(texts)
    return Words("".join(each.ja for each in said), " ".join(each.en for each in said))


def _percent(change: float, of: float) -> str:
    """26.7％の減少."""
    return f"{percent(abs(change), of)}％の{'減少' if change < 0 else '増加'}"


def _percent_en(change: float, of: float) -> str:
    """Down 26.7 %."""
    return f"{'down' if change < 0 else 'up'} {percent(abs(change), of)} %"
