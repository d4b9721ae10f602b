"""Records: what every case, measure and drill is kept as, whatever it holds."""
