/** What the cloud's HTTP API answered; `body` is undefined where it was no JSON. */
export interface CloudAnswer {
  readonly status: number
  readonly body: unknown
}

/**
 * The page's head names the address of the API, so that the browser is connected by the time the scripts have come.
 * https://docs.cloudbase.net/http-api/basic/overview
 */
const addressOf = (path: string): string => {
  const named = document.querySelector<HTMLLinkElement>('link[rel="preconnect"]')?.href
  return new URL(path, named ?? window.location.href).href
}

/** Rejects when the network fails; whatever the API answers is an answer. */
export const askCloud = async (
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<CloudAnswer> => {
  const response = await fetch(addressOf(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  try {
    return { status: response.status, body: JSON.parse(text) }
  } catch {
    return { status: response.status, body: undefined }
  }
}

export const isFine = ({ status }: CloudAnswer): boolean => status >= 200 && status < 300

/** The two parts of the API write their refusals differently. */
export const failure = (what: string, { status, body }: CloudAnswer): Error => {
  const { code, message, error, error_description } = (body ?? {}) as Readonly<Record<string, unknown>>
  return new Error(
    `${what} failed: HTTP ${status} ${String(code ?? error)} ${String(message ?? error_description)}`,
  )
}
