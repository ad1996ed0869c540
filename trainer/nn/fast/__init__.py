"""How does a trained network compute its output faster than layer by layer?"""
