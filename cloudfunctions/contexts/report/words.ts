import { chinaDateText, chinaDayAndTimeText, chinaMomentText, hourMs, minuteMs } from '../../ground/instant'
import { jobKindLabels } from '../job/rules/job-kinds'
import type { SeatDates } from '../organisation/rules/seat'
import { type StaffRole, staffRoleLabels } from '../organisation/rules/unit'
import { redFaceCauseLabels } from '../red-face/rules/red-face'
import type { RoutingReason } from '../routing/rules/reasons'
import { routingReasonText } from '../routing/words'
import { categoryNameOf, type RuleBook } from '../rule-book/rules/rule-book'
import { contactChannelLabels } from './rules/contact'
import { dueNames } from './rules/deadline-kind'
import type {
  AskedFor,
  AsWritten,
  Clearing,
  Closing,
  Doer,
  FactsOf,
  HandingOver,
  NameOf,
  Overturning,
  Parting,
  Reopening,
  Resuming,
  Routing,
  Striking,
  Suspending,
  Told,
} from './rules/lines'
import { matterFacts, type NamedMatter } from './rules/matter-name'
import type { MessageFacts, MessagePart, MessageText, Templates, WrittenMessage } from './rules/messages'
import { satisfactionLabels, solvedLabels } from './rules/rating'
import { declineReasonLabels, lookFindingLabels, returnReasonLabels } from './rules/reasons'
import { type ReportEvent, remedyLabels } from './rules/report'
import { type LevelRequest, lookReasonLabels, requestLabels } from './rules/request'
import type { WhyHere } from './rules/why-here'

// ── what lines and messages have in common ──

const doerNames: Readonly<Record<Exclude<Doer, object>, string>> = {
  resident: '居民',
  'every-reporter': '全体上报人',
  // Nobody ruled: what came of that has sentences of its own.
  time: '上级',
  system: '系统',
}
/** What who asked or ruled is called: the subject of a sentence. */
export const doerName = (doer: Doer): string => (typeof doer === 'object' ? doer.unit : doerNames[doer])

/** Nobody above has ruled while there was time to (K8). */
const unansweredText = '上级没有按时答复'

/** Whose appeal it is, to who reads it; of others nobody is told more than that they are residents. */
type Whose = '您的' | '居民的'
const whoseAppeal = ({ isYours }: { readonly isYours?: true }): Whose => (isYours ? '您的' : '居民的')

const upheldText = (by: Doer, whose: Whose): string =>
  by === 'time' ? `${unansweredText}，${whose}申诉成立` : `${doerName(by)}支持${whose}申诉`

const reopenedText = (reopening: Reopening, whose: Whose = '居民的'): string => {
  switch (reopening.because) {
    case 'broken-again':
      return '居民反映又坏了，重新办理'
    case 'rated-unsolved':
      return '居民评价没解决，退回重新办理'
    case 'look-unsolved':
      return '上级现场核实没有解决，重新办理'
    case 'appeal-upheld':
      return `${upheldText(reopening.by, whose)}，重新办理`
  }
}

const overturnedText = ({ isUnanswered }: Overturning, whose: Whose): string =>
  `${isUnanswered ? `${unansweredText}，` : ''}${whose}申诉成立，已要求受理`

const closedText = (closing: Closing): string => {
  switch (closing.because) {
    case 'solved':
      return '居民确认已解决，结案'
    case 'partly-solved':
      return '居民认为部分解决，结案'
    case 'silence':
      return `办结${closing.days}天没有等到全部评价，自动结案`
  }
}

const resumedTexts: Readonly<Record<Resuming['because'], string>> = {
  'handed-on': '换了责任单位，挂账随之结束',
  'time-over': '挂账到期，恢复办理',
  'unit-goes-on': '恢复办理',
  'reason-gone': '挂账的原因已消除，恢复办理',
  'needs-no-thaw': '这类事不用等开春，恢复办理',
}

const waitText = ({ untilAt, isSeasonal }: Suspending): string =>
  isSeasonal
    ? `土冻住了，开春再干，最晚等到${chinaDateText(untilAt)}`
    : `暂时办不了，挂账到${chinaDateText(untilAt)}`

const struckTexts: Readonly<Record<Striking['because'], string>> = {
  'found-not-urgent': '经上级认定不是紧急的事，按紧急时限上榜的原因撤销',
  'asked-in-time': '时限之前提出的申请获得同意，超期一条撤销',
  'appeal-upheld': '申诉成立，已撤销',
}

const clearedTexts: Readonly<Record<Clearing['because'], (days: number) => string>> = {
  reporter: () => '上报人确认已解决，“红脸”销号',
  posted: (days) => `公示${days}个工作日没人反对，“红脸”销号`,
  supporters: () => '遇到同样问题的居民确认已解决，“红脸”销号',
  look: () => '上级现场核实已解决，“红脸”销号',
  declined: () => '不予受理的申诉期已过，“红脸”撤下',
  withdrawn: () => '预告期内上报人撤回，不再上榜',
}
/** F5: by evidence and consent it is 销号, and by nothing else. */
const clearedTitles: Readonly<Record<Clearing['because'], string>> = {
  reporter: '红脸销号',
  posted: '红脸销号',
  supporters: '红脸销号',
  look: '红脸销号',
  declined: '红脸撤下',
  withdrawn: '红脸预告撤下',
}
const clearedText = ({ because, days = 0 }: Clearing): string => clearedTexts[because](days)

const partedTexts: Readonly<Record<Parting['because'], string>> = {
  'not-the-same': '居民说不是同一件事，已拆开单独办理',
  'parent-is-over': '原来并案的那件已经了结，这件单独接着办',
}

const routedText = ({ unit, isAnswering }: Routing): string =>
  routingReasonText({ why: isAnswering ? 'answers' : 'sorts', unit })

const returnedText = ({ from, to }: HandingOver): string => `${from}退回，由${to}指定责任单位`
const transferredText = ({ from, to }: HandingOver): string => `由${from}转给${to}`
const takenOverText = ({ to }: HandingOver): string => `${to}主动接办`
const wentHomeText = ({ from, to }: HandingOver): string => `${from}已撤，由${to}接着办`

const verdictText = ({ solved, satisfaction }: Templates['rated']['units']): string =>
  `居民评价：${solvedLabels[solved]}，${satisfactionLabels[satisfaction]}`

const movedText = ({ moved }: Templates['rescheduled']['units']): string =>
  `按公布的放假安排，${moved.map(({ due, dueAt }) => `${dueNames[due].deed}顺延到${chinaDateText(dueAt)}`).join('，')}`

const lapsedText = ({ request, awaited }: Templates['request-lapsed']['units']): string =>
  `“${requestLabels[request]}”没有等到${awaited === 'reporter' ? '上报人同意' : '裁定'}，失效`
const staysComplaintText = '上报人没有同意改类别，还按反映单位或干部的事办'

const causesText = (causes: Templates['red-face-published']['units']['causes']): string =>
  causes.map((cause) => redFaceCauseLabels[cause]).join('、')

const grantedText = ({ by, request }: AskedFor): string =>
  by === 'time'
    ? `${unansweredText}，${requestLabels[request]}成立`
    : `${doerName(by)}同意${requestLabels[request]}`
const deniedText = ({ by, request }: AskedFor): string => `${doerName(by)}不同意${requestLabels[request]}`

/** A look is asked for by the rules, whoever made it necessary, and is made, not ruled on. */
const lookText = '等上级到现场核实'
const askedText = ({ by, request }: AskedFor): string =>
  `${doerName(by)}${request.startsWith('appeal') ? '提出' : '申请'}${requestLabels[request]}`

const checkText = (checkedBy: string | undefined): string =>
  checkedBy === undefined ? '由别的同志核查' : `等${checkedBy}核查`

const leftText = (ms: number): string => {
  const hours = Math.round(ms / hourMs)
  return hours >= 1 ? `${hours}小时` : `${Math.max(1, Math.round(ms / minuteMs))}分钟`
}

/** Said of what only a newer version can say: while one is deployed, instances of both serve the same documents. */
const newerText = '有新的进展，请稍后再打开看。'

// ── the trace ──

/** How each line is said; `by` is the unit that acted, as it was called then, or nothing. */
type LineWords = {
  readonly [T in Told as NameOf<T>]: (facts: FactsOf<T>, by: string) => string
}

const lines: LineWords = {
  submitted: () => '居民上报',
  'filed-on-behalf': ({ isForFamily }, by) =>
    `${by}窗口代办上报，已念给本人听，本人同意${isForFamily ? '；是工作人员给自己家人办的' : ''}`,
  'receipt-reprinted': ({ no }, by) => `${by}窗口重打了回执（第${no}联），以前的查询码作废`,
  declared: (_, by) => `${by}列为群众最不满意的事`,
  routed: routedText,
  sorted: ({ to }, by) => `由${by}指定，由${to}负责`,
  'taken-up': () => '有居民说这就是自己要反映的事，成为上报人',
  supported: ({ households }) => `又有居民遇到同样的问题，共${households}户`,

  'resident-said': ({ note }) => `居民说：${note ?? '（照片）'}`,
  added: () => '居民作了补充',
  answered: () => '居民回答了',
  urged: (_, by) => `${by || '居民'}催办`,
  'message-opened': () => '居民看到了留言',
  'contact-denied': () => '居民说：没人联系我',
  rated: verdictText,
  withdrawn: () => '上报人撤回',
  'ended-without-reporter': () => '上报人已离开，现场核实已解决，了结',
  'handed-on': () => '上报人离开，由遇到同样问题的居民接着跟进',
  'left-while-listed': () => '上报人离开；已列入“红脸”清单的事要到现场看过才了结',

  accepted: (_, by) => `${by}已受理`,
  'accepted-by': ({ unit }) => `${unit}受理`,
  'accepted-while-merged': ({ unit }) => `${unit}并案时已受理`,
  'phone-revealed': (_, by) => `${by}查看了上报人的电话`,
  contacted: ({ channel }, by) => `${by}${contactChannelLabels[channel]}联系了上报人`,
  'contact-words': ({ note }, by) => `${by}：${note}`,
  asked: ({ note }, by) => `${by}问：${note}`,
  progressed: ({ note }, by) => `${by}：${note}`,
  'listed-by-its-unit': ({ note }, by) => `${by}把这件事列为群众最不满意的事：${note}`,
  noted: ({ note }, by) => `${by}：${note}`,
  'noted-on-return': ({ reason, note }, by) =>
    `${by}：${returnReasonLabels[reason]}${note ? `，${note}` : ''}`,
  'unit-gone': ({ unit, handsTo }) =>
    handsTo === undefined ? `${unit}已撤` : `${unit}已撤，还没办完的事交给${handsTo}`,
  'plan-laid': ({ plan, budget }) => `报计划：${plan}；经费：${budget}`,
  'plan-laid-while-merged': ({ plan, budget }) => `并案时已报计划：${plan}；经费：${budget}`,
  reclassified: ({ from, to }) => `类别由“${from}”改为“${to}”`,
  'complaint-ended': ({ to }) => `上报人同意不再按反映单位或干部的事办，改为“${to}”`,
  relocated: () => '地点已更正',
  'summary-corrected': ({ from, to }) => `公开摘要由“${from}”改为“${to}”`,
  'rework-ordered': (_, by) => `${by}核查未通过，返工`,
  'evidence-laid': ({ note }, by) => `${by}：${note}`,
  resolved: ({ note, remedy }) =>
    `已办结：${note}${remedy === 'temporary' ? `（${remedyLabels.temporary}）` : ''}`,
  reopened: (facts) => reopenedText(facts),
  'decline-overturned': ({ by }) =>
    by === 'time' ? `${unansweredText}，申诉成立，应当受理` : `${doerName(by)}认为应当受理，申诉成立`,
  closed: closedText,

  returned: (facts) => `${returnedText(facts)}，时限不变`,
  transferred: (facts) => `${transferredText(facts)}，时限不变`,
  'taken-over': (facts) => `${takenOverText(facts)}，时限不变`,
  'went-home': (facts) => `${wentHomeText(facts)}，时限不变`,
  reassigned: ({ note, to }, by) => `${by}改派：${note}，由${to}负责`,
  dispatched: ({ unit }) => `派遣给共建单位${unit}处置`,
  'given-to-own-people': ({ unit }) => `由${unit}自己处置`,
  recalled: ({ from }, by) => `${by}从${from}收回，自己办理`,
  'recalled-from-own-people': (_, by) => `${by}收回派单，另行安排`,
  'sent-back': ({ unit }) => `${unit}退回派单`,
  'sent-back-by-own-people': ({ unit }) => `${unit}另行安排`,
  'fix-claimed': ({ unit, checkedBy }) => `${unit}报完成，${checkText(checkedBy)}`,
  'fix-claimed-by-own-people': ({ unit }) => `${unit}报完成，${checkText(undefined)}`,
  'handler-said': ({ unit, note }) => `${unit}：${note}`,

  merged: () => '与一件更早的同样诉求并案办理',
  absorbed: ({ households }) => `并入一件同样的诉求，共${households}户`,
  released: () => '一件并入的诉求已拆出，单独办理',
  unmerged: ({ because }) => partedTexts[because],

  requested: (facts) => (facts.request === 'look' ? `按规定${lookText}` : `${askedText(facts)}，等上级审批`),
  'asked-to-end-complaint': ({ by }) => `${doerName(by)}申请改类别，等上报人同意`,
  'asked-to-merge-again': ({ by, other }) => `${doerName(by)}想与“${other}”并案，等上报人说是不是同一件事`,
  'request-reason': ({ note }) => `理由：${note}`,
  'into-another-kind': ({ category }) => `理由：改为“${category}”`,
  'to-another-place': ({ unit }) => `理由：地点属于${unit}`,
  'to-go-and-see': ({ because }) => `理由：${lookReasonLabels[because]}`,
  'request-agreed': () => '上报人同意',
  'agreed-to-merge': () => '上报人说还是同一件事，同意并案',
  'request-moved-up': () => '申请没有按时审批，转到更上一级',
  'request-granted': ({ note, ...asked }) => `${grantedText(asked)}${note ? `：${note}` : ''}`,
  'request-denied': ({ note, ...asked }) => `${deniedText(asked)}${note ? `：${note}` : ''}`,
  'request-lapsed': lapsedText,
  'request-dropped': ({ request }) => `“${requestLabels[request]}”的申请随之失效`,
  'merging-lapsed': ({ other }) => `现在不能与“${other}”并案，单独办理`,
  'stays-complaint': () => staysComplaintText,
  declined: ({ by, because }) => `${doerName(by)}同意不予受理：${declineReasonLabels[because]}`,
  suspended: (facts) =>
    `${facts.isSeasonal ? '挂账，' : ''}${waitText(facts)}：${facts.reason}；计划：${facts.plan}`,
  resumed: ({ because }) => resumedTexts[because],
  extended: ({ by, untilAt, reason }) => `${doerName(by)}同意延期到${chinaDateText(untilAt)}：${reason}`,

  rescheduled: movedText,
  'due-soon': ({ due, leftMs }) => `离${dueNames[due].deed}时限还有${leftText(leftMs)}`,
  overdue: ({ due }) => `已超过${dueNames[due].deed}时限`,
  supervised: (_, by) => `${by}督办`,
  'reworked-too-often': ({ count }) => `第${count}次返工，请上级督办`,
  looked: ({ finding, note }, by) => `${by}现场核实：${lookFindingLabels[finding]}。${note}`,

  'red-face-noticed': ({ cause, units }) =>
    `列入“红脸”清单预告：${redFaceCauseLabels[cause]}（${units.join('、')}）`,
  'red-face-published': ({ causes }) => `登上“红脸”清单，向社会公开：${causesText(causes)}`,
  'red-face-appealed': (_, by) => `${by}对“红脸”条目提出申诉，申诉中`,
  'said-to-appeal': () => '居民对申诉作了说明',
  'red-face-struck': ({ because }) => struckTexts[because],
  'red-face-restored': () => '居民的申诉成立，撤销的评价恢复',
  'look-undone': () => '居民对现场核实的申诉成立，销号的“红脸”恢复',
  'red-face-posted': ({ days }) => `上报人确认已解决，公示${days}个工作日，没人反对就销号`,
  'red-face-answered': ({ isGone }) => (isGone ? '有居民说修好了' : '有居民说没修好'),
  'red-face-cleared': clearedText,
  'left-the-page': () => '迟到的一步已经补上，期满下榜，台账留存',
}

/** One line of the trace, as its readers read it. */
export const lineText = (event: Pick<ReportEvent, 'kind' | 'unitName'> & (Told | AsWritten)): string => {
  if ('line' in event && event.line === 'as-written') return event.facts.words
  const told: Told = event
  const name: keyof LineWords = 'line' in told ? told.line : told.kind
  if (!Object.hasOwn(lines, name)) return newerText
  // Sound: the line is the one of the name of the very facts that it is then given.
  const say = lines[name] as (facts: object | undefined, by: string) => string
  return say('facts' in told ? told.facts : undefined, event.unitName ?? '')
}

// ── messages ──

/** How each audience of each template is told; `it` is the matter in its quotation marks. */
type MessageWords = {
  readonly [T in keyof Templates]: {
    /** Of a title that asks for something: who is asked, and who is told that others are, read different ones. */
    readonly title:
      | string
      | ((fields: Templates[T][keyof Templates[T]], audience: keyof Templates[T]) => string)
  } & {
    readonly [A in keyof Templates[T]]: (it: string, fields: Templates[T][A]) => string
  }
}

/** For who reported it, and for who said 我也遇到. */
const yours = (it: string): string => `您反映的${it}`
const followed = (it: string): string => `您关心的${it}`

/** A hand-over: the deadlines stay, which who follows it need not be told. */
const handOverWords = (title: string, text: (facts: HandingOver) => string) => ({
  title,
  units: (it: string, facts: HandingOver) => `${it}${text(facts)}，时限不变。`,
  residents: (it: string, facts: HandingOver) => `${yours(it)}${text(facts)}，时限不变。`,
  supporters: (it: string, facts: HandingOver) => `${followed(it)}${text(facts)}。`,
})

const struckWords = ({ because, appealDays }: Striking & { readonly appealDays?: number }): string =>
  `${struckTexts[because]}。${appealDays === undefined ? '' : `说这话的居民不同意，可以在${appealDays}天内向上一级申诉。`}`

const lookTitle = '请到现场核实'
const goAndSee = (it: string): string => `${it}${lookText}，请去看。`

const publishedText = '已登上公开的“红脸”清单，办好并经群众同意后才会销号。'

const messages: MessageWords = {
  received: {
    title: '已收到',
    residents: (it, { unit, isAnswering }) =>
      `${yours(it)}已收到，由${unit}${isAnswering ? '负责' : '指定责任单位'}。`,
  },
  'new-to-accept': { title: '新诉求', units: (it) => `${it}，请受理。` },
  'new-to-sort': { title: '待分派', units: (it) => `${it}，请指定责任单位。` },
  'near-the-border': {
    title: '边界诉求',
    units: (it) => `${it}靠近你们的网格，如属于你们可以主动接办。`,
  },
  'taken-up': {
    title: '有了上报人',
    units: (it) => `${it}有居民作为上报人跟进了，请联系。`,
    reporter: (it, { unit }) => `${yours(it)}由${unit}负责，办到哪一步都会告诉您。`,
  },

  added: { title: '居民补充', units: (it) => `居民给${it}作了补充，请看。` },
  answered: { title: '居民回答', units: (it) => `居民回答了${it}的询问，请看。` },
  urged: { title: '催办', units: (it, { by }) => `${doerName(by)}催办${it}，请抓紧。` },
  'contact-denied': { title: '居民说没人联系', units: (it) => `${it}：居民说没人联系，请再联系。` },
  rated: { title: '居民评价', units: (it, facts) => `${it}${verdictText(facts)}。` },
  withdrawn: { title: '居民撤回', units: (it) => `${it}已由居民撤回。` },
  'handed-on': {
    title: '上报人变更',
    units: (it) => `${it}的上报人已离开，由另一位居民接着跟进。`,
    reporter: (it) => `${it}原来的上报人已离开，现在由您接着跟进、评价。`,
    residents: (it) => `${it}原来的上报人已离开，这件事接着办。`,
  },
  'left-while-listed': { title: '上报人离开', units: (it) => `${it}的上报人已离开，等上级现场核实。` },

  accepted: {
    title: '已受理',
    units: (it, { unit }) => `${it}已由${unit}受理。`,
    residents: (it, { unit, contactDueAt }) =>
      `${unit}已受理${yours(it)}${contactDueAt === undefined ? '' : `，最晚${chinaMomentText(contactDueAt)}联系您`}。`,
    supporters: (it, { unit }) => `${unit}已受理${followed(it)}。`,
  },
  'accepted-after-a-no': {
    title: '已受理',
    residents: (it, { unit }) => `${unit}已受理${yours(it)}。`,
    supporters: (it) => `${followed(it)}已受理。`,
  },
  'phone-revealed': { title: '电话被查看', reporter: (it, { unit }) => `${unit}为办理${it}查看了您的电话。` },
  'message-left': {
    title: '给您留言了',
    reporter: (it, { unit, note }) => `${unit}就${it}给您留言：${note}`,
    persons: (it, { unit, note }) => `${unit}就${it}给您留言：${note}`,
  },
  contacted: {
    title: '联系您了',
    reporter: (it, { unit, channel }) =>
      `${unit}${contactChannelLabels[channel]}联系了您（${it}）。没有联系过您？可以点“没人联系我”。`,
    persons: (it, { unit, channel }) =>
      `${unit}${contactChannelLabels[channel]}联系了您（${it}）。没有联系过您？可以点“没人联系我”。`,
  },
  asked: { title: '有话问您', reporter: (it, { note }) => `就${it}问您：${note}` },
  progressed: {
    title: '办理进展',
    units: (it) => `${it}有新进展。`,
    residents: (it, { note }) => `${yours(it)}：${note}`,
    supporters: (it, { note }) => `${followed(it)}：${note}`,
  },
  'plan-laid': {
    title: '已报计划',
    units: (it) => `${it}已报计划。`,
    residents: (it, { plan }) => `${yours(it)}有计划了：${plan}。`,
    supporters: (it, { plan }) => `${followed(it)}有计划了：${plan}。`,
  },
  reclassified: {
    title: '类别更正',
    units: (it, { category }) => `${it}的类别改为“${category}”。`,
    residents: (it, { category }) => `${yours(it)}类别改为“${category}”。`,
    supporters: (it, { category }) => `${followed(it)}类别改为“${category}”。`,
  },
  'into-another-kind': {
    title: '想改类别',
    residents: (it, { unit, category }) => `${unit}想把${it}改为“${category}”，时限会变长。您同意吗？`,
  },
  'no-complaint': {
    title: '想改类别',
    units: (it, { unit, category }) => `${unit}请${it}的上报人看，能不能改为“${category}”。上报人同意才改。`,
    residents: (it, { unit, category }) =>
      `${unit}觉得${it}不是反映单位或干部的事，想改为“${category}”。您同意才改；请先看改了会怎样。`,
  },
  'complaint-ended': {
    title: '改为一般诉求',
    units: (it, facts) =>
      `上报人同意不再按反映单位或干部的事办，改为${it}，${routedText(facts)}，时限接着算。`,
    residents: (it, facts) => `您反映的事改为${it}，${routedText(facts)}，时限接着算。`,
  },
  relocated: {
    title: '地点更正',
    units: (it) => `${it}的地点已更正，请看。`,
    residents: (it) => `${yours(it)}地点已更正，请看对不对。`,
    supporters: (it) => `${followed(it)}地点已更正。`,
  },
  'to-another-place': {
    title: '想改地点',
    residents: (it, { unit, to }) => `${unit}说${it}的地点属于${to}，想转过去。您同意吗？`,
  },
  'summary-corrected': {
    title: '公开摘要更正',
    units: (it) => `公开摘要改为${it}。`,
    residents: (it) => `公开摘要改为${it}。`,
  },
  reworked: {
    title: '返工',
    units: (it, { note }) => `${it}核查未通过：${note}`,
    residents: (it) => `${yours(it)}核查没通过，正在返工。`,
    supporters: (it) => `${followed(it)}核查没通过，正在返工。`,
  },
  'reworked-too-often': { title: '督办', units: (it, { count }) => `${it}已返工${count}次，请督办。` },
  'evidence-laid': {
    title: (fields, audience) =>
      audience === 'residents' || 'isAsked' in fields ? '修好了吗？' : '放了新的证据',
    units: (it) => `${it}放了新的证据，等居民回答。`,
    residents: (it, { note }) => `${it}：${note} 修好了吗？请说一声。`,
    supporters: (it, { note, isAsked }) => `${it}：${note}${isAsked ? ' 修好了吗？请说一声。' : ''}`,
  },
  resolved: {
    title: (_, audience) => (audience === 'residents' ? '已办结，请您评价' : '已办结'),
    units: (it, { hasNoReporter }) =>
      `${it}已办结，${hasNoReporter ? '没有上报人，到期自动结案' : '等居民评价'}。`,
    residents: (it) => `${yours(it)}已办结。修好了吗？请给个评价。`,
    supporters: (it) => `${followed(it)}已办结，看看办理后的照片吧。`,
  },
  reopened: {
    title: '重新办理',
    units: (it, facts) => `${it}：${reopenedText(facts)}，请抓紧。`,
    residents: (it, facts) => `${yours(it)}：${reopenedText(facts, whoseAppeal(facts))}。`,
    supporters: (it, facts) => `${followed(it)}：${reopenedText(facts)}。`,
  },
  'decline-overturned': {
    title: '申诉成立',
    units: (it, { isUnanswered }) =>
      isUnanswered ? `${it}：${unansweredText}，居民的申诉成立，请受理。` : `上级认定${it}应当受理，请受理。`,
    residents: (it, facts) => `${yours(it)}：${overturnedText(facts, whoseAppeal(facts))}。`,
    supporters: (it, facts) => `${followed(it)}：${overturnedText(facts, '居民的')}。`,
  },
  closed: {
    title: '已结案',
    units: (it, facts) => `${it}${closedText(facts)}。`,
    residents: (it, facts) =>
      `${it}${closedText(facts)}。${facts.reopenDays}天内又坏了，可以点“又坏了”重新办理。`,
    supporters: (it) => `${followed(it)}已结案。还没修好可以申诉。`,
  },

  returned: handOverWords('待分派', returnedText),
  transferred: handOverWords('责任单位变更', transferredText),
  'taken-over': handOverWords('责任单位变更', takenOverText),
  'went-home': handOverWords('责任单位变更', wentHomeText),
  sorted: {
    title: '责任单位变更',
    units: (it, { by, to }) => `${it}由${to}负责（由${by}指定），时限不变。`,
    residents: (it, { by, to }) => `${yours(it)}由${to}负责（由${by}指定），时限不变。`,
    supporters: (it, { to }) => `${followed(it)}由${to}负责。`,
  },
  reassigned: {
    title: '责任单位变更',
    units: (it, { by, to, note }) => `${it}由${to}负责（${by}改派：${note}），时限不变。`,
    residents: (it, { by, to, note }) => `${yours(it)}由${to}负责（${by}改派：${note}），时限不变。`,
    supporters: (it, { to }) => `${followed(it)}由${to}负责。`,
  },
  dispatched: {
    title: '派单',
    units: (it, { by, unit }) => `${by}把${it}交给${unit}处置。`,
    residents: (it, { unit }) => `${yours(it)}已交给${unit}处置。`,
    supporters: (it, { unit }) => `${followed(it)}已交给${unit}处置。`,
  },
  'given-to-own-people': {
    title: '派单',
    units: (it, { unit, isHandedOn }) => `${it}由${unit}${isHandedOn ? '换人' : '自己'}处置。`,
    member: (it) => `${it}派给您处置。`,
    residents: (it, { unit }) => `${yours(it)}由${unit}自己处置。`,
    supporters: (it, { unit }) => `${followed(it)}由${unit}自己处置。`,
  },
  recalled: {
    title: '收回派单',
    units: (it, { unit }) => `${it}已由${unit}收回。`,
    residents: (it, { unit }) => `${yours(it)}由${unit}收回，自己办理。`,
    supporters: (it, { unit }) => `${followed(it)}由${unit}收回，自己办理。`,
  },
  'recalled-from-own-people': {
    title: '收回派单',
    units: (it, { unit }) => `${it}已由${unit}收回。`,
    residents: (it, { unit }) => `${yours(it)}由${unit}另行安排。`,
    supporters: (it, { unit }) => `${followed(it)}由${unit}另行安排。`,
  },
  'sent-back': {
    title: '派单被退回',
    units: (it, { handler = ownPeople, note }) => `${handler}退回${it}：${note}`,
    residents: (it, { handler, unit }) =>
      `${yours(it)}，${handler === undefined ? `由${unit}另行安排` : `${handler}办不了，由${unit}接着办`}。`,
    supporters: (it, { unit }) => `${followed(it)}由${unit}接着办。`,
  },
  'fix-claimed': {
    title: '待核查',
    units: (it, { handler = ownPeople }) => `${handler}报${it}已完成，请核查。`,
    residents: (it, { unit, checkedBy }) => `${unit}报${yours(it)}已完成，${checkText(checkedBy)}。`,
    supporters: (it, { unit, checkedBy }) => `${unit}报${followed(it)}已完成，${checkText(checkedBy)}。`,
  },

  merged: {
    title: '已并案',
    units: (it, { other }) => `${it}与“${other}”并案办理。`,
    residents: (it, { other }) =>
      `${yours(it)}与“${other}”一起办理，每一步都会告诉您。不是同一件事？可以拆开。`,
    supporters: (it, { other }) => `${followed(it)}与“${other}”一起办理。`,
  },
  'merge-again': {
    title: (_, audience) => (audience === 'reporter' ? '还是同一件事吗？' : '等居民同意并案'),
    units: (it, { by, other }) => `${doerName(by)}想把${it}与“${other}”并案，居民同意才并。`,
    reporter: (it, { by, other }) =>
      `${doerName(by)}说${it}与“${other}”是同一件事，想一起办。您说过不是，您同意才并。`,
  },
  'merging-lapsed': {
    title: '没有并案',
    units: (it, { other }) => `居民同意${it}与“${other}”并案，但现在不能并了，仍单独办理。`,
    reporter: (it, { other }) => `${it}现在不能与“${other}”并案，照样单独办理。`,
  },
  absorbed: {
    title: '并入',
    units: (it, { households }) => `${it}并入一件同样的诉求，共${households}户。`,
  },
  released: { title: '拆案', units: (it) => `并入${it}的一件诉求已拆出。` },
  unmerged: {
    title: '拆案',
    units: (it, { because }) => `${it}${partedTexts[because]}。`,
    residents: (it, { because }) => `${yours(it)}${partedTexts[because]}，时限照原来的算。`,
    supporters: (it, { because }) => `${followed(it)}${partedTexts[because]}。`,
  },

  requested: {
    title: ({ request }) => (request === 'look' ? lookTitle : '有申请待审批'),
    units: (it, facts) => (facts.request === 'look' ? goAndSee(it) : `${it}：${askedText(facts)}，请审批。`),
  },
  'extend-again': {
    title: '想再延期',
    residents: (it, { unit }) => `${unit}想再延长${it}的时限，要您同意。您同意吗？`,
  },
  'request-moved-up': {
    title: '审批超时上移',
    units: (it, { request }) => `${it}的“${requestLabels[request]}”申请没有按时审批，请审批。`,
  },
  'request-granted': {
    title: '申请获准',
    units: (it, facts) => `${it}：${grantedText(facts)}。`,
    residents: (it, facts) => `${it}：${grantedText(facts)}。`,
  },
  'request-denied': {
    title: '申请未获准',
    units: (it, facts) => `${it}：${deniedText(facts)}。`,
    residents: (it, facts) => `${it}：${deniedText(facts)}。`,
    supporters: (it, facts) => `${it}：${deniedText(facts)}。`,
  },
  'request-lapsed': { title: '申请失效', units: (it, facts) => `${it}：${lapsedText(facts)}。` },
  'request-dropped': {
    title: '申请失效',
    units: (it, { request }) => `${it}的“${requestLabels[request]}”申请随之失效。`,
    residents: (it, { request }) => `${yours(it)}的“${requestLabels[request]}”申请随之失效。`,
    persons: (it, { request }) => `${followed(it)}的“${requestLabels[request]}”申请随之失效。`,
  },
  'stays-complaint': {
    title: '申请失效',
    units: (it) => `${it}：${staysComplaintText}。`,
    residents: (it) => `${it}：${staysComplaintText}。`,
  },
  declined: {
    title: '不予受理',
    units: (it) => `${it}不予受理。`,
    residents: (it, { because, appealDays }) =>
      `${yours(it)}不予受理：${declineReasonLabels[because]}。不同意可以在${appealDays}天内向上一级申诉。`,
    supporters: (it, { because, appealDays }) =>
      `${followed(it)}不予受理：${declineReasonLabels[because]}。不同意可以在${appealDays}天内向上一级申诉。`,
  },
  suspended: {
    title: '挂账',
    units: (it, { untilAt, reason }) => `${it}挂账到${chinaDateText(untilAt)}：${reason}。`,
    residents: (it, facts) => `${yours(it)}${waitText(facts)}：${facts.reason}。计划：${facts.plan}。`,
    supporters: (it, facts) => `${followed(it)}${waitText(facts)}：${facts.reason}。计划：${facts.plan}。`,
  },
  resumed: {
    title: '恢复办理',
    units: (it, { because }) => `${it}${resumedTexts[because]}。`,
    residents: (it, { because }) => `${yours(it)}${resumedTexts[because]}。`,
    supporters: (it, { because }) => `${followed(it)}${resumedTexts[because]}。`,
  },
  extended: {
    title: '延期',
    units: (it, { untilAt }) => `${it}延期到${chinaDateText(untilAt)}。`,
    residents: (it, { untilAt, reason }) => `${yours(it)}延期到${chinaDateText(untilAt)}：${reason}。`,
    supporters: (it, { untilAt, reason }) => `${followed(it)}延期到${chinaDateText(untilAt)}：${reason}。`,
  },
  'look-passed-up': { title: lookTitle, units: goAndSee },

  rescheduled: {
    title: '时限顺延',
    units: (it, facts) => `${it}${movedText(facts)}。`,
    residents: (it, facts) => `${yours(it)}${movedText(facts)}。`,
    supporters: (it, facts) => `${followed(it)}${movedText(facts)}。`,
  },
  'due-soon': {
    title: ({ due }) => `${dueNames[due].label}快到期`,
    // Read later, “3小时” would be wrong.
    units: (it, { due, dueAt }) => `${it}最晚${chinaMomentText(dueAt)}${dueNames[due].deed}，请抓紧。`,
  },
  overdue: {
    title: ({ due }) => `${dueNames[due].label}已超期`,
    units: (it, { due, dueAt }) => `${it}应在${chinaMomentText(dueAt)}前${dueNames[due].deed}，已超期。`,
  },
  supervised: {
    title: '督办',
    units: (it, { unit, note }) => `${unit}督办${it}：${note}`,
    residents: (it, { unit }) => `${unit}正在督办${yours(it)}。`,
  },
  looked: {
    title: '上级现场核实',
    units: (it, { unit, finding }) => `${unit}现场核实${it}：${lookFindingLabels[finding]}。`,
    residents: (it, { unit, finding, note }) =>
      `${unit}到现场看了${yours(it)}：${lookFindingLabels[finding]}。${note}`,
    supporters: (it, { unit, finding }) =>
      `${unit}到现场看了${followed(it)}：${lookFindingLabels[finding]}。`,
  },

  'cause-of-complaint': {
    title: '督办',
    units: (it, { cause }) => `${it}${redFaceCauseLabels[cause]}，请督促办理。`,
  },
  'listed-by-its-unit': {
    title: '列入“红脸”清单',
    residents: (it, { unit }) => `${unit}把${yours(it)}列为群众最不满意的事。`,
    supporters: (it, { unit }) => `${unit}把${followed(it)}列为群众最不满意的事。`,
  },
  'red-face-noticed': {
    title: '红脸预告',
    units: (it, { cause, publicAt }) =>
      `${it}因${redFaceCauseLabels[cause]}列入“红脸”清单，${publicAt === undefined ? '马上' : chinaMomentText(publicAt)}向社会公开。`,
  },
  inherited: {
    title: '红脸条目由您接着负责',
    units: (it, { from }) =>
      `${from}已撤，它在${it}上的“红脸”条目由您单位接着负责：放证据、请上级核实、申诉。`,
  },
  'red-face-published': {
    title: '红脸上榜',
    units: (it, { causes }) => `${it}因${causesText(causes)}公开登上“红脸”清单。`,
    residents: (it) => `${yours(it)}${publishedText}`,
    supporters: (it, { isAsked }) =>
      `${followed(it)}${publishedText}${isAsked ? '修好了吗？请说一声。' : ''}`,
  },
  'verdict-disputed': {
    title: '您的评价有人申诉',
    persons: (it, { unit, days }) =>
      `${unit}不同意您对${it}的评价，申请撤销。您怎么看？请在${days}个工作日内说一句，上级看过现场、听过您的才裁定。`,
  },
  'said-to-appeal': { title: '居民说明', units: (it) => `${it}：居民对申诉作了说明，请看。` },
  'red-face-struck': {
    title: '红脸撤销',
    units: (it, facts) => `${it}：${struckWords(facts)}`,
    residents: (it, facts) => `${it}：${struckWords(facts)}`,
    persons: (it, facts) => `${it}：${struckWords(facts)}`,
    supporters: (it, facts) => `${followed(it)}：${struckWords(facts)}`,
  },
  'red-face-posted': {
    title: '公示',
    units: (it, { days }) => `${it}公示${days}个工作日，没人反对就销号。`,
    residents: (it, { days }) => `${it}：上报人说已经修好，公示${days}个工作日，没人反对就销号。`,
    supporters: (it, { days }) =>
      `${followed(it)}：上报人说已经修好，公示${days}个工作日。还没修好请说一声。`,
  },
  'red-face-answered': {
    title: ({ isGone }) => (isGone ? '居民说修好了' : '居民说没修好'),
    units: (it, { isGone }) => `${it}：有居民说${isGone ? '修好了' : '没修好'}。`,
  },
  'red-face-cleared': {
    title: ({ because }) => clearedTitles[because],
    units: (it, facts) => `${it}${clearedText(facts)}。`,
    residents: (it, facts) => `${it}${clearedText(facts)}，记录留档。`,
    supporters: (it, facts) => `${followed(it)}${clearedText(facts)}，记录留档。`,
  },
  'job-done': {
    title: ({ job }) => `${jobKindLabels[job]}办好了`,
    persons: (_it, { job, bad }) =>
      bad === 0 ? `${jobKindLabels[job]}办好了。` : `${jobKindLabels[job]}办好了，有${bad}行要看一看。`,
  },
  'job-failed': {
    title: ({ job }) => `${jobKindLabels[job]}没办成`,
    persons: (_it, { job, because }) => `${jobKindLabels[job]}没办成：${because}。`,
  },

  'without-secretary': {
    title: '没有书记了',
    units: (_, { unit }) => `${unit}现在没有书记在岗，它的诉求请上一级先看着，并尽快请人。`,
  },
  'invitation-accepted': {
    title: '邀请的人来了',
    persons: (_, { name, ...seat }) =>
      `您请${name}任${seatText(seat)}，有人点了“是我”。请核对手机尾号，再点“就是他”或“不是”。`,
  },
  'invitation-declined': {
    title: '邀请没有接',
    persons: (_, { name, ...seat }) => `您请${name}任${seatText(seat)}，扫码的人说不是本人，请重新发。`,
  },
  'invitation-refused': {
    title: '邀请没有通过',
    persons: (_, seat) => `${seatText(seat)}的邀请没有通过，如是误会，请发邀请的人再发一个。`,
  },
  'seat-given': { title: '职务生效', persons: (_, seat) => `您任${seatText(seat)}，${seatTimeText(seat)}。` },
  'seat-changed': {
    title: '任期有变',
    persons: (_, seat) => `您任${seatText(seat)}的任期改了：${seatTimeText(seat)}。`,
  },
  'seat-restored': {
    title: '任期恢复',
    persons: (_, seat) => `您任${seatText(seat)}的改动已撤销：${seatTimeText(seat)}。`,
  },
  'seat-ended': {
    title: '职务结束',
    persons: (_, { untilAt, ...seat }) =>
      `您任${seatText(seat)}${untilAt === undefined ? '已' : `到${chinaMomentText(untilAt)}`}结束。`,
  },
}

const seatText = ({ unit, role }: { readonly unit: string; readonly role: StaffRole }): string =>
  `${unit}“${staffRoleLabels[role]}”`
const seatTimeText = ({ fromAt, untilAt }: SeatDates): string =>
  `${fromAt === undefined ? '' : `从${chinaDateText(fromAt)}起，`}${untilAt === undefined ? '没有定结束的日子' : `到${chinaMomentText(untilAt)}止`}`

const ownPeople = '本单位的承办人'

/** Which matter a message is about, for whoever reads it long after. */
export const matterLine = (matter: NamedMatter): string =>
  matterFacts(matter, chinaDayAndTimeText).join(' · ')

/** Words looked up by the template of the very part whose fields they are then given: sound of any of them. */
type AnyWords = { readonly title: string | ((fields: unknown, audience: string) => string) } & Readonly<
  Record<string, (it: string, fields: unknown) => string>
>
const isWritten = (part: MessagePart): part is WrittenMessage => part.template === 'as-written'

/** One message, whatever its step was made of: what is said twice is said once. */
export const messageText = ({ parts, about }: MessageFacts): MessageText => {
  const titleOf = (part: MessagePart): string => {
    if (isWritten(part)) return part.fields.title
    if (!Object.hasOwn(messages, part.template)) return '新的进展'
    const { title } = messages[part.template] as AnyWords
    return typeof title === 'string' ? title : title(part.fields, part.audience)
  }
  const say = (part: MessagePart): string => {
    if (isWritten(part)) return part.fields.words
    if (!Object.hasOwn(messages, part.template)) return newerText
    const words = messages[part.template] as AnyWords
    return words[part.audience]?.(`“${part.matter ?? about?.title ?? ''}”`, part.fields) ?? ''
  }
  const [first] = parts
  const wroteAbout = first && isWritten(first) ? first.fields.about : undefined
  return {
    title: first ? titleOf(first) : '',
    text: [...new Set(parts.map(say))].join(''),
    about: about ? matterLine(about) : (wroteAbout ?? null),
  }
}

// ── where it is, and requests ──

type HowItCame = Exclude<WhyHere, RoutingReason>
const howItCame: {
  readonly [W in HowItCame['why']]: (reason: Extract<HowItCame, { readonly why: W }>) => string
} = {
  'passed-on': ({ how, because, ...facts }) => {
    const text = { return: returnedText, transfer: transferredText, 'take-over': takenOverText }[how](facts)
    if (because === undefined) return text
    return `${because === 'relocated' ? '地点更正后' : `${doerName(because)}决定`}，${text}`
  },
  'sorted-by': ({ unit }) => `由${unit}指定`,
  reassigned: ({ unit, note }) => `${unit}改派：${note}`,
  'went-home': wentHomeText,
  'decline-overturned': () => '申诉成立',
  reopened: (reason) => reopenedText(reason),
  unmerged: ({ because }) => partedTexts[because],
  'cannot-take': ({ unit, sorter }) => `${unit}现在接不了，由${sorter}指定责任单位`,
  'split-off': ({ unit }) => `由上级现场核实后单独立件，由${unit}负责`,
}

/** One reason why the matter is with the unit that has it. */
export const whyHereText = (reason: WhyHere): string =>
  // Sound: the row is the one of the very reason that it is then given; what has none came by its routing.
  Object.hasOwn(howItCame, reason.why)
    ? (howItCame[reason.why as HowItCame['why']] as (reason: WhyHere) => string)(reason)
    : routingReasonText(reason as RoutingReason)

/** Why it is asked for, where that is not said by what is asked for. */
export const requestReason = (request: LevelRequest): string | null => {
  switch (request.kind) {
    case 'reclassify':
    case 'relocate':
      return null
    case 'look':
      return lookReasonLabels[request.because]
    default:
      return request.reason
  }
}

/** What is asked for, beyond its kind. */
export const requestDetail = (request: LevelRequest, rules: RuleBook): string | null => {
  switch (request.kind) {
    case 'suspend':
      return `${request.isSeasonal ? '土冻住了，开春再干，' : ''}挂账到${chinaDateText(request.untilAt)}，计划：${request.plan}`
    case 'extend':
      return `延期到${chinaDateText(request.resolveDueAt)}`
    case 'pass-on':
      return `转给${request.to.name}`
    case 'decline':
      return declineReasonLabels[request.because]
    case 'reclassify':
      return `改为“${categoryNameOf(rules, request.categoryId)}”`
    case 'relocate':
      return request.to ? `属于${request.to.name}` : '改到别处'
    case 'merge':
      return `与“${request.parentSummary}”并案`
    case 'look':
      return lookReasonLabels[request.because]
    default:
      return null
  }
}

/** What a report says that nobody has typed: somebody went and saw that what was left was another matter. */
export const splitOffText = (summary: string): string =>
  `${summary}：上级现场看过，没修好的是另一件事，单独办理`
