"""Persons and their accounts, roles, sessions; who may call what."""
