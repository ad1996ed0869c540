"""How does a neural network compute and learn? Layers, loss, optimisers, schedules; arrays only."""
