"""An editor at a site of its own: `python -m tests.faults.editing_process`, told what to do line by line in JSON.

{"edit": n, "seed": s}: n random changes; {"state": true}: how the index differs from what the database says.
Each is answered with a line of JSON.
"""

import json
import random
import sys

import django
from django.utils import translation


def main() -> None:
    django.setup()
    translation.activate("en")
    chance = random.Random()  # noqa: S311
    for line in sys.stdin:
        asked = json.loads(line)
        if "seed" in asked:
            chance.seed(asked["seed"])
        answer = state() if "state" in asked else edit(asked["edit"], chance)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def edit(times: int, chance: random.Random) -> dict:
    from resources.models import ResourcePage, Topic

    works = list(ResourcePage.objects.filter(locale__language_code="en").order_by("pk").values_list("pk", flat=True))
    for _time in range(times):
        kind = chance.random()
        page = ResourcePage.objects.get(pk=chance.choice(works))
        if kind < 0.15 and page.live:
            page.unpublish()
        elif kind < 0.3:
            # The stamps of works do not tell of this.
            topic = chance.choice(list(Topic.objects.order_by("pk")))
            topic.name_en = f"Topic {chance.randrange(10**6)}"
            topic.save()
        else:
            page.title = f"Report {chance.randrange(10**6)}"
            page.save_revision().publish()
    return {"edits": times}


def state() -> dict:
    """Drift by stamps, works whose document in the index is not the present one, and what waits or was given up."""
    from search import indexing, outbox
    from search.documents import build_documents, public_stamps
    from search.engines import index_engine
    from search.engines.base import EngineUnavailable
    from search.models import OutboxEntry

    try:
        drifted = indexing.drift().keys
        wanted = {document.translation_key: document for document in build_documents(public_stamps())}
        held = index_engine().find("translation_key", wanted, with_texts=True)
    except EngineUnavailable as error:
        return {"unavailable": str(error)}
    differing = [
        key
        for key, document in wanted.items()
        if key not in held or held[key].stored != json.loads(json.dumps(document.stored))
    ]
    return {
        "works": len(wanted),
        "drift": len(drifted),
        "differing": len(differing),
        "waiting": OutboxEntry.objects.count(),
        "given_up": outbox.state().dead,
    }


if __name__ == "__main__":
    main()
