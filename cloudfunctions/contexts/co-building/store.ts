import type { Store } from '../../platform/cloudbase/database'
import {
  type JournalDocument,
  journalRepository,
  toJournalDocument,
  toJournalled,
} from '../../platform/cloudbase/journal-repository'
import { pageByName } from '../../platform/cloudbase/page-by-name'
import { mostOfOne } from '../../platform/cloudbase/stored'
import type { Partnership } from '../organisation/rules/unit'
import type { Bonds } from './ports'
import { type Bond, bondWithoutHistory } from './rules/bond'

/** Later than any day that can be entered. */
const noEnd = 9_999_999_999_999

/** What bonds are found by, whichever collection they lie in. */
interface FoundBy {
  /** The unit that it is kept for, and all above it. */
  readonly under: readonly string[]
  readonly name: string
  readonly untilAt: number
}

/** A bond as it lies in the database: all but partnerships. */
export type BondDocument = JournalDocument<Bond> &
  FoundBy & {
    /** Whose page it stands on: a centre’s unit, those a leader looks after, the members of an alliance. */
    readonly concerns: readonly string[]
  }

/** A partnership as it lies in the database: with what dispatching reads of it (`Partnership`). */
export type PartnershipDocument = JournalDocument<Bond> & FoundBy & Omit<Partnership, 'id'>

const foundBy = ({ path, terms }: Bond): FoundBy => ({
  under: path,
  name: terms.name,
  untilAt: terms.untilAt ?? noEnd,
})

const bondDocumentOf = (bond: Bond): BondDocument => ({
  ...toJournalDocument(bond),
  ...foundBy(bond),
  concerns: bond.kind === 'centre' ? [bond.unitId] : (bond.terms.memberIds ?? []),
})

const toPartnershipDocument = (bond: Bond): PartnershipDocument => ({
  ...toJournalDocument(bond),
  ...foundBy(bond),
  partnerId: bond.terms.partnerId ?? '',
  partnerName: bond.terms.name,
  unitId: bond.unitId,
  since: bond.terms.fromAt,
  groups: bond.terms.groups ?? [],
})

const toBond = ({
  under: _under,
  name: _name,
  untilAt: _untilAt,
  concerns: _,
  ...rest
}: BondDocument): Bond => toJournalled<Bond>(rest)

const toPartnershipBond = ({
  under: _under,
  name: _name,
  untilAt: _untilAt,
  partnerId: _partnerId,
  partnerName: _partnerName,
  since: _since,
  groups: _groups,
  ...rest
}: PartnershipDocument): Bond => toJournalled<Bond>(rest)

/** One that somebody puts there by the way, as whoever fills a database does, for a unit of this path. */
export const partnershipDocumentOf = (
  { id, unitId, partnerId, partnerName, since, untilAt, groups = [] }: Partnership,
  path: readonly string[],
): PartnershipDocument =>
  toPartnershipDocument(
    bondWithoutHistory({
      id,
      kind: 'partnership',
      unitId,
      path,
      terms: {
        name: partnerName,
        fromAt: since,
        partnerId,
        ...(untilAt === undefined ? {} : { untilAt }),
        ...(groups.length === 0 ? {} : { groups }),
      },
    }),
  )

/** Any other one that is put there so. */
export const documentOfBond = (bond: Parameters<typeof bondWithoutHistory>[0]): BondDocument =>
  bondDocumentOf(bondWithoutHistory(bond))

/** How bonds lie in their collection. */
interface Lying<D> {
  readonly collection: 'partnerships' | 'bonds'
  readonly toBond: (document: D) => Bond
  /** The field that names the units on whose pages a bond stands, and the one that names its others. */
  readonly about: string
  readonly others: string
}

const atMost = { atMost: mostOfOne }

/** What is asked of bonds, in whichever collection they lie. */
const readsBonds = <D extends BondDocument | PartnershipDocument>(
  store: Store,
  { collection, toBond, about, others }: Lying<D>,
): Pick<Bonds, 'inArea' | 'about' | 'naming'> => ({
  inArea: async ({ areaId, kind, beginning, endingAfter }, request) => {
    const conditions = { under: areaId, kind, untilAt: store.command.gt(endingAfter) }
    const page = await pageByName<D>(store, collection, conditions, beginning, request)
    return { ...page, rows: page.rows.map(toBond) }
  },
  about: async (unitIds) => (await store.findIn<D>(collection, about, unitIds, {}, atMost)).map(toBond),
  naming: async (unitId) => {
    const found = await Promise.all([
      store.findAll<D>(collection, { unitId }, atMost),
      store.findAll<D>(collection, { [others]: unitId }, atMost),
    ])
    return [...new Map(found.flat().map((one) => [one._id, toBond(one)])).values()]
  },
})

/** Partnerships, in the collection in which dispatching looks who helps. */
export const partnershipBondRepository = (store: Store): Bonds => {
  const { get, insert, replace } = journalRepository<'partnerships', Bond, PartnershipDocument>(store, {
    collection: 'partnerships',
    mayLeave: [],
    toDocument: toPartnershipDocument,
    toMatter: toPartnershipBond,
    firstCome: [['_id', 'asc']],
  })
  const lying = { collection: 'partnerships', about: 'unitId', others: 'partnerId' } as const
  return { get, insert, replace, ...readsBonds(store, { ...lying, toBond: toPartnershipBond }) }
}

/** All bonds but partnerships. */
export const bondRepository = (store: Store): Bonds => {
  const { get, insert, replace } = journalRepository<'bonds' | 'bond_sheets', Bond, BondDocument>(store, {
    collection: 'bonds',
    sheets: 'bond_sheets',
    mayLeave: ['timeline'],
    toDocument: bondDocumentOf,
    toMatter: toBond,
    firstCome: [['_id', 'asc']],
  })
  const lying = { collection: 'bonds', about: 'concerns', others: 'concerns' } as const
  return { get, insert, replace, ...readsBonds(store, { ...lying, toBond }) }
}
