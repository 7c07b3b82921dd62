"""What stands behind the page *Add articles*: uploads, how they are read, measuring in a process, collections."""
