"""How rooms take photos: counted, examined, kept for what they show."""
