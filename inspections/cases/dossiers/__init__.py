"""Dossiers: the case of a person at a kindergarten, and that of a training institution."""
