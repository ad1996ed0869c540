"""How do an image and a box become what the network reads?"""
