"""Tests are sentences; they mirror the rooms."""
