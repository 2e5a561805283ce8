"""Municipalities, people, roles, divisions and who is responsible for what."""
