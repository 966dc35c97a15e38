"""Every way in: command line, HTTP, chat page and widget."""
