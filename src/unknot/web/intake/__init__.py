"""Where it hurts, whether it is safe, and what follows: stores nothing yet."""
