"""What must happen before the first frame is shown?"""
