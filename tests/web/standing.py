"""Plans that stand in the database already: made once in a run by the acts themselves, put back row by row.

Loading and adopting an example takes half a second, and most tests begin with one or both.  What the acts
wrote is set aside in tables of the test database and copied back by it, identities included, so that what
the application keeps in memory of an edition is kept from test to test too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from django.apps import apps
from django.db import connection, transaction

from sosei.web.people.models import Municipality


def identity(code: str) -> UUID:
    """The identity of an example municipality, the same in every test."""
    return uuid5(NAMESPACE_URL, code)


@dataclass(frozen=True)
class Standing:
    """What an act wrote: the table of each kind of row, and the table it is set aside in."""

    aside: Mapping[str, str]

    @classmethod
    def made_by(cls, make: Callable[[], object], name: str) -> Standing:
        """Do ``make`` in an empty database, set aside what it wrote, and leave the database as it was."""
        assert not connection.in_atomic_block, "what is set aside has to stay after this test"
        before = _filled()
        assert Municipality._meta.db_table not in before, "another test left its rows"
        make()
        written = sorted(_filled() - before)
        aside = {table: f"aside_{name}_{number}" for number, table in enumerate(written)}
        with transaction.atomic(), connection.cursor() as cursor:
            for table, kept in aside.items():
                if table != Municipality._meta.db_table:
                    cursor.execute(f'CREATE TABLE "{kept}" AS SELECT * FROM "{table}"')  # noqa: S608
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608
        return cls({table: kept for table, kept in aside.items() if table != Municipality._meta.db_table})

    def put_back(self) -> None:
        """Write the rows again; their municipality is there."""
        with transaction.atomic(), connection.cursor() as cursor:
            for table, kept in self.aside.items():
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM "{kept}"')  # noqa: S608


def _filled() -> set[str]:
    """The tables that have a row."""
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.managed}
    with connection.cursor() as cursor:
        found = set()
        for table in tables:
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608
            if cursor.fetchone():
                found.add(table)
    return found
