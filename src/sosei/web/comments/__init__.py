"""Public comment (意見募集) on a draft: its period, the opinions as summarised, and the answers."""
