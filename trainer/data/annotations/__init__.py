"""Which images are labelled, and by what? One module for each kind of annotation."""
