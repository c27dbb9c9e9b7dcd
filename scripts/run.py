"""From a clean checkout to the complete site: `make run`. Only the standard library."""

import os
import sys

from environment import PROJECT_DIR, PYTHON, ensure_environment

from cms.serving.obstacles import Obstacle, port_number, require_free_port


def main() -> None:
    """Install what is missing, then become the server."""
    try:
        # Asked before the long installation, and once more by the server itself.
        require_free_port("127.0.0.1", port_number(os.environ.get("PORT") or "8000"))
        ensure_environment()
    except Obstacle as obstacle:
        sys.exit(str(obstacle))
    except KeyboardInterrupt:
        sys.exit(130)
    os.chdir(PROJECT_DIR)
    os.execv(PYTHON, [str(PYTHON), "-m", "cms.serving"])


if __name__ == "__main__":
    main()
