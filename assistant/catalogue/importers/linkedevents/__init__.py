"""Linked Events."""
