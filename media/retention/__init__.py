"""How long evidence is kept, what holds it longer, and who decides that it goes."""
