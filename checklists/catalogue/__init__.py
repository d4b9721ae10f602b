"""What can be inspected: controls as data, how a clause asks for them, their statutory basis."""
