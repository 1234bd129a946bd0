"""What every HTTP client here shares: which addresses are allowed, whom TLS trusts, and how patient a retry is."""
