"""Files of names checked, and what was found in the register handed out as a table."""
