"""Each promise of docs/security.md about fetching, against a server that breaks it."""

from __future__ import annotations

import gzip
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest
from loopback_web import PUBLIC, Asked, Web, answer, redirect

from analytics.fetch.addresses import address_of, page_of
from analytics.fetch.client import Client
from analytics.fetch.errors import FetchError, RefusedError, UnreachableError
from analytics.fetch.networks import is_public
from analytics.fetch.reach import Reach

PRIVATE = [
    *("127.0.0.1", "127.8.9.10", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:93.184.215.14", "::127.0.0.1", "fe80::1"),
    *("fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:7f00:1::"),
    *("64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "3fff::1", "fec0::1", "no address", ""),
]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_of_the_public_network(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", PUBLIC, "172.32.0.1", "100.128.0.1", "2606:4700::1", "64:ff9b::808:808"]
)
def test_addresses_of_the_public_network(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://harbour.example/a", "is no web address: ftp"),
        ("file:///etc/passwd", "is no web address: file"),
        ("gopher://harbour.example/", "is no web address: gopher"),
        ("javascript:alert(1)", "is no web address: javascript"),
        ("harbour.example/dam", "is no web address"),
        ("//harbour.example/dam", "is no web address"),
        ("http://ada:secret@harbour.example/", "holds a user name or password"),
        ("http://harbour.example@localhost/", "holds a user name or password"),
        ("http://harbour.example\\@localhost/", "is no web address: it holds"),
        ("http://harbour.example/a\r\nHost: localhost", "is no web address: it holds"),
        ("http://har\tbour.example/", "is no web address: it holds"),
        ("http:///dam", "is no web address: its host"),
        ("http://har%62our.example/", "is no web address: its host"),
        ("http://[::1", "is no web address"),
        ("http://[fe80::1%25eth0]/", "is no web address"),
        ("http://harbour.example:0/", "is no web address: port 0"),
        ("http://harbour.example:99999/", "is no web address"),
        ("http://" + "a" * 3_000, "is no web address: longer"),
        ("http://" + ".".join(["a" * 60] * 5) + "/", "is no web address: its host"),
    ],
)
def test_odd_addresses_are_refused_before_anything_is_looked_up(address: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason.replace("(", r"\(")):
        address_of(address)


def test_one_page_has_one_address() -> None:
    assert (
        address_of("HTTP://Harbour.Example:80/a b".replace(" ", "%20") + "#top").url == "http://harbour.example/a%20b"
    )
    assert address_of("https://hafen-zürich.example/brücke").url == "https://xn--hafen-zrich-zhb.example/br%C3%BCcke"
    assert address_of("/dam", base="https://harbour.example/news").url == "https://harbour.example/dam"
    assert page_of("https://harbour.example/?utm_source=a&fbclid=b") == "https://harbour.example/"


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "100.64.3.2", "::ffff:10.0.0.1", "ff02::1"])
def test_names_that_lead_into_a_private_network(web: Web, ip: str) -> None:
    web.names["inside.example"] = [[ip]]
    with pytest.raises(RefusedError, match="leads into a private network"):
        web.client().get(address_of("http://inside.example/"))
    web.names["half.example"] = [[PUBLIC, ip]]
    with pytest.raises(RefusedError, match="leads into a private network"):
        web.client().get(address_of("http://half.example/"))
    assert web.connected == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "0177.0.0.1", "127.1"])
def test_this_machine_however_it_is_written(host: str) -> None:
    """By the system's own look-up, without a stand-in."""
    with pytest.raises((RefusedError, UnreachableError), match=r"private network|leads nowhere"):
        Client().get(address_of(f"http://{host}/"))


def test_a_redirect_into_a_private_network(web: Web) -> None:
    web.names["inside.example"] = [["192.168.0.7"]]
    for where in ("http://inside.example/secret", "http://192.168.0.7/", "http://[::1]/", "//inside.example/"):
        start = web.put("harbour.example/r", redirect(where))
        web.names |= {"192.168.0.7": [["192.168.0.7"]], "::1": [["::1"]]}
        with pytest.raises(RefusedError, match="leads into a private network"):
            web.client().get(address_of(start))
    assert {each.host for each in web.asked} == {"harbour.example"}


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://harbour.example/", "http://a:b@harbour.example/", "data:,x"]
)
def test_a_redirect_to_what_is_no_web_address(web: Web, where: str) -> None:
    with pytest.raises(RefusedError, match="leads to what"):
        web.client().get(address_of(web.put("harbour.example/r", redirect(where))))


def test_a_redirect_to_another_port(web: Web) -> None:
    start = web.put("harbour.example/r", redirect("http://harbour.example:22/"))
    with pytest.raises(RefusedError, match="is at port 22, which is not allowed"):
        web.client().get(address_of(start))


def test_a_name_that_leads_elsewhere_a_moment_later(web: Web) -> None:
    """The connection is to the address that was checked; the name is looked up once for each."""
    web.names["turncoat.example"] = [[PUBLIC], ["127.0.0.1"]]
    start = web.put("turncoat.example/", answer("public"))
    assert web.client().get(address_of(start)).body == b"public"
    assert (web.looked_up["turncoat.example"], web.connected) == (1, [PUBLIC])
    with pytest.raises(RefusedError, match="leads into a private network"):
        web.client().get(address_of(start))
    assert web.connected == [PUBLIC]


def test_a_name_that_leads_elsewhere_between_two_redirects(web: Web) -> None:
    web.names["turncoat.example"] = [[PUBLIC], ["10.0.0.1"]]
    start = web.put("turncoat.example/a", redirect("/b"))
    with pytest.raises(RefusedError, match="leads into a private network"):
        web.client().get(address_of(start))
    assert (web.paths("turncoat.example"), web.connected) == (["/a"], [PUBLIC])


def test_ones_own_network_only_by_name_and_never_from_outside(web: Web) -> None:
    web.names["archive.local"] = [["192.168.0.7"]]
    inside = web.put("archive.local/a", answer("inside"))
    own = web.client(own=frozenset({"archive.local"}))
    assert own.get(address_of(inside)).body == b"inside"
    with pytest.raises(RefusedError, match="leads from the public network into your own"):
        own.get(address_of(web.put("harbour.example/r", redirect(inside))))
    with pytest.raises(RefusedError, match="is at port 8000"):
        own.get(address_of("http://archive.local:8000/"))


def test_circles_and_endless_redirects(web: Web) -> None:
    web.put("harbour.example/a", redirect("/b"))
    web.put("harbour.example/b", redirect("/a"))
    with pytest.raises(RefusedError, match="leads in circles"):
        web.client().get(address_of("http://harbour.example/a"))
    for n in range(20):
        web.put(f"harbour.example/{n}", redirect(f"/{n + 1}"))
    with pytest.raises(RefusedError, match="leads on more than 8 times"):
        web.client().get(address_of("http://harbour.example/0"))
    with pytest.raises(FetchError, match="without saying where to"):
        web.client().get(address_of(web.put("harbour.example/n", answer(status=301))))


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def drips(piece: bytes, *, first: bytes = b"") -> Iterator[bytes]:
    yield first
    while True:
        time.sleep(0.05)
        yield piece


SLOW = {
    "body": lambda _: drips(b"<p>", first=HEAD + b"\r\n"),
    "chunks": lambda _: drips(b"1\r\na\r\n", first=HEAD + b"Transfer-Encoding: chunked\r\n\r\n"),
    "headers": lambda _: drips(b"X-More: yes\r\n", first=HEAD),
    "first line": lambda _: drips(b"1", first=b"HTTP/1."),
    "nothing": lambda _: drips(b""),
    "told to go on": lambda _: drips(b"HTTP/1.1 103 Early Hints\r\n\r\n"),
}


@pytest.mark.parametrize("what", SLOW)
def test_answers_that_never_end_are_left_at_the_deadline(web: Web, what: str) -> None:
    start, began = web.put("slow.example/", SLOW[what]), time.monotonic()
    with pytest.raises(FetchError, match=r"took too long|is no answer of a web server"):
        web.client(seconds=0.4).get(address_of(start))
    assert time.monotonic() - began < 2


def test_slow_redirects_share_one_deadline(web: Web) -> None:
    def slowly(asked: Asked) -> bytes:
        time.sleep(0.2)
        return redirect(f"/{int(asked.path[1:]) + 1}")

    for n in range(9):
        web.put(f"slow.example/{n}", slowly)
    began = time.monotonic()
    with pytest.raises(UnreachableError, match="took too long"):
        web.client(seconds=0.5).get(address_of("http://slow.example/0"))
    assert time.monotonic() - began < 2


def test_a_look_up_that_never_ends(web: Web) -> None:
    client = Client(reach=Reach(resolve=lambda *_: time.sleep(3) or []), limits=web.client(seconds=0.2).limits)
    with pytest.raises(UnreachableError, match="not found in time"):
        client.get(address_of("http://slow.example/"))


def test_bodies_without_end_stop_at_the_limit(web: Web) -> None:
    endless = web.put("large.example/", lambda _: itertools.chain([HEAD + b"\r\n"], itertools.repeat(b"a" * 65_536)))
    with pytest.raises(RefusedError, match="holds more than 1 MB"):
        web.client().get(address_of(endless))
    told = web.put("large.example/told", answer(b"a" * 10, content_length=str(1 << 40)))
    with pytest.raises(RefusedError, match="holds more than 1 MB"):
        web.client().get(address_of(told))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_gigabytes_of_zeros_in_a_small_body(web: Web, encoding: str) -> None:
    """10 GB, as far as anyone reads: neither time nor memory goes beyond the limit."""
    pack = zlib.compressobj(9, zlib.DEFLATED, 31 if encoding == "gzip" else 15)
    piece = pack.compress(bytes(1 << 24)) + pack.flush(zlib.Z_SYNC_FLUSH)
    more = pack.compress(bytes(1 << 24)) + pack.flush(zlib.Z_SYNC_FLUSH)  # from now on each 16 MB are the same bytes
    head = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode()
    start = web.put("bomb.example/", lambda _: itertools.chain([head, piece], itertools.repeat(more, 640)))
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match="holds more than 8 MB"):
            web.client(most=8 << 20).get(address_of(start))
        assert tracemalloc.get_traced_memory()[1] < 40 << 20
    finally:
        tracemalloc.stop()


def test_a_bomb_in_a_bomb_and_packings_that_were_not_asked_for(web: Web) -> None:
    twice = gzip.compress(gzip.compress(bytes(1 << 20)))
    for encoding in ("gzip, gzip", "br", "zstd", "compress"):
        start = web.put("bomb.example/", answer(twice, content_encoding=encoding))
        with pytest.raises(RefusedError, match="packed in a way that was not asked for"):
            web.client().get(address_of(start))


def test_bodies_that_are_not_packed_as_they_say(web: Web) -> None:
    for body, reason in (
        (b"<p>plain</p>", "not packed as it says"),
        (gzip.compress(b"a" * 1000, mtime=0)[:-12], "ends in the middle"),
    ):
        start = web.put("liar.example/", answer(body, content_encoding="gzip"))
        with pytest.raises(FetchError, match=reason):
            web.client().get(address_of(start))
    raw = zlib.compress(b"<p>raw</p>")[2:-4]
    assert web.client().get(address_of(web.put("liar.example/", answer(raw, content_encoding="deflate")))).body == (
        b"<p>raw</p>"
    )
    two = gzip.compress(b"<p>") + gzip.compress(b"two</p>") + b"\0\0"
    assert web.client().get(address_of(web.put("liar.example/", answer(two, content_encoding="gzip")))).body == (
        b"<p>two</p>"
    )


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 300_000 + b"\r\n\r\n",
    ],
)
def test_answers_that_are_none(web: Web, sent: bytes) -> None:
    with pytest.raises(FetchError, match=r"ends in the middle|no answer of a web server|broke off"):
        web.client().get(address_of(web.put("odd.example/", sent or [b""])))


def test_certificates_are_checked_and_nothing_of_the_user_is_sent(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    client = web.client()
    assert client.context.check_hostname and client.context.verify_mode.name == "CERT_REQUIRED"
    first = web.put("harbour.example/a", answer(status=302, location="/b", set_cookie="id=7"))
    web.put("harbour.example/b", answer("here"))
    assert client.get(address_of(first)).body == b"here"
    for asked in web.asked:
        assert set(asked.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
        assert asked.headers["user-agent"].startswith("Tellings/")
