"""Finds a Chromium for the browser tests, or installs one; run by ``make test``.

Looks, in this order, for: the program named by ``CHROMIUM``; one on the path; Playwright's own. If
there is none, tries Playwright's installer, then Debian's packages, then says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return named or found or _playwrights_own()


def _playwrights_own() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _install() -> None:
    commands = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if shutil.which("apt-get"):
        sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
        commands += [
            [*sudo, "apt-get", "update"],
            [*sudo, "apt-get", "install", "--yes", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
        ]
    for command in commands:
        subprocess.run(command, capture_output=True, check=False, timeout=900)
        if find_chromium():
            return


def main() -> int:
    """Exit status 0 when a Chromium is there at the end."""
    if not find_chromium():
        print("No Chromium found; installing one …")
        _install()
    path = find_chromium()
    print(
        f"Chromium: {path}"
        if path
        else "The browser tests need Chromium: install it with your package manager (on Debian: "
        "apt-get install chromium fonts-noto-cjk) or name the program in the variable CHROMIUM."
    )
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
