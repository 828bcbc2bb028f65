import { reachNetwork } from '../device'
import { keepTemporary } from '../files'
import { ApiFailure, api, listeners, number, type Options, text } from './call'

/** Waits for the network of the phone. Refuses when there is none. */
export const throughNetwork = async (): Promise<void> => {
  if (!(await reachNetwork()))
    throw Object.assign(new ApiFailure('request:fail -2:net::ERR_INTERNET_DISCONNECTED'), { errCode: -1 })
}

interface Answered {
  readonly statusCode: number
  readonly header: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly content: Blob
}

const encoded = (data: object): string =>
  Object.entries(data)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')

const lowerCase = (header: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries((header ?? {}) as object).map(([name, value]) => [name.toLowerCase(), String(value)]),
  )

/** The server of this host asks in the place of the phone: a browser would ask whether it may. */
const ask = async (options: Options, signal: AbortSignal): Promise<Answered> => {
  await throughNetwork()
  const method = text(options.method, 'GET').toUpperCase()
  const header = { 'content-type': 'application/json', ...lowerCase(options.header) }
  const { data } = options
  const isObject = typeof data === 'object' && data !== null && !(data instanceof ArrayBuffer)
  const isInAddress = method === 'GET' && isObject
  const isForm = header['content-type'].includes('application/x-www-form-urlencoded')
  const address = isInAddress
    ? `${text(options.url)}${text(options.url).includes('?') ? '&' : '?'}${encoded(data)}`
    : text(options.url)
  const body = isObject ? (isForm ? encoded(data) : JSON.stringify(data)) : (data as string | ArrayBuffer)
  const answer = await fetch('/request', {
    method: 'POST',
    headers: { 'x-wx-request': encodeURIComponent(JSON.stringify({ url: address, method, header })) },
    ...(method === 'GET' || body === undefined ? {} : { body }),
    signal,
  })
  const told = JSON.parse(decodeURIComponent(answer.headers.get('x-wx-answer') ?? '%7B%7D')) as Omit<
    Answered,
    'content'
  > & { error?: string }
  if (told.error !== undefined) throw new ApiFailure(told.error)
  return { ...told, content: await answer.blob() }
}

/** A request as WeChat makes one: it can be given up, and answers no promise. */
const task = (name: string, options: Options, work: (signal: AbortSignal) => Promise<object>) => {
  const stop = new AbortController()
  const headers = listeners('HeadersReceived')
  const progress = listeners('ProgressUpdate')
  const timer = setTimeout(() => stop.abort(new ApiFailure('timeout')), number(options.timeout, 60_000))
  api(name, async () => {
    try {
      return await work(stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) throw error
      throw stop.signal.reason instanceof ApiFailure ? stop.signal.reason : new ApiFailure('abort')
    } finally {
      clearTimeout(timer)
    }
  })({ ...options, fail: options.fail ?? (() => {}) })
  return { abort: () => stop.abort(), ...headers.functions, ...progress.functions }
}

const parsed = (written: string): unknown => {
  try {
    return JSON.parse(written)
  } catch {
    return written
  }
}

/** Source: https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export const networkApis: Record<string, unknown> = {
  request: (options: Options) =>
    task('request', options, async (signal) => {
      const { content, ...rest } = await ask(options, signal)
      if (options.responseType === 'arraybuffer') return { ...rest, data: await content.arrayBuffer() }
      const written = await content.text()
      return { ...rest, data: text(options.dataType, 'json') === 'json' ? parsed(written) : written }
    }),
  downloadFile: (options: Options) =>
    task('downloadFile', options, async (signal) => {
      const { content, statusCode } = await ask({ ...options, method: 'GET' }, signal)
      return { statusCode, tempFilePath: keepTemporary(content, '') }
    }),
}
