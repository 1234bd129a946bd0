"""Looking back: what was done, and what support needs to know."""
