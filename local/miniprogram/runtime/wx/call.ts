import { keepTemporary } from '../files'
import { currentPage } from '../routing'
import { report } from '../server-link'

export interface Options extends Record<string, unknown> {
  readonly success?: (answer: unknown) => void
  readonly fail?: (error: unknown) => void
  readonly complete?: (answer: unknown) => void
}

/** A refusal that carries WeChat's number for it. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    readonly errno?: number,
  ) {
    super(message)
  }
}

const heard = (name: string, work: ((answer: unknown) => void) | undefined, answer: unknown): void => {
  if (!work) return
  try {
    work(answer)
  } catch (error) {
    const page = currentPage()?.route
    report({
      kind: 'error',
      code: 'CALLBACK_FAILED',
      reason: `a callback of wx.${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ...(page ? { page } : {}),
    })
  }
}

const failureOf = (name: string, error: unknown): object => {
  const message = error instanceof Error ? error.message : String(error)
  const { errno, code, errCode } = error as { errno?: number; code?: unknown; errCode?: unknown }
  return {
    errMsg: message.startsWith(`${name}:`) ? message : `${name}:fail ${message}`,
    ...(errno === undefined ? {} : { errno }),
    ...(errCode === undefined ? {} : { errCode }),
    ...(code === undefined ? {} : { code }),
  }
}

/**
 * A function of `wx`: with success, fail and complete, or, when none of them is given, as a promise.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/api.html
 */
export const api =
  (name: string, work: (options: Options) => unknown) =>
  (given?: Options): Promise<object> | undefined => {
    const options: Options = given ?? {}
    const answered = Promise.resolve()
      .then(() => work(options))
      .then((answer) => ({ errMsg: `${name}:ok`, ...(answer as object | undefined) }))
    if (!options.success && !options.fail && !options.complete)
      return answered.catch((error: unknown) => {
        throw failureOf(name, error)
      })
    answered.then(
      (answer) => {
        heard(name, options.success, answer)
        heard(name, options.complete, answer)
      },
      (error: unknown) => {
        const failure = failureOf(name, error)
        heard(name, options.fail, failure)
        heard(name, options.complete, failure)
      },
    )
    return undefined
  }

type Api = (options?: Options) => Promise<object> | undefined
export const apis = (works: Readonly<Record<string, (options: Options) => unknown>>): Record<string, Api> =>
  Object.fromEntries(Object.entries(works).map(([name, work]) => [name, api(name, work)]))

export const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback)
export const number = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback

/** Those who listen to something that happens to the app: `onX` and `offX`. */
export const listeners = (name: string) => {
  const all = new Set<(given: unknown) => void>()
  return {
    tell: (given: unknown): void => {
      for (const one of all) heard(`on${name}`, one, given)
    },
    count: (): number => all.size,
    functions: {
      [`on${name}`]: (listener: (given: unknown) => void) => void all.add(listener),
      [`off${name}`]: (listener?: (given: unknown) => void) => {
        if (listener) all.delete(listener)
        else all.clear()
      },
    },
  }
}

const suffixes: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
}

/** A temporary file, named after what it is. */
export const keptFile = (file: Blob): string => keepTemporary(file, suffixes[file.type] ?? '')
