"""What a bureau decides about clauses and items, kept for the next edition of a plan."""
