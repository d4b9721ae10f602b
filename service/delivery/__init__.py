"""Messages to receivers outside: webhooks, signed, tried again, dead letters in sight."""
