"""enforcement-chongqing, as its text declares it: written by tools/make_docs.py, not by hand."""

from docgen.finding import Rule
from docgen.forms.duties import (
    Carry, Ceiling, Deadline, Document, Duties, Law, Power, Topic,
)
from docgen.forms.form import Form, PageStyle, RuleText, Section
from docgen.forms.relation import Agreement, Condition, Equation, Test
from docgen.forms.table import Band, Cell, Kind, Line, Table
from docgen.forms.speech import Fact, Ready, Speech, Term

FORM = Form(
key='enforcement-chongqing',
name='行政执法年度数据统计公示（重庆样式，十三类处罚）',
basis='国办发〔2018〕118号',
first_year=2022,
last_year=None,
title='{name}\n{year}年行政执法年度数据统计公示',
preface='',
sections=(
Section(key='licences', title='（表1）行政许可实施情况统计表'),
Section(key='penalties', title='（表2）行政处罚实施情况统计表'),
),
tables=(
Table(key='licences', name='表1 行政许可', short='表1', bands=(Band(key='licences', columns=(Line(key='handled', label='行政许可实施数量（件）', parts=(Line(key='applied', label='申请数量'), Line(key='accepted', label='受理数量'), Line(key='granted', label='许可数量'), Line(key='refused', label='不予许可数量')), in_address=False), Line(key='withdrawn', label='撤销行政许可数量（件）', variants=('撤销行政许可数量',)), Line(key='review', label='法制审核数量（件）', parts=(Line(key='reviewed', label='审核数量'), Line(key='corrected', label='纠错数量')), in_address=False), Line(key='remark', label='备注', cell=Cell(kind=Kind.TEXT, optional=True))), rows=(Line(key='unit', label='单位名称', each=True), Line(key='all', label='合计', variants=('总计',))), corner='单位名称'),), notes=('说明：', '1.统计范围为统计年度1月1日至12月31日期间收到当事人许可申请、作出受理决定、许可决定、不予许可决定、撤销许可决定的数量，以及进行法制审核的数量。', '2.准予变更、延续和不予变更、延续的数量，分别计入“许可数量”“不予许可数量”。', '3.行政执法机关的下属单位的执法数据在表中依次填写（下属单位包括：本行政执法机关垂直管理的分支机构，依法设立的派出机构，主管的依法授权具有行政执法权的组织，依法委托的组织，主管的其他具有行政执法权的机构，下同）。'), landscape=True, widths=(3, 2, 2, 2, 2, 2, 2, 2, 2), absent='本单位无相关行政执法职责'),
Table(key='penalties', name='表2 行政处罚', short='表2', bands=(Band(key='penalties', columns=(Line(key='decided', label='行政处罚实施数量（件）', parts=(Line(key='warning', label='警告'), Line(key='criticism', label='通报批评'), Line(key='fined', label='罚款'), Line(key='confiscated', label='没收违法所得、没收非法财物'), Line(key='suspended', label='暂扣许可证件'), Line(key='lowered', label='降低资质等级'), Line(key='revoked', label='吊销许可证件'), Line(key='restricted', label='限制开展生产经营活动'), Line(key='stopped', label='责令停产停业'), Line(key='closed', label='责令关闭'), Line(key='barred', label='限制从业'), Line(key='detained', label='行政拘留'), Line(key='other', label='其他行政处罚'), Line(key='total', label='合计')), in_address=False), Line(key='money', label='罚没金额（万元）', variants=('罚没金额',), cell=Cell(kind=Kind.AMOUNT, unit='万元')), Line(key='simple', label='简易程序数量（件）', variants=('简易程序数量',)), Line(key='ordinary', label='一般程序数量（件）', variants=('一般程序数量',)), Line(key='review', label='法制审核数量（件）', parts=(Line(key='reviewed', label='审核数量'), Line(key='corrected', label='纠错数量')), in_address=False), Line(key='transferred', label='涉嫌犯罪移送案件数量（件）', variants=('涉嫌犯罪移送案件数量',)), Line(key='taken', label='司法机关受理案件数量（件）', variants=('司法机关受理案件数量',))), rows=(Line(key='unit', label='单位名称', each=True), Line(key='all', label='合计', variants=('总计',))), corner='单位名称'),), landscape=True, widths=(6, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 2, 2, 2, 2, 2, 2), absent='本单位无相关行政执法职责'),
),
equations=(
Equation(code='L301', table='penalties', across='rows', left=('warning', 'criticism', 'fined', 'confiscated', 'suspended', 'lowered', 'revoked', 'restricted', 'stopped', 'closed', 'barred', 'detained', 'other'), right=('total',), text='警告至其他行政处罚＝合计'),
Equation(code='L302', table='penalties', across='columns', left=('unit',), right=('all',), text='各单位之和＝合计'),
Equation(code='L302', table='licences', across='columns', left=('unit',), right=('all',), text='各单位之和＝合计'),
Equation(code='L303', table='licences', across='rows', left=('accepted',), right=('applied',), text='受理数量≤申请数量', relation='<='),
Equation(code='L304', table='licences', across='rows', left=('granted', 'refused'), right=('accepted',), text='许可数量＋不予许可数量≤受理数量', relation='<='),
Equation(code='L331', table='penalties', across='rows', left=('simple', 'ordinary'), right=('total',), text='简易程序数量（件）＋一般程序数量（件）＝合计'),
Equation(code='L332', table='penalties', across='rows', left=('reviewed',), right=('ordinary',), text='审核数量≤一般程序数量（件）', relation='<='),
Equation(code='L333', table='licences', across='rows', left=('corrected',), right=('reviewed',), text='纠错数量≤审核数量', relation='<='),
Equation(code='L333', table='penalties', across='rows', left=('corrected',), right=('reviewed',), text='纠错数量≤审核数量', relation='<='),
Equation(code='L334', table='penalties', across='rows', left=('taken',), right=('transferred',), text='司法机关受理案件数量（件）≤涉嫌犯罪移送案件数量（件）', relation='<='),
),
template='enforcement-chongqing.docx',
speech=Speech(
terms=(Term(name='处罚合计', addresses=('penalties.all.total',)), Term(name='罚没金额', addresses=('penalties.all.money',)), Term(name='许可申请', addresses=('licences.all.applied',)), Term(name='许可受理', addresses=('licences.all.accepted',)), Term(name='准予许可', addresses=('licences.all.granted',)), Term(name='不予许可', addresses=('licences.all.refused',)), Term(name='撤销许可', addresses=('licences.all.withdrawn',))),
words={'处罚': '行政处罚 处罚 行政处罚案件 处罚案件 行政处罚决定 处罚决定 行政处罚总数 处罚总数 罚款处罚 警告处罚\n', '罚没': '罚没金额 罚没款 罚没款金额 罚没收入 罚没总金额 罚没总额 罚没款项 罚没资金 罚没', '入库': '入库 上缴 收缴 缴入 缴纳 到账 到位 追缴', '罚款': '罚款 处以罚款 罚款处罚 并处罚款', '警告': '警告 警告处罚 警告、通报批评 警告和通报批评 警告或者通报批评', '通报批评': '通报批评 警告、通报批评 警告和通报批评 警告或者通报批评', '没收所得': '没收违法所得 没收违法所得、没收非法财物 没收违法所得、非法财物 没收违法所得和非法财物 没收违法所得和没收非法财物\n', '没收财物': '没收非法财物 没收违法所得、没收非法财物 没收违法所得、非法财物 没收违法所得和非法财物 没收违法所得和没收非法财物\n', '吊销': '吊销 吊销许可证件 吊销许可证、执照 吊销许可证 吊销执照 吊销营业执照', '限制经营': '限制开展生产经营活动', '停产停业': '责令停产停业', '拘留': '行政拘留 拘留', '其他处罚': '其他行政处罚 其他处罚', '许可': '行政许可 许可 行政许可申请 许可申请 行政许可事项申请 行政许可案件 行政许可决定 许可决定 行政许可总数\n准予行政许可 准予许可 予以许可 予以行政许可 作出许可决定 作出行政许可决定 准予许可决定 准予行政许可决定\n作出准予许可决定 作出准予行政许可决定 行政许可申请总数 许可数量 行政许可数量\n', '申请': '申请 申请件 行政许可申请 许可申请 行政许可事项申请 申请数 申请数量 申请总数 行政许可申请总数', '受理': '受理 予以受理 受理数 受理数量 受理量', '受理率': '受理率', '收到': '收到 接收 接收到 接到 收件 收到了', '准予': '准予 准许 批准 准予行政许可 准予许可 予以许可 予以行政许可 准予许可决定 准予行政许可决定 作出准予许可决定\n作出准予行政许可决定 许可数量 行政许可数量\n', '不予许可': '不予许可 不予行政许可 不准予许可 不准予行政许可 不予批准 不予许可决定 不予行政许可决定 作出不予许可决定\n作出不予行政许可决定 不予许可数量\n', '撤销许可': '撤销许可 撤销行政许可 撤销许可决定 撤销行政许可决定 撤销许可数量', '强制': '行政强制 行政强制案件 行政强制行为', '强制措施': '行政强制措施 强制措施', '查封': '查封 查封场所、设施或者财物 查封场所 查封设施', '扣押': '扣押 扣押财物', '强制执行': '行政强制执行 强制执行', '法院执行': '申请法院强制执行 申请人民法院强制执行 向法院申请强制执行 向人民法院申请强制执行 法院强制执行 人民法院强制执行', '检查': '行政检查 行政执法检查 行政检查次数', '征收': '行政征收', '裁决': '行政裁决', '确认': '行政确认', '奖励': '行政奖励', '给付': '行政给付', '办理': '办理 查处 处理 办 查办 办结 下达', '别类处罚': '不予处罚 不予行政处罚 免予处罚 免于处罚 减轻处罚 从轻处罚 减轻行政处罚 从轻行政处罚 轻微 首违不罚\n一般程序 简易程序 普通程序 重大行政处罚 重大处罚 重大 立案 移送 移交 未处罚\n', '别样许可': '注销 注销许可 注销行政许可 延续 变更 备案 告知承诺 行政许可事项 许可事项 行政许可证 许可证 下放 取消 承接\n', '旁物': '职权 权力 事项 清单 目录 名录 案卷 卷宗 评查 文书 决定书 案例 典型案例 培训 考试 模板 标准 裁量 基准 制度\n台账 人员 证件 执法证 审核 法制审核 合法性审核 听证 备案审查\n', '展示': '公示 公布 发布 公开 归集 报送 上传 录入 推送 上报 共享 信用', '争议': '行政复议 复议 行政诉讼 诉讼 应诉 败诉 纠错 国家赔偿 信访 投诉 举报 政府信息公开 信息公开 依申请公开', '': '金额 收入 总额 总金额 资金 费用 申请人 当事人 相对人 企业 个体工商户 被 主要 本机关 各级 该项 街道 镇 乡 局 县 市 区 省\n旗 州 总 涉 结果 处 单 案件数 决定 实施 作出 做出 开展 组织 数 数量 总数 次数 件数 宗数 行政执法 执法 实施数量 违法 违法案件\n'},
facts=(Fact(key='fined', label='罚款', says=('罚款',), sums=(('penalties.all.fined',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='confiscated', label='没收违法所得、没收非法财物', says=('没收所得 没收财物',), sums=(('penalties.all.confiscated',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='detained', label='行政拘留', says=('拘留',), sums=(('penalties.all.detained',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='other', label='其他行政处罚', says=('其他处罚',), sums=(('penalties.all.other',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='penalties', label='行政处罚合计', says=('处罚',), sums=(('penalties.all.total',),), never='别类处罚 展示 旁物 争议 许可 强制 检查 警告 通报批评 没收所得 没收财物 停产停业 吊销 限制经营 拘留', doubt='办理', apart='展示 争议', units=('宗', '件', '起', '例', '次'), none='处罚'), Fact(key='money', label='罚没金额', says=('罚没',), sums=(('penalties.all.money',),), never='入库 展示 罚款', units=('元', '万元', '亿元'), none='罚没'), Fact(key='refused', label='不予许可', says=('不予许可',), sums=(('licences.all.refused',),), never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', units=('宗', '件', '起', '例', '次'), none='不予许可'), Fact(key='withdrawn', label='撤销许可', says=('撤销许可',), sums=(('licences.all.withdrawn',),), never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', units=('宗', '件', '起', '例', '次'), none='撤销许可'), Fact(key='granted', label='许可数量', says=('准予',), sums=(('licences.all.granted',),), topic='许可', never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', units=('宗', '件', '起', '例', '次')), Fact(key='accepted', label='受理数量', says=('受理',), sums=(('licences.all.accepted',),), topic='许可', never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', units=('宗', '件', '起', '例', '次'), wholes=('applied',), rate='受理率', none='受理'), Fact(key='applied', label='申请数量', says=('申请',), sums=(('licences.all.applied',),), topic='许可', never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', units=('宗', '件', '起', '例', '次'), none='申请'), Fact(key='licensed', label='行政许可', says=('许可',), sums=(('licences.all.granted',), ('licences.all.granted', 'licences.all.refused'), ('licences.all.accepted',)), never='别样许可 展示 旁物 争议 处罚 强制 检查 法院执行', doubt='办理', apart='展示 争议', units=('宗', '件', '起', '例', '次'))),
headings='处罚 许可 强制',
others='争议',
telling='处罚 罚没 许可 申请 受理 强制 检查 征收 裁决 确认 奖励 给付',
),
duties=Duties(
deadlines=(Deadline(level='province', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='prefecture', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='county', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='township', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='department', month=1, day=31, basis='国办发〔2018〕118号')),
laws=(Law(title='中华人民共和国行政处罚法', short=('行政处罚法',)), Law(title='中华人民共和国行政许可法', short=('行政许可法',)), Law(title='中华人民共和国行政强制法', short=('行政强制法',)), Law(title='中华人民共和国政府信息公开条例', short=('政府信息公开条例',), slips=('政务信息公开条例',))),
documents=(Document(number='国办发〔2018〕118号', names=('重大执法决定法制审核制度的指导意见',), first_year=2018),),
codes=('国办发',),
),
family='enforcement',
signed=False,
page=PageStyle(landscape=True),
conditions=(
Condition(code='L305', table='penalties', across='rows', when=(Test(key='money', asks='>', value='0'),), then=(Test(key='total', asks='>', value='0'),), text='有罚没金额却没有处罚'),
Condition(code='L306', table='penalties', across='rows', when=(Test(key='fined', asks='>', value='0'),), then=(Test(key='money', asks='>', value='0'),), text='有罚款却没有罚没金额'),
),
agreements=(
Agreement(code='L311', family='disclosure', here=('penalties.all.total',), there=('disclosure.penalty.decided',), text='处罚数与政府信息公开年报不同'),
Agreement(code='L312', family='disclosure', here=('licences.all.granted',), there=('disclosure.licensing.decided',), text='许可数与政府信息公开年报不同'),
),
rules={
'L301': Rule(code='L301', name='各类处罚之和不等于合计', severity='error', message='{place}不平：{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}', why='合计是各类处罚的和；一宗案件只计一次，计入最重的一类。', example='警告 2、罚款 30、其他各类都是 0，合计写 31。', cure='核对这一行的各类和合计；一案并处两种以上处罚的，只在最重的一类里计一宗。', basis='表头（合计）和说明第2条', needs=('sums',), since='0.3.0'),
'L302': Rule(code='L302', name='各单位之和不等于合计行', severity='error', message='{place}不平：{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}', why='合计行是各单位这一栏的和。', example='两个单位罚款各 15 宗，合计行写 31。', cure='核对各单位的数和合计行；漏了一个单位，就补上它的行。', basis='表头（合计）', needs=('sums',), since='0.3.0'),
'L303': Rule(code='L303', name='受理数量大于申请数量', severity='warning', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='先有申请才有受理。上年12月的申请在今年1月受理的，受理会略大，所以只提醒。', example='申请数量 12，受理数量 15。', cure='核对两栏是不是填反了；是上年转来的，写明后放行。', basis='表二说明第1条、第2条', needs=('bounds',), since='0.3.0'),
'L304': Rule(code='L304', name='许可与不予许可之和大于受理数量', severity='warning', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='受理了才作决定。上年受理、今年决定的会使它略大，所以只提醒。撤销的是以前的许可，不在这里加。', example='受理 12，许可 12，不予许可 2。', cure='核对三栏；把撤销许可加进了许可或不予许可的，减出来。', basis='表二说明第2条、第3条', needs=('bounds',), since='0.3.0'),
'L305': Rule(code='L305', name='有罚没金额却没有处罚', severity='warning', message='{place}：{text}；现在{given}，而{now}', why='罚没金额以处罚决定书为准，没有处罚决定就没有罚没金额。', example='合计 0，罚没金额 3.2 万元。', cure='补上处罚的宗数，或把罚没金额改为 0；是上年决定、今年才缴的钱，不在今年计。', basis='表一说明第4条', needs=('conditions',), since='0.3.0'),
'L306': Rule(code='L306', name='有罚款却没有罚没金额', severity='warning', message='{place}：{text}；现在{given}，而{now}', why='罚款都有金额。反过来不成立：拘留并处罚款计入拘留，罚款一栏是 0，金额仍要计。', example='罚款 30 宗，罚没金额 0。', cure='补上罚没金额，核对单位是万元还是元。', basis='表一说明第2条、第4条', needs=('conditions',), since='0.3.0'),
'L311': Rule(code='L311', name='处罚数与政府信息公开年报不同', severity='note', message='{here_names}是 {here}，同年的“{name}”里{there_names}是 {there}，相差 {difference}', why='两份年报都按作出决定计数，多半相等；没有文件说两个数的口径是一个，所以只提示。', example='统计年报处罚合计 42，政府信息公开年报行政处罚处理决定数量 40。', cure='核对两份年报报的是不是同一范围（全县还是本机关）、同一年度；口径不同的，不用改。', needs=('agreed',), since='0.3.0'),
'L312': Rule(code='L312', name='许可数与政府信息公开年报不同', severity='note', message='{here_names}是 {here}，同年的“{name}”里{there_names}是 {there}，相差 {difference}', why='政府信息公开年报的“处理决定数量”有的按许可计，有的连不予许可也计，两个数可能不同，所以只提示。', example='统计年报许可数量 120，政府信息公开年报行政许可处理决定数量 80。', cure='先看差数是不是不予许可数量；不是的，核对两份年报的范围和年度。', needs=('agreed',), since='0.3.0'),
'L331': Rule(code='L331', name='简易程序与一般程序之和不等于合计', severity='warning', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='一件处罚不是走简易程序，就是走一般程序。没有文件写明这个关系，所以只提醒。', example='简易程序 8 件，一般程序 30 件，合计 40。', cure='核对三栏；两栏之外还有别的，写明后放行。', needs=('bounds',), since='0.3.0'),
'L332': Rule(code='L332', name='法制审核数量大于一般程序数量', severity='note', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='法制审核的多是走一般程序的案件；没有文件写明，所以只提示。', example='一般程序 30 件，审核 35 件。', cure='核对审核数量是不是把许可的也算进来了。', needs=('bounds',), since='0.3.0'),
'L333': Rule(code='L333', name='纠错数量大于审核数量', severity='note', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='审核了才会纠错。', example='审核 3 件，纠错 14 件。', cure='核对两栏是不是填反了。', needs=('bounds',), since='0.3.0'),
'L334': Rule(code='L334', name='司法机关受理数量大于移送数量', severity='note', message='{place}：{left_names} = {left}，{right_names} = {right}，{fault}', why='移送了才会受理；上年移送、今年受理的会使它略大，所以只提示。', example='移送 6 件，受理 7 件。', cure='核对两栏是不是填反了。', needs=('bounds',), since='0.3.0'),
},
called='统计公示',
unconfirmed=(
'样表最前面有“序号”一栏，本表式不设。',
'（表3）以后的表没有见到，没有设。',
'（表2）的说明没有见到，没有印。',
'公示里有没有文字部分，没有见到，没有设。',
),
digest='66c744eb28f029c6e99f83756988870b63a37960a6db9f13fc5d9c7cfde51616',
)
