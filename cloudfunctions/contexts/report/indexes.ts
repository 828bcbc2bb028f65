import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { ReportDocument } from './report-documents'
import type { ParticipantDocument, ReceiptDocument, TracePieceDocument } from './store'

export const collections = {
  reports: {
    own_queue: {
      by: { queueUnitId: 1, tab: 1, dueAt: 1, _id: 1 },
      reason: '工作台: a tab of the unit that answers, the soonest deadline first',
    },
    own_done: {
      by: { queueUnitId: 1, tab: 1, changedAt: -1, _id: -1 },
      reason: '工作台: what the unit that answers has done, latest first',
    },
    handler_queue: {
      by: { handlerUnitId: 1, tab: 1, dueAt: 1, _id: 1 },
      reason: '工作台: a tab of a partner',
    },
    in_hand: {
      each: 'inHandOf',
      by: { dueAt: 1, _id: 1 },
      reason: '工作台: what one of a unit’s own people has in hand, the soonest deadline first',
    },
    handler_overdue: {
      by: { handlerUnitId: 1, dueAt: 1, _id: 1 },
      reason: '工作台: what is overdue with a partner',
    },
    handled: {
      each: 'dispatchedUnitIds',
      by: { changedAt: -1, _id: -1 },
      reason: '工作台: what a partner has done, latest first',
    },
    area_sorting: {
      each: 'sortingIn',
      by: { dueAt: 1, _id: 1 },
      reason: '工作台 of a township or banner: what it has to sort',
    },
    area_open: {
      each: 'openIn',
      by: { dueAt: 1, _id: 1 },
      reason: '工作台: what is open, or overdue, in an area',
    },
    area_requests: {
      each: 'rulingUnitIds',
      by: { requestedAt: 1, _id: 1 },
      reason: '工作台: requests that wait for a ruling, the oldest first',
    },
    area_recent: {
      each: 'unitPath',
      by: { isPublic: 1, submittedAt: -1, _id: -1 },
      reason: 'the home page and 谁负责: what was reported in an area, latest first, as everyone may read it',
    },
    place: {
      each: 'spots',
      by: { aliveUntilAt: -1, _id: -1 },
      reason:
        '上报: whether a matter of this kind comes back, or one was withdrawn; 办理, merging: what of the kind is open around the place',
    },
    clock: { by: { nextClockAt: 1, submittedAt: 1, _id: 1 }, reason: 'the clock: what is due' },
    outbox: {
      by: { outboxAt: 1, submittedAt: 1, _id: 1 },
      reason: 'the clock: what has derived work left to do',
    },
    area_running: {
      each: 'openIn',
      by: { openUntilAt: 1, _id: 1 },
      reason:
        '谁负责: what is open, as everyone may read it; of a banner, and the clock: deadlines beyond the announced days off',
    },
    place_name: {
      each: 'openPlaceNames',
      by: { submittedAt: -1, _id: -1 },
      reason: '办理, merging: what of a kind is open in a township, or near, and called the same place',
    },
    public_place: {
      by: { openPublicPlace: 1, submittedAt: -1, _id: -1 },
      reason: '上报: the nearest open reports of a kind, as everyone may read them',
    },
    counted: {
      each: 'countedIn',
      by: {},
      reason: 'the clock: what each list of a unit is made of, for the recount of its figures',
    },
  } satisfies IndexesOf<ReportDocument>,
  report_sheets: {},
  report_numbers: {},
  receipts: {
    of_unit: {
      by: { unitId: 1, at: -1, _id: -1 },
      reason: '代办上报: what a service centre has filed for others, latest first',
    },
  } satisfies IndexesOf<ReceiptDocument>,
  participants: {
    of_account: {
      by: { accountId: 1, joinedAt: -1, _id: -1 },
      reason: '我的: somebody’s own reports, latest first; their first ones say where they are at home',
    },
    of_report: {
      by: { reportId: 1, part: 1, joinedAt: 1, _id: 1 },
      reason: 'those who have a part in a report: whom its messages reach, who its reporter is',
    },
  } satisfies IndexesOf<ParticipantDocument>,
  trace_pieces: {
    of_report: {
      by: { reportId: 1, firstSeq: 1, _id: 1 },
      reason: '办理轨迹 of a report: what it holds no more itself, in its order',
    },
  } satisfies IndexesOf<TracePieceDocument>,
} satisfies Collections
