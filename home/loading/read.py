"""Reads YAML into mappings and sequences that remember their lines. Every plain value stays the text it was."""

from pathlib import Path

import yaml

from home.loading.problems import Place, ProblemList

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULL = "tag:yaml.org,2002:null"


class Mapping(dict):
    """A YAML mapping; `line` is where it starts, `lines` where each of its values stands."""

    def __init__(self, line: int):
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class Sequence(list):
    """A YAML list; `lines` says where each item starts."""

    def __init__(self, line: int):
        super().__init__()
        self.line = line
        self.lines: list[int] = []


def read_yaml(path: Path, name: str, problems: ProblemList):
    """The content of one file, or None where it cannot be read (the problem is noted)."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    except UnicodeDecodeError:
        problems.add(Place(name), "The file is not UTF-8 text.", "Save it as UTF-8.")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(
            Place(name, mark.line + 1 if mark else 0),
            f"This is not YAML: {error.problem or error.context}.",
            "Check the indentation, and put quotes around text that contains a colon, a # or quotes.",
        )
        return None
    except yaml.YAMLError as error:
        problems.add(Place(name), f"This is not YAML: {error}.", "Remove the character that cannot be read.")
        return None
    return _value(node, name, problems) if node else None


def _value(node, name: str, problems: ProblemList):
    line = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        sequence = Sequence(line)
        for item in node.value:
            sequence.append(_value(item, name, problems))
            sequence.lines.append(item.start_mark.line + 1)
        return sequence
    if isinstance(node, yaml.MappingNode):
        mapping = Mapping(line)
        for key_node, value_node in node.value:
            key, key_line = str(key_node.value), key_node.start_mark.line + 1
            if key in mapping:
                problems.add(Place(name, key_line), f"`{key}` is written twice here.", "Keep one of the two.")
            mapping[key] = _value(value_node, name, problems)
            mapping.lines[key] = key_line
        return mapping
    return None if node.tag == NULL else node.value
