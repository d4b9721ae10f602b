"""Recusals: which officer may not visit which kindergarten, and why."""
