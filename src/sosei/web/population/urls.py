"""Addresses of a municipality's population, below ``/<code>/population/``."""

from __future__ import annotations

from django.urls import path

from sosei.web.population import compare_views, document_views, scenario_views, views

urlpatterns = [
    path("", views.overview, name="population"),
    path("files/<slug:name>.<slug:form>", views.file, name="population_file"),
    path("compare/", compare_views.compare, name="population_compare"),
    path("compare/files/<slug:name>.<slug:form>", compare_views.compare_file, name="population_compare_file"),
    path("scenarios/", scenario_views.scenarios, name="population_scenarios"),
    path("scenarios/new/", scenario_views.new, name="population_scenario_new"),
    path("scenarios/<uuid:scenario>/", scenario_views.scenario, name="population_scenario"),
    path("scenarios/<uuid:scenario>/remove/", scenario_views.remove, name="population_scenario_remove"),
    path("scenarios/<uuid:scenario>/file/", scenario_views.file, name="population_scenario_file"),
    path("documents/", document_views.documents, name="population_documents"),
]
