"""How does the app learn my hand? Samples, and a network that learned them."""
