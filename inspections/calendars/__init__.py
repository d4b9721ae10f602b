"""The yearly announcement of days off and make-up days, taken in by an administrator."""
