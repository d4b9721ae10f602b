"""Drills: alarm, barrier, camera link and patrols as measurements, each against its limit."""
