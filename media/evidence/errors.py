"""Why evidence is refused, on its way in or out."""

from media.refusals import Refusal


class HashMismatch(Refusal):
    """The bytes are not those that the sender hashed (SHA-256)."""

    zh = "收到的文件与声明的 SHA-256 不一致（声明 {declared}，实为 {found}）。请重新上传原文件。"
    en = "The bytes are not those declared (SHA-256 {declared}, found {found}). Send them again."


class EvidenceDamaged(Refusal):
    """What is stored is no longer what was received; nothing of it is handed out."""

    zh = "证据 {id} 的存储内容与入库记录不符（{reason}），已拒绝提供。请立即报告管理员核查。"
    en = "Evidence {id} is not what was received ({reason}); it is withheld. Tell an administrator."
