"""Several modules sent as one file."""

import shutil
import subprocess

import pytest

from assistant.gateway.assets import ENTRY, STATIC, load_assets
from assistant.gateway.modules import (
    ModuleError,
    apart,
    joined,
    needed_at_once,
    without_comments,
)

SOURCES = {
    "entry.js": (
        'import { NAME, greet as say } from "./deep/words.js";\n'
        'import * as words from "./deep/words.js";\n'
        'import "./effect.js";\n'
        "const hidden = 1;\n"
        "say(NAME, words.NAME, hidden);\n"
        'export const later = () => import("./deep/later.js");\n'
        'export const again = () => import("./deep/words.js");\n'
    ),
    "effect.js": 'const hidden = 2;\nglobalThis.said = [hidden, "effect"];\n',
    "deep/words.js": (
        'import { quiet } from "./more.js";\n'
        'export const NAME = "Kuntaopas";\n'
        "const hidden = 3;\n"
        "export function greet(...names) {\n"
        "  globalThis.said.push(...names, hidden, quiet());\n"
        "}\n"
    ),
    "deep/more.js": "export async function wait() {}\nexport const quiet = () => 4;\n",
    "deep/later.js": (
        'import { greet } from "./words.js";\n'
        'import { other } from "./other.js";\n'
        'greet("later", other);\n'
        'export const words = () => import("./words.js");\n'
    ),
    "deep/other.js": 'export const other = "other";\n',
}


def versioned(name):
    return f"{name}?v=1"


def run(tmp_path, script):
    """What a script leaves in `globalThis.said`, with the joined modules beside it."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    for name in SOURCES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(apart(name, "entry.js", SOURCES, versioned))
    (tmp_path / "entry.js").write_text(joined("entry.js", SOURCES, versioned))
    (tmp_path / "package.json").write_text('{"type": "module"}')
    (tmp_path / "test.js").write_text(
        f"{script}\nprocess.stdout.write(JSON.stringify(globalThis.said));"
    )
    done = subprocess.run(["node", "test.js"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_modules_come_after_those_that_they_need():
    assert needed_at_once("entry.js", SOURCES) == [
        "deep/more.js",
        "deep/words.js",
        "effect.js",
        "entry.js",
    ]


def test_joined_modules_keep_their_own_names(tmp_path):
    said = run(tmp_path, 'await import("./entry.js");')
    assert said == '[2,"effect","Kuntaopas","Kuntaopas",1,3,4]'


def test_a_module_that_is_loaded_later_shares_the_joined_ones(tmp_path):
    said = run(
        tmp_path,
        'const { m_entry } = await import("./entry.js");\n'
        "globalThis.said = [];\n"
        "const { words } = await m_entry.later();\n"
        "globalThis.said.push((await words()) === (await m_entry.again()));",
    )
    assert said == '["later","other",3,4,true]'


def test_what_is_loaded_later_has_the_version_in_its_address():
    assert 'import("./deep/later.js?v=1")' in joined("entry.js", SOURCES, versioned)
    later = apart("deep/later.js", "entry.js", SOURCES, versioned)
    assert 'from "./other.js?v=1";' in later
    assert 'from "../entry.js";' in later


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('import words from "./words.js";', "cannot be joined: import words"),
        ("export default 1;", "cannot be joined: export default"),
        ("export let count = 1;", "cannot be joined: export let"),
        ('export * from "./words.js";', "cannot be joined: export"),
        ('import { missing } from "./words.js";', "words.js does not export missing"),
        ('import "./nothing.js";', "there is no module nothing.js"),
        ('import "./entry.js";', "entry.js imports itself by way of entry.js"),
        ('import "./deep/place.js";', "deep/place.js uses import.meta"),
    ],
)
def test_a_module_that_cannot_be_joined_is_named(source, problem):
    sources = {
        "entry.js": f"{source}\n",
        "words.js": "export const word = 1;\n",
        "deep/place.js": "export const place = import.meta.url;\n",
    }
    with pytest.raises(ModuleError, match=problem):
        joined("entry.js", sources, versioned)


def test_comments_are_left_out_but_not_texts_that_look_like_them():
    source = (
        "// about\n/** @param x\n * more\n */\nconst a = 1; // `b`\n\n"
        "const text = `\n// kept\n/* kept */\n`;\nconst url = 'https://x';\n/* one line */\n"
    )
    assert without_comments(source) == (
        "const a = 1; // `b`\nconst text = `\n// kept\n/* kept */\n`;\nconst url = 'https://x';\n"
    )


def test_the_widget_s_own_modules_can_be_joined():
    sources = {
        file.relative_to(STATIC).as_posix(): file.read_text(encoding="utf-8")
        for file in STATIC.rglob("*.js")
    }
    together = needed_at_once(ENTRY, sources)
    assert {"base.js", "chat/dom.js"} <= set(together)
    assert joined(ENTRY, sources, load_assets().address)
    for name in sources:
        apart(name, ENTRY, sources, load_assets().address)
