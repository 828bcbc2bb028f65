import type { Point } from '../../ground/geometry'
import { chinaDaysBetween, dayMs } from '../../ground/instant'
import type { Keyed } from '../../ground/keyed'
import { bannerOf, oneLevelUp, unitOf } from '../../ground/unit-path'
import type { Store } from '../../platform/cloudbase/database'
import { toJournalDocument } from '../../platform/cloudbase/journal-repository'
import type { ShapeHistory, Stored } from '../../platform/cloudbase/shape'
import { allBelow, type UnitRef } from '../organisation/rules/unit'
import type { CauseRecord, Word } from '../red-face/rules/red-face'
import { type SharedCause, type SharedEpisode, toCausesOfOneUnit } from './cause-shapes'
import {
  type SpokenEvent,
  type SpokenReport,
  type SpokenRequest,
  type SpokenWork,
  toFacts,
} from './facts-shapes'
import type { Participant } from './ports'
import { type ReportDocument, toReport, toReportDocument } from './report-documents'
import { noDueAt } from './rules/change'
import { isConfidential } from './rules/confidential'
import { type ContactChannel, contactChannels } from './rules/contact'
import { runningDueAt } from './rules/deadlines'
import { statusKind } from './rules/lifecycle'
import { areaNameOf } from './rules/matter-name'
import { actorIdOf, handKeyOf, participantKey, pseudonymOf } from './rules/participant-key'
import type { Deadlines, Dispatch, Report, ReportEventKind } from './rules/report'
import type { ClockHold } from './rules/stint'
import { toRowsAndNumbers } from './supporter-shapes'
import { toFieldsOfTrace } from './trace-shapes'

export interface Digests {
  readonly keyed: Keyed
  readonly sha256: (text: string) => string
}

/** What a step has to know beside the report. */
interface Known extends Digests {
  readonly store: Store
  /** The accounts that have, had or will have a seat in a unit. */
  readonly seatHolders: (unitId: string) => Promise<readonly string[]>
  /** The unit that answers for the ground a point lies on. */
  readonly unitOfGround: (point: Point) => Promise<string | undefined>
}

type Person = Pick<Participant, 'accountId' | 'part'>
/** As many as ever had a part in one report; far fewer had in those of shape 0. */
const mostPeople = 50_000

const peopleOf = async (store: Store, reportId: string): Promise<readonly Person[]> =>
  (
    await Promise.all(
      ['reporter', 'supporter'].map((part) =>
        store.findAll<Person>('participants', { reportId, part }, { atMost: mostPeople, by: 'joinedAt' }),
      ),
    )
  ).flat()

/** The parts of a report that were stored otherwise before causes, verdicts and time belonged to units. */
interface EpisodeOfMatter {
  readonly no: number
  readonly state: 'noticed' | 'public' | 'frozen' | 'cleared'
  readonly causes: readonly Pick<CauseRecord, 'cause' | 'at'>[]
  readonly noticedAt: number
  readonly publicAt: number
  readonly frozenAt?: number
  readonly clearedAt?: number
  readonly consent?: 'reporter' | 'supporters' | 'one-level-up' | 'appeal-upheld'
  readonly evidenceAt?: number
  readonly answers: readonly {
    readonly key: string
    readonly isGone: boolean
    readonly photo?: string
    readonly at: number
  }[]
}

type PendingRequest = { readonly at: number; readonly byUnitName: string; readonly reason: string } & (
  | { readonly kind: 'suspend'; readonly untilAt: number; readonly plan: string }
  | { readonly kind: 'extend'; readonly resolveDueAt: number }
  | {
      readonly kind: 'transfer'
      readonly toUnitId: string
      readonly toUnitName: string
      readonly toPath: readonly string[]
    }
  | { readonly kind: 'appeal-decline' }
  | { readonly kind: 'appeal-red-face' }
)

type OldEvent = Omit<SpokenEvent, 'kind' | 'role'> & {
  readonly kind: ReportEventKind | 'red-face-frozen' | 'red-face-unfrozen'
  readonly role?: SpokenEvent['role'] | 'upper'
}

/** Up to shape 1 the answerable unit was called a branch, whatever its kind; no id was there while it only sorted. */
interface OfBranch {
  readonly branchId: string | null
  readonly branchName: string
  readonly firstAnswer: Omit<SpokenReport['firstAnswer'], 'unitName'> & { readonly branchName: string }
}
type ReportOfBranch = Omit<SpokenReport, 'answerableUnit' | 'isSorting' | 'firstAnswer'> & OfBranch

type OldReport = Pick<
  ReportOfBranch,
  | 'rev'
  | 'status'
  | 'categoryId'
  | 'text'
  | 'publicSummary'
  | 'photos'
  | 'place'
  | 'publicPoint'
  | 'branchId'
  | 'branchName'
  | 'unitPath'
  | 'routing'
  | 'submittedAt'
  | 'firstAnswer'
  | 'changedAt'
  | 'deadlines'
  | 'contactedAt'
  | 'resolvedAt'
  | 'closedAt'
  | 'hasPhone'
  | 'isByMember'
  | 'dispatches'
  | 'handlerUnitId'
  | 'reworkCount'
  | 'reopenedAts'
  | 'supervisedAts'
  | 'suspension'
  | 'supporters'
  | 'parentReportId'
  | 'childReportIds'
  | 'clockMarks'
> & {
  readonly _id: string
  readonly acceptedAt?: number
  readonly nextClockAt: number | null
  readonly fixClaim?: NonNullable<Report['fixClaim']> & { readonly actorId: string }
  readonly resolutions: readonly Omit<Report['resolutions'][number], 'no' | 'unit'>[]
  readonly ratings: readonly Omit<Report['ratings'][number], 'key' | 'resolutionNo' | 'unit' | 'isOwn'>[]
  readonly returnCount: number
  readonly suspendedMs: number
  readonly extensions: readonly Omit<SpokenReport['extensions'][number], 'byMs'>[]
  readonly pendingRequest?: PendingRequest
  readonly redFaces: readonly EpisodeOfMatter[]
  readonly timeline: readonly OldEvent[]
  readonly outbox: readonly SpokenWork[]
}

/** What was asked of a level above was asked for good; now it has so long, and then goes on by itself (K8). */
const asksWithinMs = 7 * dayMs
const appealsWithinMs = 14 * dayMs
/** How long an appeal keeps back what is not yet public (F3). */
const appealHoldsMs = 5 * dayMs

const isRest = (status: Report['status']): boolean => status === 'suspended' || statusKind(status) === 'done'

/** What steps of 0 → 1 take for granted of a report: where it lies, and what its people are called now. */
interface Facts {
  readonly unit: UnitRef
  readonly reporterKey: string | null
  readonly keyOf: (key: string) => string
}

/** The spots at which the report rests still, and those of suspensions that are over. */
const holdsOf = ({ timeline, status }: OldReport): readonly ClockHold[] => {
  const holds: { from: number; to?: number; isSuspension: boolean }[] = []
  for (const event of timeline) {
    const open = holds.find((hold) => hold.to === undefined)
    if (isRest(event.status) && !open)
      holds.push({ from: event.at, isSuspension: event.status === 'suspended' })
    else if (!isRest(event.status) && open) open.to = event.at
  }
  // What was done and came back ran on meanwhile: that clock was never held.
  return holds
    .filter((hold) => hold.isSuspension || (hold.to === undefined && isRest(status)))
    .map(({ isSuspension: _kind, ...hold }) => hold)
}

const contactsOf = ({ timeline }: OldReport, { unit }: Facts): Report['contacts'] => {
  const said: readonly (readonly [string, ContactChannel])[] = [
    ['打电话', 'phone'],
    ['线上留言', 'message'],
    ['上门', 'visit'],
  ]
  return timeline
    .filter((event) => event.kind === 'contacted')
    .map(({ at, text }, place) => {
      const channel = said.find(([words]) => text.includes(`${words}联系了`))?.[1] ?? contactChannels[0]
      // A message counted as it was sent.
      return {
        no: place + 1,
        at,
        channel,
        unitId: unit.id,
        ...(channel === 'message' ? { openedAt: at } : {}),
      }
    })
}

const handOvers: readonly string[] = ['returned', 'transferred', 'taken-over', 'routed']

/** Of the units before only names are known: the one that has it now has it from the last hand-over on. */
const stintsOf = (old: OldReport, { unit }: Facts): Report['stints'] => {
  const from = old.timeline.reduce(
    (last, event) => (handOvers.includes(event.kind) ? event.at : last),
    old.submittedAt,
  )
  const acceptedAt = old.acceptedAt ?? (old.status === 'declined' ? old.closedAt : undefined)
  return [
    {
      unit,
      isSorting: old.branchId === null,
      from,
      acceptDueAt: old.deadlines.acceptDueAt,
      ...(acceptedAt === undefined ? {} : { acceptedAt: Math.max(from, acceptedAt) }),
    },
  ]
}

const hasBeenPublic = (episode: EpisodeOfMatter): boolean => {
  const heldBackAt = episode.frozenAt ?? episode.clearedAt
  return episode.state !== 'noticed' && (heldBackAt === undefined || heldBackAt >= episode.publicAt)
}

const consents = {
  reporter: 'reporter',
  supporters: 'supporters',
  'one-level-up': 'look',
  'appeal-upheld': 'appeal-upheld',
} as const

const episodesOf = (old: OldReport, { unit, reporterKey, keyOf }: Facts): readonly SharedEpisode[] => {
  let causeNo = 0
  const wasAppealed = old.timeline.some((event) => event.kind === 'red-face-frozen')
  const wordOf = ({ key, isGone, photo, at }: EpisodeOfMatter['answers'][number]): Word => {
    const isReporter = keyOf(key) === reporterKey
    const joinedAt = old.supporters.find((one) => one.key === key)?.at
    return {
      key: keyOf(key),
      part: isReporter ? 'reporter' : 'supporter',
      isGone,
      hasPicture: photo !== undefined,
      isOwn: false,
      at,
      joinedAt: isReporter ? old.submittedAt : (joinedAt ?? at),
    }
  }
  return old.redFaces.map((episode) => {
    const isStruck = episode.consent === 'appeal-upheld'
    const causes = episode.causes.map(({ cause, at }): SharedCause => {
      causeNo += 1
      const publicAt = Math.max(episode.publicAt, at)
      return {
        no: causeNo,
        cause,
        units: [unit],
        at,
        publicAt,
        wasAppealed,
        ...(hasBeenPublic(episode) ? { publishedAt: publicAt } : {}),
        ...(episode.state === 'frozen' && episode.frozenAt !== undefined
          ? { appeal: { requestNo: 1, at: episode.frozenAt, heldUntil: episode.frozenAt + appealHoldsMs } }
          : {}),
        ...(isStruck && episode.clearedAt !== undefined ? { struckAt: episode.clearedAt } : {}),
      }
    })
    return {
      no: episode.no,
      openedAt: episode.noticedAt,
      causes,
      words: episode.answers.map(wordOf),
      ...(episode.clearedAt === undefined ? {} : { endedAt: episode.clearedAt }),
      ...(episode.consent === undefined ? {} : { consent: consents[episode.consent] }),
      ...(episode.evidenceAt === undefined
        ? {}
        : { evidence: { at: episode.evidenceAt, othersCount: old.supporters.length } }),
    }
  })
}

const requestOf = (
  { pendingRequest, unitPath }: OldReport,
  { unit, reporterKey }: Facts,
  causeNos: readonly number[],
): readonly SpokenRequest[] => {
  if (!pendingRequest) return []
  const { at, byUnitName, reason, kind } = pendingRequest
  const isResident = kind === 'appeal-decline'
  const asked = {
    no: 1,
    side: isResident ? ('resident' as const) : ('branch' as const),
    at,
    reason,
    byUnitId: isResident ? null : unit.id,
    byUnitName,
    // Nobody wrote down who asked.
    byActorId: '',
    rulingUnitId: oneLevelUp(unitPath) ?? unit.id,
    movesUpAt: at + asksWithinMs,
    agreedKeys: [],
  }
  switch (kind) {
    case 'suspend':
      return [{ ...asked, kind, untilAt: pendingRequest.untilAt, plan: pendingRequest.plan }]
    case 'extend':
      return [{ ...asked, kind, resolveDueAt: pendingRequest.resolveDueAt }]
    case 'transfer': {
      const { toUnitId: id, toUnitName: name, toPath: path } = pendingRequest
      return [{ ...asked, kind: 'pass-on', to: { id, name, path }, how: 'transfer' }]
    }
    case 'appeal-decline':
      return [
        {
          ...asked,
          kind,
          ...(reporterKey === null ? {} : { byKey: reporterKey }),
          endsAt: at + appealsWithinMs,
        },
      ]
    case 'appeal-red-face':
      return [{ ...asked, kind, causeNos, endsAt: at + appealsWithinMs }]
  }
}

const renamedEvents: Readonly<Record<string, ReportEventKind>> = {
  'red-face-frozen': 'red-face-appealed',
  'red-face-unfrozen': 'request-denied',
}
/** Lines that carry words to or of the one who reported: no co-reporter reads them (M3). */
const personalKinds: readonly string[] = ['phone-revealed', 'contacted']
const ownWordsKinds: readonly string[] = ['rated', 'reopened', 'withdrawn', 'requested']

const routedText = (isResponsible: boolean, unitName: string): string =>
  isResponsible ? `由${unitName}负责` : `由${unitName}指定责任支部`

const timelineOf = (old: OldReport, { reporterKey }: Facts): readonly SpokenEvent[] =>
  old.timeline.map((event) => {
    // Made without the secret: with the account at hand anybody could have tried it out.
    const { kind, role, commandDigest: _digest, ...rest } = event
    const isPersonal =
      event.visibility === 'parties' &&
      reporterKey !== null &&
      (personalKinds.includes(kind) || (event.side === 'resident' && ownWordsKinds.includes(kind)))
    // Which cell it lies in is not everybody's to know (S1).
    const isRoutedByRule = kind === 'routed' && event.side === 'resident'
    return {
      ...rest,
      kind: renamedEvents[kind] ?? (kind as ReportEventKind),
      ...(role === undefined ? {} : { role: role === 'upper' ? 'clerk' : role }),
      ...(isRoutedByRule
        ? { text: routedText(old.firstAnswer.status !== 'unrouted', old.firstAnswer.branchName) }
        : {}),
      ...(isPersonal ? { visibility: 'person', personKey: reporterKey } : {}),
    }
  })

/** The part of a summary before “ · ” was the cell's name where nobody had written a better one. */
const publicSummaryOf = ({ publicSummary, routing, branchName }: OldReport): string => {
  const ofCell = routing.cellName === undefined ? undefined : `${routing.cellName} · `
  return ofCell !== undefined && publicSummary.startsWith(ofCell)
    ? `${areaNameOf(branchName)} · ${publicSummary.slice(ofCell.length)}`
    : publicSummary
}

const outboxOf = (
  old: OldReport,
  { unit }: Facts,
  episodes: readonly SharedEpisode[],
): readonly SpokenWork[] =>
  old.outbox.flatMap((entry): readonly SpokenWork[] => {
    if (entry.kind === 'merge') return [{ ...entry, mergingNo: oldMergingNo }]
    if (entry.kind !== 'ledger') return [entry]
    const causes = episodes.find((one) => one.no === entry.episodeNo)?.causes ?? []
    const cause = causes.filter((one) => one.at <= entry.at).at(-1) ?? causes[0]
    if (!cause) return []
    const isPublic = cause.publishedAt !== undefined && cause.publishedAt <= entry.at
    return [{ ...entry, causeNo: cause.no, unit, isPublic }]
  })

/** Mergings had no numbers: the parent and the child know an old one by this. */
const oldMergingNo = 0

const mergedOf = (old: OldReport): Pick<Report, 'merged'> => {
  const { parentReportId, timeline, status } = old
  if (status !== 'merged' || parentReportId === undefined) return {}
  const place = timeline.findIndex((event) => event.kind === 'merged')
  const at = timeline[place]?.at ?? old.changedAt
  const previousStatus = timeline[place - 1]?.status ?? 'routed'
  return { merged: { parentReportId, no: oldMergingNo, at, previousStatus, handlerUnitId: null } }
}

const declineOf = ({ timeline, status }: OldReport): Pick<Report, 'decline'> => {
  const declinedAt = timeline.filter((event) => event.kind === 'declined').at(-1)?.at
  if (declinedAt === undefined) return {}
  const isOverturned = status !== 'declined'
  return {
    decline: {
      proposedAt: declinedAt,
      grantedAt: declinedAt,
      ...(isOverturned ? { overturnedAt: declinedAt } : {}),
    },
  }
}

const extensionsOf = ({ extensions, firstAnswer }: OldReport): SpokenReport['extensions'] =>
  extensions.map((extension, place) => {
    const before = extensions[place - 1]?.resolveDueAt ?? firstAnswer.resolveDueAt
    return { ...extension, byMs: Math.max(0, extension.resolveDueAt - before) }
  })

/** Whoever claimed a fix, as this report's record tells people apart now; they never check it (H2). */
const workersOf = async ({ _id, fixClaim }: OldReport, known: Known): Promise<readonly string[]> => {
  if (!fixClaim) return []
  const accounts = await known.seatHolders(fixClaim.unitId)
  return accounts
    .filter((accountId) => known.sha256(`actor|${accountId}`).startsWith(fixClaim.actorId))
    .map((accountId) => actorIdOf(known.keyed, accountId, _id))
}

/** The unit that a complaint is about: whose ground it is, or the one that was named (H4). */
const accusedIn = async (
  document: Stored,
  known: Pick<Known, 'unitOfGround'>,
): Promise<string | undefined> => {
  const { accusedUnitId, categoryId, place } = document as unknown as Partial<Report>
  if (accusedUnitId !== undefined || categoryId !== 'about-branch') return accusedUnitId
  if ('reporterKey' in document) return undefined
  return (place?.point && (await known.unitOfGround(place.point))) ?? place?.namedUnitId
}

/** Reports of the time when everything on them belonged to the matter, and people were known by plain digests. */
const toUnitsAndKeys = async (document: Stored, known: Known): Promise<Stored> => {
  if ('reporterKey' in document) return document
  const old = document as unknown as OldReport
  const { _id: id } = old
  const people = await peopleOf(known.store, id)
  const newKeys = new Map(
    people.map(({ accountId }) => [
      participantKey(known.sha256, accountId, id),
      participantKey(known.keyed, accountId, id),
    ]),
  )
  const reporter = people.find(({ part }) => part === 'reporter')
  const facts: Facts = {
    unit: { id: unitOf(old.unitPath) ?? '', name: old.branchName, path: old.unitPath },
    reporterKey: reporter ? participantKey(known.keyed, reporter.accountId, id) : null,
    keyOf: (key) => newKeys.get(key) ?? key,
  }
  const { unit, reporterKey, keyOf } = facts
  const redFaces = episodesOf(old, facts)
  const disputed = redFaces.at(-1)?.causes.flatMap((cause) => (cause.appeal ? [cause.no] : [])) ?? []
  const requests = requestOf(old, facts, disputed)
  const { planDueAt: _neverAskedFor, ...deadlines } = old.deadlines
  const accusedUnitId = await accusedIn(document, known)
  const isPending = (kind: PendingRequest['kind']): boolean => old.pendingRequest?.kind === kind
  const isAsleep =
    isRest(old.status) &&
    !['suspended', 'resolved', 'declined'].includes(old.status) &&
    requests.length === 0 &&
    redFaces.every((episode) => episode.endedAt !== undefined)
  const report: ReportOfBranch = {
    id,
    rev: old.rev,
    status: old.status,
    pseudonym: reporterKey === null ? '' : pseudonymOf(reporterKey),
    reporterKey,
    categoryId: old.categoryId,
    text: old.text,
    publicSummary: publicSummaryOf(old),
    photos: old.photos,
    place: old.place,
    ...(old.publicPoint ? { publicPoint: old.publicPoint } : {}),
    ...(accusedUnitId === undefined ? {} : { accusedUnitId }),
    branchId: old.branchId,
    branchName: old.branchName,
    unitPath: old.unitPath,
    routing: old.routing,
    stints: stintsOf(old, facts),
    holds: holdsOf(old),
    submittedAt: old.submittedAt,
    firstAnswer: old.firstAnswer,
    changedAt: old.changedAt,
    submittedUnder: { bannerId: bannerOf(old.unitPath), version: old.routing.ruleVersion },
    deadlines: { ...deadlines, ...(old.suspendedMs > 0 ? { heldMs: old.suspendedMs } : {}) },
    dueAt: noDueAt,
    // The rules of now set what comes next: the clock looks at it once.
    nextClockAt: isAsleep ? null : old.changedAt,
    contacts: contactsOf(old, facts),
    ...(old.contactedAt === undefined ? {} : { contactedAt: old.contactedAt }),
    ...(old.resolvedAt === undefined ? {} : { resolvedAt: old.resolvedAt }),
    ...(old.closedAt === undefined ? {} : { closedAt: old.closedAt }),
    hasPhone: old.hasPhone,
    isByMember: old.isByMember,
    dispatches: old.dispatches,
    handlerUnitId: old.handlerUnitId,
    workers: await workersOf(old, known),
    ...(old.fixClaim ? { fixClaim: claimOf(old.fixClaim) } : {}),
    resolutions: old.resolutions.map((resolution, place) => ({ ...resolution, no: place + 1, unit })),
    ratings: old.ratings.map((rating) => ({
      ...rating,
      key: reporterKey ?? '',
      resolutionNo: old.resolutions.filter((resolution) => resolution.at <= rating.at).length,
      unit,
      isOwn: old.isByMember,
    })),
    questions: [],
    passCount:
      old.returnCount +
      old.timeline.filter(({ kind }) => kind === 'transferred' || kind === 'taken-over').length,
    reworkCount: old.reworkCount,
    reopenedAts: old.reopenedAts,
    supervisedAts: old.supervisedAts,
    urges: [],
    ...(old.suspension ? { suspension: old.suspension } : {}),
    suspendedDays:
      Math.ceil(old.suspendedMs / dayMs) +
      (old.suspension ? Math.max(0, chinaDaysBetween(old.suspension.at, old.suspension.untilAt)) : 0),
    suspendedWinters: [],
    extensions: extensionsOf(old),
    requests,
    requestCount: Math.max(requests.length, old.timeline.filter(({ kind }) => kind === 'requested').length),
    ...declineOf(old),
    appealedKeys: isPending('appeal-decline') && reporterKey !== null ? [reporterKey] : [],
    supporters: old.supporters.map(({ key, at }) => ({ key: keyOf(key), at })),
    coReporters: [],
    ...(old.parentReportId === undefined ? {} : { parentReportId: old.parentReportId }),
    ...mergedOf(old),
    neverMergeInto: [],
    childReportIds: old.childReportIds,
    mergings: old.childReportIds.map((childReportId) => ({ childReportId, no: oldMergingNo })),
    redFaces,
    clockMarks: old.clockMarks,
    timeline: timelineOf(old, facts),
    outbox: outboxOf(old, facts, redFaces),
  }
  const due: unknown = { ...report, dueAt: runningDueAt(report) ?? noDueAt }
  return toJournalDocument(due as unknown as Report) as unknown as Stored
}

/**
 * Shape 1 named who had a matter by `branchId` and `branchName`, null where a level sorted it. Shape 2 has `answerableUnit`,
 * and `isSorting` for the latter.
 */
const toAnswerableUnit = (document: Stored): Stored => {
  if ('answerableUnit' in document) return document
  const { branchId, branchName, firstAnswer, ...kept } = document as unknown as ReportOfBranch & Stored
  const { branchName: unitName, ...told } = firstAnswer
  return {
    ...kept,
    answerableUnit: { id: branchId ?? unitOf(kept.unitPath) ?? '', name: branchName },
    isSorting: branchId === null,
    firstAnswer: { ...told, unitName },
  }
}

const claimOf = ({ actorId: _hers, ...claim }: NonNullable<OldReport['fixClaim']>) => claim

/** What other rooms' documents have to know of a report, of whichever shape it is. */
export const askReports = (known: Pick<Known, 'store' | 'unitOfGround'>) => {
  const find = (reportId: string) => known.store.get<Stored>('reports', reportId)
  return {
    accusedOf: async (reportId: string): Promise<string | undefined> => {
      const report = await find(reportId)
      if (!report) return undefined
      const { categoryId, unitPath } = report as unknown as Pick<Report, 'categoryId' | 'unitPath'>
      const unnamed = isConfidential({ categoryId }) ? allBelow(unitOf(unitPath) ?? '') : undefined
      return (await accusedIn(report, known)) ?? unnamed
    },
    submittedAtOf: async (reportId: string): Promise<number | undefined> =>
      (await find(reportId))?.submittedAt as number | undefined,
  }
}

/** Whom a contact was made with: whoever reports it now, unless they have taken the place since. */
const withKeys = ({ contacts, reporterKey, succeededAt }: Stored): Stored['contacts'] =>
  (contacts as Report['contacts']).map((contact) =>
    typeof reporterKey === 'string' && contact.at >= ((succeededAt as number | undefined) ?? 0)
      ? { ...contact, key: reporterKey }
      : contact,
  )

const withAllowance = ({ deadlines, extensions }: Pick<Report, 'deadlines' | 'extensions'>): Deadlines => {
  const { startedAt, resolveDueAt, heldMs = 0 } = deadlines
  const extendedMs = extensions.reduce((ms, { byMs }) => ms + byMs, 0)
  return { ...deadlines, allowanceMs: Math.max(0, resolveDueAt - startedAt - heldMs - extendedMs) }
}

/**
 * Where it lies is found by spots that follow from its places: tiles were kept beside them, in requests too. What a unit
 * has had is found by the months of its figures. What its kind allows was worked out from what had moved the deadline.
 */
const toSpots = ({
  tiles: _tiles,
  groupTiles: _groupTiles,
  heldByUnitIds: _heldByUnitIds,
  isOpen: _isOpen,
  publicPlace: _publicPlace,
  placeName: _placeName,
  // Whose next one has to wait for a day was not written down, and nobody's has to.
  urgedAts: _urgedAts,
  ...report
}: Stored): Stored => ({
  ...report,
  urges: [],
  contacts: withKeys(report),
  deadlines: withAllowance(report as unknown as Pick<Report, 'deadlines' | 'extensions'>),
  requests: (report.requests as readonly Record<string, unknown>[]).map(
    ({ tiles: _same, ...request }) => request,
  ),
})

/** What somebody has in hand was looked for among all that is handled; now it is found by whose hands they are. */
const toHands = async (document: Stored, known: Known): Promise<Stored> => {
  const { dispatches, _id: id } = document as unknown as Pick<Report, 'dispatches'> & { readonly _id: string }
  const withHands: Dispatch[] = []
  for (const dispatch of dispatches) {
    const { memberId, unitId } = dispatch
    if (memberId === undefined || dispatch.handKey !== undefined) {
      withHands.push(dispatch)
      continue
    }
    const accounts = await known.seatHolders(unitId)
    const accountId = accounts.find((one) => actorIdOf(known.keyed, one, id) === memberId)
    const handKey = accountId === undefined ? undefined : handKeyOf(known.keyed, accountId, unitId)
    withHands.push(handKey === undefined ? dispatch : { ...dispatch, handKey })
  }
  const { openPlaceName: _isAList, ...kept } = document
  return { ...kept, dispatches: withHands }
}

export const reportShapes = (known: Known): ShapeHistory => ({
  revision: 'rev',
  steps: [
    (document) => toUnitsAndKeys(document, known),
    toAnswerableUnit,
    toFacts,
    async (document) => toFieldsOfTrace(toCausesOfOneUnit(toSpots(await toRowsAndNumbers(document, known)))),
    (document) => toHands(document, known),
  ],
  derive: (document) => {
    const derived = toReportDocument(toReport(document as unknown as ReportDocument)) as unknown as Stored
    // Work that was put off stays behind the others'.
    return typeof document.outboxAt === 'number' ? { ...derived, outboxAt: document.outboxAt } : derived
  },
})
