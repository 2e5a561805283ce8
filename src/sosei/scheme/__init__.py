"""Evaluation: a municipality's own way of computing achievement, as data, and its results explained."""
