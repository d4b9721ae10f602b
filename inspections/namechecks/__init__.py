"""The names of the whole register checked in the background, with what was found."""
