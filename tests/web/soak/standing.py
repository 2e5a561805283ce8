"""What an installation holds now, read past the pages: names in the draft, operations, log.

Prints ``{"names": {key: name}, "operations": n, "numbers": [no ...], "written": [[key, new] ...], "chain": true}``.
"""

from __future__ import annotations

import json

from sosei.web.start import start


def main() -> None:
    """Read it all and print it."""
    start()
    from sosei.plan import walk
    from sosei.web.journal.chain import verify
    from sosei.web.journal.models import Chain
    from sosei.web.plans.models import Draft
    from sosei.web.plans.store import draft_document

    draft = Draft.objects.get(is_open=True)
    document = draft_document(draft)
    rows = [json.loads(text) for text in draft.operations.values_list("operation", flat=True)]
    print(  # noqa: T201
        json.dumps(
            {
                "names": {placed.element.key: placed.element.name for placed in walk.elements(document)},
                "operations": draft.length,
                "numbers": list(draft.operations.order_by("no").values_list("no", flat=True)),
                "written": [[row["key"], row["new"]] for row in rows],
                "chain": all(verify(chain).broken is None for chain in Chain.objects.all()),
            }
        )
    )


if __name__ == "__main__":
    main()
