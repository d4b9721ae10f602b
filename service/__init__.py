"""The shell: it assembles the rooms below and is imported by none of them."""
