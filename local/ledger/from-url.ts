import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LedgerRow } from '../../cloudfunctions/contexts/red-face/rules/ledger'
import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import type { ReadChain } from './verify'

const rowsAtOnce = 50
/** One question is asked so often: whoever is told to ask more slowly waits, and goes on. */
const mostTries = 10
/** No server asks for more patience than that. */
const longestWaitMs = 10 * minuteMs
/** More pages than any list of ledgers has; a server that goes on for ever is not followed for ever. */
const mostPages = 1000

const post = async (
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 200)}`)
  return JSON.parse(text)
}

const toRow = ({ salt, facts, ...row }: OutputOf<'ledger.list'>['rows'][number]): LedgerRow => {
  const { shape, on, commitment, ...link } = row
  return shape === 2
    ? { ...link, shape, on, commitment, opened: facts && salt !== null ? { salt, facts } : null }
    : { ...link, shape, facts }
}

/**
 * Every chain of a running environment as anybody may read it, without a name, by the documented HTTP API: sign in
 * anonymously, call the function `api`.
 */
export async function* chainsAtUrl(url: string): AsyncGenerator<ReadChain> {
  const base = url.replace(/\/+$/, '')
  const device = { 'x-device-id': randomUUID() }
  const session = (await post(`${base}/auth/v1/signin/anonymously`, {}, device)) as {
    readonly access_token?: string
  }
  if (!session.access_token) throw new Error(`${base} let nobody in without a name`)
  const ask = async <A extends Action>(action: A, input: InputOf<A>): Promise<OutputOf<A>> => {
    for (let tries = 1; ; tries += 1) {
      const answer = (await post(
        `${base}/v1/functions/api`,
        { action, input },
        { authorization: `Bearer ${session.access_token}` },
      )) as Answer<A>
      if (answer.ok) return answer.value
      const { code, message, details } = answer.error
      const waitMs = Number(details?.retryAt) - answer.now
      const isToWait = code === 'too-many' && waitMs <= longestWaitMs && tries < mostTries
      if (!isToWait) throw new Error(`${action}: ${code} ${message}`)
      await sleep(Math.max(0, waitMs))
    }
  }

  const readChain = async (unitId: string): Promise<ReadChain> => {
    const first = await ask('ledger.list', { unitId, limit: rowsAtOnce })
    const rows = [...first.rows]
    // The head says how many rows there can be; more pages than that are none.
    const most = Math.ceil(first.headSeq / rowsAtOnce) + 1
    let cursor = first.nextCursor
    for (let page = 1; cursor !== null && page <= most; page += 1) {
      const next = await ask('ledger.list', { unitId, limit: rowsAtOnce, cursor })
      rows.push(...next.rows)
      cursor = next.nextCursor
    }
    return {
      id: unitId,
      rows: rows.reverse().map(toRow),
      revealed: rows.filter((row) => row.facts !== null).length,
      anchors: first.anchors,
      heads: first.headHash === null ? [] : [{ seq: first.headSeq, hash: first.headHash }],
      unreadable: [],
    }
  }

  const { unit } = await ask('unit.children', {})
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page += 1) {
    const listed = await ask('ledger.chains', {
      unitId: unit.id,
      limit: rowsAtOnce,
      ...(cursor ? { cursor } : {}),
    })
    for (const { id } of listed.rows) yield await readChain(id)
    if (listed.nextCursor === null) return
    cursor = listed.nextCursor
  }
  throw new Error(`${base} lists ledgers without an end`)
}
