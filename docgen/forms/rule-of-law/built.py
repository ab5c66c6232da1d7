"""rule-of-law, as its text declares it: written by tools/make_docs.py, not by hand."""

from docgen.finding import Rule
from docgen.forms.duties import (
    Carry, Ceiling, Deadline, Document, Duties, Law, Power, Topic,
)
from docgen.forms.form import Form, PageStyle, RuleText, Section
from docgen.forms.relation import Agreement, Condition, Equation, Test
from docgen.forms.table import Band, Cell, Kind, Line, Table
from docgen.forms.speech import Fact, Ready, Speech, Term

FORM = Form(
key='rule-of-law',
name='法治政府建设年度报告',
basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条',
first_year=2019,
last_year=None,
title='{name}\n{year}年法治政府建设年度报告',
preface='引言',
sections=(
Section(key='measures', title='一、推进法治政府建设的主要举措和成效', variants=('一、推进法治政府建设的主要措施和成效', '一、主要举措和成效', '一、主要工作', '一、工作开展情况')),
Section(key='problems', title='二、推进法治政府建设存在的不足和原因', variants=('二、存在的不足和原因', '二、存在的不足及原因', '二、存在的问题和原因')),
Section(key='leaders', title='三、党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况', variants=('三、党政主要负责人履行推进法治建设第一责任人职责情况', '三、履行推进法治建设第一责任人职责情况')),
Section(key='plans', title='四、下一年度推进法治政府建设的主要安排', variants=('四、下一年度主要安排', '四、下一步工作安排', '四、下一步工作打算')),
Section(key='other', title='五、其他需要报告的情况', variants=('五、其他需要报告的事项',)),
),
tables=(),
equations=(),
template='rule-of-law.docx',
speech=Speech(
words={'规范性文件': '行政规范性文件 规范性文件', '制发': '制发 制定 制定发布 制定印发 出台 印发', '复议': '行政复议 行政复议案件 行政复议申请 复议案件', '诉讼': '行政诉讼 行政诉讼案件 行政应诉案件 行政应诉', '收到': '收到 新收 受理 接收', '审结': '审结 办结', '处罚': '行政处罚 行政处罚案件 行政处罚决定', '作出': '作出 做出 实施', '许可': '行政许可 行政许可决定', '旁物': '审查 审核 合法性审核 备案 清理 废止 修改 公示 公布 公开 归集 评查 案卷 文书 清单 目录 事项 调解 和解 纠错 撤销 维持 出庭\n培训 简易程序 一般程序 不予处罚 减轻处罚 从轻处罚 重大\n', '': '机关 本机关 各级 乡镇 街道 部门 县 市 区 省 镇 乡 局 数 总数 数量'},
facts=(Fact(key='normative', label='制发行政规范性文件', says=('制发 规范性文件',), never='旁物', units=('件', '宗', '起', '例', '份'), exact=True), Fact(key='reviews', label='收到行政复议', says=('收到 复议',), never='旁物 诉讼 审结', units=('件', '宗', '起', '例', '份'), exact=True), Fact(key='penalties', label='作出行政处罚', says=('作出 处罚',), never='旁物 许可', units=('件', '宗', '起', '例', '份'), exact=True), Fact(key='licences', label='作出行政许可', says=('作出 许可',), never='旁物 处罚', units=('件', '宗', '起', '例', '份'), exact=True)),
formulas=('报告如下$',),
),
duties=Duties(
topics=(Topic(code='G801', section='', name='不足', words=('不足', '问题', '短板', '薄弱', '差距', '不够', '欠缺', '弱项', '不高', '不强', '不平衡', '有待')), Topic(code='G801', section='', name='第一责任人职责', words=('第一责任人', '主要负责人', '主要负责同志')), Topic(code='G801', section='', name='下一年度安排', words=('下一年', '下一步', '下一阶段', '明年', '来年', '{next_year}年')), Topic(code='G802', section='problems', name='原因', words=('原因', '因为', '由于', '主要是因', '源于', '根源', '归因', '归结', '究其', '所致', '导致', '造成', '因此', '缘于', '之所以', '是因为')), Topic(code='G803', section='leaders', name='主要负责人做的事', words=('听取', '批示', '主持', '召开', '述法', '部署', '督办', '督促', '约谈', '学法', '专题学习', '带头', '调研', '出庭', '签批', '审议', '讲授', '党课', '审定', '牵头', '包案', '研究')), Topic(code='G804', section='measures', name='带单位的数', words=('0件', '1件', '2件', '3件', '4件', '5件', '6件', '7件', '8件', '9件', '0次', '1次', '2次', '3次', '4次', '5次', '6次', '7次', '8次', '9次', '0项', '1项', '2项', '3项', '4项', '5项', '6项', '7项', '8项', '9项', '0个', '1个', '2个', '3个', '4个', '5个', '6个', '7个', '8个', '9个', '0人', '1人', '2人', '3人', '4人', '5人', '6人', '7人', '8人', '9人', '0名', '1名', '2名', '3名', '4名', '5名', '6名', '7名', '8名', '9名', '0场', '1场', '2场', '3场', '4场', '5场', '6场', '7场', '8场', '9场', '0期', '1期', '2期', '3期', '4期', '5期', '6期', '7期', '8期', '9期', '0份', '1份', '2份', '3份', '4份', '5份', '6份', '7份', '8份', '9份', '0宗', '1宗', '2宗', '3宗', '4宗', '5宗', '6宗', '7宗', '8宗', '9宗', '0起', '1起', '2起', '3起', '4起', '5起', '6起', '7起', '8起', '9起', '0部', '1部', '2部', '3部', '4部', '5部', '6部', '7部', '8部', '9部', '0家', '1家', '2家', '3家', '4家', '5家', '6家', '7家', '8家', '9家', '0条', '1条', '2条', '3条', '4条', '5条', '6条', '7条', '8条', '9条', '0余', '1余', '2余', '3余', '4余', '5余', '6余', '7余', '8余', '9余', '0%', '1%', '2%', '3%', '4%', '5%', '6%', '7%', '8%', '9%', '0万', '1万', '2万', '3万', '4万', '5万', '6万', '7万', '8万', '9万'))),
deadlines=(Deadline(level='prefecture', month=2, day=29, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', name='报送上级'), Deadline(level='county', month=2, day=29, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', name='报送上级'), Deadline(level='township', month=2, day=29, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', name='报送上级'), Deadline(level='department', month=2, day=29, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', name='报送上级'), Deadline(level='province', month=3, day=31, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条', name='向社会公开'), Deadline(level='prefecture', month=3, day=31, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条', name='向社会公开'), Deadline(level='county', month=3, day=31, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条', name='向社会公开'), Deadline(level='township', month=3, day=31, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条', name='向社会公开'), Deadline(level='department', month=3, day=31, basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条', name='向社会公开')),
laws=(Law(title='法治政府建设与责任落实督察工作规定'), Law(title='法治政府建设实施纲要（2021—2025年）', slips=('法治政府建设实施纲要（20212025年）',)), Law(title='法治政府建设实施纲要（2015—2020年）', slips=('法治政府建设实施纲要（20152020年）',)), Law(title='党政主要负责人履行推进法治建设第一责任人职责规定'), Law(title='中华人民共和国行政处罚法', short=('行政处罚法',)), Law(title='中华人民共和国行政许可法', short=('行政许可法',)), Law(title='中华人民共和国行政强制法', short=('行政强制法',)), Law(title='中华人民共和国行政复议法', short=('行政复议法',)), Law(title='中华人民共和国行政诉讼法', short=('行政诉讼法',)), Law(title='中华人民共和国政府信息公开条例', short=('政府信息公开条例',), slips=('政务信息公开条例',)), Law(title='重大行政决策程序暂行条例'), Law(title='优化营商环境条例')),
documents=(Document(number='厅字〔2019〕28号', names=('法治政府建设与责任落实督察工作规定',), first_year=2019), Document(number='中发〔2021〕33号', names=('法治政府建设实施纲要（2021—2025年）',), first_year=2021), Document(number='中发〔2015〕36号', names=('法治政府建设实施纲要（2015—2020年）',), last_year=2020, instead='《法治政府建设实施纲要（2021—2025年）》（中发〔2021〕33号）'), Document(number='国办发〔2018〕118号', names=('重大执法决定法制审核制度的指导意见',))),
codes=('厅字', '中发', '国办发'),
substantial=('measures', 'problems', 'leaders', 'plans'),
plans=('plans',),
),
family='rule_of_law',
outputs=(
'docx',
'html',
'proof',
'seal',
),
rules={
'G801': Rule(code='G801', name='缺规定要写的内容', severity='error', message='{where}没有看到：{names}', why='规定的内容有不足、第一责任人履职情况、下一年度的主要安排；标题可以自拟，这几项不能缺。', example='全文只写成绩，没有写不足，也没有写下一年度的安排。', cure='补写这一项；写了而用了别的说法的，写明后放行。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', waivable=True, needs=('topics',), since='0.3.0'),
'G802': Rule(code='G802', name='写了不足，没有写原因', severity='warning', message='{where}没有看到：{names}', why='规定要写“不足和原因”；只列不足，不说为什么，下一年的安排就没有着落。', example='一是执法力量不足。二是宣传形式单一。三是信息化程度不高。（下面没有一句说原因）', cure='每条不足后面写一句原因。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', needs=('topics',), since='0.3.0'),
'G803': Rule(code='G803', name='第一责任人一段没有写做了什么', severity='warning', message='{where}没有看到：{names}', why='规定要报告的是履行职责的情况：听了几次汇报、批示了什么、带头学法述法；只说“高度重视”不算。', example='县委、县政府主要负责人高度重视，认真履行第一责任人职责。', cure='写出主要负责人做了哪几件事，能写次数的写次数。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）', needs=('topics',), since='0.3.0'),
'G804': Rule(code='G804', name='举措和成效里没有一个数', severity='warning', message='{where}没有看到：{names}', why='成效要有数可查：办了几件、培训几次、占多少；全是形容词，读者看不出做了什么。', example='行政执法水平明显提升，群众满意度持续提高。', cure='至少写出几项有台账可查的数，如行政处罚、行政复议、规范性文件、培训、普法的次数和件数。', needs=('topics',), since='0.3.0'),
},
texts={
'E402': RuleText(why='名称通常写“法治政府建设年度报告”；写“法治政府建设情况报告”“关于…法治政府建设工作的报告”的也很多，规定没有统一，所以只提示。', example='标题写“宁川县2024年法治政府建设情况报告”。', cure='本地有规定的按本地的写；没有的，不用改。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）'),
'E804': RuleText(why='不足和原因、履职情况、下一年度安排都是规定要写的内容，写“无”就是没有报告。', example='二、推进法治政府建设存在的不足和原因：无。', cure='写出实际情况。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）'),
'E606': RuleText(why='3月1日之前报送上级，4月1日之前向社会公开；成文日期晚了，就来不及。', example='2024 年度的报告写成 2025年4月11日。', cure='核对成文日期；上级另定了期限的，在“上报期限”里填上。', basis='《法治政府建设与责任落实督察工作规定》（厅字〔2019〕28号）第二十四条'),
},
unconfirmed=(
'规定里报送上级一条、内容一条的条号没有见到原文，所以只写规定名称。',
'各部分的标题是通行写法，规定没有统一标题；标题另拟的，改表式里的标题。',
'报送上级的那一份有主送机关和发文字号，本表式做的是公开的一份，不设这两项。',
'街道办事处要不要报告，全国规定没有写，看本地要求。',
),
digest='192fda340168c9949c03ac8636d801b7a69d204847784e8a311f5c249c5b7123',
)
