"""Where in a whole frame is the signing hand?"""
