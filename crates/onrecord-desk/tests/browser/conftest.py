"""The one browser that all tests share."""

import os

import pytest
from playwright.sync_api import sync_playwright

BROWSER = os.environ.get("ONRECORD_BROWSER", "/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()
