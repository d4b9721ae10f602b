"""Papers: what an inspection, a notice or a case is on paper, and the page that verifies it."""
