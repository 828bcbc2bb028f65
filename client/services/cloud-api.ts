/** What the cloud's HTTP API answered; `body` is undefined where it was no JSON. */
export interface CloudAnswer {
  readonly status: number
  readonly body: unknown
  /** By this device's clock. */
  readonly askedAt: number
  readonly answeredAt: number
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The page's head names the address of the API, so that the browser is connected by the time the scripts have come.
 * https://docs.cloudbase.net/http-api/basic/overview
 */
const addressOf = (path: string): string => {
  const named = document.querySelector<HTMLLinkElement>('link[rel="preconnect"]')?.href
  return new URL(path, named ?? window.location.href).href
}

/** What has not been answered by then is given up: others may be waiting for it, a renewed sign-in above all. */
const mostMs = 20_000

/** Rejects when the network fails or nobody answers; whatever the API answers is an answer. */
export const askCloud = async (
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<CloudAnswer> => {
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), mostMs)
  const askedAt = Date.now()
  try {
    const response = await fetch(addressOf(path), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: giveUp.signal,
    })
    const answered = parsed(await response.text())
    return { status: response.status, body: answered, askedAt, answeredAt: Date.now() }
  } finally {
    clearTimeout(timer)
  }
}

/** https://docs.cloudbase.net/cloud-function/function-calls/http-api */
export const functionPath = (name: string): string => `/v1/functions/${name}`

export const isFine = ({ status }: Pick<CloudAnswer, 'status'>): boolean => status >= 200 && status < 300

/** The two parts of the API write their refusals differently. */
export const failure = (what: string, { status, body }: Pick<CloudAnswer, 'status' | 'body'>): Error => {
  const { code, message, error, error_description } = (body ?? {}) as Readonly<Record<string, unknown>>
  return new Error(
    `${what} failed: HTTP ${status} ${String(code ?? error)} ${String(message ?? error_description)}`,
  )
}
