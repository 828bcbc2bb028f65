import { isConfidential } from '../access/authorise'
import { dayMs } from '../instant'
import {
  activeEpisode,
  answerRedFace,
  freezeRedFace,
  hasBeenPublic,
  layEvidence,
  mayOneLevelUpVerify,
  unfreezeRedFace,
} from '../red-face/red-face'
import { ok, type Refusal, type Result, refuse } from '../result'
import type { RoutedUnit, RoutingDecision } from '../routing/routing'
import type { RuleBook } from '../rules'
import {
  type ActingSide,
  addRedFaceCause,
  beginChange,
  enqueue,
  finishChange,
  move,
  type ReportChange,
  record,
  tellReporter,
  tellResidents,
  tellUnit,
} from './change'
import { contactChannelLabels, declineReasonLabels, type ReportCommand, returnReasonLabels } from './commands'
import { isOpen, mayFollow, type ReportStatus } from './lifecycle'
import {
  announcePublication,
  clearEpisode,
  closeReport,
  reopenReport,
  resolveReport,
  resumeReport,
} from './moves'
import { currentHandler, type PendingRequest, type Report } from './report'
import { catchUp, judgeSupporters } from './tick'

/** Who decides and when; authorisation has already been given (see access/). */
export interface DecisionContext {
  readonly now: number
  readonly rules: RuleBook
  readonly by: ActingSide
  /** Opaque id of the person, kept only where the rules need it: who fixed must not check. */
  readonly actorId: string
  /** The resident's part in this report and key within it. */
  readonly participant?: { readonly key: string; readonly part: 'reporter' | 'supporter' }
  readonly command: { readonly id: string; readonly action: string; readonly digest: string }
}

type Refused = { readonly ok: false; readonly error: Refusal }
type Handle<K extends ReportCommand['kind']> = (
  change: ReportChange,
  command: Extract<ReportCommand, { kind: K }>,
  context: DecisionContext,
) => Refused | undefined

const unitOf = (context: DecisionContext): string => context.by.unitName ?? ''

const giveTo = (
  change: ReportChange,
  to: RoutedUnit,
  policy: RoutingDecision['policy'],
  reason: string,
): void => {
  const { report } = change
  report.branchId = to.id
  report.branchName = to.name
  report.unitPath = to.path
  report.routing = {
    policy,
    reasons: [reason],
    isProvisional: false,
    ruleVersion: change.rules.version,
    at: change.at,
  }
}

const ask = (change: ReportChange, request: PendingRequest, text: string): Refused | undefined => {
  const { report } = change
  if (report.pendingRequest) return refuse('request-pending')
  report.pendingRequest = request
  record(change, { kind: 'requested', text, visibility: 'parties' })
  tellUnit(
    change,
    report.unitPath[report.unitPath.length - 2] ?? null,
    '有申请待审批',
    `${report.branchName}：“${report.publicSummary}”${text}`,
  )
  return undefined
}

/** A resident's own words are for the parties only; the public reads what happened. */
const residentSays = (
  change: ReportChange,
  kind: 'withdrawn' | 'rated' | 'reopened',
  words: string,
  photos: readonly string[] = [],
): void => {
  if (!words && photos.length === 0) return
  record(change, { kind, text: `居民说：${words}`, visibility: 'parties', photos })
}

const countRework = (change: ReportChange): void => {
  const { report, rules } = change
  report.reworkCount += 1
  if (report.reworkCount < rules.report.reworksBeforeSupervision) return
  report.supervisedAts = [...report.supervisedAts, change.at]
  record(change, { kind: 'supervised', text: `第${report.reworkCount}次返工，上级督办` })
  tellUnit(
    change,
    report.unitPath[report.unitPath.length - 2] ?? null,
    '督办',
    `“${report.publicSummary}”已返工${report.reworkCount}次，请督办。`,
  )
}

const isLate = (context: DecisionContext, since: number | undefined): boolean =>
  since !== undefined && context.now > since + context.rules.report.appealWithinDays * dayMs

const handlers: { readonly [K in ReportCommand['kind']]: Handle<K> } = {
  withdraw: (change, command) => {
    const { report } = change
    if (report.supporters.length > 0) {
      return refuse('not-allowed', undefined, '还有其他居民遇到同样的问题，不能撤回，办好后请您评价')
    }
    const handlerUnitId = report.handlerUnitId
    move(change, 'withdrawn')
    record(change, { kind: 'withdrawn', text: '上报人撤回' })
    residentSays(change, 'withdrawn', command.reason)
    clearEpisode(change, 'reporter', '上报人撤回')
    for (const unitId of [report.branchId, handlerUnitId]) {
      tellUnit(change, unitId, '居民撤回', `“${report.publicSummary}”已由居民撤回。`)
    }
    return undefined
  },

  support: (change, command) => {
    const { report } = change
    if (report.supporters.some((supporter) => supporter.key === command.key))
      return refuse('already-supported')
    report.supporters = [...report.supporters, { key: command.key, at: change.at }]
    record(change, { kind: 'supported', text: `又有居民遇到同样的问题，共${report.supporters.length + 1}户` })
    const episode = activeEpisode(report.redFaces)
    if (episode) enqueue(change, { kind: 'red-face', episodeNo: episode.no })
    return undefined
  },

  accept: (change, command, context) => {
    const { report } = change
    move(change, 'accepted')
    report.acceptedAt = change.at
    if (command.publicSummary) report.publicSummary = command.publicSummary
    record(change, { kind: 'accepted', text: `${unitOf(context)}已受理` })
    tellResidents(change, '已受理', `${unitOf(context)}已受理您反映的事，会尽快联系您。`)
    return undefined
  },

  'reveal-phone': (change, _command, context) => {
    if (!change.report.hasPhone) return refuse('no-phone')
    record(change, {
      kind: 'phone-revealed',
      text: `${unitOf(context)}查看了您的电话`,
      visibility: 'parties',
    })
    return undefined
  },

  contact: (change, command, context) => {
    const { report } = change
    report.contactedAt ??= change.at
    record(change, {
      kind: 'contacted',
      text: `${unitOf(context)}${contactChannelLabels[command.channel]}联系了居民${command.note ? `：${command.note}` : ''}`,
      visibility: 'parties',
    })
    tellReporter(
      change,
      '支部联系您',
      command.note || `${unitOf(context)}已通过${contactChannelLabels[command.channel]}与您联系。`,
    )
    return undefined
  },

  return: (change, command, context) => {
    const { report } = change
    if (report.returnCount >= change.rules.report.maxReturns) return refuse('return-limit')
    move(change, 'unrouted')
    report.returnCount += 1
    report.branchId = null
    report.branchName = command.sorter.name
    report.unitPath = command.sorter.path
    record(change, {
      kind: 'returned',
      text: `${unitOf(context)}退回：${returnReasonLabels[command.reason]}${command.note ? `，${command.note}` : ''}。由${command.sorter.name}指定`,
    })
    const isForced = report.returnCount >= change.rules.report.maxReturns
    tellUnit(
      change,
      command.sorter.id,
      isForced ? '三次退回，须指定承办' : '待分派',
      `“${report.publicSummary}”被退回，请指定责任支部。`,
    )
    return undefined
  },

  transfer: (change, command, context) => {
    const { report } = change
    if (command.to.id === report.branchId) return refuse('unknown-unit')
    if (report.status === 'accepted') {
      return ask(
        change,
        {
          kind: 'transfer',
          at: change.at,
          byUnitName: unitOf(context),
          reason: command.note,
          toUnitId: command.to.id,
          toUnitName: command.to.name,
          toPath: command.to.path,
        },
        `申请转办给${command.to.name}：${command.note}`,
      )
    }
    transferTo(change, command.to, `${unitOf(context)}转办给${command.to.name}：${command.note}`)
    return undefined
  },

  'take-over': (change, command) => {
    move(change, 'routed')
    giveTo(change, command.by, 'take-over', `这里靠近网格边界，${command.by.name}主动接办`)
    record(change, { kind: 'taken-over', text: `${command.by.name}主动接办` })
    tellReporter(change, '责任支部变更', `您反映的事由${command.by.name}主动接办，时限不变。`)
    return undefined
  },

  route: (change, command, context) => {
    const { report } = change
    move(change, 'routed')
    giveTo(change, command.to, 'by-hand', `由${unitOf(context)}指定${command.to.name}负责`)
    record(change, {
      kind: 'routed',
      text: `${unitOf(context)}指定${command.to.name}负责${command.note ? `：${command.note}` : ''}`,
    })
    tellUnit(change, command.to.id, '新诉求', `“${report.publicSummary}”由上级指定给你们，请受理。`)
    tellReporter(change, '已分派', `您反映的事由${command.to.name}负责。`)
    return undefined
  },

  dispatch: (change, command) => {
    const { report } = change
    if (command.unit.kind !== 'partner' || !command.partnership) return refuse('not-a-partner')
    move(change, 'dispatched')
    report.dispatches = [
      ...report.dispatches,
      { unitId: command.unit.id, unitName: command.unit.name, at: change.at, note: command.note },
    ]
    report.handlerUnitId = command.unit.id
    delete report.fixClaim
    record(change, { kind: 'dispatched', text: `派遣给共建单位${command.unit.name}处置` })
    tellUnit(
      change,
      command.unit.id,
      '派单',
      `${report.branchName}请你们处置：“${report.publicSummary}”。${command.note}`,
    )
    tellResidents(change, '正在处置', `您关心的事已交给${command.unit.name}处置。`)
    return undefined
  },

  'send-back': (change, command, context) => {
    const { report } = change
    move(change, 'accepted')
    record(change, {
      kind: 'sent-back',
      text: `${unitOf(context)}退回支部：${command.note}`,
      visibility: 'parties',
    })
    tellUnit(
      change,
      report.branchId,
      '派单被退回',
      `${unitOf(context)}退回“${report.publicSummary}”：${command.note}`,
    )
    return undefined
  },

  progress: (change, command, context) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    if (!isOpen(report.status)) {
      if (!episode) return refuse('wrong-status')
      if (command.photos.length === 0) return refuse('evidence-required')
      report.redFaces = layEvidence(report.redFaces, change.at)
      enqueue(change, { kind: 'red-face', episodeNo: episode.no })
    }
    record(change, {
      kind: 'progressed',
      text: `${unitOf(context)}：${command.note}`,
      visibility: command.isPublic ? 'public' : 'parties',
      photos: command.photos,
    })
    tellResidents(change, '办理进展', command.note)
    return undefined
  },

  'claim-fixed': (change, command, context) => {
    const { report } = change
    if (command.after.length === 0) return refuse('evidence-required')
    const handler = currentHandler(report)
    if (!handler) throw new Error(`report ${report.id} is dispatched and has no handler`)
    const handlerUnitId = handler.unitId
    move(change, 'awaiting-check')
    report.handlerUnitId = handlerUnitId
    report.fixClaim = {
      unitId: handler.unitId,
      unitName: handler.unitName,
      actorId: context.actorId,
      at: change.at,
      note: command.note,
      before: command.before,
      after: command.after,
      remedy: command.remedy,
    }
    record(change, {
      kind: 'fix-claimed',
      text: `${handler.unitName}报完成：${command.note}，等支部核查`,
      photos: command.after,
    })
    tellUnit(
      change,
      report.branchId,
      '待核查',
      `${handler.unitName}报“${report.publicSummary}”已完成，请到现场核查。`,
    )
    return undefined
  },

  check: (change, command, context) => {
    const claim = change.report.fixClaim
    if (!claim) throw new Error(`report ${change.report.id} awaits a check and has no claim`)
    if (claim.actorId === context.actorId) return refuse('checker-is-fixer')
    resolveReport(change, {
      at: change.at,
      note: command.note || claim.note,
      remedy: claim.remedy,
      before: claim.before,
      after: claim.after,
      byUnitName: claim.unitName,
      isOwnHands: false,
    })
    return undefined
  },

  rework: (change, command, context) => {
    const { report } = change
    const handler = currentHandler(report)
    if (!handler) throw new Error(`report ${report.id} awaits a check and has no handler`)
    move(change, 'dispatched')
    report.handlerUnitId = handler.unitId
    delete report.fixClaim
    record(change, { kind: 'rework-ordered', text: `${unitOf(context)}核查未通过，返工：${command.note}` })
    tellUnit(change, handler.unitId, '返工', `“${report.publicSummary}”核查未通过：${command.note}`)
    countRework(change)
    return undefined
  },

  resolve: (change, command, context) => {
    if (command.after.length === 0) return refuse('evidence-required')
    resolveReport(change, {
      at: change.at,
      note: command.note,
      remedy: command.remedy,
      before: command.before,
      after: command.after,
      byUnitName: unitOf(context),
      isOwnHands: true,
    })
    return undefined
  },

  rate: (change, command) => {
    const { report } = change
    const rating = { ...command.rating, at: change.at }
    report.ratings = [...report.ratings, rating]
    const verdict = { yes: '解决了', partly: '部分解决', no: '没解决' }[rating.solved]
    const feeling = { satisfied: '满意', 'basically-satisfied': '基本满意', dissatisfied: '不满意' }[
      rating.satisfaction
    ]
    record(change, { kind: 'rated', text: `居民评价：${verdict}，${feeling}` })
    residentSays(change, 'rated', rating.remark)
    if (rating.solved === 'no') {
      reopenReport(change, '居民评价没解决，退回支部重新办理')
      addRedFaceCause(change, 'rated-unsolved')
      if (report.reopenedAts.length >= 2) addRedFaceCause(change, 'reopened-twice')
      return undefined
    }
    closeReport(change, rating.solved === 'yes' ? '居民确认已解决，结案' : '居民认为部分解决，结案')
    if (rating.satisfaction === 'dissatisfied') addRedFaceCause(change, 'rated-dissatisfied')
    else if (rating.solved === 'yes') clearEpisode(change, 'reporter', '上报人确认已解决，“红脸”销号')
    return undefined
  },

  reopen: (change, command, context) => {
    const { report } = change
    if (isLate(context, report.closedAt)) return refuse('appeal-too-late')
    reopenReport(change, '居民反映又出现问题，重新办理')
    residentSays(change, 'reopened', command.reason, command.photos)
    if (report.reopenedAts.length >= 2) addRedFaceCause(change, 'reopened-twice')
    return undefined
  },

  appeal: (change, command, context) => {
    const { report } = change
    if (isLate(context, report.closedAt)) return refuse('appeal-too-late')
    return ask(
      change,
      { kind: 'appeal-decline', at: change.at, byUnitName: '居民', reason: command.reason },
      `居民不同意不予受理，向上一级申诉：${command.reason}`,
    )
  },

  merge: (change, command) => {
    const { report } = change
    const { parent } = command
    if (
      parent.id === report.id ||
      !parent.isOpen ||
      parent.branchId !== report.branchId ||
      parent.categoryId !== report.categoryId ||
      parent.submittedAt >= report.submittedAt ||
      activeEpisode(report.redFaces)
    ) {
      return refuse('merge-target')
    }
    move(change, 'merged')
    report.parentReportId = parent.id
    record(change, { kind: 'merged', text: '与同一处的另一件诉求并案办理，进展会一并告诉您' })
    enqueue(change, { kind: 'merge', parentReportId: parent.id })
    tellReporter(change, '已并案', '您反映的事与同一处的另一件诉求一起办理，进展会一并告诉您。')
    return undefined
  },

  absorb: (change, command) => {
    const { report } = change
    if (report.childReportIds.includes(command.childReportId)) return undefined
    report.childReportIds = [...report.childReportIds, command.childReportId]
    const known = new Set(report.supporters.map((supporter) => supporter.key))
    const newcomers = command.supporterKeys.filter((key) => !known.has(key))
    report.supporters = [...report.supporters, ...newcomers.map((key) => ({ key, at: change.at }))]
    record(change, { kind: 'absorbed', text: `并入一件同样的诉求，共${report.supporters.length + 1}户` })
    const episode = activeEpisode(report.redFaces)
    if (episode) enqueue(change, { kind: 'red-face', episodeNo: episode.no })
    return undefined
  },

  decline: (change, command, context) => {
    const { report } = change
    move(change, 'declined')
    report.closedAt = change.at
    record(change, {
      kind: 'declined',
      text: `${unitOf(context)}不予受理：${declineReasonLabels[command.reason]}。${command.note}`,
      visibility: 'parties',
    })
    tellReporter(
      change,
      '不予受理',
      `${declineReasonLabels[command.reason]}。${command.note} 不同意可以在三十天内向上一级申诉。`,
    )
    return undefined
  },

  suspend: (change, command, context) => {
    if (command.untilAt <= context.now) return refuse('date-in-past')
    if (command.untilAt - context.now > change.rules.report.maxSuspensionDays * dayMs) {
      return refuse('suspension-too-long')
    }
    return ask(
      change,
      {
        kind: 'suspend',
        at: change.at,
        byUnitName: unitOf(context),
        reason: command.reason,
        untilAt: command.untilAt,
        plan: command.plan,
      },
      `申请挂账：${command.reason}；计划：${command.plan}`,
    )
  },

  extend: (change, command, context) => {
    if (command.resolveDueAt <= change.report.deadlines.resolveDueAt || command.resolveDueAt <= context.now) {
      return refuse('date-in-past', undefined, '延期后的日期要晚于现在的时限')
    }
    return ask(
      change,
      {
        kind: 'extend',
        at: change.at,
        byUnitName: unitOf(context),
        reason: command.reason,
        resolveDueAt: command.resolveDueAt,
      },
      `申请延期：${command.reason}`,
    )
  },

  resume: (change, command) => {
    resumeReport(change, `恢复办理${command.note ? `：${command.note}` : ''}`)
    return undefined
  },

  decide: (change, command, context) => {
    const { report } = change
    const request = report.pendingRequest
    if (!request || request.kind !== command.request) return refuse('no-request')
    const leadsTo = grantLeadsTo[request.kind]
    if (command.isGranted && leadsTo && !mayFollow(report.status, leadsTo)) {
      return refuse('wrong-status', undefined, '提出申请以后，这件诉求又往前办了，现在不能同意，只能不同意')
    }
    delete report.pendingRequest
    const verdict = command.isGranted ? '同意' : '不同意'
    record(change, {
      kind: command.isGranted ? 'request-granted' : 'request-denied',
      text: `${unitOf(context)}${verdict}：${command.note || request.reason}`,
      visibility: 'parties',
    })
    if (command.isGranted) grant(change, request, unitOf(context))
    else deny(change, request)
    return undefined
  },

  'answer-red-face': (change, command, context) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refuse('no-active-entry')
    if (episode.evidenceAt === undefined) return refuse('not-yet', undefined, '支部还没有拿出办好的证据')
    if (!context.participant) throw new Error('somebody answered who has no part in this report')
    const { key, part } = context.participant
    record(change, {
      kind: 'red-face-answered',
      text: command.isGone
        ? '有居民确认已解决'
        : `有居民说还没解决${command.note ? `：${command.note}` : ''}`,
      visibility: 'parties',
      photos: command.photo ? [command.photo] : [],
    })
    if (part === 'reporter' && command.isGone) {
      clearEpisode(change, 'reporter', '上报人确认已解决，“红脸”销号')
      return undefined
    }
    report.redFaces = answerRedFace(report.redFaces, {
      key,
      isGone: command.isGone,
      ...(command.photo ? { photo: command.photo } : {}),
      at: change.at,
    })
    if (!command.isGone) {
      tellUnit(change, report.branchId, '居民说还没解决', `“${report.publicSummary}”${command.note}`)
    }
    judgeSupporters(change)
    return undefined
  },

  'verify-red-face': (change, command, context) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refuse('no-active-entry')
    if (command.photos.length === 0) return refuse('evidence-required')
    const keys = report.supporters.map((supporter) => supporter.key)
    if (!mayOneLevelUpVerify(episode, keys, context.now, change.rules.redFace.consentWithinDays)) {
      return refuse('not-yet', undefined, '要等居民七天没有回应，才能由上级现场核实销号')
    }
    record(change, {
      kind: 'progressed',
      text: `${unitOf(context)}现场核实：${command.note}`,
      photos: command.photos,
    })
    clearEpisode(change, 'one-level-up', `${unitOf(context)}现场核实已解决，“红脸”销号`)
    return undefined
  },

  'appeal-red-face': (change, command, context) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    if (!episode || episode.state === 'frozen') return refuse('no-active-entry')
    const refused = ask(
      change,
      { kind: 'appeal-red-face', at: change.at, byUnitName: unitOf(context), reason: command.reason },
      `对“红脸”条目提出申诉：${command.reason}`,
    )
    if (refused) return refused
    report.redFaces = freezeRedFace(report.redFaces, change.at)
    record(change, {
      kind: 'red-face-frozen',
      text: '支部申诉，“红脸”条目冻结，等上一级裁定',
      visibility: hasBeenPublic(episode) ? 'public' : 'parties',
    })
    enqueue(change, { kind: 'red-face', episodeNo: episode.no })
    enqueue(change, { kind: 'ledger', entry: 'frozen', episodeNo: episode.no, text: command.reason })
    return undefined
  },

  'declare-red-face': (change, command, context) => {
    if (isConfidential(change.report)) {
      return refuse('not-allowed', undefined, '反映支部或干部的事不公开，不能列入“红脸”清单')
    }
    if (activeEpisode(change.report.redFaces)?.causes.some((one) => one.cause === 'declared')) {
      return refuse('wrong-status', undefined, '这件事已经列在“红脸”清单里了')
    }
    record(change, {
      kind: 'progressed',
      text: `${unitOf(context)}把这件事列为群众最不满意的事：${command.note}`,
    })
    addRedFaceCause(change, 'declared')
    return undefined
  },
}

const transferTo = (change: ReportChange, to: RoutedUnit, text: string): void => {
  move(change, 'routed')
  giveTo(change, to, 'transfer', text)
  record(change, { kind: 'transferred', text: `${text}，时限不变` })
  tellUnit(change, to.id, '转办', `“${change.report.publicSummary}”转到你们支部，请受理。`)
  tellReporter(change, '责任支部变更', `您反映的事转由${to.name}负责，时限不变。`)
}

/** Where a granted request takes the report; it may have moved on since the branch asked. */
const grantLeadsTo: Readonly<Partial<Record<PendingRequest['kind'], ReportStatus>>> = {
  suspend: 'suspended',
  transfer: 'routed',
  'appeal-decline': 'routed',
}

const grant = (change: ReportChange, request: PendingRequest, byUnitName: string): void => {
  const { report } = change
  switch (request.kind) {
    case 'suspend':
      move(change, 'suspended')
      report.suspension = {
        reason: request.reason,
        untilAt: request.untilAt,
        plan: request.plan,
        approvedByUnitName: byUnitName,
        at: change.at,
      }
      record(change, {
        kind: 'suspended',
        text: `暂时办不了，挂账：${request.reason}；计划：${request.plan}`,
      })
      tellResidents(change, '挂账', `您关心的事暂时办不了：${request.reason}。计划：${request.plan}。`)
      return
    case 'extend':
      report.deadlines = { ...report.deadlines, resolveDueAt: request.resolveDueAt }
      report.extensions = [
        ...report.extensions,
        {
          reason: request.reason,
          resolveDueAt: request.resolveDueAt,
          approvedByUnitName: byUnitName,
          at: change.at,
        },
      ]
      record(change, { kind: 'extended', text: `${byUnitName}批准延期：${request.reason}` })
      tellResidents(change, '延期', `您关心的事延期办理：${request.reason}。`)
      return
    case 'transfer':
      transferTo(
        change,
        {
          id: request.toUnitId,
          name: request.toUnitName,
          path: request.toPath,
          level: 'village',
        },
        `${byUnitName}批准转办给${request.toUnitName}：${request.reason}`,
      )
      return
    case 'appeal-decline':
      move(change, 'routed')
      delete report.closedAt
      tellUnit(change, report.branchId, '申诉成立', `上级认定“${report.publicSummary}”应当受理，请受理。`)
      tellReporter(change, '申诉成立', '上一级支持您的申诉，已要求支部受理。')
      return
    case 'appeal-red-face':
      clearEpisode(change, 'appeal-upheld', `${byUnitName}裁定申诉成立，“红脸”条目撤销`)
  }
}

const deny = (change: ReportChange, request: PendingRequest): void => {
  const { report } = change
  const frozen = activeEpisode(report.redFaces)
  if (request.kind === 'appeal-red-face' && frozen) {
    const wasPublic = hasBeenPublic(frozen)
    report.redFaces = unfreezeRedFace(report.redFaces, change.at)
    record(change, {
      kind: 'red-face-unfrozen',
      text: '申诉不成立，“红脸”条目恢复',
      visibility: wasPublic ? 'public' : 'parties',
    })
    enqueue(change, { kind: 'red-face', episodeNo: frozen.no })
    enqueue(change, { kind: 'ledger', entry: 'unfrozen', episodeNo: frozen.no, text: '申诉不成立' })
    if (!wasPublic && activeEpisode(report.redFaces)?.state === 'public')
      announcePublication(change, frozen.no)
  }
  if (request.kind === 'appeal-decline') {
    tellReporter(change, '申诉未成立', '上一级认为不予受理是对的。')
  } else {
    tellUnit(change, report.branchId, '申请未获批准', `“${report.publicSummary}”的申请未获批准。`)
  }
}

/**
 * One step on a report: catches it up to now, then applies the command. Answers the changed report or a
 * refusal that changes nothing.
 */
export const decide = (report: Report, command: ReportCommand, context: DecisionContext): Result<Report> => {
  const current = catchUp(report, context.now, context.rules)
  const at = Math.max(context.now, current.changedAt)
  const change = beginChange(current, at, context.by, context.rules, context.command)
  const handle = handlers[command.kind] as Handle<ReportCommand['kind']>
  const refused = handle(change, command as never, context)
  return refused ?? ok(finishChange(change))
}
