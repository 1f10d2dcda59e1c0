"""A word of help below a field of a form."""

from __future__ import annotations

from domain.words import Telling

HELPS: dict[str, Telling] = {
    "application?": ("留空则自动编号", "left blank, one is drawn"),
    "number?": ("留空则自动编号", "left blank, one is drawn"),
    "authority": ("单位：分（人民币）", "in fen of CNY"),
    "payable?": ("留空按索赔金额减免赔额计算", "left blank: the loss above the deductible"),
    "reserve?": ("留空等于应赔未付", "left blank: what is payable and unpaid"),
    "sha256": ("64位十六进制", "64 hexadecimal digits"),
    "days": ("合同未约定则为0，按法定期限", "0: the contract sets none, the law's time counts"),
    "training": ("课程代码，须在生效前完成", "codes of courses to be taken before it takes effect"),
    "evidence": ("签收回执或电子送达记录编号", "number of the signed receipt or electronic record"),
    "rate_per_million": ("每百万元保额每年的保费（元）", "premium per million insured and year"),
    "beneficiaries": ("留空为法定受益人", "left blank: the heirs at law"),
}
"""A word of help below a field; with a question mark, only where it may be left blank."""


def help_for(name: str, required: bool) -> Telling | None:
    return HELPS.get(name) or (None if required else HELPS.get(f"{name}?"))
