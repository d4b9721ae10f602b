"""Accounts over HTTP, on the real MongoDB."""
