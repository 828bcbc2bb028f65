/** A refusal or a failure in words for the resident; `fields` of a refused form are in `details`. */
export interface Trouble {
  readonly code: string
  readonly message: string
  /** Why no answer came, in a few words. */
  readonly why?: string
  readonly details?: unknown
}

/** Why no answer came: no network here, nobody reached, nobody answered in time, the server failed, or nobody waited. */
export type Silence = 'offline' | 'unreached' | 'unanswered' | 'failed' | 'givenUp'

/** What is read says what to do; what is sent says also that nothing is lost and nothing is done twice. */
const words: Readonly<
  Record<Silence, { readonly why: string; readonly reading: string; readonly sending: string }>
> = {
  offline: {
    why: '没有网',
    reading: '没有网。连上了会自动打开。',
    sending: '没有网，没有发出去。写的都在，有网再按一次。',
  },
  unreached: {
    why: '连不上服务',
    reading: '连不上服务。请看看手机的网，再试一次。',
    sending: '连不上服务，没有发成。写的都在；看看手机的网，再按一次，不会重复。',
  },
  unanswered: {
    why: '服务没有回应',
    reading: '服务没有回应。过一会儿再试一次。',
    sending: '服务没有回应，不知道收到没有。写的都在，再按一次，不会重复。',
  },
  givenUp: {
    why: '停下了',
    reading: '停下了，没有打开。',
    sending: '停下了，写的都在。也许已经送到；再按一次，不会重复。',
  },
  failed: {
    why: '服务出了故障',
    reading: '服务出了故障，不是您的网不好。过几分钟再试一次。',
    sending: '服务出了故障，不是您的网不好。写的都在，过几分钟再按一次，不会重复。',
  },
}

const codes: Readonly<Record<Silence, string>> = {
  offline: 'network',
  unreached: 'network',
  unanswered: 'unavailable',
  failed: 'unavailable',
  givenUp: 'given-up',
}

export const troubleOf = (silence: Silence, isSending: boolean): Trouble => ({
  code: codes[silence],
  message: words[silence][isSending ? 'sending' : 'reading'],
  why: words[silence].why,
})

const connectionCodes = new Set(['network', 'unavailable'])

/** Nothing was refused: asked once more, it may well be answered. */
export const isConnectionTrouble = ({ code }: Trouble): boolean => connectionCodes.has(code)

/** Nothing was decided: later it may well be answered, with nobody doing anything for it. */
export const isForLater = (trouble: Trouble): boolean =>
  isConnectionTrouble(trouble) || trouble.code === 'too-many'

/** Nobody knows whether it was carried out: sent again it must be the same command. */
export const isUndecided = (trouble: Trouble): boolean => isForLater(trouble) || trouble.code === 'given-up'

/** From when on, by the server's time, it may be asked again; undefined where nobody said. */
export const retryAtOf = ({ details }: Trouble): number | undefined => {
  if (typeof details !== 'object' || details === null || !('retryAt' in details)) return undefined
  return typeof details.retryAt === 'number' ? details.retryAt : undefined
}

/** Asked once more, the answer would be the same. */
const finalCodes = new Set(['not-found', 'not-allowed', 'unknown-unit', 'invalid-input'])

export const isWorthAnotherTry = ({ code }: Trouble): boolean => !finalCodes.has(code)

/** What browsers, WeChat and the cloud's SDK say when nobody was reached at all. */
const unreached =
  /failed to fetch|load failed|networkerror|network (error|request)|request:fail|err_(internet|connection|network|name|address|timed|empty|failed)|econn|enotfound|chunk|internet/i

const text = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return String(error)
  const { name, message, errMsg, code } = error as Readonly<Record<string, unknown>>
  return [name, message, errMsg, code].filter((part) => typeof part === 'string').join(' ')
}

/** A network that does not carry, or a server that fails: two different things to a person. */
export const silenceOf = (error: unknown): Silence => (unreached.test(text(error)) ? 'unreached' : 'failed')
