"""What every record of a plan file shares: strict fields, a stable key, and how sure the source is."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from sosei.values import Problem

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]{9}$", description="Random, stable, never reused.")]
Year = Annotated[int, Field(ge=1868, le=2200)]


class Model(BaseModel):
    """A record without a key of its own: it belongs to the field that holds it."""

    # Only the models that are used get their validators built: the command line starts sooner.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class Prose(Model):
    """Running text; lines are paragraphs or bullets. ``summary`` says that it is our summary of the source."""

    text: str
    summary: bool = False

    def __str__(self) -> str:
        return self.text


class Doubt(Model):
    """One field whose reading or place in the source is not certain (読み取りの疑い).

    ``field`` is a field of the record that holds the doubt.  ``alternatives`` are texts the field
    might have instead.  Until ``confirmed`` an uncertain value gives no rate.
    """

    field: str
    note: str = ""
    alternatives: tuple[str, ...] = ()
    confirmed: bool = False


class Node(Model):
    """A record with a key.

    ``page``         the source's page.
    ``as_read``      field -> the text as it stands in the source, where the field holds a clean reading.
    ``not_printed``  fields that the source does not print (as against: not yet entered).
    ``interpreted``  fields that hold our reading although the source does not print them.
    ``doubts``       fields whose reading or place is uncertain.
    ``remark``       what a transcriber noticed.
    """

    key: Key
    page: int | None = Field(default=None, ge=1)
    as_read: dict[str, str] = {}
    not_printed: tuple[str, ...] = ()
    interpreted: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    remark: str = ""

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        """Names in as_read, not_printed, interpreted and doubts are fields; not printed means empty."""
        known = type(self).model_fields
        named = (*self.as_read, *self.not_printed, *self.interpreted, *(doubt.field for doubt in self.doubts))
        for name in named:
            if name not in known:
                raise Problem(f"項目「{name}」はありません", f'there is no field "{name}"')
        for name in self.not_printed:
            if getattr(self, name) not in (None, "", ()):
                raise Problem(
                    f"「{name}」は印字なし（not_printed）とありますが、値が入っています",
                    f'"{name}" is marked not_printed but has a value',
                )
        return self

    def doubt(self, field: str) -> Doubt | None:
        """The open doubt on ``field``, if there is one."""
        return next((d for d in self.doubts if d.field == field and not d.confirmed), None)
