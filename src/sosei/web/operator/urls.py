"""Addresses of the installation's own pages."""

from __future__ import annotations

from django.urls import path

from sosei.web.operator import views

urlpatterns = [path("", views.home, name="operator")]
