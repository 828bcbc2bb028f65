import type { Collections, IndexesOf } from '../../platform/cloudbase/indexes'
import type { BondDocument, PartnershipDocument } from './store'

export const collections = {
  partnerships: {
    of_unit: {
      by: { unitId: 1, _id: 1 },
      reason: '谁负责: the partners of a branch; 办理: those to whom a report may be dispatched',
    },
    of_partner: {
      by: { partnerId: 1, _id: 1 },
      reason: 'units: whose partnerships follow one that ends or is called otherwise',
    },
    in_area: {
      each: 'under',
      by: { kind: 1, name: 1, _id: 1 },
      reason: '设置, 包联共建: the partnerships of an area by name',
    },
  } satisfies IndexesOf<PartnershipDocument>,
  bonds: {
    in_area: {
      each: 'under',
      by: { kind: 1, name: 1, _id: 1 },
      reason: '设置: the centres, leaders and alliances of an area by name',
    },
    of_unit: { by: { unitId: 1, _id: 1 }, reason: 'units: what follows one that ends' },
    concerning: {
      each: 'concerns',
      by: { _id: 1 },
      reason:
        '谁负责: the service centre and the alliances of a unit; 设置: units without a leader or a centre',
    },
  } satisfies IndexesOf<BondDocument>,
  bond_sheets: {},
} satisfies Collections
