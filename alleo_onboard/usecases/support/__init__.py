"""History and diagnosis: what was done, and what support needs to know."""
