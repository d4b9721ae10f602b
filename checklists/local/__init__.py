"""Items that a bureau adds of its own, with reason, basis and dates."""
