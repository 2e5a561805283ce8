"""Signing in: local accounts, second factor, single sign-on, guessing, sessions."""
