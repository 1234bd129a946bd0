"""A Onetime Secret server of our own, from its public source and documentation (facts/deliveries.md, A2 to A5b)."""
