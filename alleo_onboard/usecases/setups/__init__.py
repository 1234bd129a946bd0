"""Set-ups: what is known about one customer, and where its secrets come from."""
