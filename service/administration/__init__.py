"""Administration: who has an account, what it reaches, and what becomes of it."""
