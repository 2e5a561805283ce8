"""Addresses of a plan's pages in one state, below ``/<code>/plans/<plan>/<version>/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.reading import findings_views, list_views, text_views, views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("elements/<str:key>/", views.element, name="element"),
    path("indicators/<str:key>/", views.indicator, name="indicator"),
    path("kpis/", list_views.kpi_list, name="kpi_list"),
    path("kpis/list.csv", list_views.kpi_list_csv, name="kpi_list_csv"),
    path("findings/", findings_views.findings, name="findings"),
    path("findings/<str:rule>/", findings_views.finding_rule, name="finding_rule"),
    path("text/", text_views.text, name="text"),
]
