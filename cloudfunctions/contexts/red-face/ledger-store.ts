import type { CollectionName, Conditions, Store } from '../../platform/cloudbase/database'
import { setOrAdd } from '../../platform/cloudbase/stored'
import { type LedgerDocument, toLedgerDocument, toLedgerRow } from './ledger-documents'
import type { Ledger, LedgerChain, PublishedHead } from './ports'
import type { ChainHead } from './rules/ledger'

export type ChainDocument = Omit<LedgerChain, 'id' | 'head'> & {
  readonly _id: string
  readonly headSeq: number
  readonly headHash: string
}

export interface HeadDocument extends ChainHead {
  readonly _id: string
  readonly chainId: string
  readonly at: number
}

const batch = 500
/** More than any chain, report or list of published heads comes to; beyond it something is wrong. */
const mostBatches = 200

const toChain = ({ _id, headSeq, headHash, ...rest }: ChainDocument): LedgerChain => ({
  id: _id,
  ...rest,
  head: { seq: headSeq, hash: headHash },
})

/** The id is `chainId:date`. */
const toPublished = ({ _id, seq, hash }: HeadDocument): PublishedHead => ({
  on: _id.slice(_id.lastIndexOf(':') + 1),
  seq,
  hash,
})

export const ledgerRepository = (store: Store): Ledger => {
  const { command } = store

  /** Every document that meets the conditions, read in as many pages as it takes; fails rather than leaves any out. */
  const all = async <T extends { readonly _id: string }>(
    name: CollectionName,
    conditions: Conditions,
    field: '_id' | 'seq',
  ): Promise<readonly T[]> => {
    const found: T[] = []
    for (let turn = 0, after: T | undefined; turn < mostBatches; turn += 1) {
      const page: readonly T[] =
        field === 'seq'
          ? (
              await store.page<T>(name, conditions, ['seq', 'asc'], {
                limit: batch,
                ...(after ? { cursor: `${(after as unknown as ChainHead).seq}~${after._id}` } : {}),
              })
            ).rows
          : await store.first<T>(
              name,
              { ...conditions, ...(after ? { _id: command.gt(after._id) } : {}) },
              [['_id', 'asc']],
              batch,
            )
      found.push(...page)
      after = page[page.length - 1]
      if (page.length < batch || !after) return found
    }
    throw new Error(`${name}: more than ${batch * mostBatches} documents where a few were expected`)
  }

  return {
    head: async (chainId) => {
      const [last] = await store.first<LedgerDocument>('ledger', { chainId }, [['seq', 'desc']], 1)
      return last && { seq: last.seq, hash: last.hash }
    },
    eventsAmong: async (eventKeys) => {
      const whole = { atMost: eventKeys.length, fields: ['eventKey'] }
      const found = await store.findIn<LedgerDocument>('ledger', 'eventKey', eventKeys, {}, whole)
      return new Set(found.map(({ eventKey }) => eventKey))
    },
    add: async (row) => {
      if (row.shape !== 2) throw new Error('ledger: a row of the first shape is not written any more')
      return store.add('ledger', toLedgerDocument(row))
    },
    list: async (chainId, request) => {
      const page = await store.page<LedgerDocument>('ledger', { chainId }, ['seq', 'desc'], request)
      return { rows: page.rows.map(toLedgerRow), nextCursor: page.nextCursor }
    },
    from: async (chainId, seq, limit) =>
      (
        await store.first<LedgerDocument>(
          'ledger',
          { chainId, seq: command.gte(seq) },
          [
            ['seq', 'asc'],
            ['_id', 'asc'],
          ],
          limit,
        )
      ).map(toLedgerRow),
    ofEvents: async (eventKeys) =>
      (
        await store.findIn<LedgerDocument>('ledger', 'eventKey', eventKeys, {}, { atMost: eventKeys.length })
      ).map(toLedgerRow),
    ofReport: async (reportId) => (await all<LedgerDocument>('ledger', { reportId }, 'seq')).map(toLedgerRow),
    settleSubject: async (subjectKey, fate) => {
      const rows = await all<LedgerDocument>('ledger', { subjectKey, fate: 'withheld' }, '_id')
      for (const { _id } of rows) await store.update('ledger', { _id, fate: 'withheld' }, { fate })
    },
    settleRow: async (id, fate) => {
      await store.update('ledger', { _id: id }, { fate })
    },

    chain: async (chainId) => {
      const found = await store.get<ChainDocument>('ledger_chains', chainId)
      return found && toChain(found)
    },
    chainsBelow: async (unitId, { limit, cursor }) => {
      const after = cursor?.slice(cursor.indexOf('~') + 1)
      const found = await store.first<ChainDocument>(
        'ledger_chains',
        { path: unitId, ...(after === undefined ? {} : { _id: command.gt(after) }) },
        [['_id', 'asc']],
        limit + 1,
      )
      const rows = found.slice(0, limit)
      const last = rows[rows.length - 1]
      return { rows: rows.map(toChain), nextCursor: found.length > limit && last ? `0~${last._id}` : null }
    },
    chains: async () => (await all<ChainDocument>('ledger_chains', {}, '_id')).map(toChain),
    begunChainIds: async () =>
      (await all<LedgerDocument>('ledger', { seq: 1 }, '_id')).map(({ chainId }) => chainId),
    noteHead: (chainId, path, { seq, hash }) => {
      const raise = () =>
        store.update(
          'ledger_chains',
          { _id: chainId, headSeq: command.lt(seq) },
          { headSeq: seq, headHash: hash },
        )
      const chain: ChainDocument = {
        _id: chainId,
        path,
        headSeq: seq,
        headHash: hash,
        checked: null,
        checkedOn: null,
        checkedAt: 0,
        furthest: null,
        broken: null,
        publishedOn: null,
      }
      return setOrAdd(raise, () => store.add('ledger_chains', chain))
    },
    noteCheck: async (chainId, check) => {
      await store.update('ledger_chains', { _id: chainId }, { ...check })
    },

    publish: async (chainId, { on, seq, hash }, at) => {
      await store.add('ledger_anchors', { _id: `${chainId}:${on}`, chainId, seq, hash, at } as HeadDocument)
      await store.update('ledger_chains', { _id: chainId }, { publishedOn: on })
    },
    published: async (chainId, limit) =>
      (
        await store.first<HeadDocument>(
          'ledger_anchors',
          { chainId },
          [
            ['at', 'desc'],
            ['_id', 'desc'],
          ],
          limit,
        )
      ).map(toPublished),
    publishedBetween: async (chainId, fromSeq, toSeq) =>
      (
        await all<HeadDocument>(
          'ledger_anchors',
          { chainId, seq: command.gte(fromSeq).and(command.lte(toSeq)) },
          'seq',
        )
      ).map(toPublished),
    furthestPublished: async (chainId) => {
      const [furthest] = await store.first<HeadDocument>(
        'ledger_anchors',
        { chainId },
        [
          ['seq', 'desc'],
          ['_id', 'desc'],
        ],
        1,
      )
      return furthest && { seq: furthest.seq, hash: furthest.hash }
    },
  }
}
