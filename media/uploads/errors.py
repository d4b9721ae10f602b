"""Why an upload does not go on."""

from media.refusals import Refusal


class WrongProtocol(Refusal):
    zh = "请求头 Tus-Resumable 应为 {version}。请升级客户端。"
    en = "The header Tus-Resumable must be {version}. Use a newer client."


class WrongOffset(Refusal):
    """Another request came first, or the answer to the last one was lost (tus, PATCH)."""

    zh = "偏移量不符：服务器已收 {offset} 字节。请用 HEAD 查询后从该处续传。"
    en = "The server holds {offset} bytes. Ask by HEAD, and go on from there."


class WrongChecksum(Refusal):
    """The bytes of one request are not those that were summed up; none of them is kept."""

    zh = "本段数据的校验值不符，未保存。请重新发送该段。"
    en = "The bytes of this request do not fit their checksum; none was kept. Send them again."


class NotPieces(Refusal):
    zh = "续传请求的 Content-Type 应为 application/offset+octet-stream。"
    en = "A piece is sent as application/offset+octet-stream."


class BadUpload(Refusal):
    """What creates or continues an upload is missing or cannot be read."""

    zh = "上传请求头 {header} 缺失或不可用：{why}。请核对后重发。"
    en = "The header {header} is missing or cannot be read: {why}. Mend it and send it again."


class UploadTooLarge(Refusal):
    zh = "文件 {length} 字节，超过上限 {most} 字节。请压缩后重新拍摄或上传。"
    en = "The file has {length} bytes, more than {most}. Send a smaller photo."


class TooManyUploads(Refusal):
    zh = "本设备已有 {most} 个未完成的上传。请先完成或删除其中一些。"
    en = "This device has {most} uploads under way. Finish or end some of them first."


class UploadNotWhole(Refusal):
    zh = "该照片只收到 {offset} / {length} 字节。请续传完毕后再提交。"
    en = "Only {offset} of {length} bytes of this photo are here. Send the rest first."


class NotWhatWasDeclared(Refusal):
    """The whole is not what its SHA-256 says; its pieces are thrown away, and it is on record."""

    zh = "收齐的文件与声明的 SHA-256 不符，已弃置。请用同一编号从头重传原文件。"
    en = "The whole is not what its SHA-256 says and was thrown away. Send it anew, from the start."
