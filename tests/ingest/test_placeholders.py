"""What stands where an article should is told; what may be an article is left alone."""

from pathlib import Path

import pytest

from analytics.article import Article
from analytics.errors import InputError
from analytics.ingest import read_articles
from analytics.ingest.placeholders import placeholder


@pytest.mark.parametrize(
    "text",
    [
        *(
            "[Removed]",
            "[removed]",
            "[deleted]",
            "null",
            "nan",
            "None",
            "N/A",
            "undefined",
            "[object Object]",
            "Loading...",
        ),
        *(
            "No content available",
            "ONLY AVAILABLE IN PAID PLANS",
            "(not available)",
            "…missing…",
            "#N/A",
            "[Withdrawn]",
        ),
        "Please enable JavaScript and cookies to continue.",
        "Enable JavaScript and cookies to continue",
        "JavaScript is disabled in your browser. Please enable it and reload the page.",
        "You need to enable JavaScript to run this app.",
        "This site requires JavaScript.",
        "JavaScript is not available.\nWe've detected that JavaScript is disabled in this browser.",
        "Checking your browser before accessing harbourpost.example. This process is automatic.\n"
        "DDoS protection by Wall.",
        "Just a moment...",
        "Please verify you are a human.",
        "Are you a robot? Please complete the captcha below.",
        "Your browser is not supported. Please upgrade your browser.",
        "We use cookies to improve your experience. By continuing you agree to our cookie policy.",
        "We and our partners use cookies and similar technologies.\nAccept all\nReject all\nManage preferences",
        "This website uses cookies. Accept cookies to continue.",
        "We value your privacy. We and our partners store information on a device. Accept all. Manage options.",
        "You are being redirected...",
        "Attention Required! | Cloudflare",
        "Sorry, you have been blocked. You are unable to access harbourpost.example",
        "Verifying you are human. This may take a few seconds.",
        "Get full access. Start your free trial.",
        "To read this article, subscribe or sign in.",
        "Page not found - Harbour Post",
        "[content removed]",
        "403 Forbidden",
        "404 Not Found\nnginx/1.18",
        "Error 404: Page not found",
        "HTTP 503 Service Unavailable",
        "502 Bad Gateway",
        "Access Denied. You don't have permission to access this page.",
        "Sorry, this page isn't available.",
        "The page you requested could not be found. It may have been moved.",
        "Sorry, the page you are looking for does not exist.",
        "This content is not available in your region.",
        "This video is no longer available",
        "Oops! Something went wrong. Please try again later.",
        "Subscribe to read the full story.",
        "Subscribe now to continue reading. Already a subscriber? Log in",
        "Sign in to continue reading this article",
        "Log in or register to read the full article.",
        "This article is for subscribers only.",
        "This content is available to subscribers only.",
        "You have reached your limit of free articles this month.",
        "To continue reading, create a free account.",
        "Please register to view this content.",
        "This article has been removed at the request of its author.",
        "This page was taken down.",
        "Lorem ipsum dolor sit amet.",
        "We noticed that you are using an ad blocker. Please switch it off to go on.",
        "Ad blocker detected",
        "It looks like you use an ad-blocker!",
        "Turn off your ad blocker to read this page.",
        "Manage your privacy preferences",
        "Checking your browser before you go on. This takes some seconds.",
    ],
)
def test_placeholders_and_notices_are_told(text: str) -> None:
    assert placeholder(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "One.",
        "Rain.",
        "The harbour was closed.",
        "The council wants JavaScript in schools.",
        "The school needs JavaScript classes, Ada Brandt said.",
        "Girl guides sold cookies at the dam on Monday.",
        "The firm's browser has a new owner.",
        "403 people were moved from the valley on Monday.",
        "500 workers stopped the building of the dam.",
        "The man was not found.",
        "The video was found on a telephone.",
        "The page was torn out of the book, and it could not be read.",
        "Subscribers of the Harbour Post pay more from Monday.",
        "Access to the dam was denied to the reporters.",
        "He signed in to read the roll of the members.",
        "Removed from office on Monday, the mayor said nothing.",
        "We use cookies to improve your experience.\n\nThe council voted for a second dam on Monday.",
        "Please enable JavaScript to see the chart.\n\nThe dam may hold, said Ada Brandt.",
        "Sorry, said the mayor, and left.",
        "An error of the engineer cost the council a million.",
    ],
)
def test_what_may_be_an_article_is_left_alone(text: str) -> None:
    assert placeholder(text) is None


def test_a_long_text_is_an_article_whatever_it_speaks_of() -> None:
    assert placeholder("Please enable JavaScript to continue. " * 30) is None


def test_placeholders_are_rejected_with_their_reason(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "title,text\nA,[Removed]\nB,Please enable JavaScript.\nC,The dam may hold.\nD,null\n"
    )
    items = list(read_articles(tmp_path / "a.csv"))
    assert [item.text if isinstance(item, Article) else item.reason for item in items] == [
        "placeholder for a text: '[Removed]'",
        "no article: a notice to the browser",
        "The dam may hold.",
        "empty text",
    ]
    (tmp_path / "b.txt").write_text("403 Forbidden")
    with pytest.raises(InputError, match="an error of a server"):
        list(read_articles(tmp_path / "b.txt"))
