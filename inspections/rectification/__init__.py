"""From the notice to closure: deadlines by the Chinese calendar."""
