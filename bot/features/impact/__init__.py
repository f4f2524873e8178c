"""The command /impact: the figures on what feedback brought, how each is counted, and a page to forward."""
