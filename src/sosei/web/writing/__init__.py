"""Writing a plan on screen: every field by its editor, saved as operations of the draft."""
