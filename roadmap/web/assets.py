"""Static files: one style sheet and one script, minified, and pictures; named by their hash."""

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request

from roadmap.web.compression import MIN_BYTES, accepts_gzip

FOREVER = "public, max-age=31536000, immutable"
_COMMENT = re.compile(r'("[^"]*")|/\*.*?\*/', re.DOTALL)
_SPACE = re.compile(r'("[^"]*")|;?\s*(})\s*|\s*([{;,>])\s*|(:)\s+|\s+')
_LINE = re.compile(r"^[ \t]*//.*\n|^[ \t]+", re.MULTILINE)
blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    name: str
    mimetype: str
    body: bytes
    packed: bytes | None


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files, read once at start-up."""

    by_name: dict[str, Asset]
    names: dict[str, str]

    def url(self, source: str) -> str:
        """The address of a file given by its plain name, such as `roadmap.css` or `icon.svg`."""
        return f"/static/{self.names[source]}"


def minify_css(text: str) -> str:
    """The same rules without comments and indentation; quoted text stays as it is."""
    return _SPACE.sub(_shortest_form, _COMMENT.sub(lambda match: match[1] or "", text)).strip()


def _shortest_form(match: re.Match[str]) -> str:
    """A quoted text or a sign as it is, and one blank for white space alone."""
    return match[match.lastindex] if match.lastindex else " "


def minify_js(text: str) -> str:
    """The same lines without indentation and comments that have a line of their own; no text spans lines."""
    return _LINE.sub("", text)


def _make_asset(source: str, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:12]
    stem, dot, suffix = source.rpartition(".")
    mimetype = mimetypes.guess_type(source)[0] or "application/octet-stream"
    is_text = mimetype.startswith(("text/", "image/svg", "application/manifest"))
    packed = gzip.compress(body, mtime=0) if is_text and len(body) >= MIN_BYTES else None
    return Asset(f"{stem}-{digest}{dot}{suffix}", mimetype, body, packed)


def _joined(folder: Path, pattern: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))


def load_assets(folder: Path) -> Assets:
    """Join `css/*.css` and `js/*.js` in the order of their names, minified; take other files as they are."""
    sheet, script = _joined(folder / "css", "*.css"), _joined(folder / "js", "*.js")
    sources = {"roadmap.css": minify_css(sheet).encode(), "roadmap.js": minify_js(script).encode()}
    sources |= {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    assets = {source: _make_asset(source, body) for source, body in sources.items()}
    return Assets(
        by_name={asset.name: asset for asset in assets.values()},
        names={source: asset.name for source, asset in assets.items()},
    )


@blueprint.get("/static/<name>")
def show(name: str) -> Response:
    assets: Assets = current_app.extensions["assets"]
    asset = assets.by_name.get(name) or abort(404)
    is_packed = asset.packed is not None and accepts_gzip()
    response = Response(asset.packed if is_packed else asset.body, mimetype=asset.mimetype)
    response.headers["Cache-Control"] = FOREVER
    response.vary.add("Accept-Encoding")
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(asset.name)
    response.make_conditional(request)
    return response


def init_assets(app: Flask, folder: Path) -> None:
    assets = load_assets(folder)
    app.extensions["assets"] = assets
    app.register_blueprint(blueprint)
    app.jinja_env.globals["stylesheet_url"] = assets.url("roadmap.css")
    app.jinja_env.globals["script_url"] = assets.url("roadmap.js")
    app.jinja_env.globals["asset_url"] = assets.url
