"""Choosing or writing a plan's evaluation scheme (評価方式), with a preview on its own indicators."""
