"""A child process ends with its parent, even where the parent was killed and could say nothing.

The parent gives each child the reading end of one pipe as standard input and keeps the writing end.
When the parent is gone the pipe ends, on every system; grandchildren inherit it.
"""

from __future__ import annotations

import os
import signal
import threading
import time

_GRACE = 30.0  # seconds for what is being done


def end_with_parent() -> None:
    """Watch standard input from now on: at its end this process gets SIGTERM, then is ended."""
    threading.Thread(target=_watch, name="lifeline", daemon=True).start()


def _watch() -> None:
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)
