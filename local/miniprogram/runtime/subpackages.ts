import { miniProgram } from './mini-program'

const loaded = new Set<string>()

/** Brings the scripts of the subpackage that a page lies in, when it is first needed. */
export const loadSubpackage = async (route: string): Promise<void> => {
  const root = miniProgram().roots.find((one) => route.startsWith(one))
  if (!root || loaded.has(root)) return
  const answer = await fetch(`/code/${encodeURIComponent(root)}`)
  if (!answer.ok) throw new Error(`the subpackage ${root} could not be loaded`)
  Object.assign(miniProgram().scripts as Record<string, string>, await answer.json())
  loaded.add(root)
}
