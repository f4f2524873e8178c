"""Things to say that have nothing to do with each other, so that none is taken for another."""

WISHES = (
    "Sunday opening",
    "A dark theme",
    "More bins on the beach",
    "The lift is stuck",
    "Vegetarian meals, please",
    "Bike racks at the town hall",
    "Parcels arrive late",
    "A chess tournament",
    "Invoices by email",
    "Plant trees in the square",
    "The wifi keeps dropping",
    "A drinking fountain",
)
