import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import type { Answer } from '../../../cloudfunctions/contract/contract'
import type { ReadyAsk } from './cloud'

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

interface Posted {
  readonly url: string
  /** The address of this machine from which it is sent: on Linux all of 127.0.0.0/8 are. */
  readonly from: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: unknown
}

/** One request; answers what came back. A connection that was closed while nothing went over it is opened anew. */
export const post = async (posted: Posted): Promise<unknown> => {
  const { url, from, headers, body } = posted
  const text = JSON.stringify(body)
  const sent = request(url, {
    method: 'POST',
    agent,
    localAddress: from,
    headers: {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    },
  })
  sent.end(text)
  try {
    const [answer] = (await once(sent, 'response')) as [AsyncIterable<Buffer>]
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk)
    return JSON.parse(Buffer.concat(chunks).toString()) as unknown
  } catch (error) {
    if (sent.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET') return post(posted)
    throw error
  }
}

/** An access token of somebody who signs in anonymously, on a device that nobody has seen. */
export const anonymousToken = async (url: string): Promise<string> => {
  const session = await post({
    url: `${url}/auth/v1/signin/anonymously`,
    from: '127.0.0.1',
    headers: { 'x-device-id': randomUUID() },
    body: {},
  })
  return (session as { readonly access_token: string }).access_token
}

export const ask = async (
  url: string,
  from: string,
  { action, input }: Pick<ReadyAsk, 'action' | 'input'>,
  token: string,
): Promise<Answer> =>
  (await post({
    url: `${url}/v1/functions/api`,
    from,
    headers: { authorization: `Bearer ${token}` },
    body: { action, input },
  })) as Answer

/** The same question put differently: no memory of an answer serves it, and no command is the one before. */
export const variedInput = ({ input }: ReadyAsk, no: number): ReadyAsk['input'] => ({
  ...input,
  ...('commandId' in input ? { commandId: randomUUID() } : {}),
  ...('limit' in input ? { limit: 1 + (no % 50) } : {}),
  ...(isPoint(input.point) ? { point: moved(input.point, no) } : {}),
})

interface LngLat {
  readonly lng: number
  readonly lat: number
}
const isPoint = (value: unknown): value is LngLat =>
  typeof value === 'object' && value !== null && 'lng' in value && 'lat' in value
const moved = ({ lng, lat }: LngLat, no: number): LngLat => ({ lng: lng + (no % 1000) * 1e-6, lat })
