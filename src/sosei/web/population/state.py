"""What a document of the population is made of: figures, scenarios and choices as they stood when it was asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from sosei.reports.population.goals import Goal
from sosei.reports.population.outlook import Outlook, outlook
from sosei.values import Problem, Words
from sosei.web.jobs.subject import Desk, Link
from sosei.web.people.models import Municipality
from sosei.web.people.roles import Right
from sosei.web.population.choices import Choice, choice_of
from sosei.web.population.facts import Facts, facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationState:
    """The population of a municipality at one moment, and what is asked of it.

    ``scenarios`` are the keys of choices; ``target`` in ``years`` the goal, None for the chapter's own.
    ``content`` stands for figures, scenarios and choices; ``is_public``: readers see all the scenarios.
    """

    municipality: UUID
    scenarios: tuple[str, ...]
    until: int
    target: int | None
    years: tuple[int, ...]
    content: str
    is_public: bool

    @classmethod
    def of(
        cls, facts: Facts, municipality: UUID, chosen: Sequence[Choice], until: int, goal: Goal | None
    ) -> Self:
        """The figures and the chosen scenarios as they stand now."""
        target, years = (None, ()) if goal is None else (round(goal.population), goal.years)
        return cls(
            municipality=municipality,
            scenarios=tuple(each.key for each in chosen),
            until=until,
            target=target,
            years=years,
            content=_digest(facts, chosen, until, target, years),
            is_public=all(each.row is None or each.row.is_shown for each in chosen),
        )

    @property
    def name(self) -> Words:
        """2070年."""
        return Words(f"{self.until}年", str(self.until))

    @property
    def rights(self) -> tuple[Right, ...]:
        """Who may read it: a scenario that is not shown is seen by those who see drafts."""
        return (Right.READ_ADOPTED if self.is_public else Right.READ_DRAFT,)

    @property
    def desk(self) -> Desk:
        """The page of the population's documents."""
        here = Link(words=Words("文書", "Documents"), to="population_documents", parts={})
        goal = (
            (("target", str(self.target)), ("years", "、".join(map(str, self.years)))) if self.target else ()
        )
        return Desk(
            section="population",
            trail=(Link(words=Words("人口", "Population"), to="population", parts={}), here),
            back=Words("人口の文書に戻る", "Back to the documents of the population"),
            takes=here,
            fields=(*(("s", key) for key in self.scenarios), ("until", str(self.until)), *goal),
        )

    @property
    def goal(self) -> Goal | None:
        """The target, where one was given."""
        return None if self.target is None else Goal(population=self.target, years=self.years)

    def document(self) -> tuple[Outlook, Goal | None]:
        """The projections and the goal; raises Problem where figures or a scenario are no longer what they were."""
        municipality = Municipality.objects.get(pk=self.municipality)
        facts = facts_of(municipality)
        changed = Problem(
            "作成を頼んだあとに、もとの表かシナリオが変わりました。もう一度作ってください",
            "a table or a scenario changed after the document was asked for; make it again",
        )
        if (known := facts.known) is None:
            raise changed
        found = [choice_of(municipality, key, known) for key in self.scenarios]
        there = [each for each in found if each is not None]
        content = _digest(facts, there, self.until, self.target, self.years)
        if len(there) < len(found) or self.content != content:
            raise changed
        return outlook(known, self.until, [each.scenario for each in there]), self.goal

    def as_json(self) -> dict[str, Any]:
        """Plain data for a job's parameters."""
        return {**asdict(self), "municipality": str(self.municipality)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What ``as_json`` wrote."""
        lists = {name: tuple(data[name]) for name in ("scenarios", "years")}
        return cls(**{**data, **lists, "municipality": UUID(data["municipality"])})


def _digest(
    facts: Facts, chosen: Sequence[Choice], until: int, target: int | None, years: Sequence[int]
) -> str:
    scenarios = [[each.scenario.model_dump_json(), each.row is None or each.row.is_shown] for each in chosen]
    name = facts.known.name if facts.known else ""
    return hashlib.sha256(
        json.dumps([facts.mark, name, scenarios, until, target, list(years)]).encode()
    ).hexdigest()
