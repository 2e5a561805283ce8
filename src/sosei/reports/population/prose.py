"""The sentences of the chapter 人口の現状と将来推計: every figure in them comes from the outlook."""

from __future__ import annotations

from sosei.population.impact import Impact
from sosei.population.solve import Answer, Status, amount_text
from sosei.reports.charts.population import group_names, percent
from sosei.reports.charts.population_frame import signed, whole
from sosei.reports.population import sources
from sosei.reports.population.figures import flows_of, group_crossings, group_series
from sosei.reports.population.goals import Goal, goal_answers
from sosei.reports.population.known import Printed
from sosei.reports.population.outlook import Outlook


def history(outlook: Outlook) -> str:
    """How the population went in the census, up to the newest base year."""
    census = outlook.known.census
    if census is None:
        return ""
    counted = dict(census.totals)
    newest = min(outlook.main.totals)
    if outlook.known.newer is not None:
        counted[newest] = outlook.main.totals[newest]
    years = sorted(counted)
    first, last = years[0], years[-1]
    peak = max(years, key=lambda year: counted[year])
    change = counted[last] - counted[peak]
    went = f"その後は減少し、{last}年は{whole(counted[last])}人です（{_percent(change, counted[peak])}）。"
    if peak == last:
        went = f"{first}年の{whole(counted[first])}人から増えています。"
    return f"国勢調査による{outlook.known.name}の人口は、{first}年以降では{peak}年の{whole(counted[peak])}人が最も多く、{went}"


def group_history(outlook: Outlook) -> str:
    """年齢3区分 at the beginning, at the newest base and at the end, and when they cross."""
    groups, projected = group_series(outlook)
    years = list(groups)
    base = max((year for year in years if year < projected), default=years[0])
    sentences = []
    for year in dict.fromkeys((years[0], base, years[-1])):
        total = sum(groups[year])
        shares = "、".join(
            f"{name}が{percent(value, total)}％"
            for name, value in zip(group_names("ja"), groups[year], strict=True)
        )
        sentences.append(f"{year}年は{shares}{'と推計されています' if year >= projected else 'です'}。")
    for other, found in group_crossings(outlook):
        kind = "の推計" if found.after >= projected else "の国勢調査"
        sentences.append(
            f"65歳以上の人口は、{found.before}年と{found.after}年{kind}の間（{int(found.year)}年ごろ）に"
            f"{group_names('ja')[other]}の人口を上回{'る見込みです' if found.after >= projected else 'りました'}。"
        )
    return "".join(sentences)


def pyramid(outlook: Outlook) -> str:
    """The largest age group and the women of 20-39 in the two years of the pyramids."""
    panel = outlook.known.projection
    first, last = panel.years[0], outlook.last_published
    women = {year: float(panel.at(year).between(20, 40, "female")[0, 0]) for year in (first, last)}
    change = women[last] - women[first]
    return (
        f"{first}年と{last}年の男女・年齢別の人口を比べると、20～39歳の女性は{whole(women[first])}人から"
        f"{whole(women[last])}人になります（{_percent(change, women[first])}）。"
    )


def published(outlook: Outlook) -> str:
    """What the published projections say, the newer one first."""
    known, main = outlook.known, outlook.main
    first, last = min(main.totals), max(main.totals)
    one, end = main.totals[first], main.totals[last]
    text = (
        f"{sources.edition(main.origin)}では、{known.name}の人口は{first}年の{whole(one)}人から{last}年には{whole(end)}人に"
        f"なると推計されています（{_percent(end - one, one)}）。"
    )
    if known.newer is None:
        return text
    same = outlook.published_to
    older = float(known.projection.at(same).total()[0, 0])
    newer = main.totals.get(same)
    if newer is None:
        return text
    return text + (
        f"一つ前の{sources.edition(known.projection.sources[0])}（{same}年に{whole(older)}人）と比べると、"
        f"{same}年の値は{whole(abs(newer - older))}人{'少なく' if newer < older else '多く'}なっています。"
    )


def extension(outlook: Outlook) -> list[str]:
    """The extension, named as ours, and beside it what the plan prints."""
    if not outlook.is_extended:
        return []
    known, until = outlook.known, outlook.until
    end = float(outlook.held.total()[-1, 0])
    own = sources.edition(known.projection.sources[0])
    texts = [
        f"男女・年齢別に公表された{own}の最後の期間（{outlook.published_to - outlook.base.ages.width}～{outlook.published_to}年）の率を"
        f"その先も固定して{until}年まで延ばすと、{until}年の人口は{whole(end)}人になります。"
        f"これは{known.name}による延長で、公表された値ではありません。"
        "死亡率の改善を止める計算のため、高齢の人口は少なめに出ます。"
    ]
    printed = next((each for each in known.printed if each.year == until), None)
    if printed is not None:
        texts.append(beside_printed(outlook, printed, end))
    return texts


def beside_printed(outlook: Outlook, printed: Printed, end: float) -> str:
    """Why the extension differs from what the plan prints."""
    known, newer = outlook.known, outlook.known.newer
    difference = end - printed.value
    text = (
        f"計画に印字された{printed.year}年の値は{whole(printed.value)}人（{printed.method or '推計'}）で、"
        f"上の延長より{whole(abs(difference))}人{'少ない' if difference > 0 else '多い'}値です。"
    )
    if printed.basis:
        text += f"計画の値は、{printed.basis}をもとにしたものです。"
    if newer is None:
        return text
    same = outlook.published_to
    older = float(known.projection.at(same).total()[0, 0])
    text += (
        f"{sources.edition(newer.origin)}については総人口と年齢3区分だけを用い、男女・年齢別の値を含まないため、"
        f"延長は{sources.edition(known.projection.sources[0])}から行いました。"
    )
    if same in newer.totals:
        gap = newer.totals[same] - older
        text += (
            f"{sources.edition(newer.origin)}は{same}年の時点ですでに{whole(abs(gap))}人{'少なく' if gap < 0 else '多く'}、"
            "この開きが差の主な理由と考えられます。"
        )
    return text


def flows(outlook: Outlook) -> str:
    """Natural and social change of the first step and of the last published one."""
    steps = flows_of(outlook, "ja")
    last = outlook.years.index(outlook.last_published) - 1
    texts = []
    for at in dict.fromkeys((0, last)):
        start, end = outlook.years[at], outlook.years[at + 1]
        step = steps[at]
        texts.append(
            f"{start}年から{end}年までは、自然増減が{signed(step.natural)}人、社会増減が{signed(step.net)}人です。"
        )
    edition = sources.edition(outlook.known.projection.sources[0])
    return f"{edition}の増減を自然増減と社会増減に分けました。{''.join(texts)}"


def scenarios(outlook: Outlook) -> str:
    """Where each scenario ends."""
    ends = [
        f"「{scenario.name.ja}」で{whole(float(run.panel.total()[-1, 0]))}人"
        for scenario, run in zip(outlook.scenarios, outlook.runs, strict=True)
    ]
    return f"{outlook.until}年の人口は、{'、'.join(ends)}となります。"


def impact(found: Impact) -> str:
    """影響度 in words, as a ratio."""
    return (
        f"{found.year}年の影響度（人口の比）は、自然増減の影響度が{found.natural:.1f}％（5段階の{found.natural_rank}）、"
        f"社会増減の影響度が{found.social:.1f}％（5段階の{found.social_rank}）です。"
        "自然増減はシミュレーション1をパターン1で、社会増減はシミュレーション2をシミュレーション1で割った比で、"
        "段階の数が大きいほど、その要因を変えたときの違いが大きいことを示します。段階の区切りは、各地の人口ビジョンに"
        "用いられている値によります。"
    )


def stages(outlook: Outlook) -> str:
    """人口減少段階: the years in which each stage begins."""
    begun: dict[str, int] = {}
    for year, words in outlook.stages():
        begun.setdefault(words.ja, year)
    listed = "、".join(f"{year}年から「{words}」" for words, year in begun.items())
    return f"{outlook.base.years[0]}年を基準とする人口減少段階は、{listed}です。"


def goal(outlook: Outlook, wanted: Goal) -> str:
    """The first lever's answers, a sentence for each year."""
    _, found, _ = goal_answers(outlook, wanted)[0]
    note = f"（{wanted.note}）" if wanted.note else ""
    who = "30～34歳の夫婦と0～4歳の子1人の世帯"
    sentences = "".join(map(_needed, found))
    return f"目標人口を{whole(wanted.population)}人{note}とし、{who}の移住だけで達するとします。{sentences}"


def _needed(answer: Answer) -> str:
    if answer.status is Status.ALREADY:
        return f"{answer.year}年には、追加の移住がなくても達します。"
    if answer.status is Status.UNREACHABLE or answer.amount is None:
        return f"{answer.year}年には、移住だけでは達しません。"
    return f"{answer.year}年に達するには、年に{amount_text(answer.amount)}世帯の移住が必要です。"


def _percent(change: float, of: float) -> str:
    """26.7％の減少."""
    return f"{percent(abs(change), of)}％の{'減少' if change < 0 else '増加'}"
