"""What a learner can do, remembered letter by letter, and what to practise next."""
