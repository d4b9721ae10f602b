"""One-vote veto: abuse and corporal punishment, sealed, decided by two."""
