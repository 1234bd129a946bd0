"""Handing the credential over to Alleo's Customer Success: one-time links, password managers, and by hand."""
