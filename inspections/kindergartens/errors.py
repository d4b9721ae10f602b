"""What the register refuses."""

from media.refusals import Refusal


class CodeTaken(Refusal):
    zh = "机构标识码 {code} 已被使用，请核对。"
    en = "The code {code} is another kindergarten's. Check it."


class NothingToMove(Refusal):
    zh = "行政区划代码 {region} 尚未撤销，或 {to} 不是其承继区划，不能迁移。"
    en = "The region {region} has not ended, or {to} does not succeed it: nothing is moved."
