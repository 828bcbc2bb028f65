import type { BrowserContext, Page } from 'playwright-core'

/** What may become of one request. */
export const networkFaults = ['silent', 'hung', 'failing', 'refused', 'cut', 'offline'] as const
export type NetworkFault = (typeof networkFaults)[number]

export const faultNames: Readonly<Record<NetworkFault, string>> = {
  silent: 'answered after 30 s',
  hung: 'never answered',
  failing: 'HTTP 500',
  refused: 'connection refused',
  cut: 'cut after it was carried out',
  offline: 'no network',
}

/** What the browser itself notes of a request that was spoiled here. */
export const spoiled =
  /^Failed to load resource: (the server responded with a status of 500|net::ERR_(CONNECTION_(REFUSED|RESET)|INTERNET_DISCONNECTED|FAILED))/

export interface BadNetwork {
  /** From now on every request for one of these actions meets this fault; all of them when none is named. */
  readonly spoil: (fault: NetworkFault, ...actions: readonly string[]) => Promise<void>
  /** Resolves when a request has been spoiled since `spoil`. */
  readonly hasSpoiled: () => Promise<void>
  /** Everything is well again; answers that were held back are given. */
  readonly mend: () => Promise<void>
}

interface Plan {
  readonly fault: NetworkFault
  readonly actions: readonly string[]
  readonly isOver: Promise<void>
  readonly end: () => void
}

const actionOf = (body: string | null): string => {
  try {
    return String((JSON.parse(body ?? '{}') as { action?: unknown }).action)
  } catch {
    return ''
  }
}

/** A network between the browser and the functions that does what it is told. */
export const badNetwork = async (page: Page, context: BrowserContext): Promise<BadNetwork> => {
  let plan: Plan | undefined
  let count = 0
  const heard: (() => void)[] = []

  const note = () => {
    count += 1
    for (const hear of heard.splice(0)) hear()
  }

  await page.route('**/v1/functions/*', async (route) => {
    const action = actionOf(route.request().postData())
    const isMeant =
      plan && (plan.fault === 'offline' || plan.actions.length === 0 || plan.actions.includes(action))
    const met = isMeant ? plan : undefined
    const fault = met?.fault
    if (fault === 'failing') {
      note()
      return route.fulfill({ status: 500, contentType: 'application/json', body: '{}' })
    }
    if (fault === 'refused') {
      note()
      return route.abort('connectionrefused')
    }
    if (fault === 'offline') {
      note()
      return route.abort('internetdisconnected')
    }
    if (fault === undefined) return route.continue()
    const answer = await route.fetch({ timeout: 0 })
    note()
    if (fault === 'cut') return route.abort('connectionreset')
    await met?.isOver
    // The page may have left meanwhile.
    await route.fulfill({ response: answer }).catch(() => undefined)
  })

  return {
    spoil: async (fault, ...actions) => {
      count = 0
      plan?.end()
      let end = (): void => undefined
      const isOver = new Promise<void>((resolve) => {
        end = resolve
      })
      plan = { fault, actions, isOver, end }
      if (fault === 'offline') await context.setOffline(true)
    },
    hasSpoiled: () =>
      count > 0 ? Promise.resolve() : new Promise<void>((resolve) => void heard.push(resolve)),
    mend: async () => {
      const ended = plan
      plan = undefined
      if (ended?.fault === 'offline') await context.setOffline(false)
      ended?.end()
    },
  }
}
