"""Renaming: a name in breach is told, answered, checked again, and changed or let be."""
