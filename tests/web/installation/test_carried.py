"""Every model and every field of a person is decided about: nothing is forgotten, nothing leaves unseen."""

from __future__ import annotations

from django.apps import apps

from sosei.web.installation.carried import CARRIED, DROPPED
from sosei.web.installation.handover import PERSON_ANEW, PERSON_KEPT
from sosei.web.people.models import User


def test_every_model_is_carried_or_dropped_with_a_reason() -> None:
    models = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    carried = [each.model for each in CARRIED]
    assert sorted([*carried, *DROPPED]) == sorted(models)
    assert all(DROPPED.values())
    assert all(bool(each.scope) != bool(each.stays) for each in CARRIED)


def test_every_row_stands_after_those_it_points_at() -> None:
    order = [each.model for each in CARRIED]
    for label in order:
        for field in apps.get_model(label)._meta.concrete_fields:
            if field.is_relation and field.related_model._meta.label != label:
                assert order.index(field.related_model._meta.label) < order.index(label), (label, field.name)


def test_every_field_of_a_person_is_kept_or_set_anew() -> None:
    fields = {field.attname for field in User._meta.concrete_fields}
    assert fields == {*PERSON_KEPT, *PERSON_ANEW, "password"}
