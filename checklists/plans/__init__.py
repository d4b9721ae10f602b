"""From a plan's text to its clauses and requirements, with the dates between which it counts."""
