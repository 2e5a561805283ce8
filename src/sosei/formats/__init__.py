"""Readers and writers of files that are not plan files."""
