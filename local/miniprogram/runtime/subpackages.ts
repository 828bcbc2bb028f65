import { device, reachNetwork } from './device'
import { miniProgram } from './mini-program'

const fetched = new Map<string, Promise<void>>()

const fetchPackage = async (root: string): Promise<void> => {
  if (!(await reachNetwork())) throw new Error(`the subpackage ${root} could not be loaded: no network`)
  const answer = await fetch(`/code/${encodeURIComponent(root)}`)
  if (!answer.ok) throw new Error(`the subpackage ${root} could not be loaded`)
  Object.assign(miniProgram().scripts as Record<string, string>, await answer.json())
}

/** Once; what did not come is asked for again. */
const fetchOnce = (root: string): Promise<void> => {
  const known = fetched.get(root)
  if (known) return known
  const work = fetchPackage(root)
  fetched.set(root, work)
  work.catch(() => fetched.delete(root))
  return work
}

/** Brings the scripts of the subpackage that a page lies in, when it is first needed. */
export const loadSubpackage = async (route: string): Promise<void> => {
  const root = miniProgram().roots.find((one) => route.startsWith(one))
  if (root) await fetchOnce(root)
}

/**
 * Fetches ahead what `preloadRule` names for a page that is entered; what does not come is fetched when it is needed.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/framework/subpackages/preload.html
 */
export const preloadSubpackages = (route: string): void => {
  const rule = miniProgram().preloads[route]
  if (!rule || (rule.network === 'wifi' && device().networkType !== 'wifi')) return
  for (const root of rule.roots) fetchOnce(root).catch(() => undefined)
}
