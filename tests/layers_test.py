#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks every #include against the declared modules and their layers.

Reads each weir_module() call and each C++ file and names, as file:line, what breaks a rule of
docs/architecture.md. Trees that are wrong on purpose prove that each rule can fail.
"""

import pathlib
import re
import tempfile
import typing
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
MAX_LINES = 600
LAYERS = {"base": 0, "model": 1, "net": 1, "mapping": 2, "storage": 2, "simulators": 2,
          "connectors": 3, "sync": 4, "webhooks": 5, "scheduler": 5, "gateway": 5, "app": 6, "tests": 7}
# What the layers alone would allow, by the first folder of the using module.
FORBIDDEN = {"mapping": {"net"}, "connectors": {"storage"}, "simulators": {"model"}}
# They stand above the modules: they may include anything and make threads.
ABOVE = ("tests", "bench")

KEYWORDS = {"SOURCES", "USES", "LIBRARIES", "TESTS", "TEST_USES"}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
THREAD = re.compile(r"\bstd::(?:jthread|thread|async)\b(?!::)|\bpthread_create\b|\bthread_pool\b")
# A raw string, string, character or comment; only comments (and for threads, texts) are blanked.
TOKEN = re.compile(r'R"(?P<tag>[^(\s]*)\(.*?\)(?P=tag)"|"(?:\\.|[^"\\\n])*"'
                   r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'|(?P<comment>//[^\n]*|/\*.*?\*/)", re.DOTALL)


class Module(typing.NamedTuple):
    path: str
    file: str  # the CMakeLists.txt that declares it
    line: int
    uses: list
    test_uses: list


def top(path):
    return path.split("/")[0]


def blank(text, strings=False):
    """The text without comments (and strings), line numbers unchanged."""
    def replace(match):
        keep = match["comment"] is None and not strings
        return match[0] if keep else re.sub(r"[^\n]", " ", match[0])
    return TOKEN.sub(replace, text)


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def project_files(root, pattern):
    """The files of the module folders, tests and bench, each with its path from the root."""
    for folder in sorted({*LAYERS, *ABOVE}):
        for file in sorted((root / folder).glob(f"**/{pattern}")):
            yield file, file.relative_to(root).as_posix()


def read_modules(root):
    """Every weir_module() call of the tree, by module path."""
    modules = {}
    for file, name in project_files(root, "CMakeLists.txt"):
        text = re.sub(r"#[^\n]*", "", file.read_text())
        for call in re.finditer(r"\bweir_module\s*\(([^)]*)\)", text):
            words = call[1].split()
            lists, current = {key: [] for key in KEYWORDS}, None
            for word in words[1:]:
                if word in KEYWORDS:
                    current = word
                elif current:
                    lists[current].append(word)
            modules[words[0]] = Module(words[0], name, line_of(text, call.start()),
                                       lists["USES"], lists["TEST_USES"])
    return modules


def owner(path, modules):
    """The module a path belongs to: the longest one that is a folder of it."""
    parts = path.split("/")
    for end in range(len(parts) - 1, 0, -1):
        if "/".join(parts[:end]) in modules:
            return "/".join(parts[:end])
    return None


def check_use(user, used):
    """Why module `user` may not use module `used`; None when it may."""
    if top(used) in FORBIDDEN.get(top(user), ()):
        return f"{top(user)} never uses {top(used)}"
    if top(user) == top(used):
        if top(user) == "connectors" and used != "connectors":
            return "one connector never uses another"
        return None
    if LAYERS[top(used)] >= LAYERS[top(user)]:
        return f"{used} is not on a lower layer than {user}"
    return None


def check_declarations(modules):
    for module in modules.values():
        where = f"{module.file}:{module.line}"
        if f"{module.path}/CMakeLists.txt" != module.file:
            yield f"{where}: module {module.path} is declared outside its own folder"
        if top(module.path) not in LAYERS:
            yield f"{where}: module {module.path} stands on no layer"
            continue
        for used in module.uses + module.test_uses:
            if used not in modules:
                yield f"{where}: {module.path} uses {used}, which no CMakeLists.txt declares"
            elif used in module.uses and (reason := check_use(module.path, used)):
                yield f"{where}: {module.path} uses {used}: {reason}"
        if reaches(module.path, module.uses, modules):
            yield f"{where}: {module.path} uses itself through others"


def reaches(goal, start, modules):
    seen, open_ends = set(), list(start)
    while open_ends:
        path = open_ends.pop()
        if path not in seen and path in modules:
            seen.add(path)
            open_ends += modules[path].uses
    return goal in seen


def check_includes(root, name, text, modules):
    in_tests = top(name) == "tests"
    mine = owner(name.removeprefix("tests/"), modules)
    if mine is None and top(name) in ABOVE:
        return
    for match in INCLUDE.finditer(text):
        quote, path = match.groups()
        where = f"{name}:{line_of(text, match.start())}"
        if quote == "<":
            if owner(path, modules) and (root / path).exists():
                yield f"{where}: <{path}> is ours; include it with quotes"
            continue
        if in_tests and top(path) == "tests":
            continue
        used = owner(path, modules)
        if used is None:
            yield f'{where}: "{path}" belongs to no module; paths start at the repository root'
        elif used != mine:
            module = modules[mine]
            declared = module.uses + (module.test_uses if in_tests else [])
            if used not in declared:
                yield (f'{where}: "{path}" is of module {used}, which {mine} does not declare in '
                       f"{module.file}")


def is_http_shell(root, name):
    """Whether the file, or the other half of its header and source pair, is a simulator's cpp-httplib
    shell. That library serves by blocking the thread it is given, so the shell needs one of its own;
    it lets nothing of the gateway run there."""
    stem = (root / name).with_suffix("")
    halves = (stem.with_suffix(suffix) for suffix in (".hpp", ".cpp"))
    return top(name) == "simulators" and any(
        half.exists() and "<httplib.h>" in blank(half.read_text()) for half in halves)


def check_threads(root, name, text):
    """Threads are made in app only; a test or a benchmark may need one to disturb what it watches."""
    if top(name) in ABOVE + ("app",) or is_http_shell(root, name):
        return
    for match in THREAD.finditer(text):
        yield f"{name}:{line_of(text, match.start())}: {match[0]}: threads are made in app only"


def check_cmake_table(root):
    """cmake/WeirModule.cmake refuses upward uses by a table of its own; the two must agree."""
    file = root / "cmake" / "WeirModule.cmake"
    table = dict(re.findall(r"set\(WEIR_LAYER_(\w+) (\d+)\)", file.read_text()))
    for name, layer in LAYERS.items():
        if table.get(name) != str(layer):
            yield f"cmake/WeirModule.cmake:1: WEIR_LAYER_{name} should be {layer}"


def check(root):
    """Every broken rule of the tree under `root`, one line of text each."""
    modules = read_modules(root)
    problems = [*check_declarations(modules), *check_cmake_table(root)]
    for file, name in project_files(root, "*.*"):
        if file.suffix not in (".hpp", ".cpp", ".py"):
            continue
        raw = file.read_text()
        if (lines := raw.count("\n")) > MAX_LINES:
            problems.append(f"{name}:{lines}: {lines} lines, over {MAX_LINES}: it wants to be two files")
        if file.suffix == ".py":
            continue
        if top(name) not in ABOVE and owner(name, modules) is None:
            problems.append(f"{name}:1: no weir_module() declares this folder")
            continue
        problems += check_includes(root, name, blank(raw), modules)
        problems += check_threads(root, name, blank(raw, strings=True))
    return problems


class TheTree(unittest.TestCase):
    def test_keeps_its_layers(self):
        if problems := check(ROOT):
            self.fail("\n" + "\n".join(problems))

    def test_declares_modules(self):
        self.assertIn("base", read_modules(ROOT))


# A small tree that keeps every rule, and for each rule one change that breaks it.
GOOD = {
    "cmake/WeirModule.cmake": "".join(f"set(WEIR_LAYER_{n} {v})\n" for n, v in LAYERS.items()),
    "base/CMakeLists.txt": "weir_module(base SOURCES a.cpp)",
    "base/a.hpp": "#include <string>\n",
    "base/a.cpp": '#include "base/a.hpp"\n// "model/a.hpp" std::thread\nauto x = std::thread::id{};\n',
    "model/CMakeLists.txt": "weir_module(model SOURCES a.cpp USES base)",
    "model/a.hpp": '#include "base/a.hpp"\nint big = 1\'000\'000;\n',
    "net/CMakeLists.txt": "weir_module(net SOURCES a.cpp USES base)",
    "net/a.hpp": '#include <net/if.h>\nauto u = "http://a"; auto t = R"(std::jthread //)";\n',
    "mapping/CMakeLists.txt": "# weir_module(mapping USES net)\nweir_module(mapping USES base model)",
    "storage/CMakeLists.txt": "weir_module(storage USES base)",
    "connectors/CMakeLists.txt": "weir_module(connectors USES net)",
    "connectors/a.hpp": '#include "net/a.hpp"\n',
    "connectors/x/CMakeLists.txt": "weir_module(connectors/x USES base connectors TEST_USES model)",
    "connectors/x/a.cpp": '#include "connectors/a.hpp"\n#include "connectors/x/a.hpp"\n',
    "connectors/y/CMakeLists.txt": "weir_module(connectors/y USES base)",
    "simulators/CMakeLists.txt": "weir_module(simulators USES base net)",
    "simulators/shell.hpp": "std::jthread thread_;\n",
    "simulators/shell.cpp": "#include <httplib.h>\n",
    "tests/connectors/x/a_test.cpp": '#include "model/a.hpp"\n#include "tests/support/fake.hpp"\n',
    "tests/world/world_test.cpp": '#include "connectors/a.hpp"\nstd::thread t;\n',
    "app/CMakeLists.txt": "weir_module(app USES net)",
    "app/main.cpp": "std::jthread thread;\n",
}
WRONG = [
    ("an undeclared use", "model/b.cpp", '\n#include "net/a.hpp"\n', "model/b.cpp:2: "),
    ("a use declared by another only", "app/b.cpp", '#include "base/a.hpp"\n', "app/b.cpp:1: "),
    ("an include of no module", "model/b.cpp", '#include "a.hpp"\n', "model/b.cpp:1: "),
    ("our header in angle brackets", "model/b.cpp", "#include <base/a.hpp>\n", "model/b.cpp:1: "),
    ("an undeclared folder", "sync/a.cpp", "int x;\n", "sync/a.cpp:1: no weir_module"),
    ("a test of an undeclared use", "tests/model/a_test.cpp", '#include "net/a.hpp"\n',
     "tests/model/a_test.cpp:1: "),
    ("a test-only use in the module", "connectors/x/b.cpp", '#include "model/a.hpp"\n',
     "connectors/x/b.cpp:1: "),
    ("a use upwards", "model/CMakeLists.txt", "\nweir_module(model USES app)",
     "model/CMakeLists.txt:2: model uses app"),
    ("a use sideways", "mapping/CMakeLists.txt", "weir_module(mapping USES storage)",
     "mapping uses storage"),
    ("an unknown use", "model/CMakeLists.txt", "weir_module(model USES nothing)", "uses nothing"),
    ("a connector with storage", "connectors/y/CMakeLists.txt",
     "weir_module(connectors/y USES storage)", "connectors never uses storage"),
    ("one connector in another", "connectors/y/CMakeLists.txt",
     "weir_module(connectors/y USES connectors/x)", "one connector never uses another"),
    ("the registry in connectors", "connectors/CMakeLists.txt",
     "weir_module(connectors USES connectors/x)", "one connector never uses another"),
    ("mapping with net", "mapping/CMakeLists.txt", "weir_module(mapping USES model net)",
     "mapping never uses net"),
    ("a simulator with the model", "simulators/CMakeLists.txt",
     "weir_module(simulators USES model)", "simulators never uses model"),
    ("a cycle", "storage/CMakeLists.txt", "weir_module(storage USES storage)", "uses itself"),
    ("a module declared elsewhere", "storage/CMakeLists.txt", "weir_module(gateway USES base)",
     "outside its own folder"),
    ("a module on no layer", "bench/CMakeLists.txt", "weir_module(bench)", "stands on no layer"),
    ("a thread outside app", "net/b.cpp", "\nstd::jthread thread;\n", "net/b.cpp:2: std::jthread"),
    ("a thread in a simulator's state", "simulators/b.cpp", "std::thread t;\n", "simulators/b.cpp:1: "),
    ("a long file", "tests/world/long.cpp", "int x;\n" * (MAX_LINES + 1), "601 lines"),
    ("another table of layers", "cmake/WeirModule.cmake", "set(WEIR_LAYER_base 1)", "WEIR_LAYER_base"),
]


class SmallTrees(unittest.TestCase):
    def problems_of(self, files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                file = pathlib.Path(folder, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            return check(pathlib.Path(folder))

    def test_good_tree_passes(self):
        self.assertEqual(self.problems_of(GOOD), [])

    def test_each_broken_rule_is_named(self):
        for what, name, text, expected in WRONG:
            with self.subTest(what):
                problems = self.problems_of({**GOOD, name: text})
                self.assertTrue(any(expected in problem for problem in problems), problems)


if __name__ == "__main__":
    unittest.main()
