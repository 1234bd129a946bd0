"""Set-ups: what is known of one customer, and where its secrets come from."""
