import { chinaDateOn, dayMs } from '../../../ground/instant'
import { type Refusal, type RefusalCode, refuse } from '../../../ground/result'
import { oneLevelUp, townshipOf } from '../../../ground/unit-path'
import { activeEpisode, hasBeenPublic, isBeforeSupporters } from '../../red-face/rules/red-face'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { actingUnit, announce, judgeOf, move, type ReportChange, record, recordNote } from '../rules/change'
import { isConfidential } from '../rules/confidential'
import {
  askAbove,
  dropRequests,
  judgeEpisode,
  markAccepted,
  putEvidence,
  recountContact,
  resolveReport,
  stepHasCome,
} from '../rules/moves'
import { isWorker } from '../rules/own-people'
import { currentHandler, type Report } from '../rules/report'
import { requestOf } from '../rules/request'
import { branchLead, branchStaff, handlerStaff, levelStaff } from '../rules/standing'
import { askToEndComplaint, endComplaintBars } from './complaint'
import {
  cannotTake,
  deadlinesAs,
  mayHave,
  reclassifyByBranch,
  reclassifyByLevel,
  relocateReport,
} from './granting'
import { actsForHandler, answered, open, type Scene, type StepOf, staff, working } from './step'

const refusal = (code: RefusalCode): Refusal => refuse(code).error

export const accept: StepOf<'accept'> = {
  grants: [staff('branch', branchStaff, ['routed']), staff('above', ['clerk'], ['routed'])],
  bars: (report, scene) => {
    // The township's duty desk may accept what is urgent (K4); no other level above accepts for a branch.
    const isDuty = scene.unitId !== undefined && scene.unitId !== report.branchId
    if (!isDuty) return undefined
    const isUrgent = categoryOf(scene.law.rules, report.categoryId)?.isUrgent ?? false
    return isUrgent && scene.unitId === townshipOf(report.unitPath) ? undefined : refusal('not-allowed')
  },
  decide: (change, command) => {
    const { report } = change
    markAccepted(change)
    move(change, 'accepted')
    // Accepting it is keeping it: what was asked about passing or declining it falls (K8).
    dropRequests(change, ['decline', 'pass-on'])
    if (command.publicSummary) report.publicSummary = command.publicSummary
    record(change, { kind: 'accepted' })
    const unit = actingUnit(change)
    const { contactDueAt } = report.deadlines
    announce(change, {
      template: 'accepted',
      units: { unit },
      residents: report.contactedAt === undefined ? { unit, contactDueAt } : { unit },
      supporters: { unit },
    })
    return undefined
  },
}

export const revealPhone: StepOf<'reveal-phone'> = {
  grants: [staff('branch', branchStaff, ['routed', ...working])],
  bars: (report) => (report.hasPhone ? undefined : refusal('no-phone')),
  decide: (change, _command) => {
    const { report } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    record(change, { kind: 'phone-revealed', visibility: 'person', personKey: report.reporterKey })
    announce(change, { template: 'phone-revealed', reporter: { unit: actingUnit(change) } })
    return undefined
  },
}

/** First word to the resident. What counts as one is told by `countedContact` (C1). */
export const contact: StepOf<'contact'> = {
  grants: [staff('branch', branchStaff, working)],
  bars: (report) =>
    report.reporterKey === null || report.reporterLeftAt !== undefined ? refusal('no-reporter') : undefined,
  decide: (change, command) => {
    const { report, at, by, law } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    if (command.channel === 'phone') {
      if (!report.hasPhone) return refuse('no-phone')
      const wasRevealed = report.timeline.some(
        (event) => event.kind === 'phone-revealed' && event.unitName === by.unitName,
      )
      if (!wasRevealed) return refuse('phone-not-revealed')
    } else if (!command.note) return refuse('words-required')
    // Whatever the channel, the resident hears of each.
    const today = report.contacts.filter(
      (one) => one.channel === command.channel && chinaDateOn(one.at) === chinaDateOn(at),
    )
    if (today.length >= law.rules.report.messagesADay) return refuse('too-many-today')
    report.contacts = [
      ...report.contacts,
      {
        no: report.contacts.length + 1,
        at,
        channel: command.channel,
        unitId: by.unitId ?? '',
        ...(command.isWithOwn ? { isOwn: true } : {}),
      },
    ]
    recountContact(change)
    const { channel, note } = command
    record(change, { kind: 'contacted', facts: { channel }, visibility: 'parties' })
    if (note) {
      record(change, {
        kind: 'contacted',
        line: 'contact-words',
        facts: { note },
        visibility: 'person',
        personKey: report.reporterKey,
      })
    }
    const unit = actingUnit(change)
    announce(
      change,
      channel === 'message'
        ? { template: 'message-left', reporter: { unit, note } }
        : { template: 'contacted', reporter: { unit, channel } },
    )
    return undefined
  },
}

export const ask: StepOf<'ask'> = {
  grants: [staff('branch', branchStaff, [...working, 'routed'])],
  bars: (report) => {
    if (report.reporterKey === null || report.reporterLeftAt !== undefined) return refusal('no-reporter')
    return report.questions.some((question) => question.answeredAt === undefined)
      ? refusal('already-asked')
      : undefined
  },
  decide: (change, command) => {
    const { report, at } = change
    if (report.reporterKey === null) return refuse('no-reporter')
    report.questions = [
      ...report.questions,
      { no: report.questions.length + 1, at, unitName: actingUnit(change), text: command.words },
    ]
    const facts = { note: command.words }
    record(change, { kind: 'asked', facts, visibility: 'person', personKey: report.reporterKey })
    announce(change, { template: 'asked', reporter: facts })
    return undefined
  },
}

/** What happened on the way: for everyone, or for the parties alone; a word for colleagues is a note. */
export const progress: StepOf<'progress'> = {
  grants: [
    staff('branch', branchStaff, working),
    staff('handler', handlerStaff, ['dispatched', 'awaiting-check']),
  ],
  decide: (change, command, scene) => {
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    const facts = { note: command.note }
    record(change, {
      kind: 'progressed',
      facts,
      visibility: command.isPublic ? 'public' : 'parties',
      photos: command.photos,
    })
    announce(change, {
      template: 'progressed',
      units: {},
      residents: facts,
      ...(command.isPublic ? { supporters: facts } : {}),
    })
    return undefined
  },
}

export const addWorker = (change: ReportChange, scene: Scene): void => {
  change.report.workers = [...new Set([...change.report.workers, scene.actorId])]
}

/** A word that only colleagues read (内部备注). */
export const note: StepOf<'note'> = {
  grants: [
    staff('branch', branchStaff, answered),
    staff('handler', handlerStaff, ['dispatched', 'awaiting-check']),
    staff('above', levelStaff, answered),
    staff('sorter', ['clerk'], ['unrouted']),
  ],
  decide: (change, command, scene) => {
    if (actsForHandler(change.before, scene)) addWorker(change, scene)
    recordNote(change, command.note)
    return undefined
  },
}

/** Ends the plan clock: what, until when, from which money (K3). */
export const layPlan: StepOf<'lay-plan'> = {
  grants: [staff('branch', branchLead, ['accepted', 'dispatched', 'awaiting-check', 'suspended'])],
  bars: (report) => {
    if (report.deadlines.planDueAt === undefined) return refusal('no-plan-needed')
    return report.plan ? refusal('plan-laid') : undefined
  },
  decide: (change, command) => {
    const { report, at } = change
    if (command.doneBy <= at) return refuse('date-in-past')
    report.plan = { at, text: command.text, doneBy: command.doneBy, budget: command.budget }
    stepHasCome(change, 'plan-overdue')
    const { text: plan, budget } = command
    record(change, { kind: 'plan-laid', facts: { plan, budget } })
    announce(change, { template: 'plan-laid', units: {}, residents: { plan }, supporters: { plan } })
    return undefined
  },
}

/**
 * The branch puts the kind right where no clock grows longer; else one level up, or every reporter, agrees. Of a
 * complaint its reporter alone is asked (K9).
 */
export const reclassify: StepOf<'reclassify'> = {
  grants: [
    staff('branch', branchLead, ['routed', ...working]),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', ['clerk'], open),
  ],
  bars: (report) => {
    if (requestOf(report.requests, 'reclassify')) return refusal('request-pending')
    return isConfidential(report) ? endComplaintBars(report) : undefined
  },
  decide: (change, command, scene) => {
    const { report, law } = change
    if (command.categoryId === report.categoryId) return refuse('same-category')
    const category = categoryOf(law.rules, command.categoryId)
    if (!category) return refuse('unknown-category')
    if (category.isAboutBranch) return refuse('complaint-stays')
    recordNote(change, command.note)
    if (isConfidential(report)) {
      askToEndComplaint(change, category, scene.actorId)
      return undefined
    }
    const isByBranch = scene.unitId === report.branchId
    const after = deadlinesAs(change, command.categoryId)
    const { deadlines } = report
    const growsLonger =
      after !== undefined &&
      (after.acceptDueAt > deadlines.acceptDueAt ||
        after.contactDueAt > deadlines.contactDueAt ||
        after.resolveDueAt > deadlines.resolveDueAt ||
        (deadlines.planDueAt !== undefined && after.planDueAt === undefined && report.plan === undefined))
    if (isByBranch && growsLonger) {
      askAbove(
        change,
        { kind: 'reclassify', categoryId: command.categoryId },
        { side: 'branch', actorId: scene.actorId },
      )
      announce(change, {
        template: 'into-another-kind',
        residents: { unit: actingUnit(change), category: category.name },
      })
      return undefined
    }
    if (isByBranch) reclassifyByBranch(change, command.categoryId)
    else reclassifyByLevel(change, command.categoryId)
    return undefined
  },
}

/** The branch puts the place right where no other unit gains the report; else it is asked for (K9). */
export const relocate: StepOf<'relocate'> = {
  grants: [
    staff('branch', branchLead, ['routed', ...working]),
    staff('sorter', ['clerk'], ['unrouted']),
    staff('above', ['clerk'], open),
  ],
  bars: (report) => (requestOf(report.requests, 'relocate') ? refusal('request-pending') : undefined),
  decide: (change, command, scene) => {
    const { report } = change
    recordNote(change, command.note)
    const where = {
      place: command.place,
      ...(command.publicPoint ? { publicPoint: command.publicPoint } : {}),
      tiles: command.tiles,
      to: command.to && { id: command.to.id, name: command.to.name, path: command.to.path },
    }
    const isElsewhere = where.to !== null && where.to.id !== report.branchId
    if (isElsewhere && isConfidential(report)) return refuse('confidential')
    if (isElsewhere && command.to) {
      const refused = mayHave(report, command.to) ? cannotTake(command.to, change) : refuse('unknown-unit')
      if (refused) return refused
    }
    if (isElsewhere && scene.unitId === report.branchId) {
      askAbove(change, { kind: 'relocate', ...where }, { side: 'branch', actorId: scene.actorId })
      announce(change, {
        template: 'to-another-place',
        residents: { unit: actingUnit(change), to: where.to?.name ?? '' },
      })
      return undefined
    }
    relocateReport(change, where)
    return undefined
  },
}

/** What everyone reads is put right; the parties keep the old wording. */
export const correctSummary: StepOf<'correct-summary'> = {
  grants: [
    staff('branch', branchStaff, [...working, 'resolved', 'closed']),
    staff('above', levelStaff, answered),
  ],
  decide: (change, command) => {
    const { report } = change
    record(change, {
      kind: 'summary-corrected',
      facts: { from: report.publicSummary, to: command.publicSummary },
      visibility: 'parties',
    })
    report.publicSummary = command.publicSummary
    announce(change, { template: 'summary-corrected', units: {}, residents: {} })
    return undefined
  },
}

const workerBars = (report: Report, scene: Scene): Refusal | undefined =>
  isWorker(report, scene) ? refusal('checker-is-fixer') : undefined

/** Somebody else has looked and found it done (H2). */
export const check: StepOf<'check'> = {
  grants: [staff('branch', branchLead, ['awaiting-check']), staff('above', levelStaff, ['awaiting-check'])],
  bars: workerBars,
  decide: (change, command) => {
    const claim = change.report.fixClaim
    const handler = currentHandler(change.before)
    if (!claim || !handler) throw new Error(`report ${change.report.id} awaits a check and has no claim`)
    const checkedBy = judgeOf(change)
    resolveReport(change, {
      note: command.note || claim.note,
      remedy: claim.remedy,
      before: claim.before,
      after: claim.after,
      byUnitName: claim.unitName,
      isOwnHands: handler.memberId !== undefined,
      ...(checkedBy ? { vouchedBy: [checkedBy] } : {}),
    })
    return undefined
  },
}

export const rework: StepOf<'rework'> = {
  grants: [staff('branch', branchLead, ['awaiting-check']), staff('above', levelStaff, ['awaiting-check'])],
  bars: workerBars,
  decide: (change, command) => {
    const { report, law, at } = change
    const handler = currentHandler(report)
    if (!handler) throw new Error(`report ${report.id} awaits a check and has no handler`)
    const handlerUnitId = handler.unitId
    move(change, 'dispatched')
    report.handlerUnitId = handlerUnitId
    record(change, { kind: 'rework-ordered' })
    recordNote(change, command.note)
    announce(change, { template: 'reworked', units: { note: command.note }, residents: {}, supporters: {} })
    report.reworkCount += 1
    if (report.reworkCount >= law.rules.report.reworksBeforeSupervision) {
      report.supervisedAts = [...report.supervisedAts, at]
      const facts = { count: report.reworkCount }
      record(change, { kind: 'supervised', line: 'reworked-too-often', facts })
      announce(change, {
        template: 'reworked-too-often',
        units: facts,
        onlyUnits: [oneLevelUp(report.unitPath)],
      })
    }
    return undefined
  },
}

/** The branch's own hands: the resident is the check. Nothing has to be photographed (K1). */
export const resolve: StepOf<'resolve'> = {
  grants: [staff('branch', branchStaff, ['accepted'])],
  bars: workerBars,
  decide: (change, command) => {
    resolveReport(change, {
      note: command.note,
      remedy: command.remedy,
      before: command.before,
      after: command.after,
      byUnitName: actingUnit(change),
      isOwnHands: true,
    })
    return undefined
  },
}

/** New evidence for those who are asked whether it is gone, in any status, once in three days (F5). */
export const layEvidence: StepOf<'lay-evidence'> = {
  grants: [staff('branch', branchStaff, answered)],
  bars: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    if (!episode) return refusal('no-active-entry')
    const everyMs = scene.law.rules.redFace.evidenceEveryDays * dayMs
    return episode.evidence && scene.now < episode.evidence.at + everyMs
      ? refusal('evidence-too-soon')
      : undefined
  },
  decide: (change, command) => {
    const { report } = change
    const episode = activeEpisode(report.redFaces)
    putEvidence(change)
    const facts = { note: command.note }
    const shown = { facts, photos: command.photos }
    // F2: within the notice everybody reads of work done, and nobody of an entry it is evidence for.
    const isKnown = episode !== undefined && hasBeenPublic(episode)
    record(change, isKnown ? { kind: 'evidence-laid', ...shown } : { kind: 'progressed', ...shown })
    announce(change, {
      template: 'evidence-laid',
      units: {},
      residents: facts,
      supporters: episode && isBeforeSupporters(episode) ? { ...facts, isAsked: true } : facts,
    })
    judgeEpisode(change)
    return undefined
  },
}
