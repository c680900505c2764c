"""Signing in, guessing and signing out, in a real browser; the pages of what was refused without a breach of WCAG A or AA."""

import os
import subprocess

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_desk import PROGRAM, ROOT, TAGS, Tab

TOKEN = "a-token-of-some-length"


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """The address of a desk that asks for a token."""
    archive = tmp_path_factory.mktemp("closed") / "closed.onrecord"
    article = sorted((ROOT / "examples/sallow-stage").glob("*.txt"))[0]
    subprocess.run([PROGRAM, "add", str(article), "--archive", str(archive)], check=True, capture_output=True)
    served = subprocess.Popen(
        [PROGRAM, "serve", "--port", "0", "--archive", str(archive)], stdout=subprocess.PIPE, text=True, env={**os.environ, "ONRECORD_TOKEN": TOKEN}
    )
    yield served.stdout.readline().split(" at ")[1].split("/ ")[0]
    served.terminate()
    served.wait(timeout=15)


def broken(page):
    """What of a page breaks level A or AA."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    return [f"{page.url}: {it['id']}: {it['nodes'][0]['html'][:160]}" for it in found.response["violations"]]


def show(page, token):
    page.fill("#shown", token)
    with page.expect_navigation():
        page.locator("main button").click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_what_is_refused_break_no_level(browser, opened, closed, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page, wrong = context.new_page(), []
    for path in ["/nothing", "/questions?status=dance", "/people/pzzzz", "/people/%ff", "/sign-in"]:
        page.goto(opened + path)
        wrong += broken(page)
    page.goto(closed + "/people")
    assert page.url == closed + "/sign-in"
    wrong += broken(page)
    context.close()
    assert wrong == []


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The address of a desk without a token."""
    archive = tmp_path_factory.mktemp("open") / "open.onrecord"
    served = subprocess.Popen([PROGRAM, "serve", "--port", "0", "--archive", str(archive)], stdout=subprocess.PIPE, text=True)
    yield served.stdout.readline().split(" at ")[1].split("/ ")[0]
    served.terminate()
    served.wait(timeout=15)


def test_who_signs_in_is_in_until_signing_out(browser, closed):
    tab = Tab(browser, closed)
    page = tab.open("/people")
    assert tab.path() == "/sign-in"
    show(page, TOKEN)
    assert tab.path() == "/"
    cookie = next(it for it in tab.context.cookies() if it["name"] == "onrecord_session")
    assert cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
    page = tab.open("/sign-in")
    assert page.locator("h1").inner_text() == "You are signed in"
    with page.expect_navigation():
        page.locator("main button").click()
    assert tab.path() == "/sign-in" and page.locator("#shown").count() == 1
    tab.context.add_cookies([cookie])
    tab.open("/people")
    assert tab.path() == "/sign-in"
    tab.close()


def test_who_guesses_is_told_to_wait(browser, closed):
    context = browser.new_context(bypass_csp=True)
    page, told = context.new_page(), []
    page.on("response", lambda answer: told.append((answer.status, answer.headers.get("retry-after"))) if answer.request.method == "POST" else None)
    for _ in range(11):
        page.goto(closed + "/sign-in")
        show(page, "guessed")
    assert [status for status, _ in told] == [403] * 10 + [429] and 0 < int(told[-1][1]) <= 61
    assert "wait" in page.inner_text("main") and broken(page) == []
    context.close()
