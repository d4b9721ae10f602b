"""F31: no address inside the network, at save and at send, but those that the operator names."""

import socket
import time
from contextlib import ExitStack, suppress
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.delivery.addresses import (
    NOT_OUTSIDE,
    Allowed,
    is_outside,
    must_be_open,
    read,
    read_allowed,
)
from service.delivery.errors import AddressRefused
from service.delivery.line import resolve
from service.delivery.sender import Sender
from tests.receiver import listener, receiver

NOBODY = Allowed()


def words(text):
    return text.split()


ILL_SPELLED = words("""
ftp://example.org/ file:///etc/passwd gopher://127.0.0.1:27017/_x javascript:alert(1) data:,x
//example.org/ example.org http:/example.org http:///x https:// https://:443/ unix:///run/x
https://user@example.org/ https://user:pw@example.org/ https://127.0.0.1@example.org/
https://example.org@127.0.0.1/ https://example.org:@127.0.0.1/ https://example.org#@127.0.0.1/
https://example.org\\@127.0.0.1/ https://example.org/#x https://exa%6dple.org/ https://%31/
https://127.1/ https://127.0.1/ https://2130706433/ https://0x7f000001/ https://0x7f.1/
https://0177.0.0.1/ https://017700000001/ https://127.0.0.01/ https://0/ https://1.2.3/
https://256.1.1.1/ https://1.2.3.4.5/ https://127.0.0.1./ https://example.org./ https://.org/
https://example..org/ https://-a.org/ https://a_b.org/ https://[::1%25lo]/ https://[fe80::1%lo]/
https://[::1/ https://::1/ https://[127.0.0.1]/ https://[]/ https://[v1.x]/ https://localhost:0/
https://example.org:65536/ https://example.org:99999/ https://example.org:-1/
https://example.org:x/ https://例子.中国/ https://１２７.０.０.１/ https://①②⑦.0.0.1/ https://ⓛocalhost/
https://127。0。0。1/ https://example.org/\x00 https://example.org/é
""")
"""Each with a space or a line break within is tested apart."""

INSIDE = words("""
127.0.0.1 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255
169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.170 192.0.2.1 192.88.99.1 192.168.0.1
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:8.8.8.8
::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8 64:ff9b:1::a00:1 100::1 2001::1
2001:0:7f00:1:: 2001:db8::1 2001:10::1 2001:20::1 2002:7f00:1:: 2002:a00:1:: 2002:808:808::
3fff::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1
""")

OUTSIDE = ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "240e::1", "2400:3200::1"]


@pytest.mark.parametrize(
    "url", [*ILL_SPELLED, "https://a b/", "https://a\tb/", "https://a/\n", "\nhttps://a/", ""]
)
def test_a_url_that_is_not_spelled_plainly_is_refused(url):
    with pytest.raises(AddressRefused):
        read(url)


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://example.org", ("https", "example.org", 443)),
        ("HTTPS://Example.ORG/Hook?x=1@2", ("https", "example.org", 443)),
        ("https://example.org:8443?x", ("https", "example.org", 8443)),
        ("https://xn--fsqu00a.xn--fiqs8s/", ("https", "xn--fsqu00a.xn--fiqs8s", 443)),
        ("http://8.8.8.8/", ("http", "8.8.8.8", 80)),
        ("https://[2606:4700:4700::1111]:443/", ("https", "2606:4700:4700::1111", 443)),
    ],
)
def test_a_plain_url_names_scheme_host_and_port(url, named):
    address = read(url)

    assert (address.scheme, address.host, address.port) == named
    assert (address.literal is None) is ("e" in address.host.split(".")[0] or "x" in address.host)


def test_a_long_url_is_refused():
    with pytest.raises(AddressRefused):
        read("https://example.org/" + "x" * 500)
    with pytest.raises(AddressRefused):
        read("https://" + ".".join(["x" * 60] * 5) + "/")


@pytest.mark.parametrize("ip", INSIDE)
def test_an_address_inside_is_refused_as_a_literal_and_by_name(ip):
    literal = f"https://[{ip}]/" if ":" in ip else f"https://{ip}/"

    for url in (literal, "https://example.org/"):
        for found in ([ip], ["8.8.8.8", ip], [ip, "8.8.8.8"]):
            with pytest.raises(AddressRefused):
                must_be_open(read(url), found, NOBODY)


@pytest.mark.parametrize("ip", OUTSIDE)
def test_an_address_outside_is_called_at_the_usual_ports_by_https(ip):
    assert must_be_open(read("https://example.org/"), [ip], NOBODY) == ip
    assert must_be_open(read("https://example.org:8443/"), [ip], NOBODY) == ip
    for url in ("http://example.org/", "https://example.org:27017/", "https://example.org:22/"):
        with pytest.raises(AddressRefused):
            must_be_open(read(url), [ip], NOBODY)


def test_a_name_that_does_not_resolve_is_refused():
    with pytest.raises(AddressRefused):
        must_be_open(read("https://example.org/"), [], NOBODY)


@given(st.ip_addresses())
def test_no_special_address_is_outside(ip):
    if is_outside(ip):
        assert ip.is_global
        assert not ip.is_multicast
        assert not ip.is_reserved
        assert not any(ip in network for network in NOT_OUTSIDE)


def test_what_the_operator_vouches_for_is_called_at_any_port_and_by_http():
    allowed = read_allowed(" Receiver.edu.example , 10.1.0.0/16,127.0.0.1, ::1 ")

    assert must_be_open(read("http://receiver.edu.example:27017/"), ["10.9.9.9"], allowed)
    assert must_be_open(read("http://10.1.2.3:8080/"), ["10.1.2.3"], allowed)
    assert must_be_open(read("http://[::1]:8080/"), ["::1"], allowed)
    for url, found in (
        ("http://10.2.0.1/", ["10.2.0.1"]),
        ("https://10.2.0.1/", ["10.2.0.1"]),
        ("http://example.org/", ["10.1.2.3", "8.8.8.8"]),
        ("https://example.org/", ["10.1.2.3", "10.2.0.1"]),
        ("https://x.receiver.edu.example/", ["10.9.9.9"]),
        ("http://127.0.0.2/", ["127.0.0.2"]),
    ):
        with pytest.raises(AddressRefused):
            must_be_open(read(url), found, allowed)
    assert not read_allowed("10.0.0.0/8").covers(ip_address("::ffff:10.0.0.1"))


@pytest.mark.parametrize("raw", ["10.0.0.0/33", "10.0.0.1/8", "a b", "https://x", "-x", "1:2:3"])
def test_a_bad_entry_of_the_operator_is_refused(raw):
    with pytest.raises(ValueError, match=r"\S"):
        read_allowed(raw)


LOOPBACK = words("""
http://127.0.0.1:{port}/ https://127.0.0.1:{port}/ http://localhost:{port}/ http://127.1:{port}/
http://2130706433:{port}/ http://0x7f000001:{port}/ http://0x7f.0.0.1:{port}/ http://0:{port}/
http://017700000001:{port}/ http://0177.0.0.1:{port}/ http://0.0.0.0:{port}/ http://[::]:{port}/
http://[::1]:{port}/ http://[::ffff:127.0.0.1]:{port}/ http://[::ffff:7f00:1]:{port}/
http://[::127.0.0.1]:{port}/ http://[64:ff9b::7f00:1]:{port}/ http://[2002:7f00:1::]:{port}/
http://user@127.0.0.1:{port}/ http://example.org@127.0.0.1:{port}/ http://127.0.0.1.:{port}/
http://example.org#@127.0.0.1:{port}/ http://１２７.０.０.１:{port}/ http://127.0.0.2:{port}/
gopher://127.0.0.1:{port}/_x ftp://127.0.0.1:{port}/ dict://127.0.0.1:{port}/
ws://127.0.0.1:{port}/ http://name-of-loopback.example:{port}/ http://one-of-two.example:{port}/
""")

NAMES = {
    "localhost": ["127.0.0.1", "::1"],
    "name-of-loopback.example": ["127.0.0.1"],
    "one-of-two.example": ["8.8.8.8", "127.0.0.1"],
}


@pytest.fixture
def loopback():
    """One port on both loopbacks, where the machine has both, that counts every connection."""
    with listener() as (port, four), ExitStack() as stack:
        six = []
        with suppress(OSError):
            _, six = stack.enter_context(listener("::1", port))
        yield port, four, six


@pytest.mark.parametrize("url", LOOPBACK)
def test_f31_no_spelling_of_loopback_is_called(loopback, url):
    port, *came = loopback
    sender = Sender(NOBODY, lambda host, _: NAMES.get(host, []))
    spelled = url.replace("{port}", str(port))

    with pytest.raises(AddressRefused):
        sender.check(spelled)
    outcome = sender.send(spelled, b"{}", {})

    assert (outcome.status, came) == (None, [[], []])


def test_f31_a_name_that_leads_elsewhere_at_the_second_look_is_refused_at_send(loopback):
    """DNS rebinding: outside when it was saved, inside when it is sent."""
    _, *came = loopback
    looks = iter([["8.8.8.8"], ["127.0.0.1"]])
    sender = Sender(NOBODY, lambda *_: next(looks))
    url = "https://rebound.example:8443/"

    sender.check(url)
    outcome = sender.send(url, b"{}", {})

    assert outcome.error is not None
    assert "inside" in outcome.error
    assert came == [[], []]


def test_f31_the_connection_is_made_to_the_address_that_was_looked_at():
    """A resolver that would say something else to a third asker is not asked again."""
    looks = iter([["127.0.0.1"]])
    with receiver() as here:
        sender = Sender(read_allowed("127.0.0.0/8"), lambda *_: next(looks))

        outcome = sender.send(f"http://somewhere.example:{here.port}/hook", b"{}", {})

        assert outcome.arrived
        assert here.got[0].headers["Host"] == f"somewhere.example:{here.port}"
        assert next(looks, None) is None


def test_f31_a_redirect_to_the_inside_is_not_followed(loopback):
    port, *came = loopback
    for status in (301, 302, 303, 307, 308):
        target = f"http://127.0.0.1:{port}/"
        with receiver(lambda _, it, s=status, t=target: it.reply(s, Location=t)) as here:
            sender = Sender(read_allowed("127.0.0.0/8"))

            outcome = sender.send(here.url, b"{}", {})

        assert (outcome.status, outcome.arrived, len(here.got)) == (status, False, 1)
    assert came == [[], []]


def test_f31_no_proxy_of_the_environment_is_used(loopback, monkeypatch):
    port, *came = loopback
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{port}")
    with receiver() as here:
        assert Sender(read_allowed("127.0.0.0/8")).send(here.url, b"{}", {}).arrived

    assert came == [[], []]


def test_a_slow_resolver_is_not_waited_for(monkeypatch):
    monkeypatch.setattr("service.delivery.line.RESOLVE_SECONDS", 0.05)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: time.sleep(0.4))

    with pytest.raises(TimeoutError):
        resolve("slow.example", 443)
    with pytest.raises(AddressRefused):
        Sender(NOBODY).check("https://slow.example/")


def test_the_machine_resolves_names():
    assert "127.0.0.1" in resolve("127.0.0.1", 80)
