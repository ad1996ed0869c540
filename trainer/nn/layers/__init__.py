"""What does one layer compute? One layer a file: formula, shapes, forward and backward pass."""
