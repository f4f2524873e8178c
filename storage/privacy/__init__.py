"""What is erased, when and how, and what a person gets a copy of, by the columns' declarations."""
