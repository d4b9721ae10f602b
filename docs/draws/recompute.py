"""Reckon a draw again: `python3 recompute.py DRAW.json`, what `GET /api/v1/draws/ID` answered.

Prints a line for each thing that does not fit, and ends with 1 if there is any. Python's standard
library suffices; it shares no code with the service.
"""

import hashlib
import hmac
import json
import sys
from pathlib import Path


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def number(seed, *names):
    return hmac.new(seed, "\n".join(names).encode(), hashlib.sha256).digest()


def recompute(inputs, seed):
    load = dict.fromkeys(inputs["officer_ids"], 0)
    recused = {tuple(pair) for pair in inputs["recusals"]}
    for group in inputs["groups"]:
        sites = sorted(group["site_ids"], key=lambda site: number(seed, "site", site))
        for place, site in enumerate(sites[: group["count"] + group["reserves"]]):
            officers = sorted(load, key=lambda each: number(seed, "officer", site, each))
            able = [
                each
                for each in officers
                if (each, site) not in recused and load[each] < inputs["most"]
            ]
            team = able[: inputs["team"]]
            if place < group["count"]:
                for each in team:
                    load[each] += 1
            yield [group["name"], site, team, able[inputs["team"] :], place >= group["count"]]


def faults(draw):
    told = json.dumps(draw["inputs"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if sha256(told) != draw["inputs_sha256"]:
        yield "the inputs are not those that were committed to"
    if sha256(draw["secret"]) != draw["commitment"]:
        yield "the secret is not the one that was committed to"
    line = f"{draw['secret']}\n{draw['inputs_sha256']}\n{draw['beacon']}"
    seed = hashlib.sha256(line.encode()).digest()
    if seed.hex() != draw["seed"]:
        yield "the seed is not the one that inputs, secret and beacon give"
    names = ("group", "site_id", "officer_ids", "stand_ins", "reserve")
    told = [[each[name] for name in names] for each in draw["results"]]
    if told != list(recompute(draw["inputs"], seed)):
        yield "the results are not those that inputs, secret and beacon give"


if __name__ == "__main__":
    found = list(faults(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
    print("\n".join(found) or "genuine")
    sys.exit(1 if found else 0)
