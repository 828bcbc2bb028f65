import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { LedgerDocument } from './ledger-documents'
import type { ChainDocument, HeadDocument } from './ledger-store'
import type { RedFaceEntry } from './ports'

export const collections = {
  red_face_entries: {
    area_weight: {
      each: 'unitPath',
      by: { list: 1, weight: -1, _id: -1 },
      reason: '红脸榜 of a unit and those below it, heaviest first, and how many there are',
    },
    area_cleared: {
      each: 'unitPath',
      by: { list: 1, clearedAt: -1, _id: -1 },
      reason: '红脸榜 of a unit and those below it: what was cleared, latest first',
    },
    weighed: {
      by: { list: 1, weighedAt: 1, _id: 1 },
      reason: 'the clock: entries that have not been weighed today',
    },
  } satisfies IndexesOf<Stored<RedFaceEntry>>,
  ledger: {
    chain: {
      by: { chainId: 1, seq: -1, _id: -1 },
      reason: '红脸台账 of a unit, latest first; its head; the daily check, first row first',
    },
    event: {
      by: { eventKey: 1 },
      isUnique: true,
      reason: 'an event is written down once, whoever writes it at the same time',
    },
    of_report: {
      by: { reportId: 1, seq: 1, _id: 1 },
      reason: '红脸事项: every row about its report',
    },
    of_subject: {
      by: { subjectKey: 1, fate: 1, _id: 1 },
      reason: 'what becomes public, or never does, when an episode ends',
    },
    position: {
      by: { seq: 1, _id: 1 },
      reason: 'the daily check: chains that have a first row, listed or not',
    },
  } satisfies IndexesOf<LedgerDocument>,
  ledger_anchors: {
    latest: {
      by: { chainId: 1, at: -1, _id: -1 },
      reason: '红脸台账 of a unit: the heads published last',
    },
    by_place: {
      by: { chainId: 1, seq: 1, _id: 1 },
      reason: 'the daily check: heads published for the rows it reads, and the furthest of all',
    },
  } satisfies IndexesOf<HeadDocument>,
  ledger_chains: {
    below: {
      each: 'path',
      by: { _id: 1 },
      reason: '红脸台账 above the banners: the chains of the units below',
    },
  } satisfies IndexesOf<ChainDocument>,
} satisfies Collections
