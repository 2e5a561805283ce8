"""Plans as editions: canonical bytes, drafts as operations, rows for lists and search."""
