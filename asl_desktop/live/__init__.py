"""The Live tab: the picture with the hand box, and what is read in it."""
