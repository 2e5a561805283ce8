"""Addresses of people, divisions and responsibility, below the municipality's code."""

from __future__ import annotations

from django.urls import path

from sosei.web.people import (
    assignment_views,
    division_views,
    import_views,
    reorganisation_views,
    staff_views,
    tenant_views,
)

urlpatterns = [
    path("people/", staff_views.people, name="people_staff"),
    path("people/add/", staff_views.add, name="people_add"),
    path("people/import/", import_views.bring_in, name="people_import"),
    path("people/import/form.csv", import_views.empty_form, name="people_import_form"),
    path("people/<uuid:person>/", staff_views.person, name="people_person"),
    path("people/<uuid:person>/grant/", staff_views.grant, name="people_grant"),
    path("people/<uuid:person>/withdraw/<uuid:held>/", staff_views.withdraw, name="people_withdraw"),
    path("people/<uuid:person>/change/", staff_views.change, name="people_change"),
    path("people/<uuid:person>/activity/", staff_views.activity, name="people_activity"),
    path("people/<uuid:person>/link/", staff_views.link, name="people_link"),
    path("people/<uuid:person>/forget/", staff_views.forget, name="people_forget"),
    path("divisions/", division_views.divisions, name="people_divisions"),
    path("divisions/add/", division_views.add, name="people_division_add"),
    path("divisions/order/", division_views.order, name="people_division_order"),
    path("divisions/reorganise/", reorganisation_views.reorganisation, name="people_reorganise"),
    path(
        "divisions/reorganise/<uuid:reorganisation>/take-back/",
        reorganisation_views.take_back,
        name="people_take_back",
    ),
    path("divisions/<uuid:division>/", division_views.division, name="people_division"),
    path("responsibility/", assignment_views.assignments, name="people_assignments"),
    path("responsibility/<str:plan>/<str:key>/", assignment_views.assignment, name="people_assignment"),
    path("responsibility/<str:plan>/<str:key>/change/", assignment_views.change, name="people_assign"),
    path("settings/", tenant_views.settings, name="people_settings"),
]
