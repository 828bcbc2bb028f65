import type { Conditions, Store } from '../../platform/cloudbase/database'
import { journalRepository } from '../../platform/cloudbase/journal-repository'
import type { CategoryGroupId } from '../category/rules/category'
import type { Participant, Participants, PlacedReport, ReportScope, Reports } from './ports'
import { groupTilesOf, type ReportDocument, toReport, toReportDocument } from './report-documents'
import type { Report } from './rules/report'
import type { ReportNumber } from './rules/report-number'

type Listing = { readonly conditions: Conditions; readonly order: readonly [string, 'asc' | 'desc'] }

/** What the audience of a list may know of, as conditions: a document names no accused unit unless it accuses one. */
const knownTo = ({ audience }: ReportScope, { command }: Store): Conditions => {
  if (audience === 'everyone') return { isPublic: true }
  return audience.seatsIn.length === 0 ? {} : { accusedUnitId: command.nin([...audience.seatsIn]) }
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
    case 'handler-overdue':
      return {
        conditions: { handlerUnitId: scope.unitId, dueAt: command.lte(scope.now) },
        order: ['dueAt', 'asc'],
      }
    case 'handled':
      return { conditions: { dispatchedUnitIds: scope.unitId }, order: ['changedAt', 'desc'] }
    case 'area-queue':
      return { conditions: { unitPath: scope.unitId, tab: scope.tab }, order: ['dueAt', 'asc'] }
    case 'area-open':
      return { conditions: { unitPath: scope.unitId, isOpen: true }, order: ['dueAt', 'asc'] }
    case 'area-overdue':
      return {
        conditions: { unitPath: scope.unitId, isOpen: true, dueAt: command.lte(scope.now) },
        order: ['dueAt', 'asc'],
      }
    case 'requests':
      return {
        conditions: { rulingUnitIds: scope.unitId, requestedAt: command.gt(0) },
        order: ['requestedAt', 'asc'],
      }
    case 'area-recent':
      return { conditions: { unitPath: scope.unitId }, order: ['submittedAt', 'desc'] }
    case 'area-running':
      return {
        conditions: { unitPath: scope.unitId, openUntilAt: command.gt(scope.afterAt) },
        order: ['openUntilAt', 'asc'],
      }
  }
}

/**
 * What grows with the area or with the years. Matters that everyone may know of accuse nobody: the index counts them
 * without a document. Complaints, whose accused it does not hold, are few and counted apart.
 */
const longLists: readonly ReportScope['kind'][] = [
  'own-queue',
  'own-done',
  'handled',
  'area-open',
  'area-overdue',
]

/** A number is an id: no two documents of a collection have one, on either database. */
interface NumberDocument {
  readonly _id: ReportNumber
  readonly reportId: string
}

type PlacedDocument = Omit<PlacedReport, 'id'> & { readonly _id: string }
const placedFields = [
  'status',
  'categoryId',
  'formerCategoryIds',
  'place',
  'formerPoints',
  'unitPath',
  'submittedAt',
  'resolvedAt',
  'resolutions',
  'reporterKey',
  'parentReportId',
]
const toPlaced = ({ _id, ...rest }: PlacedDocument): PlacedReport => ({ id: _id, ...rest })

type PublicRow = Pick<ReportDocument, '_id' | 'submittedAt'> & { readonly publicPlace: string }
const publicFields = ['submittedAt', 'publicPlace']
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
/** How many open reports of one kind one read around a place takes in. */
const crowd = 500
/** Whole reports, so far fewer than the database could answer. */
const readAtOnce = 200
/** Of one group in a few hundred metres; the limits on submitting are far below. */
const mostPlaced = 50_000

export const reportRepository = (store: Store): Reports => {
  const { command } = store
  const placed = async (
    tiles: readonly string[],
    groupId: CategoryGroupId,
    conditions: Conditions,
  ): Promise<readonly PlacedReport[]> => {
    const whole = { atMost: mostPlaced, by: 'submittedAt', fields: placedFields }
    const keys = groupTilesOf([groupId], tiles)
    return (await store.findIn<PlacedDocument>('reports', 'groupTiles', keys, conditions, whole)).map(
      toPlaced,
    )
  }
  return {
    ...journalRepository<'reports', Report, ReportDocument>(store, {
      collection: 'reports',
      toDocument: toReportDocument,
      toMatter: toReport,
      firstCome,
    }),
    takeNumber: (number, reportId) =>
      store.add('report_numbers', { _id: number, reportId } as NumberDocument),
    list: async (scope, request) => {
      const { conditions, order } = listingOf(scope, store)
      const page = await store.page<ReportDocument>('reports', conditions, order, request)
      return { rows: page.rows.map(toReport), nextCursor: page.nextCursor }
    },
    count: async (scope) => {
      const { conditions } = listed(scope, store)
      const known = knownTo(scope, store)
      if (!('accusedUnitId' in known) || !longLists.includes(scope.kind))
        return store.count('reports', { ...conditions, ...known })
      const [ordinary, complaints] = await Promise.all([
        store.count('reports', { ...conditions, isPublic: true }),
        store.count('reports', { ...conditions, isPublic: false, ...known }),
      ])
      return ordinary + complaints
    },
    inTiles: (tiles, groupId, sinceAt) => placed(tiles, groupId, { submittedAt: command.gte(sinceAt) }),
    openInTiles: (tiles, groupId) => placed(tiles, groupId, { isOpen: true }),
    openByPlaceName: async (unitId, placeName, categoryIds) =>
      (
        await Promise.all(
          categoryIds.map((categoryId) =>
            store.findAll<PlacedDocument>(
              'reports',
              { unitPath: unitId, placeName, isOpen: true, categoryId },
              { atMost: mostPlaced, by: 'submittedAt', fields: placedFields },
            ),
          ),
        )
      )
        .flat()
        .map(toPlaced),
    openAtPublicPlaces: async (places, categoryIds, sinceAt, limit) => {
      const open = { isOpen: true, isPublic: true, submittedAt: command.gte(sinceAt) }
      const rank = new Map(places.map((place, at) => [place, at]))
      const nearest = (rows: readonly PublicRow[]): readonly PublicRow[] =>
        [...rows]
          .sort(
            (a, b) =>
              (rank.get(a.publicPlace) ?? 0) - (rank.get(b.publicPlace) ?? 0) ||
              b.submittedAt - a.submittedAt ||
              (a._id < b._id ? 1 : -1),
          )
          .slice(0, limit)
      const quick = await store.first<PublicRow>(
        'reports',
        { ...open, publicPlace: command.in([...places]), categoryId: command.in([...categoryIds]) },
        [],
        crowd,
        publicFields,
      )
      let rows = nearest(quick)
      if (quick.length === crowd) {
        // One read does not return them all: goes on place by place, the nearest first, until there are enough.
        rows = []
        for (const publicPlace of places) {
          if (rows.length >= limit) break
          const here = await Promise.all(
            categoryIds.map((categoryId) =>
              store.first<PublicRow>(
                'reports',
                { ...open, publicPlace, categoryId },
                latestFirst,
                limit,
                publicFields,
              ),
            ),
          )
          rows = nearest([...rows, ...here.flat()])
        }
      }
      return (
        await store.getMany<ReportDocument>(
          'reports',
          rows.map((row) => row._id),
        )
      ).map(toReport)
    },
    heldBy: async (unitId, fromAt, toAt) => {
      const all: Report[] = []
      let cursor: string | undefined
      do {
        const page = await store.page<ReportDocument>(
          'reports',
          { heldByUnitIds: unitId, submittedAt: command.gte(fromAt).and(command.lt(toAt)) },
          ['submittedAt', 'asc'],
          { limit: readAtOnce, ...(cursor ? { cursor } : {}) },
        )
        all.push(...page.rows.map(toReport))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return all
    },
  }
}

export type ParticipantDocument = Participant & { readonly _id: string }

const participantId = (reportId: string, key: string): string => `${reportId}.${key}`

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
  reporterOf: async (reportId) =>
    (await store.first<ParticipantDocument>('participants', { reportId, part: 'reporter' }, [], 1))[0],
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
