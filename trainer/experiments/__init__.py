"""Where do the documents' numbers come from? Each experiment writes its results to a file."""
