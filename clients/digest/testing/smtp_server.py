"""Usage: smtp_server.py FOLDER

Takes mails on a port of 127.0.0.1, which it prints, and writes each to
FOLDER/<number>.eml. A recipient "refused@…" is refused for good, "busy@…" the
first time; the first mail to "hang@…" is kept and never answered. Ends with its
standard input.
"""
import asyncio
import pathlib
import sys

from aiosmtpd.controller import Controller


class Keeper:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.taken = 0
        self.busy = True
        self.hang = True

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refused@"):
            return "550 no such mailbox"
        if address.startswith("busy@") and self.busy:
            self.busy = False
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        path = self.folder / f"{self.taken}.eml"
        path.with_suffix(".new").write_bytes(envelope.content)
        path.with_suffix(".new").rename(path)
        if envelope.rcpt_tos[0].startswith("hang@") and self.hang:
            self.hang = False
            await asyncio.Event().wait()
        return "250 taken"


class AnyPort(Controller):
    # aiosmtpd's own check connects to the port that was asked for: 0.
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = AnyPort(Keeper(sys.argv[1]), hostname="127.0.0.1", port=0)
controller.start()
# One write, also where Python does not buffer: the reader takes what comes.
sys.stdout.write(f"{controller.port}\n")
sys.stdout.flush()
sys.stdin.read()
controller.stop()
