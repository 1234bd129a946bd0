"""A simulated Personio and Alleo on loopback, over real HTTP, with made-up people. Shares no code with the clients."""
