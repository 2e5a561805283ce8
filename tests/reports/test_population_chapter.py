"""The chapter 人口の現状と将来推計 of both cities: whole, correct, and the same on paper and as Markdown."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest

from sosei.population.scenario_files import preset_scenario
from sosei.reports.charts.population import describe
from sosei.reports.documents import population_chapter_document
from sosei.reports.population import prose
from sosei.reports.population.chapter import chapter
from sosei.reports.population.chapter_content import Heading, Numbered, Paragraph, Picture, Section
from sosei.reports.population.figures import flow_figure
from sosei.reports.population.goals import Goal
from sosei.reports.population.markdown import chapter_files
from sosei.reports.population.outlook import outlook
from sosei.reports.population.pdf import chapter_pdf
from sosei.values import Problem
from tests.reports.population_places import GOAL, alone, known, seen, written
from tests.reports.read_pdf import lowest, sheets, squeezed, tagged
from tests.reports.samples import CONTROL, INJECTION, MISSING

SNAPSHOTS = Path(__file__).parent / "snapshots"
CITIES = ("aso", "hitoyoshi")


def markdown(city: str) -> str:
    return chapter_files(written(city), city)[f"{city}.md"].decode()


def pdf(city: str) -> bytes:
    return population_chapter_document(seen(city), GOAL if city == "hitoyoshi" else None).data


@pytest.mark.parametrize("city", CITIES)
def test_the_whole_chapter(city: str) -> None:
    """A changed sentence or figure shows as a difference; look at it, then write the new text to the file."""
    assert markdown(city) == (SNAPSHOTS / f"population-{city}.md").read_text(encoding="utf-8")


def test_the_judged_values_stand_in_the_chapters() -> None:
    aso, hitoyoshi = markdown("aso"), markdown("hitoyoshi")
    assert "2070年の人口は11,612人になります。これは阿蘇市による延長で、公表された値ではありません。" in aso
    assert (
        "計画に印字された2070年の値は10,272人（社人研推計準拠）で、上の延長より1,340人少ない値です。" in aso
    )
    assert "総人口と年齢3区分だけを用い、男女・年齢別の値を含まないため" in aso
    assert (
        "2045年に達するには、年に3.73世帯の移住が必要です。2070年に達するには、年に47.1世帯の移住が必要です。"
        in hitoyoshi
    )
    assert "移住世帯は各期間の終わりに到着し、その期間の子ども女性比には加えない" in hitoyoshi
    assert "試算のためのサンプルの目標" in hitoyoshi


@pytest.mark.parametrize("city", CITIES)
def test_every_chart_has_its_figures_in_a_table(city: str) -> None:
    tables = [block.table for block in written(city).blocks if isinstance(block, Numbered)]
    cells = {cell.lstrip("+-") for table in tables for row in table.rows for cell in row}
    for block in written(city).blocks:
        if isinstance(block, Picture):
            numbers = set(re.findall(r"\d{1,3}(?:,\d{3})+", describe(block.chart)))
            assert numbers <= cells | {f"{sum_:,}" for sum_ in _sums(tables)}, block.number


def _sums(tables: list) -> set[int]:  # type: ignore[type-arg]
    """Totals of the pyramids, which stand in words only."""
    found = set()
    for table in tables:
        columns = list(zip(*(row[table.words :] for row in table.rows), strict=True))
        whole = [[int(cell.replace(",", "")) for cell in column] for column in columns if _are_whole(column)]
        found |= {sum(a) + sum(b) for a, b in pairwise(whole)}
    return found


def _are_whole(column: tuple[str, ...]) -> bool:
    return all(re.fullmatch(r"\d[\d,]*", cell) for cell in column)


@pytest.mark.parametrize("city", CITIES)
def test_figures_and_tables_are_numbered_through(city: str) -> None:
    blocks = written(city).blocks
    pictures = [block.number for block in blocks if isinstance(block, Picture)]
    tables = [block.number for block in blocks if isinstance(block, Numbered)]
    assert pictures == [f"図{at}" for at in range(1, 8)]
    assert tables == [f"表{at}" for at in range(1, 9)]


@pytest.mark.parametrize("city", CITIES)
def test_markdown_has_a_file_for_each_chart(city: str) -> None:
    files = chapter_files(written(city), city)
    links = re.findall(r"\]\(<(.+?)>\)", markdown(city))
    assert sorted([*links, f"{city}.md"]) == sorted(files)
    for link in links:
        ElementTree.fromstring(files[link])  # noqa: S314 - our own output


@pytest.mark.parametrize("city", CITIES)
def test_the_pages_hold_every_sentence_and_cell(city: str) -> None:
    data = pdf(city)
    text = "".join(sheets(data))
    for line in markdown(city).splitlines():
        if line.startswith(("!", "# ")):
            continue  # the alternative text is not seen, the title stands beside the municipality
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            parts = [] if set(line) <= set("|-: ") else cells
        else:
            parts = [re.sub(r"^(#+ |- |\*\*)|\*\*$", "", line)]
        for part in parts:
            assert squeezed(part.replace("\\", "")) in text.replace("\n", ""), part
    assert {"11,612", "10,272"} <= set(re.findall(r"\d+,\d{3}", text)) or city == "hitoyoshi"


@pytest.mark.parametrize("city", CITIES)
def test_the_pages_are_tagged_and_every_chart_is_described(city: str) -> None:
    data = pdf(city)
    with pikepdf.open(io.BytesIO(data)) as document:
        assert "pdfuaid" in bytes(document.Root.Metadata.read_bytes()).decode()
        sizes = {tuple(map(float, page.mediabox)) for page in document.pages}
        assert len(sizes) == 1
        (_, _, width, height) = sizes.pop()
        assert width < height
    root = tagged(data)
    pictures = [block for block in written(city).blocks if isinstance(block, Picture)]
    tables = [block for block in written(city).blocks if isinstance(block, Numbered)]
    assert [figure.alt for figure in root.all("Figure")] == [describe(each.chart) for each in pictures]
    assert len(root.all("Table")) == len(tables)
    assert [tag.text for tag in root.all("H1")] == ["人口の現状と将来推計"]
    assert len(root.all("H2")) == 6


@pytest.mark.parametrize(
    ("city", "until", "names", "years"),
    [
        ("aso", 2035, ("pattern1",), (2030, 2035)),
        ("hitoyoshi", 2045, ("pattern1", "simulation1", "simulation2"), ()),
        ("aso", 2060, ("pattern1",), (2035, 2045, 2050, 2055, 2060)),
        (
            "hitoyoshi",
            2070,
            ("pattern1", "simulation1", "simulation2", "closed", "pattern3"),
            (2030, 2035, 2045, 2060, 2070),
        ),
    ],
)
def test_pages_are_filled_and_nothing_leaves_its_caption(
    city: str, until: int, names: tuple[str, ...], years: tuple[int, ...]
) -> None:
    goal = Goal(population=22000, years=years) if years else None
    made = chapter(outlook(known(city), until, [preset_scenario(name) for name in names]), goal)
    data = chapter_pdf(made).data
    *ends, _ = lowest(data)
    assert all(0.77 < end < 0.96 for end in ends), ends
    pages = [squeezed(text) for text in sheets(data)]
    for block in made.blocks:
        if isinstance(block, Picture):
            ends_with, title = block.notes[-1], block.chart.title
        elif isinstance(block, Numbered):
            ends_with, title = block.table.rows[-1][-1], block.table.title
        else:
            continue
        wanted = squeezed(f"{block.number}　{title}")
        (page,) = [page for page in pages if wanted in page]
        assert squeezed(ends_with) in page.partition(wanted)[2], block.number


@pytest.mark.parametrize(("first", "step"), [(1920, 5), (1900, 1)])
def test_a_long_table_goes_on_over_the_end_of_a_page(first: int, step: int) -> None:
    place = known("aso")
    assert place.census is not None
    totals = {year: float(year) for year in range(first, 1980, step)} | dict(place.census.totals)
    data = chapter_pdf(
        chapter(outlook(replace(place, census=replace(place.census, totals=totals)), 2070))
    ).data
    pages = sheets(data)
    assert all(f"{year:,}" in "".join(pages) for year in totals if year < 1980)
    assert all(end > 0.7 for end in lowest(data)[:-1]), lowest(data)
    assert squeezed("計画に印字された推計") in pages[1]  # the heading stands again


def test_a_text_higher_than_a_page_goes_on_below_its_titles() -> None:
    long = Section(title="長い節", blocks=(Paragraph("、".join(f"{number}番" for number in range(2000))),))
    made = written("aso")
    data = chapter_pdf(
        replace(made, headings=(*made.headings, Heading(title="長い章", sections=(long,))))
    ).data
    pages = [squeezed(text) for text in sheets(data)]
    (begins,) = [at for at, text in enumerate(pages) if "長い章長い節0番" in text]
    assert "1999番" in pages[-1]
    assert len(pages) > begins + 1


def test_the_same_content_gives_the_same_bytes() -> None:
    assert pdf("aso") == pdf("aso")


def test_a_place_of_which_only_the_projection_is_known() -> None:
    made = chapter(outlook(alone("aso"), 2045), Goal(population=20000, years=(2045,)))
    text = chapter_files(made, "x")["x.md"].decode()
    assert "延長" not in text.split("## ４")[0]
    assert "国勢調査による" not in text
    assert "（2）増減の内訳" in text
    assert not chapter_pdf(made).warnings


@pytest.mark.parametrize("name", [INJECTION, MISSING, CONTROL, "=1+1市", "<b>市</b>|*x*_`[x](y)"])
def test_hostile_names_are_letters_on_paper_and_in_markdown(name: str) -> None:
    made = chapter(outlook(replace(known("aso"), name=name), 2070))
    assert len(sheets(chapter_pdf(made).data)) >= 7
    text = chapter_files(made, "x")["x.md"].decode()
    assert "<b>" not in text.replace("\\<b\\>", "")
    widths = [
        line.count("|") - line.count("\\|") for line in text.splitlines() if line.startswith("|") or not line
    ]
    tables = [set(group) - {0} for empty, group in groupby(widths, key=lambda width: width == 0) if not empty]
    assert len(tables) == 8
    assert all(len(table) == 1 for table in tables)


def test_a_goal_in_a_year_without_a_step_is_refused() -> None:
    with pytest.raises(Problem, match="2047"):
        chapter(seen("aso"), Goal(population=20000, years=(2047,)))


def test_what_is_said_of_the_published_projection_stays_whatever_the_scenarios_are() -> None:
    others = chapter(outlook(known("aso"), 2070, [preset_scenario("closed")]))
    flows, of_all = (
        next(block for block in each.blocks if isinstance(block, Picture) and block.number == "図5")
        for each in (others, written("aso"))
    )
    assert flows == of_all
    said = "2040年から2045年までは、自然増減が-1,671人、社会増減が+111人です。"
    assert said in chapter_files(others, "x")["x.md"].decode()


def test_the_changes_of_a_scenario_are_called_by_its_name() -> None:
    closed = outlook(known("aso"), 2070, [preset_scenario("closed")])
    figure = flow_figure(closed, "ja", 0)
    assert figure.chart.title == "阿蘇市の自然増減と社会増減（封鎖人口（全年齢で純移動ゼロ）、5年間ごと）"
    assert figure.chart != flow_figure(closed, "ja").chart


def test_a_small_place_is_told_why_its_scenario_ends_elsewhere_than_its_extension() -> None:
    place = alone("aso")
    values = place.projection.values.copy()
    values[0, 0, 4] = 0.0  # nobody of 20-24 in the base year
    small = outlook(replace(place, projection=replace(place.projection, values=values)), 2070)
    text = chapter_files(chapter(small), "x")["x.md"].decode()
    assert re.search(
        r"「パターン1（社人研推計準拠）」が図1の2070年の11,612人と違うのは、元の人口が0の年齢", text
    )
    assert "が図1の" not in markdown("aso")


def test_a_stage_that_comes_back_is_listed_each_time() -> None:
    place = alone("aso")
    values = place.projection.values.copy()
    values[3, :, 13:] *= 0.5  # few old people in one year
    found = prose.stages(
        outlook(replace(place, projection=replace(place.projection, values=values)), 2045)
    ).ja
    assert found == (
        "2015年を基準とする人口減少段階は、2020年から「第1段階（老年人口は増加）」、2030年から「第3段階（老年人口は減少）」、"
        "2035年から「第2段階（老年人口は維持・微減）」、2040年から「第3段階（老年人口は減少）」です。"
    )


def test_years_that_are_reached_anyhow_are_told_together() -> None:
    text = prose.goal(seen("aso"), Goal(population=15000, years=(2030, 2045, 2060, 2070)))
    assert "2030年、2045年には、追加の移住がなくても達します。2060年に達するには、年に7.25世帯" in text
