"""Reading a plan: overview, goals, measures, projects, indicators, list, search."""
