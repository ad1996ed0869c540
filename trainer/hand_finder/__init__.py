"""Where in a whole frame the signing hand is."""
