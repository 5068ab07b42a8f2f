"""How well messages are understood, on sets that were written apart from the training phrases."""
