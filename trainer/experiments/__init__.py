"""The experiments behind the model card: each writes the numbers that the card states."""
