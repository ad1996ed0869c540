"""What are the tabs made of?"""
