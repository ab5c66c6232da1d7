"""What stops docgen of inputs made elsewhere: how they are encoded (X32), and named (X52)."""

from docgen.finding import Rule

GARBLED = Rule(
    "X320",
    "文字的编码不对",
    "error",
    "“{name}”里的文字读出来是乱码{shown}，{why}",
    "存的时候和读的时候用的编码不同，中文就成了别的字；照着印出去，机关名称也会是错的。",
    "在繁体中文的电脑上存成 Big5 的 CSV；用 Excel 打开 UTF-8 的 CSV，看到乱码又存了一次。",
    "找到没有乱码的那一份，打开后另存为，编码选 UTF-8；已经存成乱码的，重新导出或重新填。",
)
UNPORTABLE = Rule(
    "X520",
    "文件名在 Windows 上不能用",
    "error",
    "输入叫“{name}”，成品也会这样叫，而 Windows 上不能有这个文件名：{why}",
    "年报要发给用 Windows 的机关；那里打不开这样命名的文件，解压时还会出错或改名。",
    "在 Linux 或苹果电脑上把输入命名为“CON.json”“年报:2024.json”。",
    "给输入改个名字，如 2024.json，再运行一次。",
)
