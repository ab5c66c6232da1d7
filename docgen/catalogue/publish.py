"""Rules about publication (H1) and the seal form (H2)."""

from docgen.finding import Rule

OUTPUT_DIFFERS = Rule(
    "H101",
    "网页或数据文件与年报不一致",
    "error",
    "写好的{what}读回来，{where}应为“{expected}”，却是“{actual}”，没有签发",
    "网页、数据文件和 Word 文件出自同一份年报，签发前都要读回来逐字逐数核对。",
    "自带的审批单模板被改过，漏印了校验码。",
    "请把这条信息和输入文件交给维护 docgen 的人。",
)
NOT_ISSUED = Rule(
    "H201",
    "没有通过核验，不能出用印审批单",
    "error",
    "“{name}”没有通过核验，没有写用印审批单",
    "审批单上印着文件的校验码；文件签发后改过，审批的和盖章的就不是同一份。",
    "签发后在 Word 里改了一个字，再运行 docgen seal-form。",
    "按上面的提示处理；改输入文件、重新运行 docgen render，再出审批单。",
)
BROKEN_RECORD = Rule(
    "H202",
    "签发记录不完整",
    "error",
    "签发记录“{package}”缺少“{what}”，没有写用印审批单",
    "审批单上的标题、机关和核对结果都取自签发记录；记录被改过就不可信。",
    "在 package.json 里删掉了 findings。",
    "重新运行 docgen render，用新写的签发记录。",
)
SHORT_DIFFERS = Rule(
    "H203",
    "与审批单上的校验码不符",
    "error",
    "“{name}”的校验码是 {actual}，审批单上是 {expected}",
    "校验码不同，文件就不是审批的那一份，或审批后改过。",
    "审批后又重新签发了一次，盖章时拿错了文件。",
    "找到审批的那一份；文件确实换了，就重新出审批单、重新审批。",
)
BAD_SHORT = Rule(
    "H204",
    "校验码写得不对",
    "error",
    "校验码“{value}”不是 16 位的 0—9、A—F",
    "校验码印在用印审批单上，16 位，四位一组。",
    "docgen verify outputs/2024.docx --short 8F3A-20",
    "照审批单上的校验码重写一遍，横线可写可不写。",
)
CANNOT_REMAKE = Rule(
    "H205",
    "没能照输入重做，不能出用印审批单",
    "error",
    "找到了输入“{input}”，却没能照它重新做一遍来核对：{why}",
    "审批单上印着文件的校验码；输入在手边而没有核对过，文件和记录一起改过就看不出来。",
    "签发后换过 docgen 的版本。",
    "再运行一次 docgen render，然后出审批单；输入或模板在别处的，用 --input、--template 指明。",
)
