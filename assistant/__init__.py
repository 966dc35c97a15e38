"""Questions become answers whose every statement cites a clause."""
