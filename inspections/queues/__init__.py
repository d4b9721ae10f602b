"""Queues: for each role, what waits for it."""
