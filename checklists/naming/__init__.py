"""The name check: which kindergarten names break the naming clauses."""
