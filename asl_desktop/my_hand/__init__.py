"""The Mine tab: samples of one's own hand, and a network that learned them."""
