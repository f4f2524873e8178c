"""What listening is worth: the command /impact, how each figure is counted, and the page to forward."""
