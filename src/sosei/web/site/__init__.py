"""The frame of every page: language, layout, errors, template words."""
