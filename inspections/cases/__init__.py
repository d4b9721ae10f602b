"""Cases: what is decided by supervisors, or followed until it has ended."""
