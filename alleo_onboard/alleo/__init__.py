"""The documented ways into Alleo. Each says what it can carry; importing this loads none of them."""
