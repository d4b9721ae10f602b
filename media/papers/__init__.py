"""Papers: sheets laid out as official documents, as PDF or as a page to print."""
