"""Checkpoints: signed roots over every chain, by which a later rewriting is found."""
