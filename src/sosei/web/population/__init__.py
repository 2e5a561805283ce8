"""The municipality's population: published figures, projections, scenarios, target seeking, documents."""
