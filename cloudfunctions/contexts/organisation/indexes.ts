import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { Membership, Partnership, Unit } from './rules/unit'

export const collections = {
  units: {
    children: {
      by: { parentId: 1, _id: 1 },
      reason: 'the units directly below one: the tree of 找单位, where a report may be passed on to',
    },
    ended: { by: { endsAt: 1, _id: 1 }, reason: 'the clock: units whose end has come' },
    predecessors: {
      by: { successorId: 1, _id: 1 },
      reason: 'whose reports count in the three rates of a branch’s page',
    },
  } satisfies IndexesOf<Stored<Unit>>,
  partnerships: {
    of_unit: {
      by: { unitId: 1, _id: 1 },
      reason: 'the partners on a branch’s page, and those to whom a report may be dispatched',
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
