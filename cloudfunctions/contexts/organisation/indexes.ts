import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { Stored } from '../../platform/cloudbase/stored'
import type { UnitChangeDocument } from './keeping-store'
import type { Unit } from './rules/unit'
import type { SeatDocument } from './store'

export const collections = {
  units: {
    children: {
      by: { parentId: 1, _id: 1 },
      reason:
        '上报: choosing a community, from the region down; 办理: branches to which a report may be passed on; 设置, 人: who is missing where',
    },
    ended: { by: { endsAt: 1, _id: 1 }, reason: 'the clock: units whose end has come' },
    predecessors: {
      by: { successorId: 1, _id: 1 },
      reason: '谁负责: whose reports count in a branch’s three rates',
    },
    with_code: { by: { code: 1, _id: 1 }, reason: '设置: the unit that a list means' },
    within: { each: 'path', by: { _id: 1 }, reason: 'papers: a list of units beside those of its area' },
    of_kind_by_name: {
      each: 'path',
      by: { kind: 1, name: 1, _id: 1 },
      reason: '设置, 包联共建: the partners of a banner by name',
    },
    by_name: { each: 'path', by: { name: 1, _id: 1 }, reason: '设置: units of an area by name' },
  } satisfies IndexesOf<Stored<Unit>>,
  unit_changes: {
    due: { by: { nextClockAt: 1, _id: 1 }, reason: 'the clock: changes that hold from now on' },
    outbox: { by: { outboxAt: 1, _id: 1 }, reason: 'the clock: what has still to follow elsewhere' },
    of_unit: { by: { unitId: 1, madeAt: -1, _id: -1 }, reason: '设置: the history of a unit, latest first' },
    planned: { by: { unitId: 1, status: 1, _id: 1 }, reason: '设置: whether a change of the unit waits' },
  } satisfies IndexesOf<UnitChangeDocument>,
  unit_change_sheets: {},
  memberships: {
    of_account: { by: { accountId: 1, _id: 1 }, reason: 'every call: the seats of whoever calls' },
    of_unit: {
      by: { unitId: 1, _id: 1 },
      reason: 'whom a message to a unit reaches, and to whom work may be handed',
    },
    of_unit_given: {
      by: { unitId: 1, givenAt: -1, _id: -1 },
      reason: '设置, 人: the seats of a unit, the one given last first',
    },
    clock: { by: { nextClockAt: 1, _id: 1 }, reason: 'the clock: seats whose last day has come' },
    outbox: { by: { outboxAt: 1, _id: 1 }, reason: 'the clock: seats with derived work left to do' },
  } satisfies IndexesOf<SeatDocument>,
} satisfies Collections
