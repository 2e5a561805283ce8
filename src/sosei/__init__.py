"""Sosei (創生): a municipality's comprehensive strategy from plan to publication."""
