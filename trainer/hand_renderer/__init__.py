"""A posed 3-D hand: mesh, letter handshapes, a software renderer, synthetic images."""
