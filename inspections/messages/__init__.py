"""What is to be told to whom, written with the thing that it tells."""
