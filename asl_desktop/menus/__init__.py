"""What stands in the menu bar, and what do its entries open?"""
