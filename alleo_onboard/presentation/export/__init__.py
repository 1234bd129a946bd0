"""A preview as a report: sentences, charts and tables as data."""
