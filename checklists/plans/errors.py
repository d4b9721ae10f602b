"""What the plans refuse."""

from media.refusals import Refusal


class NotAPlanFile(Refusal):
    """The bytes are of a kind that no text can be read from."""

    zh = "无法读取该文件：不是文本、Word（.docx）或 PDF 文件。请另存为其中一种后再上传。"
    en = "This is no text, Word (.docx) or PDF file. Save it as one of them and try again."


class DamagedFile(Refusal):
    zh = "文件已损坏，无法按 {kind} 读取。请重新导出后再试。"
    en = "The file is damaged and cannot be read as {kind}. Export it again and retry."


class EncryptedFile(Refusal):
    zh = "文件有密码保护，无法读取。请去除密码后再上传。"
    en = "The file is protected by a password. Remove it and try again."


class ScannedFile(Refusal):
    zh = "该 PDF 共 {pages} 页，没有可读取的文字，可能是扫描件。请提供带文字的版本。"
    en = "The PDF has {pages} pages and no text; it is probably a scan. Bring a version with text."


class EmptyFile(Refusal):
    zh = "文件中没有文字。请核对文件内容。"
    en = "There is no text in the file. Check what it holds."


class FileTooLarge(Refusal):
    zh = "文件超过 {megabytes} MB，请拆分或压缩后再上传。"
    en = "The file is larger than {megabytes} MB. Split or shrink it."


class DatesMissing(Refusal):
    """The text does not say something that decides whether the plan counts."""

    zh = "文本中没有写明{what}，请在上传时填写字段 {field}。"
    en = "The text does not state {field}. Give it as a field of the upload."


class PackMismatch(Refusal):
    """A text that claims to be a known plan holds too few of its clauses."""

    zh = (
        "该文本与《{title}》的已知版本只有 {found}/{expected} 处条款一致，未导入。"
        "如为修订版，请作为新版本上传。"
    )
    en = (
        "Only {found} of {expected} clauses of the known edition of {title} stand in this text; "
        "it was not imported. Upload an amended text as an edition of its own."
    )
