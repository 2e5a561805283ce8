"""The plan as a typed document: model, walking, reading and writing, editing, differences."""
