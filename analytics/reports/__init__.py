"""A comparison of two tellings to read: in the terminal and as one page to send on."""
