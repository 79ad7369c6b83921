"""Addresses nobody may be led to, in the spellings that get past checks of text: URL templates with the port open."""

from urllib.parse import quote


def _words(text: str) -> list[str]:
    return text.split()


_LITERALS = _words("""
    127.0.0.1 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7f.0x0.0x0.0x1 0177.0.0.1 0177.1 017700000001
    00000177.0.0.1 127.0.0.1. 127.0.0.2 127.255.255.254 0 0x0 0.0.0.0 000.000.000.000 localhost LOCALHOST
    localhost. localhost.localdomain [::1] [0:0:0:0:0:0:0:1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1]
    [::127.0.0.1] [0:0:0:0:0:ffff:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b:1::7f00:1]
    [2002:7f00:1::] [2002:a9fe:a9fe::1] [2001:0:4136:e378:8000:63bf:3fff:fdd2] [fe80::1] [fe80::1%25lo]
    [fe80::1%lo] [::1%25lo] [fc00::1] [fd00:ec2::254] [fec0::1] [ff02::1] [ff0e::1] [2001:db8::1] [100::1]
    [::ffff:0:127.0.0.1] [::ffff:169.254.169.254] 10.0.0.1 10.1 167772161 172.16.0.1 192.168.0.1 192.168.1
    100.64.0.1 169.254.169.254 2852039166 0xa9fea9fe 0251.0376.0251.0376 169.254.170.2 100.100.100.200
    168.63.129.16 192.0.0.192 198.18.0.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
    127%2e0%2e0%2e1 %31%32%37.0.0.1 １２７．０．０．１ 127。0。0。1 ①②⑦.⓪.⓪.① ⑯⑨.②⑤④.⑯⑨.②⑤④ 𝟙𝟚𝟟.𝟘.𝟘.𝟙 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ
    ⒈27.0.0.1 private.test metadata.test six.test private.test.
""")
_DISGUISES = (
    "http://public.example@127.0.0.1:{port}/secret",
    "http://127.0.0.1:{port}@127.0.0.1:{port}/secret",
    "http://public.example%40127.0.0.1:{port}/secret",
    "http://127.0.0.1:{port}\\@public.test/secret",
    "http:\\\\127.0.0.1:{port}\\secret",
    "http:/127.0.0.1:{port}/secret",
    "http:127.0.0.1:{port}/secret",
    "//127.0.0.1:{port}/secret",
    "///127.0.0.1:{port}/secret",
    "http://127.0.0.1\t:{port}/secret",
    "http://127.0.\n0.1:{port}/secret",
    " http://127.0.0.1:{port}/secret",
    "HTTP://127.0.0.1:{port}/secret",
    "https://127.0.0.1:{port}/secret",
    "https://[::1]:{port}/secret",
    "http://127.0.0.1:{port}#@public.test/secret",
    "http://127.0.0.1:{port}?@public.test/secret",
    "http://public.test:80@127.0.0.1:{port}/secret",
    "http://127.0.0.1:00{port}/secret",
    "file:///etc/hostname",
    "ftp://127.0.0.1:{port}/secret",
    "gopher://127.0.0.1:{port}/_GET%20/secret",
    "data:text/html,secret",
    "s3://bucket/secret",
    "javascript:fetch('http://127.0.0.1:{port}/secret')",
)
SPELLINGS: tuple[str, ...] = tuple(f"http://{literal}:{{port}}/secret" for literal in _LITERALS) + _DISGUISES
NAMES = {
    "private.test": [["10.0.0.1", "127.0.0.1"]],
    "private.test.": [["127.0.0.1"]],
    "metadata.test": [["169.254.169.254"]],
    "six.test": [["::1", "fd00::1"]],
}
"""What a stranger's name server says of names of its own: addresses that are not public, in IPv4 and IPv6."""


def spelled(port: int) -> list[str]:
    """Return every address, with its port."""
    return [template.replace("{port}", str(port)) for template in SPELLINGS]


def in_markup(url: str) -> str:
    """Return an address as it may stand in an attribute or an element."""
    return url.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def in_header(url: str) -> str:
    """Return an address as a header can carry it: bytes beyond ASCII as servers send them."""
    return quote(url.replace("\n", "").replace("\t", ""), safe="/:?#[]@!$&'()*+,;=%\\ .-_~", encoding="utf-8")
