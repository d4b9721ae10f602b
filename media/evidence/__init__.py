"""Photos as evidence: the sealed original, what is known of it, and who may see what."""
