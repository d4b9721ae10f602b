"""Photos that come in pieces over a bad line (tus 1.0.0), until they are whole."""
