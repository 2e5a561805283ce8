"""The address of a draft's evaluation scheme."""

from __future__ import annotations

from django.urls import path

from sosei.web.schemes import views

urlpatterns = [path("plans/<str:plan>/revision/scheme/", views.scheme, name="draft_scheme")]
