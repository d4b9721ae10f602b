"""Bureaus: what each has set for its region, and what is in force where nothing is set."""
