"""What the bot does, one room per capability. Rooms do not import each other; what two share lies below."""
