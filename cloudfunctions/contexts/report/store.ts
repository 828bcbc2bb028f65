import type { Page, PageRequest } from '../../ground/page'
import type { Conditions, Store } from '../../platform/cloudbase/database'
import { journalRepository } from '../../platform/cloudbase/journal-repository'
import type {
  AskedParents,
  CountedReport,
  FiledReceipt,
  Participant,
  Participants,
  PlacedReport,
  Receipts,
  ReportScope,
  Reports,
  Traces,
} from './ports'
import {
  growing,
  openSince,
  placeNamesAround,
  publicPlaceKey,
  type ReportDocument,
  type RowDocument,
  rowFields,
  type SpotPart,
  spotsAround,
  takenBackIn,
  toListed,
  toReport,
  toReportDocument,
} from './report-documents'
import { type ListedReport, listedOf } from './rules/listed-report'
import type { PartedReport, Report } from './rules/report'
import type { ReportNumber } from './rules/report-number'
import type { TracePiece } from './rules/trace'

type Listing = { readonly conditions: Conditions; readonly order: readonly [string, 'asc' | 'desc'] }

/** What the audience of a list may know of, as conditions. */
const knownTo = ({ audience }: ReportScope, { command }: Store): Conditions => {
  if (audience === 'everyone') return { isPublic: true }
  return audience.seatsIn.length === 0 ? {} : { accuses: command.nin([...audience.seatsIn]) }
}

const listingOf = (scope: ReportScope, store: Store): Listing => {
  const { conditions, order } = listed(scope, store)
  return { conditions: { ...conditions, ...knownTo(scope, store) }, order }
}

const listed = (scope: ReportScope, { command }: Store): Listing => {
  switch (scope.kind) {
    case 'own-queue':
      return { conditions: { queueUnitId: scope.unitId, tab: scope.tab }, order: ['dueAt', 'asc'] }
    case 'own-done':
      return { conditions: { queueUnitId: scope.unitId, tab: 'done' }, order: ['changedAt', 'desc'] }
    case 'handler-queue':
      return { conditions: { handlerUnitId: scope.unitId, tab: scope.tab }, order: ['dueAt', 'asc'] }
    case 'in-hand':
      return { conditions: { inHandOf: scope.handKey }, order: ['dueAt', 'asc'] }
    case 'handler-overdue':
      return {
        conditions: { handlerUnitId: scope.unitId, dueAt: command.lte(scope.now) },
        order: ['dueAt', 'asc'],
      }
    case 'handled':
      return { conditions: { dispatchedUnitIds: scope.unitId }, order: ['changedAt', 'desc'] }
    case 'area-sorting':
      return { conditions: { sortingIn: scope.unitId }, order: ['dueAt', 'asc'] }
    case 'area-open':
      return { conditions: { openIn: scope.unitId }, order: ['dueAt', 'asc'] }
    case 'area-overdue':
      return {
        conditions: { openIn: scope.unitId, dueAt: command.lte(scope.now) },
        order: ['dueAt', 'asc'],
      }
    case 'requests':
      return {
        conditions: { rulingUnitIds: scope.unitId, requestedAt: command.gt(0) },
        order: ['requestedAt', 'asc'],
      }
    case 'area-unsettled':
      return { conditions: { openIn: scope.unitId }, order: ['openUntilAt', 'asc'] }
    case 'area-recent':
      return { conditions: { unitPath: scope.unitId }, order: ['submittedAt', 'desc'] }
    case 'area-running':
      return {
        conditions: { openIn: scope.unitId, openUntilAt: command.gt(scope.afterAt) },
        order: ['openUntilAt', 'asc'],
      }
  }
}

/** More than a partner is handed in a day. */
const mostHanded = 300

/** A number is an id: no two documents of a collection have one, on either database. */
interface NumberDocument {
  readonly _id: ReportNumber
}

type PlacedDocument = Omit<PlacedReport, 'id'> & { readonly _id: string }
const placedFields = [
  'status',
  'categoryId',
  'formerCategoryIds',
  'place',
  'formerPoints',
  'submittedAt',
  'resolvedAt',
  'resolutions',
  'reporterKey',
  'leavings',
] as const satisfies readonly (keyof PlacedReport)[]
const toPlaced = ({ _id, ...rest }: PlacedDocument): PlacedReport => ({ id: _id, ...rest })

/** All that tells who has which part in a report. */
const partFields = {
  reporterKey: true,
  coReporters: true,
  supporters: true,
  childReportIds: true,
} as const satisfies Readonly<Record<keyof PartedReport, true>>
const rowAndPartFields = [...new Set([...rowFields, ...Object.keys(partFields)])]

const latestFirst = [
  ['submittedAt', 'desc'],
  ['_id', 'desc'],
] as const
/**
 * Of what is due at one instant the older comes first. Ids derive from the account of the reporter: ordered by them,
 * the same people would always be last.
 */
const firstCome = [
  ['submittedAt', 'asc'],
  ['_id', 'asc'],
] as const
/** Outboxes that are read to know since when the oldest of them waits. */
const mostWaiting = 200

export const reportRepository = (store: Store): Reports => {
  const { command } = store
  const someRows = async (
    conditions: Conditions,
    order: typeof latestFirst,
    limit: number,
  ): Promise<readonly ListedReport[]> =>
    rowsOf(await store.first<RowDocument>('reports', conditions, order, limit, rowFields))
  const pageOfRows = async (
    conditions: Conditions,
    order: readonly [string, 'asc' | 'desc'],
    request: PageRequest,
  ): Promise<Page<ListedReport>> => {
    const page = await store.page<RowDocument>('reports', conditions, order, request, rowFields)
    return { rows: await rowsOf(page.rows), nextCursor: page.nextCursor }
  }
  const readBy = ({ seatsIn }: AskedParents) => ({ unitPath: command.in([...seatsIn]) })
  /** What has no excerpt is read whole, whereby it gets one. */
  async function rowsOf<D extends RowDocument>(
    documents: readonly D[],
  ): Promise<readonly (ListedReport & Omit<D, keyof RowDocument>)[]> {
    const bare = documents.flatMap(({ _id, excerpt }) => (excerpt ? [] : [_id]))
    const whole = new Map(
      (await store.getMany<ReportDocument>('reports', bare)).map((one) => [one._id, listedOf(toReport(one))]),
    )
    return documents.flatMap((document) => {
      const row = toListed(document) ?? whole.get(document._id)
      return row ? [row as ListedReport & Omit<D, keyof RowDocument>] : []
    })
  }
  const counted = async (
    conditions: Conditions,
    order: readonly (readonly ['_id', 'asc'])[],
    limit: number,
  ): Promise<readonly CountedReport[]> =>
    (
      await store.first<Pick<ReportDocument, '_id' | 'countedIn'>>('reports', conditions, order, limit, [
        'countedIn',
      ])
    ).map(({ _id, countedIn }) => ({ id: _id, ...(countedIn ? { countedIn } : {}) }))
  return {
    ...journalRepository<'reports' | 'report_sheets', Report, ReportDocument>(store, {
      collection: 'reports',
      sheets: 'report_sheets',
      mayLeave: growing,
      toDocument: toReportDocument,
      toMatter: toReport,
      firstCome,
    }),
    keepNumbers: (numbers) =>
      store.addAll(
        'report_numbers',
        numbers.map((_id): NumberDocument => ({ _id })),
      ),
    list: async (scope, request) => {
      const { conditions, order } = listingOf(scope, store)
      const page = await store.page<ReportDocument>('reports', conditions, order, request)
      return { rows: page.rows.map(toReport), nextCursor: page.nextCursor }
    },
    rows: async (scope, request) => {
      const { conditions, order } = listingOf(scope, store)
      return pageOfRows(conditions, order, request)
    },
    rowsWithParts: async (ids) =>
      rowsOf(await store.getMany<RowDocument & PartedReport>('reports', ids, rowAndPartFields)),
    isHandedSince: async (handlerId, areaId, since) => {
      const changedAt = command.gte(since)
      const read = (conditions: Conditions, order: Parameters<Store['first']>[2]) =>
        store.first<Pick<ReportDocument, 'unitPath' | 'dispatches'>>(
          'reports',
          conditions,
          order,
          mostHanded,
          ['unitPath', 'dispatches'],
        )
      const [having, had] = await Promise.all([
        read({ handlerUnitId: handlerId, changedAt }, [
          ['dueAt', 'asc'],
          ['_id', 'asc'],
        ]),
        read({ dispatchedUnitIds: handlerId, changedAt }, [
          ['changedAt', 'desc'],
          ['_id', 'desc'],
        ]),
      ])
      const isHanded = ({ unitPath, dispatches }: (typeof having)[number]): boolean =>
        unitPath.includes(areaId) &&
        dispatches.some((dispatch) => dispatch.unitId === handlerId && dispatch.at >= since)
      return [having, had].some((found) => found.length === mostHanded || found.some(isHanded))
    },
    countRunning: (unitId, afterAt, audience) =>
      store.count(
        'reports',
        listingOf({ kind: 'area-running', unitId, afterAt, audience }, store).conditions,
      ),
    countIn: (name) => store.count('reports', { countedIn: name }),
    lyingIn: (names, limit) => counted({ countedIn: command.in([...names]) }, [], limit),
    counted: (behind, limit) =>
      counted(behind === null ? {} : { _id: command.gt(behind) }, [['_id', 'asc']], limit),
    unsettled: async (ids, limit) =>
      (
        await store.first<Pick<ReportDocument, '_id' | 'outbox'>>(
          'reports',
          ids === 'all' ? { outboxAt: command.gt(0) } : { _id: command.in([...ids]) },
          [],
          limit,
          ['outbox'],
        )
      ).map(({ _id, outbox }) => ({
        id: _id,
        moved: outbox.flatMap((entry) => (entry.kind === 'moved' ? [entry] : [])),
        hasOutcome: outbox.some((entry) => entry.kind === 'outcome'),
      })),
    waitingSince: async (now, leftOut) => {
      const others = leftOut.length === 0 ? {} : { _id: command.nin([...leftOut]) }
      const [due, left] = await Promise.all([
        store.first<Pick<ReportDocument, '_id' | 'nextClockAt'>>(
          'reports',
          { nextClockAt: command.lte(now), ...others },
          [['nextClockAt', 'asc'], ...firstCome],
          1,
          ['nextClockAt'],
        ),
        store.first<Pick<ReportDocument, '_id' | 'outbox' | 'outboxAt'>>(
          'reports',
          { outboxAt: command.lte(now), ...others },
          [['outboxAt', 'asc'], ...firstCome],
          mostWaiting,
          ['outbox', 'outboxAt'],
        ),
      ])
      const instants = [
        ...due.map(({ nextClockAt }) => nextClockAt),
        ...left.flatMap(({ outbox }) =>
          outbox.flatMap(({ kind, at }) => (kind === 'moved' || kind === 'outcome' ? [at] : [])),
        ),
        // What waits behind these has come later.
        ...(left.length === mostWaiting ? left.slice(-1).map(({ outboxAt }) => outboxAt) : []),
      ].filter((at) => at !== null)
      return instants.length === 0 ? null : Math.min(...instants)
    },
    aliveAround: async ({ where, groupId, occurrencesWithin, withdrawnWithin, sinceAt }, request) => {
      const within = (metres: number | undefined, ...parts: SpotPart[]) => {
        if (metres === undefined) return []
        if (!('namedUnitId' in where)) return spotsAround(groupId, parts, where, metres)
        return parts.includes('withdrawn') ? [takenBackIn(groupId, where.namedUnitId)] : []
      }
      const spots = command.in([
        ...within(occurrencesWithin, 'parent', 'occurrence'),
        ...within(withdrawnWithin, 'withdrawn'),
      ])
      const alive = { spots, aliveUntilAt: command.gte(sinceAt) }
      const order = ['aliveUntilAt', 'desc'] as const
      const page = await store.page<PlacedDocument>('reports', alive, order, request, placedFields)
      return { rows: page.rows.map(toPlaced), nextCursor: page.nextCursor }
    },
    parentsAround: (asked, point, metres, request) => {
      const spots = command.in([...spotsAround(asked.groupId, ['parent'], point, metres)])
      const aliveUntilAt = command.gte(openSince(0)).and(command.lt(openSince(asked.beforeAt)))
      return pageOfRows({ spots, aliveUntilAt, ...readBy(asked) }, ['aliveUntilAt', 'asc'], request)
    },
    parentsByPlaceName: (asked, { townshipId, name, point, metres }, request) => {
      const places = placeNamesAround({ groupId: asked.groupId, townshipId, name }, point, metres)
      const openPlaceNames = command.in([...places])
      const submittedAt = command.lt(asked.beforeAt)
      return pageOfRows({ openPlaceNames, submittedAt, ...readBy(asked) }, ['submittedAt', 'asc'], request)
    },
    openAtPublicPlaces: (places, groupId, sinceAt, limit) => {
      const openPublicPlace = command.in(places.map((place) => publicPlaceKey(groupId, place)))
      return someRows({ openPublicPlace, submittedAt: command.gte(sinceAt) }, latestFirst, limit)
    },
  }
}

export type TracePieceDocument = TracePiece & { readonly _id: string }

/** More than anybody has read through: a matter of twenty thousand lines. */
const mostPieces = 1000

export const traceRepository = (store: Store): Traces => ({
  keep: async (piece) => {
    const _id = `${piece.reportId}.${piece.firstSeq}`
    if (await store.add('trace_pieces', { _id, ...piece } as TracePieceDocument)) return piece
    const kept = await store.get<TracePieceDocument>('trace_pieces', _id)
    if (!kept) throw new Error(`${_id} exists and cannot be read`)
    return kept
  },
  ofReport: (reportId) =>
    store.findAll<TracePieceDocument>('trace_pieces', { reportId }, { atMost: mostPieces, by: 'firstSeq' }),
})

export type ParticipantDocument = Participant & { readonly _id: string }

/** The row of somebody in a report. */
export const participantId = (reportId: string, key: string): string => `${reportId}.${key}`

const idsOf = (reportId: string, keys: readonly string[]): readonly string[] =>
  keys.map((key) => participantId(reportId, key))

/** A person's row as it is stored. */
export const toParticipantDocument = (participant: Participant): ParticipantDocument => ({
  _id: participantId(participant.reportId, participant.key),
  ...participant,
})

/** What a row is set to when its person comes in again. */
const asJoined = ({ part, phone, joinedAt, fromReportId, digest, wasSupporter }: Participant) => ({
  part,
  phone,
  joinedAt,
  fromReportId,
  digest,
  wasSupporter,
})

export const participantRepository = (store: Store): Participants => ({
  get: (reportId, key) => store.get<ParticipantDocument>('participants', participantId(reportId, key)),
  enter: async (reporter) => {
    await store.add('participants', toParticipantDocument(reporter))
  },
  add: async (participant) => {
    const document = toParticipantDocument(participant)
    if (await store.add('participants', document)) return
    // Somebody who has left comes back, as if for the first time.
    await store.update('participants', { _id: document._id, part: 'left' }, asJoined(participant))
  },
  addMissing: (participants) => store.addMissing('participants', participants.map(toParticipantDocument)),
  joinAgain: async (was, is) => {
    const _id = participantId(was.reportId, was.key)
    const before = { _id, part: was.part, joinedAt: was.joinedAt }
    return (await store.update('participants', before, asJoined(is))) === 1
  },
  countedIn: async (reportId, keys) => {
    await store.setInMany('participants', idsOf(reportId, keys), { part: 'joining' }, 'part', 'supporter')
  },
  leaveWith: async (reportId, keys, fromReportId) => {
    const came = { part: 'supporter', fromReportId }
    await store.setInMany('participants', idsOf(reportId, keys), came, 'part', 'left')
  },
  leave: async (reportId, key) => {
    await store.update(
      'participants',
      { _id: participantId(reportId, key), part: 'reporter' },
      { part: 'left' },
    )
  },
  setPart: async (reportId, key, part, { fromReportId, wasSupporter } = {}) => {
    await store.update(
      'participants',
      { _id: participantId(reportId, key) },
      { part, fromReportId, wasSupporter },
    )
  },
  getMany: (people) =>
    store.getMany<ParticipantDocument>(
      'participants',
      people.map(({ reportId, key }) => participantId(reportId, key)),
    ),
  ofReport: (reportId, part, request) =>
    store.page<ParticipantDocument>('participants', { reportId, part }, ['joinedAt', 'asc'], request),
  ofAccount: (accountId, request) =>
    store.page<ParticipantDocument>('participants', { accountId }, ['joinedAt', 'desc'], request),
  firstOfAccount: (accountId, limit) =>
    store.first<ParticipantDocument>(
      'participants',
      { accountId },
      [
        ['joinedAt', 'asc'],
        ['_id', 'asc'],
      ],
      limit,
    ),
})

export type ReceiptDocument = Omit<FiledReceipt, 'number'> & { readonly _id: ReportNumber }

const toFiled = ({ _id, reportId, unitId, at, categoryId, where }: ReceiptDocument): FiledReceipt => ({
  number: _id,
  reportId,
  unitId,
  at,
  categoryId,
  where,
})

export const receiptRepository = (store: Store): Receipts => ({
  keep: async ({ number, ...filed }) => {
    await store.add('receipts', { _id: number, ...filed } satisfies ReceiptDocument)
  },
  find: async (number) => {
    const found = await store.get<ReceiptDocument>('receipts', number)
    return found && toFiled(found)
  },
  ofUnit: async (unitId, request) => {
    const page = await store.page<ReceiptDocument>('receipts', { unitId }, ['at', 'desc'], request)
    return { rows: page.rows.map(toFiled), nextCursor: page.nextCursor }
  },
})
