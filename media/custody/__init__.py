"""Who did what to which case: the actor, and the hash chain of every case's history."""
