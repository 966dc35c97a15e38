"""A portal: serves its static page, and gets tokens for it. The key never leaves this server."""

import hmac
import json
import sys
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

WENZHENG, KEY_FILE, PORT = sys.argv[1].rstrip("/"), sys.argv[2], int(sys.argv[3])
KEY = Path(KEY_FILE).read_text(encoding="utf-8").strip()  # from `wenzheng channels create`
ORIGIN = f"http://127.0.0.1:{PORT}"  # what stands in front of the addresses of the portal
USER = "demo.user"  # a real portal takes it from its session, never from what the page sends


class Portal(SimpleHTTPRequestHandler):
    def do_POST(self):
        if self.path != "/wenzheng-token" or self.headers.get("Origin") != ORIGIN:
            return self.send_error(403)
        claim = dict(channel=KEY.split("_")[1], user=USER, origin=ORIGIN, time=int(time.time()))
        lines = "\n".join(map(str, claim.values())).encode()
        claim["signature"] = hmac.new(KEY.encode(), lines, "sha256").hexdigest()
        asked = Request(f"{WENZHENG}/api/channel/token", json.dumps(claim).encode())
        asked.add_header("Content-Type", "application/json")
        try:
            issued = urlopen(asked, timeout=10).read()
        except OSError:  # Wenzheng is away, or says no
            return self.send_error(502)
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        return self.wfile.write(issued)


pages = partial(Portal, directory=Path(__file__).parent / "static")
ThreadingHTTPServer(("127.0.0.1", PORT), pages).serve_forever()
