"""How do I train a network, and see it learn?"""
