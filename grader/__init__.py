"""Candor: checks, assembles and scores the curriculum."""
