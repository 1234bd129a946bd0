"""A Onetime Secret server, written from its public source and documentation (facts/deliveries.md, A2 to A5b)."""
