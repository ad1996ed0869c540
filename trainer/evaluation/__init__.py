"""How well does a model read? Scores, predictions, reports."""
