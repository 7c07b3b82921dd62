"""Runs of fetch: what comes in, what is left out and why, what a second run asks, and what it keeps."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from loopback_web import ROBOTS, Asked, Web, answer, article, redirect

from analytics.errors import InputError
from analytics.fetch.extraction import Extraction
from analytics.fetch.folder import ARTICLES, LOG, VERSIONS
from analytics.fetch.run import Fetched, fetch
from analytics.fetch.versions import changed_pages, versions_of
from analytics.ingest import read_articles

TEXT = "The dam may hold until spring, Ada Brandt said on Monday, and the council agreed with every word of it."
Run = Callable[..., Fetched]


@pytest.fixture
def run(web: Web, tmp_path: Path, extraction: Extraction) -> Run:
    """A run without delays into one folder."""

    def run(*sources: str | Path, **options: Any) -> Fetched:
        given = {"client": web.client(), "delay": 0.0, "extraction": extraction, "jobs": 4, **options}
        return fetch(sources, tmp_path / "news", **given)

    return run


def feed(*paths: str) -> str:
    items = "".join(f"<item><title>{p}</title><link>http://harbour.example/{p}</link></item>" for p in paths)
    return f"<rss version='2.0'><channel><title>Harbour Post</title>{items}</channel></rss>"


def put_articles(web: Web, *paths: str, **headers: str) -> None:
    for path in paths:
        web.put(f"harbour.example/{path}", answer(article(f"On {path}", TEXT, f"It is about {path}."), **headers))


def counts(fetched: Fetched) -> dict[str, int]:
    return {name: count for name, count in fetched.counts.items() if count}


def test_a_feed_becomes_a_folder_that_is_read(web: Web, run: Run, tmp_path: Path) -> None:
    start = web.put(
        "harbour.example/feed", answer(feed("dam", "bridge?utm_source=rss", "gone"), content_type="text/xml")
    )
    put_articles(web, "dam", "bridge")
    found = run(start)
    assert counts(found) == {"new": 2, "refused": 1}
    assert found.failures == (("http://harbour.example/gone", "is not there: status 404"),)
    articles = sorted(read_articles(tmp_path / "news"), key=lambda each: str(each.url))
    assert [(a.url, a.title, a.outlet, a.language) for a in articles] == [  # type: ignore[union-attr]
        ("http://harbour.example/bridge", "On bridge", "Harbour Post", "en"),
        ("http://harbour.example/dam", "On dam", "Harbour Post", "en"),
    ]
    assert web.asked[0].path == ROBOTS


def test_lists_in_lists_and_what_is_too_old(web: Web, run: Run, tmp_path: Path) -> None:
    put_articles(web, "dam", "bridge", "old")
    web.put(
        "harbour.example/robots.txt", answer("Sitemap: http://harbour.example/index.xml", content_type="text/plain")
    )
    index = "".join(
        f"<sitemap><loc>http://harbour.example/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>"
        for name, day in (("new", "2031-01-06"), ("past", "2030-01-01"))
    )
    web.put("harbour.example/index.xml", answer(f"<sitemapindex>{index}</sitemapindex>", content_type="text/xml"))
    pages = "".join(
        f"<url><loc>http://harbour.example/{name}</loc><lastmod>{day}</lastmod></url>"
        for name, day in (("dam", "2031-01-06"), ("bridge", "2031-01-05"), ("old", "2029-01-01"))
    )
    web.put("harbour.example/new.xml", answer(f"<urlset>{pages}</urlset>", content_type="text/xml"))
    found = run("http://harbour.example/robots.txt", since=datetime(2031, 1, 1, tzinfo=UTC))
    assert counts(found) == {"new": 2, "older": 1}
    assert "/past.xml" not in web.paths("harbour.example")
    dates = [article.published for article in read_articles(tmp_path / "news")]  # type: ignore[union-attr]
    assert sorted(map(str, dates)) == ["2031-01-05 00:00:00+00:00", "2031-01-06 00:00:00+00:00"]


def test_what_robots_txt_forbids_is_not_asked_for(web: Web, run: Run) -> None:
    rules = "User-agent: *\nDisallow: /secret\nUser-agent: other\nDisallow: /\n"
    web.put("harbour.example/robots.txt", answer(rules, content_type="text/plain"))
    put_articles(web, "dam", "secret/a")
    web.put("harbour.example/r", redirect("/secret/a"))
    found = run("http://harbour.example/dam", "http://harbour.example/secret/a", "http://harbour.example/r")
    assert counts(found) == {"new": 1, "refused": 2}
    assert {reason for _, reason in found.failures} == {"is closed to programs by its site's robots.txt"}
    assert sorted(web.paths("harbour.example")) == ["/dam", "/r"]
    assert [each.path for each in web.asked].count(ROBOTS) == 1


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        (answer("User-agent: Tellings\nDisallow: /"), {"refused": 1}),
        (answer(status=404), {"new": 1}),
        (answer(status=403), {"new": 1}),
        (answer(status=503), {"failed": 1}),
        (redirect("http://127.0.0.1/"), {"refused": 1}),
        (answer(b"a" * (600 << 10)), {"refused": 1}),
        (answer("User-agent: *\nCrawl-delay: 9999"), {"failed": 1}),
        (answer("\n".join(f"User-agent: a{n}" for n in range(9_000)) + "\nDisallow: /a\n" * 9_000), {"new": 1}),
        (answer("User-agent: *\nDisallow: /" + "*a" * 400 + "$\n"), {"new": 1}),
        (answer(bytes(range(256)) * 100), {"new": 1}),
    ],
    ids=lambda value: None if isinstance(value, dict) else value[:40].decode("latin-1").split("\r")[0],
)
def test_rules_of_all_kinds(web: Web, run: Run, rules: bytes, outcome: dict[str, int]) -> None:
    web.put("harbour.example/robots.txt", rules)
    web.names["127.0.0.1"] = [["127.0.0.1"]]
    put_articles(web, "a" * 100)
    began = time.monotonic()
    assert counts(run(f"http://harbour.example/{'a' * 100}")) == outcome
    assert time.monotonic() - began < 3


def test_a_site_is_asked_by_one_at_a_time_with_a_pause(web: Web, run: Run) -> None:
    times: dict[str, list[float]] = {"harbour.example": [], "valley.example": []}

    def at(asked: Asked) -> bytes:
        times[asked.host].append(time.monotonic())
        return answer(article(f"On {asked.path}", TEXT, f"It is about {asked.path}."))

    sources = [web.put(f"{host}/{n}", at) for host in times for n in range(3)]
    assert counts(run(*sources, delay=0.4)) == {"new": 6}
    for moments in times.values():
        assert all(later - earlier >= 0.25 for earlier, later in pairwise(moments))
    assert times["valley.example"][0] < times["harbour.example"][-1]


def test_a_site_that_asks_to_wait_is_asked_once_more(web: Web, run: Run) -> None:
    def busy(asked: Asked) -> bytes:
        if web.paths("harbour.example").count("/dam") == 1:
            return answer(status=429, retry_after="0")
        return answer(article("On the dam", TEXT))

    assert counts(run(web.put("harbour.example/dam", busy))) == {"new": 1}
    web.put("valley.example/a", answer(status=503, retry_after="7200"))
    web.put("valley.example/b", answer(article("On b", TEXT)))
    found = run("http://valley.example/a", "http://valley.example/b")
    assert counts(found) == {"failed": 2}
    assert any("asks for 7,200 seconds" in reason for _, reason in found.failures)


def test_a_site_that_is_down_is_not_asked_for_ever(web: Web, run: Run) -> None:
    sources = [web.put(f"down.example/{n}", answer(status=500)) for n in range(20)]
    found = run(*sources)
    assert counts(found) == {"failed": 20}
    assert len(web.paths("down.example")) == 5


def test_a_second_run_asks_whether_pages_changed_and_keeps_both_versions(web: Web, run: Run, tmp_path: Path) -> None:
    put_articles(web, "dam", "bridge", etag='"1"')
    sources = [web.put("harbour.example/feed", answer(feed("dam", "bridge"), content_type="text/xml"))]
    assert counts(run(*sources)) == {"new": 2}
    assert counts(run(*sources)) == {"passed over": 2}

    def conditional(asked: Asked) -> bytes:
        assert asked.headers["if-none-match"] == '"1"'
        return answer(status=304, content_type="", content_length="")

    web.put("harbour.example/dam", conditional)
    will = TEXT.replace("may hold", "will hold")
    web.put("harbour.example/bridge", answer(article("On bridge", will, "It is about bridge."), etag='"2"'))
    assert counts(run(*sources, again_after=timedelta(0))) == {"unchanged": 1, "changed": 1}
    lines = [json.loads(line) for line in (tmp_path / "news" / VERSIONS).read_text().splitlines()]
    assert [(each["url"][-6:], each["version"]) for each in lines[2:]] == [("bridge", 2)]
    newest = {article.url: article.text for article in read_articles(tmp_path / "news")}  # type: ignore[union-attr]
    assert len(newest) == 2 and "will hold" in newest["http://harbour.example/bridge"]
    assert [(page.url, page.n_versions) for page in changed_pages(tmp_path / "news")] == [
        ("http://harbour.example/bridge", 2)
    ]
    first, second = versions_of(tmp_path / "news", "http://harbour.example/bridge?utm_source=a")
    assert "may hold" in first.article.text and "will hold" in second.article.text
    with pytest.raises(InputError, match=r"holds no page of http://harbour\.example/nothing"):
        versions_of(tmp_path / "news", "http://harbour.example/nothing")


def test_a_feed_that_did_not_change_still_leads_to_its_pages(web: Web, run: Run) -> None:
    put_articles(web, "dam")

    def conditional(asked: Asked) -> bytes:
        if asked.headers.get("if-none-match") == '"f"':
            return answer(status=304, content_type="", content_length="")
        return answer(feed("dam"), content_type="text/xml", etag='"f"')

    start = web.put("harbour.example/feed", conditional)
    assert counts(run(start)) == {"new": 1}
    put_articles(web, "dam", etag='"2"')
    assert counts(run(start, again_after=timedelta(0))) == {"unchanged": 1}
    assert web.paths("harbour.example") == ["/feed", "/dam"] * 2


def test_a_stopped_run_goes_on_where_it_was(web: Web, run: Run, tmp_path: Path) -> None:
    stop = threading.Event()
    names = [f"page{n}" for n in range(6)]
    put_articles(web, *names)

    def last_one(asked: Asked) -> bytes:
        stop.set()
        return answer(article("On page2", TEXT))

    web.put("harbour.example/page2", last_one)
    sources = [f"http://harbour.example/{name}" for name in names]
    first = run(*sources, stop=stop, jobs=1)
    assert first.counts["new"] + first.counts["left"] == 6 and first.counts["left"] >= 3
    log = tmp_path / "news" / LOG
    log.write_bytes(log.read_bytes() + b'{"url": "http://harbour.example/page5", "at"')  # killed while it wrote
    second = run(*sources)
    assert counts(second) == {"passed over": first.counts["new"], "new": first.counts["left"]}
    assert len(list(read_articles(tmp_path / "news"))) == 6


def test_the_limit_is_of_pages_in_a_run(web: Web, run: Run) -> None:
    names = [f"page{n}" for n in range(5)]
    put_articles(web, *names)
    start = web.put("harbour.example/feed", answer(feed(*names), content_type="text/xml"))
    assert counts(run(start, limit=2)) == {"new": 2, "left": 3}
    assert counts(run(start, limit=2)) == {"passed over": 2, "new": 2, "left": 1}


def test_every_address_is_counted_once_and_none_costs_the_others(web: Web, run: Run, tmp_path: Path) -> None:
    web.names["inside.example"] = [["10.0.0.1"]]
    put_articles(web, "dam")
    file = tmp_path / "list.txt"
    addresses = [
        "http://harbour.example/dam",
        "http://harbour.example/dam?utm_source=x",  # the same page
        "http://inside.example/",
        "ftp://harbour.example/",
        "not an address",
        web.put("harbour.example/pdf", answer(b"%PDF-1.7", content_type="application/pdf")),
        web.put("harbour.example/picture", answer(b"\x89PNG", content_type="text/html")),
        web.put("harbour.example/empty", answer(b"")),
        web.put("harbour.example/odd", b"no answer"),
        web.put("harbour.example/login", answer(status=401)),
        web.put("harbour.example/nested", answer(feed("dam"), content_type="text/html")),
    ]
    file.write_text("\n".join(addresses))
    found = run(file)
    assert counts(found) == {"new": 1, "refused": 8, "failed": 1}
    reasons = {url.rpartition("/")[2]: reason for url, reason in found.failures}
    assert reasons["pdf"] == "is no web page: application/pdf"
    assert reasons["nested"] == "is a list of addresses where a page was expected"
    assert not (tmp_path / "news" / ".fetch.lock").exists()


def test_a_feed_from_outside_leads_nowhere_into_ones_own_network(web: Web, run: Run) -> None:
    web.names["archive.local"] = [["192.168.0.7"]]
    inside = web.put("archive.local/a", answer(article("Inside", TEXT)))
    outside = f"<rss><channel><item><link>{inside}</link></item></channel></rss>"
    start = web.put("harbour.example/feed", answer(outside, content_type="text/xml"))
    found = run(start, client=web.client(own=frozenset({"archive.local"})))
    assert found.failures == ((inside, "leads from the public network into your own"),)
    assert counts(run(inside, client=web.client(own=frozenset({"archive.local"})), again_after=timedelta(0))) == {
        "new": 1
    }


def test_two_runs_at_once_and_sources_that_are_none(run: Run, web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="neither an address"):
        run("harbour.example/dam")
    with pytest.raises(InputError, match="no addresses"):
        run()
    with pytest.raises(InputError, match="is a file"):
        fetch(["http://harbour.example/"], tmp_path / "file", client=web.client())

    def second(_: Asked) -> bytes:
        with pytest.raises(InputError, match="is being written by another run"):
            run("http://harbour.example/dam")
        return answer(article("On the dam", TEXT))

    assert counts(run(web.put("harbour.example/dam", second))) == {"new": 1}
    assert (tmp_path / "news" / ARTICLES).is_file()
