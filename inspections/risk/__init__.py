"""Risk: how often a kindergarten should be visited, from what is known of it."""
