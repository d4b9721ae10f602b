"""What was seen, and by whom: the ground floor, which imports nothing of the house."""
