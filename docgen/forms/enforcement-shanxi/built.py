"""enforcement-shanxi, as its text declares it: written by tools/make_docs.py, not by hand."""

from docgen.finding import Rule
from docgen.forms.duties import (
    Carry, Ceiling, Deadline, Document, Duties, Law, Power, Topic,
)
from docgen.forms.form import Form, PageStyle, RuleText, Section
from docgen.forms.relation import Agreement, Condition, Equation, Test
from docgen.forms.table import Band, Cell, Kind, Line, Table
from docgen.forms.speech import Fact, Ready, Speech, Term

FORM = Form(
key='enforcement-shanxi',
name='行政执法统计年报（山西大同样式，十二类处罚）',
basis='国办发〔2018〕118号；《大同市行政执法统计年报制度》第三条',
first_year=2021,
last_year=None,
title='{name}\n{year}年度行政执法统计年报',
preface='',
sections=(
Section(key='heading1', title='第一部分\u3000行政执法数据表', variants=('第一部分\u3000数据表',), is_heading=True),
Section(key='penalties', title='表一\u3000行政处罚实施情况统计表'),
Section(key='coercion', title='表二\u3000行政强制实施情况统计表'),
Section(key='others', title='表三\u3000其他行政执法行为实施情况统计表'),
Section(key='overview', title='第二部分\u3000行政执法总体情况', variants=('第二部分\u3000行政执法情况说明', '第二部分\u3000情况说明')),
),
tables=(
Table(key='penalties', name='表一 行政处罚', short='表一', bands=(Band(key='penalties', columns=(Line(key='decided', label='行政处罚实施数量（宗）', parts=(Line(key='warning', label='警告', cell=Cell(unit='宗')), Line(key='criticism', label='通报批评', cell=Cell(unit='宗')), Line(key='fined', label='罚款', cell=Cell(unit='宗')), Line(key='confiscated', label='没收违法所得、没收非法财物', cell=Cell(unit='宗')), Line(key='suspended', label='暂扣许可证件', cell=Cell(unit='宗')), Line(key='lowered', label='降低资质等级', cell=Cell(unit='宗')), Line(key='restricted', label='限制开展生产经营活动', cell=Cell(unit='宗')), Line(key='stopped', label='责令停产停业', cell=Cell(unit='宗')), Line(key='closed_barred', label='责令关闭、限制从业', cell=Cell(unit='宗')), Line(key='revoked', label='吊销许可证件', cell=Cell(unit='宗')), Line(key='detained', label='行政拘留', cell=Cell(unit='宗')), Line(key='other', label='其他行政处罚', cell=Cell(unit='宗')), Line(key='total', label='合计（宗）', variants=('合计',), cell=Cell(unit='宗'))), in_address=False), Line(key='money', label='罚没金额（元）', variants=('罚没金额',), cell=Cell(kind=Kind.AMOUNT, unit='元'))), rows=(Line(key='unit', label='单位名称', each=True), Line(key='all', label='合计', variants=('总计',))), corner='单位名称'),), notes=('说明：', '1.行政处罚实施数量的统计范围为统计年度1月1日至12月31日期间作出行政处罚决定的数量。', '2.单处一个类别行政处罚的，计入相应的行政处罚类别；并处两种以上行政处罚的，算一宗行政处罚，计入最重的行政处罚类别。如“没收违法所得，并处罚款”，计入“没收违法所得、没收非法财物”类别；并处明确类别的行政处罚和其他行政处罚的，计入明确类别的行政处罚，如“处罚款，并处其他行政处罚”，计入“罚款”类别。行政处罚类别从轻到重的顺序：（1）警告，（2）通报批评，（3）罚款，（4）没收违法所得、没收非法财物，（5）暂扣许可证件，（6）降低资质等级，（7）限制开展生产经营活动，（8）责令停产停业，（9）责令关闭、限制从业，（10）吊销许可证件，（11）行政拘留。', '3.“没收违法所得、没收非法财物”能确定金额的，计入“罚没金额”；不能确定金额的，不计入“罚没金额”。', '4.“罚没金额”以处罚决定书确定的金额为准。'), landscape=True, widths=(8, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5), absent='本单位无相关行政执法职责'),
Table(key='coercion', name='表二 行政强制', short='表二', bands=(Band(key='coercion', columns=(Line(key='measures', label='行政强制措施实施数量（宗）', parts=(Line(key='sealed', label='查封场所、设施或者财物', cell=Cell(unit='宗')), Line(key='seized', label='扣押财物', cell=Cell(unit='宗')), Line(key='frozen', label='冻结存款、汇款', cell=Cell(unit='宗')), Line(key='other_measures', label='其他行政强制措施', cell=Cell(unit='宗'))), in_address=False), Line(key='executions', label='行政强制执行实施数量（宗）', parts=(Line(key='surcharged', label='加处罚款或者滞纳金', cell=Cell(unit='宗')), Line(key='transferred', label='划拨存款、汇款', cell=Cell(unit='宗')), Line(key='auctioned', label='拍卖或者依法处理查封、扣押的场所、设施或者财物', cell=Cell(unit='宗')), Line(key='restored', label='排除妨碍、恢复原状', cell=Cell(unit='宗')), Line(key='performed', label='代履行', cell=Cell(unit='宗')), Line(key='other_executions', label='其他强制执行', cell=Cell(unit='宗'))), in_address=False), Line(key='court', label='申请法院强制执行（宗）', variants=('申请法院强制执行',), cell=Cell(unit='宗'))), rows=(Line(key='unit', label='单位名称', each=True), Line(key='all', label='合计', variants=('总计',))), corner='单位名称'),), notes=('说明：', '1.“行政强制措施实施数量”的统计范围为统计年度1月1日至12月31日期间作出“查封场所、设施或者财物”、“扣押财物”、“冻结存款、汇款”或者“其他行政强制措施”决定的数量。', '2.“行政强制执行实施数量”的统计范围为统计年度1月1日至12月31日期间“加处罚款或者滞纳金”、“划拨存款、汇款”、“拍卖或者依法处理查封、扣押的场所、设施或者财物”、“排除妨碍、恢复原状”、“代履行”和“其他强制执行”等执行完毕或者终结执行的数量。', '3.“申请法院强制执行”数量的统计范围为统计年度1月1日至12月31日期间向法院申请强制执行的数量。'), landscape=True, widths=(5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2), absent='本单位无相关行政执法职责'),
Table(key='others', name='表三 其他行政执法行为', short='表三', bands=(Band(key='others', columns=(Line(key='levied', label='行政征收次数', cell=Cell(unit='次')), Line(key='ruled', label='行政裁决次数', cell=Cell(unit='次')), Line(key='confirmed', label='行政确认次数', cell=Cell(unit='次')), Line(key='rewarded', label='行政奖励次数', cell=Cell(unit='次')), Line(key='paid', label='行政给付次数', cell=Cell(unit='次')), Line(key='other', label='其他行政执法行为', cell=Cell(unit='次')), Line(key='inspected', label='行政检查次数', cell=Cell(unit='次'))), rows=(Line(key='unit', label='单位名称', each=True), Line(key='all', label='合计', variants=('总计',))), corner='单位名称'),), notes=('说明：', '1.“行政征收次数”“行政裁决次数”“行政确认次数”“行政奖励次数”“行政给付次数”“其他行政执法行为”的统计范围为统计年度1月1日至12月31日期间完成的数量。', '2.“行政检查次数”的统计范围为统计年度1月1日至12月31日期间开展行政检查的次数。检查1个检查对象，有完整、详细的检查记录，计为检查1次。无特定检查对象的巡查、巡逻，无完整、详细检查记录，检查后作出行政处罚等其他行政执法行为的，均不计为检查次数。'), landscape=True, widths=(3, 2, 2, 2, 2, 2, 2, 2), absent='本单位无相关行政执法职责'),
),
equations=(
Equation(code='L301', table='penalties', across='rows', left=('warning', 'criticism', 'fined', 'confiscated', 'suspended', 'lowered', 'restricted', 'stopped', 'closed_barred', 'revoked', 'detained', 'other'), right=('total',), text='警告至其他行政处罚＝合计（宗）'),
Equation(code='L302', table='penalties', across='columns', left=('unit',), right=('all',), text='各单位之和＝合计'),
Equation(code='L302', table='coercion', across='columns', left=('unit',), right=('all',), text='各单位之和＝合计'),
Equation(code='L302', table='others', across='columns', left=('unit',), right=('all',), text='各单位之和＝合计'),
),
template='enforcement-shanxi.docx',
speech=Speech(
terms=(Term(name='处罚合计', addresses=('penalties.all.total',)), Term(name='罚没金额', addresses=('penalties.all.money',)), Term(name='强制措施', addresses=('coercion.all.sealed', 'coercion.all.seized', 'coercion.all.frozen', 'coercion.all.other_measures')), Term(name='强制执行', addresses=('coercion.all.surcharged', 'coercion.all.transferred', 'coercion.all.auctioned', 'coercion.all.restored', 'coercion.all.performed', 'coercion.all.other_executions')), Term(name='申请法院强制执行', addresses=('coercion.all.court',)), Term(name='行政检查', addresses=('others.all.inspected',))),
words={'处罚': '行政处罚 处罚 行政处罚案件 处罚案件 行政处罚决定 处罚决定 行政处罚总数 处罚总数 罚款处罚 警告处罚\n', '罚没': '罚没金额 罚没款 罚没款金额 罚没收入 罚没总金额 罚没总额 罚没款项 罚没资金 罚没', '入库': '入库 上缴 收缴 缴入 缴纳 到账 到位 追缴', '罚款': '罚款 处以罚款 罚款处罚 并处罚款', '警告': '警告 警告处罚 警告、通报批评 警告和通报批评 警告或者通报批评', '通报批评': '通报批评 警告、通报批评 警告和通报批评 警告或者通报批评', '没收所得': '没收违法所得 没收违法所得、没收非法财物 没收违法所得、非法财物 没收违法所得和非法财物 没收违法所得和没收非法财物\n', '没收财物': '没收非法财物 没收违法所得、没收非法财物 没收违法所得、非法财物 没收违法所得和非法财物 没收违法所得和没收非法财物\n', '吊销': '吊销 吊销许可证件 吊销许可证、执照 吊销许可证 吊销执照 吊销营业执照', '限制经营': '限制开展生产经营活动', '停产停业': '责令停产停业', '拘留': '行政拘留 拘留', '其他处罚': '其他行政处罚 其他处罚', '许可': '行政许可 许可 行政许可申请 许可申请 行政许可事项申请 行政许可案件 行政许可决定 许可决定 行政许可总数\n准予行政许可 准予许可 予以许可 予以行政许可 作出许可决定 作出行政许可决定 准予许可决定 准予行政许可决定\n作出准予许可决定 作出准予行政许可决定 行政许可申请总数 许可数量 行政许可数量\n', '申请': '申请 申请件 行政许可申请 许可申请 行政许可事项申请 申请数 申请数量 申请总数 行政许可申请总数', '受理': '受理 予以受理 受理数 受理数量 受理量', '受理率': '受理率', '收到': '收到 接收 接收到 接到 收件 收到了', '准予': '准予 准许 批准 准予行政许可 准予许可 予以许可 予以行政许可 准予许可决定 准予行政许可决定 作出准予许可决定\n作出准予行政许可决定 许可数量 行政许可数量\n', '不予许可': '不予许可 不予行政许可 不准予许可 不准予行政许可 不予批准 不予许可决定 不予行政许可决定 作出不予许可决定\n作出不予行政许可决定 不予许可数量\n', '撤销许可': '撤销许可 撤销行政许可 撤销许可决定 撤销行政许可决定 撤销许可数量', '强制': '行政强制 行政强制案件 行政强制行为', '强制措施': '行政强制措施 强制措施', '查封': '查封 查封场所、设施或者财物 查封场所 查封设施', '扣押': '扣押 扣押财物', '强制执行': '行政强制执行 强制执行', '法院执行': '申请法院强制执行 申请人民法院强制执行 向法院申请强制执行 向人民法院申请强制执行 法院强制执行 人民法院强制执行', '检查': '行政检查 行政执法检查 行政检查次数', '征收': '行政征收', '裁决': '行政裁决', '确认': '行政确认', '奖励': '行政奖励', '给付': '行政给付', '办理': '办理 查处 处理 办 查办 办结 下达', '别类处罚': '不予处罚 不予行政处罚 免予处罚 免于处罚 减轻处罚 从轻处罚 减轻行政处罚 从轻行政处罚 轻微 首违不罚\n一般程序 简易程序 普通程序 重大行政处罚 重大处罚 重大 立案 移送 移交 未处罚\n', '别样许可': '注销 注销许可 注销行政许可 延续 变更 备案 告知承诺 行政许可事项 许可事项 行政许可证 许可证 下放 取消 承接\n', '旁物': '职权 权力 事项 清单 目录 名录 案卷 卷宗 评查 文书 决定书 案例 典型案例 培训 考试 模板 标准 裁量 基准 制度\n台账 人员 证件 执法证 审核 法制审核 合法性审核 听证 备案审查\n', '展示': '公示 公布 发布 公开 归集 报送 上传 录入 推送 上报 共享 信用', '争议': '行政复议 复议 行政诉讼 诉讼 应诉 败诉 纠错 国家赔偿 信访 投诉 举报 政府信息公开 信息公开 依申请公开', '': '金额 收入 总额 总金额 资金 费用 申请人 当事人 相对人 企业 个体工商户 被 主要 本机关 各级 该项 街道 镇 乡 局 县 市 区 省\n旗 州 总 涉 结果 处 单 案件数 决定 实施 作出 做出 开展 组织 数 数量 总数 次数 件数 宗数 行政执法 执法 实施数量 违法 违法案件\n'},
facts=(Fact(key='fined', label='罚款', says=('罚款',), sums=(('penalties.all.fined',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='confiscated', label='没收违法所得、没收非法财物', says=('没收所得 没收财物',), sums=(('penalties.all.confiscated',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='detained', label='行政拘留', says=('拘留',), sums=(('penalties.all.detained',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='other', label='其他行政处罚', says=('其他处罚',), sums=(('penalties.all.other',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='penalties', label='行政处罚合计', says=('处罚',), sums=(('penalties.all.total',),), never='别类处罚 展示 旁物 争议 许可 强制 检查 警告 通报批评 没收所得 没收财物 停产停业 吊销 限制经营 拘留', doubt='办理', apart='展示 争议', units=('宗', '件', '起', '例', '次'), none='处罚'), Fact(key='money', label='罚没金额', says=('罚没',), sums=(('penalties.all.money',),), never='入库 展示 罚款', units=('元', '万元', '亿元'), none='罚没'), Fact(key='court', label='申请法院强制执行', says=('法院执行',), sums=(('coercion.all.court',),), never='展示 旁物 争议', units=('宗', '件', '起', '例', '次'), none='法院执行'), Fact(key='sealed+seized', label='查封、扣押', says=('查封 扣押',), sums=(('coercion.all.sealed', 'coercion.all.seized'),), topic='强制措施', never='展示 旁物 争议', units=('宗', '件', '起', '例', '次')), Fact(key='sealed', label='查封', says=('查封',), sums=(('coercion.all.sealed',),), topic='强制措施', never='展示 旁物 争议', units=('宗', '件', '起', '例', '次')), Fact(key='seized', label='扣押', says=('扣押',), sums=(('coercion.all.seized',),), topic='强制措施', never='展示 旁物 争议', units=('宗', '件', '起', '例', '次')), Fact(key='measures', label='行政强制措施', says=('强制措施',), sums=(('coercion.all.sealed', 'coercion.all.seized', 'coercion.all.frozen', 'coercion.all.other_measures'),), never='展示 旁物 争议', units=('宗', '件', '起', '例', '次'), none='强制措施'), Fact(key='executions', label='行政强制执行', says=('强制执行',), sums=(('coercion.all.surcharged', 'coercion.all.transferred', 'coercion.all.auctioned', 'coercion.all.restored', 'coercion.all.performed', 'coercion.all.other_executions'),), never='展示 旁物 争议', units=('宗', '件', '起', '例', '次'), none='强制执行'), Fact(key='inspected', label='行政检查次数', says=('检查',), sums=(('others.all.inspected',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='检查'), Fact(key='levied', label='行政征收次数', says=('征收',), sums=(('others.all.levied',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='征收'), Fact(key='ruled', label='行政裁决次数', says=('裁决',), sums=(('others.all.ruled',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='裁决'), Fact(key='confirmed', label='行政确认次数', says=('确认',), sums=(('others.all.confirmed',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='确认'), Fact(key='rewarded', label='行政奖励次数', says=('奖励',), sums=(('others.all.rewarded',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='奖励'), Fact(key='paid', label='行政给付次数', says=('给付',), sums=(('others.all.paid',),), never='展示 旁物 处罚', units=('次', '件次', '宗', '件'), none='给付'), Fact(key='warning', label='警告', says=('警告',), sums=(('penalties.all.warning',),), topic='处罚', never='展示 旁物 等 通报批评', units=('宗', '件', '起', '例', '次'), wholes=('penalties',)), Fact(key='stopped', label='责令停产停业', says=('停产停业',), sums=(('penalties.all.stopped',),), topic='处罚', never='展示 旁物 等', units=('宗', '件', '起', '例', '次'), wholes=('penalties',))),
headings='处罚 许可 强制',
others='争议',
telling='处罚 罚没 许可 申请 受理 强制 检查 征收 裁决 确认 奖励 给付',
ready=(Ready(section='overview', text='（一）行政处罚。{{ 年度 }}年度，{{ 处罚合计 | 有 共作出行政处罚决定…宗 | 无 未作出行政处罚决定 }}{{ 罚没金额 | 有 ，罚没金额…元 }}。'), Ready(section='overview', text='（二）行政强制。{{ 强制措施 | 有 共实施行政强制措施…宗 | 无 未实施行政强制措施 }}{{ 强制执行 | 有 ，行政强制执行…宗 }}{{ 申请法院强制执行 | 有 ，申请法院强制执行…宗 }}。'), Ready(section='overview', text='（三）行政检查。{{ 行政检查 | 有 共开展行政检查…次 | 无 未开展行政检查 }}。')),
),
duties=Duties(
deadlines=(Deadline(level='province', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='prefecture', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='county', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='township', month=1, day=31, basis='国办发〔2018〕118号'), Deadline(level='department', month=1, day=31, basis='国办发〔2018〕118号')),
laws=(Law(title='中华人民共和国行政处罚法', short=('行政处罚法',)), Law(title='中华人民共和国行政许可法', short=('行政许可法',)), Law(title='中华人民共和国行政强制法', short=('行政强制法',)), Law(title='中华人民共和国政府信息公开条例', short=('政府信息公开条例',), slips=('政务信息公开条例',))),
documents=(Document(number='国办发〔2018〕118号', names=('重大执法决定法制审核制度的指导意见',), first_year=2018),),
codes=('国办发',),
substantial=('overview',),
),
family='enforcement',
signed=False,
conditions=(
Condition(code='L305', table='penalties', across='rows', when=(Test(key='money', asks='>', value='0'),), then=(Test(key='total', asks='>', value='0'),), text='有罚没金额却没有处罚'),
Condition(code='L306', table='penalties', across='rows', when=(Test(key='fined', asks='>', value='0'),), then=(Test(key='money', asks='>', value='0'),), text='有罚款却没有罚没金额'),
),
agreements=(
Agreement(code='L311', family='disclosure', here=('penalties.all.total',), there=('disclosure.penalty.decided',), text='处罚数与政府信息公开年报不同'),
Agreement(code='L313', family='disclosure', here=('coercion.all.sealed', 'coercion.all.seized', 'coercion.all.frozen', 'coercion.all.other_measures', 'coercion.all.surcharged', 'coercion.all.transferred', 'coercion.all.auctioned', 'coercion.all.restored', 'coercion.all.performed', 'coercion.all.other_executions'), there=('disclosure.coercion.decided',), text='强制数与政府信息公开年报不同'),
),
rules={
'L301': Rule(code='L301', name='各类处罚之和不等于合计', severity='error', message='{place}不平：{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}', why='合计是各类处罚的和；一宗案件只计一次，计入最重的一类。', example='警告 2、罚款 30、其他各类都是 0，合计写 31。', cure='核对这一行的各类和合计；一案并处两种以上处罚的，只在最重的一类里计一宗。', basis='表头（合计）和说明第2条', needs=('sums',), since='0.3.0'),
'L302': Rule(code='L302', name='各单位之和不等于合计行', severity='error', message='{place}不平：{left_names} = {left}，{right_names} = {right}，相差 {difference}{more}', why='合计行是各单位这一栏的和。', example='两个单位罚款各 15 宗，合计行写 31。', cure='核对各单位的数和合计行；漏了一个单位，就补上它的行。', basis='表头（合计）', needs=('sums',), since='0.3.0'),
'L305': Rule(code='L305', name='有罚没金额却没有处罚', severity='warning', message='{place}：{text}；现在{given}，而{now}', why='罚没金额以处罚决定书为准，没有处罚决定就没有罚没金额。', example='合计 0，罚没金额 3.2 万元。', cure='补上处罚的宗数，或把罚没金额改为 0；是上年决定、今年才缴的钱，不在今年计。', basis='表一说明第4条', needs=('conditions',), since='0.3.0'),
'L306': Rule(code='L306', name='有罚款却没有罚没金额', severity='warning', message='{place}：{text}；现在{given}，而{now}', why='罚款都有金额。反过来不成立：拘留并处罚款计入拘留，罚款一栏是 0，金额仍要计。', example='罚款 30 宗，罚没金额 0。', cure='补上罚没金额，核对单位是万元还是元。', basis='表一说明第2条、第4条', needs=('conditions',), since='0.3.0'),
'L311': Rule(code='L311', name='处罚数与政府信息公开年报不同', severity='note', message='{here_names}是 {here}，同年的“{name}”里{there_names}是 {there}，相差 {difference}', why='两份年报都按作出决定计数，多半相等；没有文件说两个数的口径是一个，所以只提示。', example='统计年报处罚合计 42，政府信息公开年报行政处罚处理决定数量 40。', cure='核对两份年报报的是不是同一范围（全县还是本机关）、同一年度；口径不同的，不用改。', needs=('agreed',), since='0.3.0'),
'L313': Rule(code='L313', name='强制数与政府信息公开年报不同', severity='note', message='{here_names}是 {here}，同年的“{name}”里{there_names}是 {there}，相差 {difference}', why='强制措施按决定计，强制执行按执行完毕计，政府信息公开年报只说“处理决定数量”，两个数可能不同，所以只提示。', example='统计年报行政强制是 0，政府信息公开年报行政强制处理决定数量 6。', cure='一份是 0、另一份不是的，多半漏了；都有数的，知道差在哪里就行。', needs=('agreed',), since='0.3.0'),
},
called='统计年报',
unconfirmed=(
'见到的样表是许可已划到行政审批局的机关，所以没有许可表；仍办许可的机关的样表没有见到。',
'见到的样表一个机关一行，没有“单位名称”栏。',
'行政强制表只见到两个大栏，小栏按说明里的名称排列。',
),
digest='7da501f89fc74b8540f09a8f7ad780785c3681a85629590a9f734a95d5d66037',
)
