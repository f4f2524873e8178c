"""The moderators' commands for themes: the list of the week, and changes of a theme."""
