import type { Report } from '../../domain/report/report'
import type { Participant, Participants, ReportScope, Reports } from '../../use-cases/ports'
import { type Conditions, mostAtOnce, type Store } from './database'
import { type ReportDocument, toReport, toReportDocument } from './documents'

type Listing = { readonly conditions: Conditions; readonly order: readonly [string, 'asc' | 'desc'] }

const listingOf = (scope: ReportScope, { command }: Store): Listing => {
  switch (scope.kind) {
    case 'branch-queue':
      return { conditions: { branchId: scope.unitId, tab: scope.tab }, order: ['dueAt', 'asc'] }
    case 'branch-done':
      return { conditions: { branchId: scope.unitId, tab: 'done' }, order: ['changedAt', 'desc'] }
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
    case 'area-requests':
      return {
        conditions: { unitPath: scope.unitId, requestedAt: command.gt(0) },
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

export const reportRepository = (store: Store): Reports => {
  const { command } = store
  return {
    get: async (id) => {
      const document = await store.get<ReportDocument>('reports', id)
      return document && toReport(document)
    },
    getMany: async (ids) => (await store.getMany<ReportDocument>('reports', ids)).map(toReport),
    insert: (report) => store.add('reports', toReportDocument(report)),
    replace: async (before, after) => {
      const was = toReportDocument(before) as unknown as Record<string, unknown>
      const is = toReportDocument(after) as unknown as Record<string, unknown>
      const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
        (field) => was[field] !== is[field],
      )
      const updated = await store.update(
        'reports',
        { _id: before.id, rev: before.rev, status: before.status },
        Object.fromEntries(changed.map((field) => [field, is[field]])),
      )
      return updated === 1
    },
    settleOutbox: async (report) =>
      (await store.update('reports', { _id: report.id, rev: report.rev }, { outbox: [], outboxAt: null })) ===
      1,
    list: async (scope, request) => {
      const { conditions, order } = listingOf(scope, store)
      const page = await store.page<ReportDocument>('reports', conditions, order, request)
      return { rows: page.rows.map(toReport), nextCursor: page.nextCursor }
    },
    count: (scope) => store.count('reports', listingOf(scope, store).conditions),
    inTiles: async (tiles, categoryId, sinceAt) => {
      const found = await store.find<ReportDocument>('reports', {
        tiles: command.in([...tiles]),
        categoryId,
        submittedAt: command.gte(sinceAt),
      })
      return found.map(toReport)
    },
    ofPeriod: async (branchId, fromAt, toAt) => {
      const all: Report[] = []
      let cursor: string | undefined
      do {
        const page = await store.page<ReportDocument>(
          'reports',
          { branchId, submittedAt: command.gte(fromAt).and(command.lt(toAt)) },
          ['submittedAt', 'asc'],
          { limit: mostAtOnce - 1, ...(cursor ? { cursor } : {}) },
        )
        all.push(...page.rows.map(toReport))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      return all
    },
    dueForClock: async (now, limit) =>
      (
        await store.find<ReportDocument>(
          'reports',
          { nextClockAt: command.lte(now) },
          [
            ['nextClockAt', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map(toReport),
    withOutbox: async (now, limit) =>
      (
        await store.find<ReportDocument>(
          'reports',
          { outboxAt: command.lte(now) },
          [
            ['outboxAt', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map(toReport),
  }
}

type ParticipantDocument = Participant & { readonly _id: string }

const participantId = (reportId: string, key: string): string => `${reportId}.${key}`

export const participantRepository = (store: Store): Participants => ({
  get: (reportId, key) => store.get<ParticipantDocument>('participants', participantId(reportId, key)),
  add: async (participant) => {
    await store.add('participants', {
      _id: participantId(participant.reportId, participant.key),
      ...participant,
    } as ParticipantDocument)
  },
  ofReport: (reportId) => store.find<ParticipantDocument>('participants', { reportId }, [['_id', 'asc']]),
  ofAccount: (accountId, request) =>
    store.page<ParticipantDocument>('participants', { accountId }, ['joinedAt', 'desc'], request),
})
