"""Addresses of a municipality's population, below ``/<code>/population/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.population import (
    views,
    views_compare,
    views_documents,
    views_scenarios,
    views_tables,
    views_trial,
    views_uploads,
)

_UPLOAD = "tables/files/<uuid:upload>"

urlpatterns = [
    path("", views.overview, name="population"),
    path("files/<slug:name>.<slug:form>", views.file, name="population_file"),
    path("try/", views_trial.trial, name="population_try"),
    path("compare/", views_compare.compare, name="population_compare"),
    path("compare/files/<slug:name>.<slug:form>", views_compare.compare_file, name="population_compare_file"),
    path("scenarios/", views_scenarios.scenarios, name="population_scenarios"),
    path("scenarios/new/", views_scenarios.new, name="population_scenario_new"),
    path("scenarios/<uuid:scenario>/", views_scenarios.scenario, name="population_scenario"),
    path("scenarios/<uuid:scenario>/remove/", views_scenarios.remove, name="population_scenario_remove"),
    path("scenarios/<uuid:scenario>/file/", views_scenarios.file, name="population_scenario_file"),
    path("tables/", views_tables.tables, name="population_tables"),
    path("tables/load/<str:place>/", views_uploads.load, name="population_table_load"),
    path("tables/out/<str:place>/", views_tables.take_out, name="population_table_out"),
    path(f"{_UPLOAD}/", views_uploads.upload, name="population_upload"),
    path(f"{_UPLOAD}/progress/", views_uploads.progress, name="population_upload_progress"),
    path(f"{_UPLOAD}/accept/", views_uploads.accept, name="population_upload_accept"),
    path(f"{_UPLOAD}/again/", views_uploads.again, name="population_upload_again"),
    path(f"{_UPLOAD}/drop/", views_uploads.drop, name="population_upload_drop"),
    path("tables/<str:table>/", views_tables.table, name="population_table"),
    path("tables/<str:table>/figures.csv", views_tables.table_file, name="population_table_file"),
    path("tables/<uuid:table>/back/", views_tables.put_back, name="population_table_back"),
    path("documents/", views_documents.documents, name="population_documents"),
]
