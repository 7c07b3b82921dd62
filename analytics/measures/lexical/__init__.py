"""What measures of words and phrases share: matching them, their context and scope, their rows and rates."""
