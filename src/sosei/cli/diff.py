"""``sosei diff``: two editions compared, for a reader, for programs, or as the 新旧対照表."""

from __future__ import annotations

from pathlib import Path

import click

from sosei.cli.common import OUTPUT, language, refuse_terminal
from sosei.cli.report import PAPER, QUIET

_TEXTS = ("text", "json", "csv")
_DOCUMENTS = ("pdf", "xlsx")


@click.command()
@click.argument("old", metavar="OLD.json", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW.json", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice([*_TEXTS, *_DOCUMENTS]),
    help="形式（既定は書き出し先が .pdf か .xlsx ならそれ、ほかは text） / "
    "format (default: that of a file ending in .pdf or .xlsx, else text)",
)
@PAPER
@QUIET
@OUTPUT
def diff(old: Path, new: Path, form: str | None, paper: str | None, quiet: bool, output: Path) -> None:
    """二つの版を比べる（何が、旧、新）。pdf と xlsx は新旧対照表。 / Compare two editions: what, old, new.

    pdf と xlsx には印字に関わる変更を載せ、ほかは件数だけを示します。text・json・csv にはすべて載ります。
    PDF and Excel list the changes that a reader of the printed plan sees; text, JSON and CSV list all.
    """
    from sosei.formats.output import write_output

    chosen = form or _form_of(output)
    if chosen in _DOCUMENTS:
        refuse_terminal(output, chosen)
        _write_document(old, new, chosen, paper or "a4", output, quiet=quiet)
        return
    from sosei.formats.changes import FORMS
    from sosei.plan.changes import changes
    from sosei.plan.reading import read_plan

    found = changes(read_plan(old), read_plan(new), language())
    write_output(output, FORMS[chosen](found, language()))


def _form_of(output: Path) -> str:
    ending = output.suffix.lower().removeprefix(".")
    return ending if ending in _DOCUMENTS else "text"


def _write_document(old: Path, new: Path, form: str, paper: str, output: Path, *, quiet: bool) -> None:
    from sosei.formats.output import write_output
    from sosei.plan.reading import read_plan
    from sosei.reports.comparison import edition_names
    from sosei.reports.documents import comparison_document

    before, after = read_plan(old), read_plan(new)
    old_name, new_name = edition_names(before, after) or (old.name, new.name)
    document = comparison_document(
        before, after, form, paper, old_name=old_name, new_name=new_name, reasons={}
    )
    write_output(output, document.data)
    if not quiet:
        for warning in document.warnings:
            click.echo(f"sosei: {warning[language() == 'en']}", err=True)
