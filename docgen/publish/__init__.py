"""The report for the portal and for the office: one HTML page, open data, the seal form.

Its modules are imported one by one, as they are needed: `html`, `fragment`, `html_back`,
`data`, `seal_form`, `doctor`.
"""

from docgen.finding import Rule

OUTPUT_DIFFERS = Rule(
    code="H101",
    name="网页或数据文件与报告不一致",
    severity="error",
    message="写好的{what}读回来，{where}应为“{expected}”，却是“{actual}”，没有签发",
    why="网页、数据文件和 Word 文件出自同一份报告，签发前都要读回来逐字逐数核对。",
    example="自带的审批单模板被改过，漏印了校验码。",
    cure="请把这条信息和输入文件交给维护 docgen 的人。",
)
