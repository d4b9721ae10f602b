"""Statistics: how far a region is towards what its plans ask, and what was done there."""
