import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { Membership, Partnership, Unit } from './rules/unit'

export const collections = {
  units: {
    children: {
      by: { parentId: 1, _id: 1 },
      reason:
        '上报: choosing a community, from the region down; 办理: branches to which a report may be passed on',
    },
    ended: { by: { endsAt: 1, _id: 1 }, reason: 'the clock: units whose end has come' },
    predecessors: {
      by: { successorId: 1, _id: 1 },
      reason: '谁负责: whose reports count in a branch’s three rates',
    },
  } satisfies IndexesOf<Stored<Unit>>,
  partnerships: {
    of_unit: {
      by: { unitId: 1, _id: 1 },
      reason: '谁负责: the partners of a branch; 办理: those to whom a report may be dispatched',
    },
  } satisfies IndexesOf<Stored<Partnership>>,
  memberships: {
    of_account: { by: { accountId: 1, _id: 1 }, reason: 'every call: the seats of whoever calls' },
    of_unit: {
      by: { unitId: 1, _id: 1 },
      reason: 'whom a message to a unit reaches, and to whom work may be handed',
    },
  } satisfies IndexesOf<Stored<Membership>>,
} satisfies Collections
