"""Supervision: what a year of inspections comes to."""
