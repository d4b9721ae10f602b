"""What is laid over a photo: annotations that point at something, redactions that hide somebody."""
