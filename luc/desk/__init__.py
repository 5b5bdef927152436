"""What I owe, by when; what waits for me. Only shows what the rooms below know."""
