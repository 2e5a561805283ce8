"""Add municipalities, each with a generated plan of its own, adopted, and a signed-in officer.

``fill_many COUNT KPIS`` prints ``{"cities": [{"code", "plan", "indicators", "cookie"} ...]}``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

from sosei.values.lgcode import check_digit
from sosei.web.start import start


def main(count: int, kpis: int) -> None:
    """Make them and print how to reach them."""
    start()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from sosei.web.people.models import Municipality

    there = set(Municipality.objects.values_list("code", flat=True))
    codes = (code for code in _codes() if code not in there)
    print(json.dumps({"cities": [_city(next(codes), kpis) for _ in range(count)]}))  # noqa: T201


def _codes() -> Iterator[str]:
    """Codes with right check digits."""
    for prefecture in range(1, 48):
        for number in range(201, 300):
            five = f"{prefecture:02d}{number}"
            yield five + check_digit(five)


def _city(code: str, kpis: int) -> dict[str, Any]:
    from sosei.plan.writing import dump_plan
    from sosei.web.people.actor import actor_of
    from sosei.web.people.models import Membership, Municipality, User
    from sosei.web.people.roles import Role
    from sosei.web.plans.acts import Adoption, adopt, load_file
    from tests.checks.clean import clean_plan
    from tests.web.soak.fill import cookie_of

    name = f"見本{code}市（サンプル）"
    city = Municipality.objects.create(code=code, name=name, is_sample=True, session_minutes=480)
    user = User.objects.create_user(f"officer-{code}", None, name="企画（サンプル）", is_sample=True)
    Membership.objects.create(municipality=city, user=user, role=Role.OFFICER)
    plan = clean_plan(kpis)
    plan = plan.model_copy(
        update={"municipality": plan.municipality.model_copy(update={"code": code, "name": name})}
    )
    actor = actor_of(user, city)
    draft = load_file(actor, dump_plan(plan))
    adopt(actor, draft, Adoption(title="策定", on=date(2024, 3, 1), length=draft.length))
    return {
        "code": code,
        "plan": plan.key,
        "indicators": [indicator.key for indicator in plan.indicators],
        "cookie": cookie_of(user),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
