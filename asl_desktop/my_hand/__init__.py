"""The My hand tab: how does the network learn the user's own hand?"""
