import { dayMs, hourMs } from '../../../ground/instant'
import { type Refusal, refuse } from '../../../ground/result'
import { aboveJudges } from '../../organisation/rules/unit'
import {
  activeEpisode,
  type CauseRecord,
  isBeforeSupporters,
  nowSpeaksAs,
  struckVerdicts,
} from '../../red-face/rules/red-face'
import { isNearEnoughToTakeUp } from '../../routing/rules/public-place'
import { categoryOf } from '../../rule-book/rules/rule-book'
import { announce, enqueue, type ReportChange, record } from '../rules/change'
import { setDeadlines } from '../rules/deadlines'
import {
  addCause,
  askAbove,
  askForLook,
  clearEpisode,
  closeReport,
  denyContact,
  dropRequests,
  finish,
  hearWord,
  lookAppealKey,
  recountContact,
  releaseChildren,
  reopenReport,
  struckAppealKey,
  vouchersOf,
  whoseVerdict,
} from '../rules/moves'
import { saysNo } from '../rules/rating'
import { householdsIn, lastResolution, type Report, reporterKeys } from '../rules/report'
import { awaitsWordOf, isForReporterAlone, requestOf } from '../rules/request'
import { levelStaff } from '../rules/standing'
import { strikeAppealUntil } from '../rules/struck'
import { endComplaint } from './complaint'
import { grantRequest } from './granting'
import { mergeByWord } from './merging'
import { answered, open, type Refused, reporters, resident, type Scene, type StepOf, staff } from './step'

const refusal = (code: Parameters<typeof refuse>[0]): Refusal => refuse(code).error

/** A resident's own words are for that resident and the staff: never for another resident (M3). */
const says = (
  change: ReportChange,
  scene: Scene,
  kind: 'added' | 'answered' | 'withdrawn' | 'rated' | 'reopened' | 'red-face-answered' | 'said-to-appeal',
  words: string,
  photos: readonly string[] = [],
): void => {
  if (!scene.person || (!words && photos.length === 0)) return
  record(change, {
    kind,
    line: 'resident-said',
    facts: words ? { note: words } : {},
    visibility: 'person',
    personKey: scene.person.key,
    photos,
  })
}

const personOf = (scene: Scene) => {
  if (!scene.person) throw new Error('a resident took a step without a part in the report')
  return scene.person
}

/**
 * 自己人的好评不算 (H3): their yes is silence, so nothing of it is written down. A yes that stood in the trace and
 * counted nowhere would tell the staff that it was one of them who reported.
 */
const ownYes = (): Refused => refuse('not-eligible', undefined, '自己人的好评不算；没办好请照实说')

/** How many people at once the trace tells of new supporters: every one of the first ten, then ever fewer. */
const isMilestone = (count: number): boolean =>
  count <= 10 || (count <= 100 ? count % 10 === 0 : count % 100 === 0)

export const support: StepOf<'support'> = {
  grants: [resident('resident', open)],
  bars: (_report, scene) => (scene.person ? refusal('already-supported') : undefined),
  decide: (change, command) => {
    const { report } = change
    if (report.supporters.some((one) => one.key === command.key)) return refuse('already-supported')
    report.supporters = [...report.supporters, { key: command.key, at: change.at, digest: command.digest }]
    if (isMilestone(report.supporters.length)) {
      record(change, { kind: 'supported', facts: { households: householdsIn(report) } })
    }
    return undefined
  },
}

/**
 * 这就是我要说的事: what the branch declared becomes the report of whoever lives with it, like any other. It is taken
 * up once; who comes later has it too (我也遇到).
 */
export const takeUp: StepOf<'take-up'> = {
  grants: [resident('resident', open)],
  bars: (report) => (report.reporterKey === null ? undefined : refusal('taken-up')),
  decide: (change, command, scene) => {
    const { report, law, at } = change
    const { key, from } = command
    if (report.publicPoint && !isNearEnoughToTakeUp(from, report.publicPoint)) return refuse('too-far')
    report.reporterKey = key
    report.pseudonym = key.slice(0, 4)
    report.isByMember = scene.isOneOfOurs
    report.takenUpAt = at
    report.supporters = report.supporters.filter((one) => one.key !== key)
    report.redFaces = nowSpeaksAs(report.redFaces, key, 'reporter')
    const category = categoryOf(law.rules, report.categoryId)
    if (category) {
      const { contactDueAt } = setDeadlines(category, at, law.calendar, law.rules.version)
      report.deadlines = { ...report.deadlines, contactDueAt }
    }
    record(change, { kind: 'taken-up' })
    enqueue(change, { kind: 'succeed', key })
    announce(change, { template: 'taken-up', units: {}, reporter: { unit: report.branchName } })
    return undefined
  },
}

export const addTo: StepOf<'add-to'> = {
  grants: reporters([...open, 'resolved']),
  decide: (change, command, scene) => {
    record(change, { kind: 'added', visibility: 'staff' })
    says(change, scene, 'added', command.words, command.photos)
    announce(change, { template: 'added', units: {} })
    return undefined
  },
}

export const urge: StepOf<'urge'> = {
  grants: [...reporters(open), resident('supporter', open), staff('above', levelStaff, open)],
  bars: (report, scene) => {
    const last = report.urgedAts[report.urgedAts.length - 1]
    const hours = scene.law.rules.report.urgeEveryHours
    return last !== undefined && scene.now < last + hours * hourMs
      ? refuse('urged-already', { hours }, `刚刚催过了，隔${hours}小时可以再催`).error
      : undefined
  },
  decide: (change) => {
    const { report, by } = change
    report.urgedAts = [...report.urgedAts, change.at].slice(-20)
    record(change, { kind: 'urged' })
    announce(change, {
      template: 'urged',
      units: { by: by.unitName === undefined ? 'resident' : { unit: by.unitName } },
    })
    return undefined
  },
}

export const answer: StepOf<'answer'> = {
  grants: [resident('reporter', [...open, 'resolved'])],
  bars: (report) =>
    report.questions.some((question) => question.answeredAt === undefined)
      ? undefined
      : refusal('nothing-asked'),
  decide: (change, command, scene) => {
    const { report } = change
    report.questions = report.questions.map((question) => ({
      ...question,
      answeredAt: question.answeredAt ?? change.at,
    }))
    record(change, { kind: 'answered', visibility: 'staff' })
    says(change, scene, 'answered', command.words, command.photos)
    announce(change, { template: 'answered', units: {} })
    return undefined
  },
}

/** The resident has opened what the branch wrote: only now has the message reached somebody (C1). */
export const openMessage: StepOf<'open-message'> = {
  grants: [resident('reporter', [...open, 'resolved', 'closed'])],
  bars: (report) =>
    report.contacts.some((one) => one.channel === 'message' && one.openedAt === undefined)
      ? undefined
      : refusal('nothing-to-open'),
  decide: (change) => {
    const { report } = change
    report.contacts = report.contacts.map((contact) =>
      contact.channel === 'message' && contact.openedAt === undefined
        ? { ...contact, openedAt: change.at }
        : contact,
    )
    recountContact(change)
    record(change, { kind: 'message-opened', visibility: 'parties' })
    return undefined
  },
}

/** 没人联系我: may be said from the moment on at which a contact is claimed (C1). */
export const denyContactStep: StepOf<'deny-contact'> = {
  // In whatever status it lies meanwhile: handed on, merged or declined, a hollow contact stays hollow.
  grants: [resident('reporter', [...open, 'resolved', 'closed', 'declined', 'merged'])],
  bars: (report) =>
    report.contacts.some((contact) => contact.deniedAt === undefined)
      ? undefined
      : refusal('nothing-to-deny'),
  decide: (change) => {
    denyContact(change)
    record(change, { kind: 'contact-denied', visibility: 'parties' })
    announce(change, { template: 'contact-denied', units: {} })
    return undefined
  },
}

const hasRated = (report: Report, key: string): boolean => {
  const no = lastResolution(report)?.no
  return report.ratings.some((rating) => rating.key === key && rating.resolutionNo === no)
}

export const rate: StepOf<'rate'> = {
  grants: reporters(['resolved', 'closed']),
  bars: (report, scene) => {
    if (scene.person && hasRated(report, scene.person.key)) return refusal('already-rated')
    const untilAt = (report.closedAt ?? scene.now) + scene.law.rules.report.rateWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const resolution = lastResolution(report)
    if (!resolution) throw new Error(`report ${report.id} is rated and was never resolved`)
    const { rating } = command
    if (scene.isOneOfOurs && !saysNo(rating)) return ownYes()
    report.ratings = [
      ...report.ratings,
      {
        ...rating,
        at: change.at,
        key: person.key,
        resolutionNo: resolution.no,
        unit: resolution.unit,
        isOwn: scene.isOneOfOurs,
      },
    ]
    const verdict = { solved: rating.solved, satisfaction: rating.satisfaction }
    record(change, { kind: 'rated', facts: verdict })
    says(change, scene, 'rated', rating.remark)
    announce(change, { template: 'rated', units: verdict })
    if (!rating.contacted && person.part === 'reporter') denyContact(change)

    const word = {
      key: person.key,
      part: person.part,
      hasPicture: false,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt: report.submittedAt,
    }
    if (rating.solved === 'no') {
      if (report.status === 'resolved' || report.status === 'closed') {
        reopenReport(change, 'what-was-left', { because: 'rated-unsolved' }, command.home, person.key)
      }
      addCause(change, 'rated-unsolved', [resolution.unit], person.key)
      hearWord(change, { ...word, isGone: false })
      const unsolved = report.ratings.filter((one) => one.solved === 'no').length
      if (unsolved >= change.law.rules.redFace.unsolvedBeforeLook) askForLook(change, 'third-unsolved')
      return undefined
    }
    if (rating.satisfaction === 'dissatisfied')
      addCause(change, 'rated-dissatisfied', [resolution.unit], person.key)
    else if (rating.solved === 'yes') hearWord(change, { ...word, isGone: true })
    const haveAll = reporterKeys(report).every((key) => hasRated(report as Report, key))
    if (report.status === 'resolved' && haveAll) {
      closeReport(change, { because: rating.solved === 'yes' ? 'solved' : 'partly-solved' })
    }
    return undefined
  },
}

/** How long a fix may be called broken again: thirty days, or as long as a stop-gap should have been cured (F1). */
const reopenUntil = (report: Report, scene: Scene): number => {
  const { rules } = scene.law
  const resolution = lastResolution(report)
  const holdsDays =
    resolution?.remedy === 'temporary' ? (categoryOf(rules, report.categoryId)?.cureHoldsDays ?? 0) : 0
  return (report.closedAt ?? 0) + Math.max(rules.report.reopenWithinDays, holdsDays) * dayMs
}

export const reopen: StepOf<'reopen'> = {
  grants: reporters(['closed']),
  bars: (report, scene) => (scene.now > reopenUntil(report, scene) ? refusal('appeal-too-late') : undefined),
  decide: (change, command, scene) => {
    const person = personOf(scene)
    reopenReport(change, 'a-third', { because: 'broken-again' }, command.home, person.key)
    says(change, scene, 'reopened', command.reason, command.photos)
    // 又坏了 is a no like any other: it takes the place of the yes said before.
    hearWord(change, {
      key: person.key,
      part: person.part,
      isGone: false,
      hasPicture: command.photos.length > 0,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt: change.report.submittedAt,
    })
    return undefined
  },
}

/** A resident's appeal goes one level up, in a slot that no branch can take (K8). */
export const appeal: StepOf<'appeal'> = {
  grants: [...reporters(['declined']), resident('supporter', ['declined', 'closed'])],
  bars: (report, scene) => {
    const kind = report.status === 'declined' ? 'appeal-decline' : 'appeal-closing'
    if (requestOf(report.requests, kind)) return refusal('request-pending')
    if (scene.person && report.appealedKeys.includes(scene.person.key)) return refusal('already-appealed')
    const untilAt = (report.closedAt ?? scene.now) + scene.law.rules.report.appealWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    report.appealedKeys = [...report.appealedKeys, person.key]
    const isDecline = report.status === 'declined'
    askAbove(
      change,
      { kind: isDecline ? 'appeal-decline' : 'appeal-closing' },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        // H1: neither who granted the decline nor who found the work good judges it again.
        judges: isDecline ? [report.decline?.grantedBy ?? []].flat() : vouchersOf(report),
      },
    )
    return undefined
  },
}

/** Who said no may appeal once against a look that found it solved (F5). */
export const appealLook: StepOf<'appeal-look'> = {
  grants: [...reporters(['resolved', 'closed']), resident('supporter', ['resolved', 'closed'])],
  bars: (report, scene) => {
    const last = report.redFaces[report.redFaces.length - 1]
    const own = last?.words.find((word) => word.key === scene.person?.key)
    if (last?.consent !== 'look' || !own || own.isGone || last.endedAt === undefined)
      return refusal('not-yet')
    if (requestOf(report.requests, 'appeal-look')) return refusal('request-pending')
    if (report.appealedKeys.includes(lookAppealKey(last.no, own.key))) return refusal('already-appealed')
    const untilAt = last.endedAt + scene.law.rules.report.appealWithinDays * dayMs
    return scene.now > untilAt ? refusal('appeal-too-late') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const last = report.redFaces[report.redFaces.length - 1]
    if (!last) throw new Error(`report ${report.id} was never on the list`)
    report.appealedKeys = [...report.appealedKeys, lookAppealKey(last.no, person.key)]
    askAbove(
      change,
      { kind: 'appeal-look' },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        judges: [last.lookedBy ?? [], vouchersOf(report)].flat(),
      },
    )
    return undefined
  },
}

/** 说明: whose verdict the branch disputes says what they think of that, once; nobody has to (F3). */
export const sayToAppeal: StepOf<'say-to-appeal'> = {
  grants: [...reporters(answered), resident('supporter', answered)],
  bars: (report, scene) => {
    const hearing = requestOf(report.requests, 'appeal-red-face')?.hearing
    const key = scene.person?.key ?? ''
    if (!hearing?.askedKeys.includes(key)) return refusal('nothing-asked')
    return hearing.saidKeys.includes(key) ? refusal('already-said') : undefined
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const request = requestOf(report.requests, 'appeal-red-face')
    if (!request?.hearing)
      throw new Error(`report ${report.id}: somebody speaks to an appeal that is not there`)
    const hearing = { ...request.hearing, saidKeys: [...request.hearing.saidKeys, person.key] }
    report.requests = report.requests.map((one) => (one.no === request.no ? { ...request, hearing } : one))
    record(change, { kind: 'said-to-appeal', visibility: 'staff' })
    says(change, scene, 'said-to-appeal', command.words, command.photos)
    announce(change, {
      template: 'said-to-appeal',
      units: {},
      onlyUnits: [request.rulingUnitId, request.byUnitId],
    })
    return undefined
  },
}

/** The verdicts of this person that have been struck, and may be appealed for by them at all (F3). */
const struckOf = (report: Report, key: string | undefined): readonly CauseRecord[] =>
  struckVerdicts(report.redFaces).filter((cause) => whoseVerdict(report, [cause]).includes(key ?? ''))

/** Whose verdict was struck may appeal once, above who struck it (F3, H1). */
export const appealStruck: StepOf<'appeal-struck'> = {
  grants: [...reporters(answered), resident('supporter', answered)],
  bars: (report, scene) => {
    const key = scene.person?.key
    const struck = struckOf(report, key)
    if (struck.length === 0) return refusal('not-yet')
    if (requestOf(report.requests, 'appeal-struck')) return refusal('request-pending')
    const left = struck.filter((cause) => !report.appealedKeys.includes(struckAppealKey(cause.no, key ?? '')))
    if (left.length === 0) return refusal('already-appealed')
    return left.some((cause) => scene.now <= strikeAppealUntil(cause, scene.law))
      ? undefined
      : refusal('appeal-too-late')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const struck = struckOf(report as Report, person.key).filter(
      (cause) =>
        !report.appealedKeys.includes(struckAppealKey(cause.no, person.key)) &&
        scene.now <= strikeAppealUntil(cause, scene.law),
    )
    report.appealedKeys = [
      ...report.appealedKeys,
      ...struck.map((cause) => struckAppealKey(cause.no, person.key)),
    ]
    const judges = struck.flatMap((cause) => cause.struckBy ?? [])
    askAbove(
      change,
      { kind: 'appeal-struck', causeNos: struck.map((cause) => cause.no) },
      {
        side: 'resident',
        reason: command.reason,
        actorId: scene.actorId,
        byKey: person.key,
        // The unit that answered for it then may be another one than has it now.
        rulingUnitId: aboveJudges(struck[0]?.units[0]?.path ?? report.unitPath, judges),
        judges,
      },
    )
    return undefined
  },
}

/** 修好了吗: one word a person, in any status in which evidence lies before the residents. */
export const answerRedFace: StepOf<'answer-red-face'> = {
  grants: [
    ...reporters([...open, 'closed', 'declined']),
    resident('supporter', [...open, 'resolved', 'closed', 'declined']),
  ],
  bars: (report, scene) => {
    const episode = activeEpisode(report.redFaces)
    // F2: within its notice an entry does not exist for those who read what everybody reads.
    const isHidden = scene.person?.part === 'supporter' && episode && !isBeforeSupporters(episode)
    if (!episode || isHidden) return refusal('no-active-entry')
    return episode.evidence ? undefined : refusal('not-yet')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const episode = activeEpisode(report.redFaces)
    const known = episode?.words.find((word) => word.key === person.key)
    const isAskedAgain =
      known !== undefined && episode?.evidence !== undefined && known.at < episode.evidence.at
    const addsPicture = command.photo !== undefined && known?.hasPicture === false
    if (scene.isOneOfOurs && command.isGone) return ownYes()
    // One answer a person: the same one again says nothing new.
    if (known?.isGone === command.isGone && !isAskedAgain && !addsPicture) return refuse('already-rated')
    const { isGone } = command
    record(change, { kind: 'red-face-answered', facts: { isGone }, visibility: 'parties' })
    says(change, scene, 'red-face-answered', command.note, command.photo ? [command.photo] : [])
    announce(change, { template: 'red-face-answered', units: { isGone } })
    const joinedAt =
      [...report.supporters, ...report.coReporters].find((one) => one.key === person.key)?.at ??
      report.submittedAt
    hearWord(change, {
      key: person.key,
      part: person.part,
      isGone: command.isGone,
      hasPicture: command.photo !== undefined,
      isOwn: scene.isOneOfOurs,
      at: change.at,
      joinedAt,
    })
    return undefined
  },
}

/** A change that needs every reporter's word (K7, K9), the last one carries it out; or the one reporter's (M4). */
export const agree: StepOf<'agree'> = {
  grants: reporters([...open]),
  bars: (report, scene) => {
    if (scene.isOneOfOurs) return refusal('not-eligible')
    const isAsked = report.requests.some((request) =>
      awaitsWordOf(report, request, scene.person, scene.law.rules),
    )
    return isAsked ? undefined : refusal('no-request')
  },
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const request = requestOf(report.requests, command.request)
    if (!request || !awaitsWordOf(report, request, person, scene.law.rules)) return refuse('no-request')
    if (request.kind === 'merge') {
      mergeByWord(change, request, command.parent)
      return undefined
    }
    const agreedKeys = [...request.agreedKeys, person.key]
    report.requests = report.requests.map((one) => (one.no === request.no ? { ...one, agreedKeys } : one))
    record(change, { kind: 'request-agreed', visibility: 'parties' })
    if (!reporterKeys(report).every((key) => agreedKeys.includes(key))) return undefined
    if (!isForReporterAlone(request)) return grantRequest(change, request, 'every-reporter', undefined)
    if (!command.rerouting) throw new Error(`report ${report.id}: nobody has looked up where it goes now`)
    return endComplaint(change, request, command.rerouting)
  },
}

/** The reason for a suspension is gone, says a reporter: one level up decides (lifecycle, 挂账). */
export const sayReasonGone: StepOf<'say-reason-gone'> = {
  grants: reporters(['suspended']),
  bars: (report) => (requestOf(report.requests, 'resume') ? refusal('request-pending') : undefined),
  decide: (change, command, scene) => {
    const person = personOf(scene)
    askAbove(
      change,
      { kind: 'resume' },
      { side: 'resident', reason: command.reason, actorId: scene.actorId, byKey: person.key },
    )
    return undefined
  },
}

/**
 * The reporter takes it back. Where others are in it, the oldest co-reporter, else the oldest supporter, takes
 * the place and it goes on. A matter with a cause on the list does not end with its reporter: somebody goes
 * and sees first (F5).
 */
export const withdraw: StepOf<'withdraw'> = {
  grants: [resident('reporter', open)],
  decide: (change, command, scene) => {
    const { report } = change
    const person = personOf(scene)
    const oldest = <T extends { readonly at: number }>(people: readonly T[]): T | undefined =>
      people.reduce<T | undefined>((first, one) => (first && first.at <= one.at ? first : one), undefined)
    const heir = oldest(report.coReporters) ?? oldest(report.supporters)
    // M4: it was asked of who leaves, and of nobody else.
    dropRequests(change, ['merge'])
    says(change, scene, 'withdrawn', command.reason)
    if (heir) {
      report.reporterKey = heir.key
      report.succeededAt = change.at
      report.pseudonym = heir.key.slice(0, 4)
      report.hasPhone = false
      // What the branch asked the one who leaves is nobody else's to answer.
      report.questions = report.questions.filter(({ answeredAt }) => answeredAt !== undefined)
      report.coReporters = report.coReporters.filter((one) => one.key !== heir.key)
      report.supporters = report.supporters.filter((one) => one.key !== heir.key)
      report.redFaces = nowSpeaksAs(report.redFaces, heir.key, 'reporter')
      record(change, { kind: 'handed-on' })
      enqueue(change, { kind: 'succeed', key: heir.key, leavingKey: person.key })
      announce(change, { template: 'handed-on', units: {}, reporter: {}, residents: {} })
      return undefined
    }
    if (activeEpisode(report.redFaces)) {
      report.reporterLeftAt = change.at
      report.hasPhone = false
      record(change, { kind: 'handed-on', line: 'left-while-listed' })
      announce(change, { template: 'left-while-listed', units: {} })
      askForLook(change, 'reporter-left')
      // M5: what lies in it is only the same person's own (another's would have taken the place), and goes on.
      releaseChildren(change)
      return undefined
    }
    finish(change, 'withdrawn')
    record(change, { kind: 'withdrawn' })
    announce(change, { template: 'withdrawn', units: {} })
    releaseChildren(change)
    return undefined
  },
}

/** For the look that finds a matter solved whose reporter has left: it is over (F5). */
export const endForsaken = (change: ReportChange): void => {
  clearEpisode(change, 'look')
  finish(change, 'withdrawn')
  record(change, { kind: 'withdrawn', line: 'ended-without-reporter' })
}
