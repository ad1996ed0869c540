"""What does a signing hand look like? Mesh, handshapes, a software renderer."""
