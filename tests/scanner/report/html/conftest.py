"""One real Chromium for all tests of the HTML report, and pages in it that must stay silent."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from scanner.assessment import Assessment
from scanner.report import Language, Options
from scanner.report.html import render
from tests.required import missing
from tests.scanner.made import catalogue
from tests.scanner.report.html.example import example

PATIENCE = 20_000
"""Milliseconds: a busy machine is slow, and what never comes is a failure all the same."""

expect.set_options(timeout=PATIENCE)

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium_path() -> str | None:
    """A Chromium of the machine's: MLPS_CHROMIUM, or one on the PATH. None leaves it to Playwright,
    which may have one of its own."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("MLPS_CHROMIUM") or next(filter(None, found), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real Chromium."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=chromium_path())
        except Error as error:
            missing(
                f"no Chromium: {str(error).splitlines()[0]}; .ci/run installs Debian's, or name one"
                " in MLPS_CHROMIUM, or run: playwright install chromium"
            )
        yield browser
        browser.close()


class Silent:
    """What a page must not do: say something on the console, raise, ask the network, open a
    dialog."""

    def __init__(self, context: BrowserContext) -> None:
        self.said: list[str] = []
        context.on("console", lambda message: self.said.append(f"console: {message.text}"))
        context.on("weberror", lambda error: self.said.append(f"error: {error.error}"))
        context.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        context.on("request", lambda request: self._request(request.url))

    def _request(self, url: str) -> None:
        if not url.startswith("file://") or not url.split("#", maxsplit=1)[0].endswith(".html"):
            self.said.append(f"request: {url}")


Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's page, which starts in English. Read it only."""
    path = tmp_path_factory.mktemp("html") / "example.html"
    path.write_text(html(example()), encoding="utf-8")
    return path


def html(assessment: Assessment, language: Language = "en") -> str:
    """The page of an assessment."""
    return render(assessment, catalogue(), Options(language=language))


@pytest.fixture(scope="session")
def context(chromium: Browser) -> Iterator[tuple[BrowserContext, Silent]]:
    """What pages without settings of their own share: a context takes long to make."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    yield context, Silent(context)
    context.close()


@pytest.fixture
def open_page(
    chromium: Browser, example_file: Path, context: tuple[BrowserContext, Silent]
) -> Iterator[Opener]:
    """Opens the example, or another file, at a hash. At the end every page has been silent."""
    shared, silent = context
    own: list[tuple[BrowserContext, Silent]] = []

    def open_(hash_: str = "", *, file: Path = example_file, **settings: Any) -> Page:
        used = shared
        if settings:
            used = chromium.new_context(**settings)
            own.append((used, Silent(used)))
        page = used.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(file.as_uri() + hash_)
        return page

    silent.said.clear()
    yield open_
    for page in shared.pages:
        page.close()
    for extra, _ in own:
        extra.close()
    assert [line for one in (silent, *(one for _, one in own)) for line in one.said] == []


@pytest.fixture(scope="session")
def chinese_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's page, which starts in Chinese. Read it only."""
    path = tmp_path_factory.mktemp("html") / "example.zh.html"
    path.write_text(html(example(), "zh"), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def shared(chromium: Browser, example_file: Path) -> Iterator[Page]:
    """One page of the example for tests that only follow links in it."""
    context = chromium.new_context()
    silent = Silent(context)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(example_file.as_uri() + "#findings")
    yield page
    context.close()
    assert silent.said == []
