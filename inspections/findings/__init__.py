"""What was found not met, until it is struck off."""
