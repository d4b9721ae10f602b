"""Inspections: planned, begun, answered, signed, submitted, approved; and their findings."""
