"""Files as browsers get them: compressed, tagged, and kept as long as they may be."""

import gzip
import re

import pytest

from assistant.gateway.assets import STATIC, Assets, load_assets
from assistant.gateway.encoding import accepts_gzip

VERSION = load_assets().version
GZIP = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize("path", ["/widget.js", "/widget.css", "/i18n/fi.json", "/"])
def test_a_file_is_compressed_for_who_can_read_that(client, path):
    packed, plain = client.get(path, headers=GZIP), client.get(path, headers=PLAIN)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    assert (
        "Accept-Encoding" in packed.headers["vary"] and "Accept-Encoding" in plain.headers["vary"]
    )


def test_the_two_forms_of_a_file_have_tags_of_their_own(client):
    tags = {client.get("/widget.js", headers=one).headers["etag"] for one in (GZIP, PLAIN)}
    assert len(tags) == 2
    assert not any(tag.startswith("W/") for tag in tags)


@pytest.mark.parametrize("path", ["/widget.js", "/widget.css", "/i18n/fi.json", "/", "/embed"])
def test_what_a_browser_has_already_is_not_sent_again(client, path):
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": f'"x", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-encoding" not in again.headers


def test_a_file_with_the_version_in_its_address_is_kept_for_good(client):
    for path in ("/widget.css", "/i18n/fi.json", "/page.js"):
        kept = client.get(path, params={"v": VERSION}).headers["cache-control"]
        assert kept == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("version", [None, "older", ""])
def test_a_file_of_another_version_is_asked_for_again(client, version):
    params = {} if version is None else {"v": version}
    assert client.get("/widget.css", params=params).headers["cache-control"] == "no-cache"


def test_the_widget_is_used_at_once_while_a_newer_one_is_fetched(client):
    kept = client.get("/widget.js").headers["cache-control"]
    assert kept == "public, max-age=600, stale-while-revalidate=86400"


def test_answers_of_the_api_are_compressed_and_never_kept(client):
    listed = client.get("/api/municipalities", headers=GZIP)
    assert listed.headers["content-encoding"] == "gzip"
    assert listed.headers["cache-control"] == "no-store"


def test_a_short_answer_is_not_compressed(client):
    assert "content-encoding" not in client.get("/health/live", headers=GZIP).headers


def test_the_widget_comes_in_one_file_that_needs_no_other_at_once(client):
    script = client.get("/widget.js").text
    assert re.findall(r"^import\b(?!\()", script, re.M) == []
    assert "customElements.define" in script and "AbortSignal" in script


def test_the_widget_knows_the_version_of_its_files(client):
    assert f'const VERSION = "{VERSION}";' in client.get("/widget.js").text


def test_the_page_asks_early_for_what_the_widget_needs(client):
    page = client.get("/", params={"language": "so"}).text
    assert f'as="style" href="/widget.css?v={VERSION}"' in page
    assert f'as="fetch" crossorigin href="/i18n/so.json?v={VERSION}"' in page
    assert page.index("/widget.js") < page.index("</head>")


def test_every_address_on_the_page_leads_somewhere(client):
    for page in ("/", "/embed", "/embed/preview"):
        for address in re.findall(r'(?:src|href)="(/[^"]+)"', client.get(page).text):
            assert client.get(address).status_code == 200, address


def test_the_version_changes_with_every_file(tmp_path):
    for file in ("base.js", "page.css"):
        (tmp_path / file).write_bytes((STATIC / file).read_bytes())
    before = Assets(tmp_path).version
    with (tmp_path / "page.css").open("a") as file:
        file.write("\n")
    assert Assets(tmp_path).version != before


def test_modules_that_cannot_be_joined_are_sent_one_by_one(tmp_path, caplog):
    (tmp_path / "widget.js").write_text('import thing from "./other.js";\n')
    (tmp_path / "other.js").write_text("export default 1;\n")
    assets = Assets(tmp_path)
    assert assets.content("widget.js").body.startswith(b"import thing")
    assert "one by one" in caplog.text


def test_what_is_loaded_at_first_stays_small():
    assets = load_assets()
    first = ["widget.js", *assets.first_styles]
    packed = [len(gzip.compress(assets.content(name).body, 9)) for name in first]
    assert sum(packed) < 30_000, dict(zip(first, packed))


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("br, GZIP;q=0.5", True), ("*", True), ("x-gzip", True)]
    + [("", False), ("br", False), ("gzip;q=0", False), ("gzip; q=0.0", False), ("gzipped", False)],
)
def test_who_reads_gzip_is_known_by_the_header(header, accepted):
    assert accepts_gzip(header) is accepted


def test_a_head_request_tells_the_same_without_the_body(client):
    for path in ("/", "/widget.js", "/embed"):
        head, got = client.head(path), client.get(path)
        assert head.status_code == 200 and head.content == b""
        for header in ("etag", "content-length", "content-type", "cache-control"):
            assert head.headers[header] == got.headers[header]
