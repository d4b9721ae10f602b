"""Regions: the codes of GB/T 2260, and from when until when each is valid."""
