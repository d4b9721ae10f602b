"""The ladder: what follows when a notice stays overdue, rung by rung."""
