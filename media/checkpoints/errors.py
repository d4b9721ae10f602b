"""Why no checkpoint can be made."""

from media.refusals import Refusal


class NoSigningKey(Refusal):
    """There is no key file where the settings name it, or it cannot be used."""

    zh = "没有可用的检查点签名密钥：请运维人员执行 huyuan evidence key create，并妥善备份。"
    en = "There is no usable key for checkpoints: run huyuan evidence key create, and back it up."


class KeyExists(Refusal):
    zh = "密钥文件已存在，不会覆盖；更换密钥请用 huyuan evidence key rotate。"
    en = "The key file is there and is not overwritten; to replace it, huyuan evidence key rotate."
