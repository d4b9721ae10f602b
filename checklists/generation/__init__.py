"""From region, subject and date to a checklist, published and then immutable."""
