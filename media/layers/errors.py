"""Why a layer is refused."""

from media.refusals import Refusal


class BadMarks(Refusal):
    """A layer without marks, with marks of another kind, or too many."""

    zh = "{kind} 图层须含 1 至 {most} 个标记，且只能用 {forms}。"
    en = "A layer of kind {kind} holds 1 to {most} marks, and only {forms}."


class LayerWithdrawn(Refusal):
    """What was withdrawn cannot be withdrawn again."""

    zh = "该图层已撤回。请刷新后查看。"
    en = "This layer was withdrawn already. Load it again."
