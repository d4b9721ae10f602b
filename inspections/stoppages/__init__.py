"""Stoppages: a major hazard is out of use at once, and a photo proves it within hours."""
