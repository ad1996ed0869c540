"""Images of one person's own hand: kept on disk, and divided for an honest comparison."""
