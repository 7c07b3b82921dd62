"""Addresses in feeds of several dialects, sitemaps, outlines and files; and in those that mean harm."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from analytics.errors import InputError
from analytics.fetch.errors import RefusedError
from analytics.fetch.file_lists import LARGEST, read_list_file
from analytics.fetch.listed import Listed
from analytics.fetch.xml_lists import first_tag, kind_of, read_xml

DAM = "https://harbour.example/dam"
ITEM = f"<item><title>The dam</title><link>{DAM}</link>%s</item>"
FEEDS = {
    "RSS 0.91": '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
    f'"http://my.netscape.example/rss-0.91.dtd"><rss version="0.91"><channel><title>Harbour Post</title>{ITEM % ""}'
    "</channel></rss>",
    "RSS 1.0": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://harbour.example/"><title>Harbour Post'
    f'</title></channel><item rdf:about="{DAM}"><title>The dam</title><dc:date>2031-01-06T10:00:00Z</dc:date></item>'
    "</rdf:RDF>",
    "RSS 2.0": f'<rss version="2.0"><channel><title>Harbour Post</title><link>https://harbour.example/</link>'
    f"{ITEM % '<guid>7</guid><pubDate>Mon, 06 Jan 2031 10:00:00 GMT</pubDate>'}</channel></rss>",
    "RSS 2.0 by its identifier": '<rss version="2.0"><channel><title>Harbour Post</title><item><title>The dam</title>'
    f'<guid isPermaLink="true">{DAM}</guid></item></channel></rss>',
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour Post</title><entry><title>The dam'
    f'</title><link rel="alternate" type="text/html" href="{DAM}"/><issued>2031-01-06T10:00:00Z</issued></entry>'
    "</feed>",
    "Atom 1.0": '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post'
    '</title><link rel="self" href="https://harbour.example/feed"/><entry><title>The dam</title><link rel="enclosure" '
    f'href="https://harbour.example/a.mp3"/><link href="{DAM}"/><id>tag:7</id><updated>2031-01-06T10:00:00Z</updated>'
    "</entry></feed>",
    "with what stands before it": f'<?xml version="1.0"?>\n<!-- a feed -->\n<?xml-stylesheet href="a.xsl"?>\n'
    f'<rss version="2.0"><channel><title>Harbour Post</title>{ITEM % ""}</channel></rss>',
    "malformed": f"<rss version='2.0'><channel><title>Harbour Post</title>{ITEM % '<b>&nbsp;& more'}<item><title>An",
}


@pytest.mark.parametrize("dialect", FEEDS)
def test_feeds(dialect: str) -> None:
    found = read_xml(FEEDS[dialect])
    assert found is not None and found.kind == "feed"
    first = found.items[0]
    assert (first.url, first.title, first.feed) == (DAM, "The dam", "Harbour Post")
    assert first.published is None or first.published.startswith(("2031-01-06", "Mon, 06 Jan 2031"))


def test_sitemaps_with_and_without_news() -> None:
    found = read_xml(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.example/news/0.9">'
        f"<url><loc> {DAM} </loc><news:news><news:publication_date>2031-01-06</news:publication_date><news:title>"
        "The dam</news:title></news:news></url><url><loc>https://harbour.example/about</loc><lastmod>2030-01-01</lastmod></url>"
        "</urlset>"
    )
    assert found is not None and found.items == (
        Listed(DAM, title="The dam", published="2031-01-06", is_news=True),
        Listed("https://harbour.example/about", published="2030-01-01"),
    )
    index = read_xml("<sitemapindex><sitemap><loc>https://harbour.example/1.xml.gz</loc></sitemap></sitemapindex>")
    assert index is not None and index.items == (Listed("https://harbour.example/1.xml.gz", is_list=True),)


def test_outlines() -> None:
    found = read_xml(
        '<opml version="2.0"><head><title>Mine</title></head><body><outline text="News"><outline text="Harbour Post" '
        'type="rss" xmlUrl="https://harbour.example/feed"/></outline><outline type="link" text="The dam" '
        f'url="{DAM}"/></body></opml>'
    )
    assert found is not None and [(each.url, each.is_list) for each in found.items] == [
        ("https://harbour.example/feed", True),
        (DAM, False),
    ]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><rss><channel><item><title>&j;</title><link>https://harbour.example/dam</link></item></channel></rss>"
)
OUTSIDE = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&x;</title>'
    f"<link>{DAM}</link></item></channel></rss>"
)


@pytest.mark.parametrize("document", [BOMB, OUTSIDE, BOMB.replace("<!ENTITY", "<!entity"), "\n" + BOMB])
def test_entities_are_not_read(document: str) -> None:
    with pytest.raises(RefusedError, match="defines entities of its own"):
        read_xml(document)


def test_a_bomb_in_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(BOMB.encode("utf-16"))
    with pytest.raises(InputError, match="defines entities of its own"):
        read_list_file(file)


@pytest.mark.parametrize(
    "text",
    [
        "<!---->" * 20_000,
        "<!--" * 20_000,
        " " * 200_000 + "<rss>",
        "<?xml?>" * 20_000 + "<rss>",
        "<!DOCTYPE [" * 20_000,
        "<rss><channel>" + "<item>" * 100_000,
        "<rss><channel>" + "<item><link>" + "a" * 2_000_000,
        "<" * 100_000,
    ],
)
def test_what_is_odd_costs_no_time(text: str) -> None:
    began = time.monotonic()
    first_tag(text)
    kind_of(text)
    read_xml(text)
    assert time.monotonic() - began < 2


def listed(tmp_path: Path, name: str, content: str | bytes) -> list[tuple[str, str | None, str | None]]:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [(each.url, each.title, each.outlet) for each in read_list_file(file).items]


def test_tables_of_media_cloud_and_gdelt(tmp_path: Path) -> None:
    cloud = (
        "id,indexed_date,language,media_name,media_url,publish_date,title,url\n"
        f"1,2031-01-07,en,harbour.example,https://harbour.example/,2031-01-06,The dam,{DAM}\n"
    )
    assert listed(tmp_path, "cloud.csv", cloud) == [(DAM, "The dam", "harbour.example")]
    doc = f'"URL","MobileURL","Date","Title"\n"{DAM}","","2031-01-06 10:00:00","The dam"\n'
    assert listed(tmp_path, "doc.csv", doc) == [(DAM, "The dam", None)]
    api = {"articles": [{"url": DAM, "title": "The dam", "seendate": "20310106T100000Z", "domain": "harbour.example"}]}
    assert listed(tmp_path, "api.json", json.dumps(api)) == [(DAM, "The dam", "harbour.example")]
    feed = {
        "version": "https://jsonfeed.example/1.1",
        "title": "Post",
        "items": [{"id": "1", "url": DAM, "title": "D"}],
    }
    assert listed(tmp_path, "feed.json", json.dumps(feed)) == [(DAM, "D", None)]
    graph = "\t".join(["20310106-1", "20310106101500", "1", "harbour.example", DAM, "", "https://images.example/1.jpg"])
    assert listed(tmp_path, "graph.csv", f"{graph}\n" * 3) == [(DAM, None, None)] * 3
    events = "\t".join([*map(str, range(57)), "https", DAM])
    assert listed(tmp_path, "events.export.CSV", f"{events}\n" * 3) == [(DAM, None, None)] * 3


def test_addresses_on_lines(tmp_path: Path) -> None:
    text = f"# the dam\n{DAM}\n\nhttps://harbour.example/a?b=1,2\nnot an address\n"
    assert [url for url, _, _ in listed(tmp_path, "list.txt", text)] == [
        DAM,
        "https://harbour.example/a?b=1,2",
        "not an address",
    ]
    assert listed(tmp_path, "list.csv", f"url\n{DAM}\n") == [(DAM, None, None)]
    assert listed(tmp_path, "sitemap.xml.gz", gzip.compress(FEEDS["RSS 2.0"].encode())) == [(DAM, "The dam", None)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no addresses"),
        (b"The dam may hold.", "holds no addresses"),
        (b"title,text\nThe dam,It may hold.\n", "holds no addresses"),
        (b"\x00\x01\x02" * 100, "holds no addresses"),
        (gzip.compress(bytes(LARGEST + 1), mtime=0), "holds more than 64 MB"),
        (gzip.compress(b"https://harbour.example/", mtime=0)[:-9], "ends in the middle"),
    ],
)
def test_files_without_addresses(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        listed(tmp_path, "list.txt", content)
