"""Long work: documents made by a worker, with their progress and result files."""
