"""Read the items of an inspection, write an answer to each: `answers.py PHOTO UNMET < items.json`.

The first UNMET items that may carry an order are answered as not met, all others as met. PHOTO is
the id of one photo of the inspection, named wherever one is asked for.
"""

import json
import sys

photo, unmet = sys.argv[1], int(sys.argv[2])
items = json.load(sys.stdin)["items"]
orderable = [item["id"] for item in items if item["carries_notice"] and item["articles"]][:unmet]
answers = []
for item in items:
    met = item["id"] not in orderable
    answer = {"item_id": item["id"], "result": "met" if met else "not_met"}
    if item["answer_kind"] == "grade":
        answer["value"] = "A" if met else "C"
    elif item["answer_kind"] in ("ratio", "count"):
        threshold = (item["threshold"] or {}).get("value")
        answer["value"] = (threshold if isinstance(threshold, int) else 100) if met else 0
    if item["photo_required"] or not met:
        answer["evidence_ids"] = [photo]
    answers.append(answer)
json.dump({"answers": answers}, sys.stdout)
