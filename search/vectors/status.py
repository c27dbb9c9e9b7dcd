"""How far the vectors are, for `search_status`."""

from search.embedders import unavailable_embedders
from search.passages import PAGE, TIME
from search.vectors import meaning
from search.vectors.passages import EDITION
from search.vectors.upkeep import Upkeep


def status() -> list[str]:
    """One line on each embedder: whether it has a say, what it knows, and how many works wait for it."""
    lines = [f"{name} off: {reason}" for name, reason in unavailable_embedders().items()]
    if found := meaning.current():
        troubles = {model: trouble for model in found.models if (trouble := model.trouble())}
        lines += [f"{model.embedder.name} off: {trouble}" for model, trouble in troubles.items()]
        if found.models[0] in troubles:
            return lines
        upkeep, in_use = Upkeep(found), found.models_in_use()
        upkeep.compare()
        for model in found.models:
            if model in troubles:
                continue
            counts = f"{model.store.count([EDITION])} editions, {model.store.count([TIME, PAGE])} passages"
            state = "in use" if model in in_use else "not in use"
            lines.append(f"{model.embedder.name} {state}: {counts}, {upkeep.waiting(model)} works waiting")
    return lines
