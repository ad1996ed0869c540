"""Everything in ASL Desktop that is machine learning: no Qt, usable alone from the command line."""
