"""The deliveries: all documented ways into Alleo. Importing this package loads none of them."""
