import { refuse } from '../../../ground/result'
import { type ReportChange, record } from './change'
import type { Refused, Scene } from './scene'

/** A resident's own words are for that resident and the staff: never for another resident (M3). */
export const says = (
  change: ReportChange,
  scene: Scene,
  kind: 'added' | 'answered' | 'withdrawn' | 'rated' | 'reopened' | 'red-face-answered' | 'said-to-appeal',
  words: string,
  photos: readonly string[] = [],
): void => {
  if (!scene.person || (!words && photos.length === 0)) return
  record(change, {
    kind,
    line: 'resident-said',
    facts: words ? { note: words } : {},
    visibility: 'person',
    personKey: scene.person.key,
    photos,
  })
}

/** The resident who takes a step that is for residents alone. */
export const personOf = (scene: Scene) => {
  if (!scene.person) throw new Error('a resident took a step without a part in the report')
  return scene.person
}

/**
 * 自己人的好评不算 (H3): their yes is silence, so nothing of it is written down. A yes that stood in the trace and
 * counted nowhere would tell the staff that it was one of them who reported.
 */
export const ownYes = (): Refused => refuse('not-eligible', undefined, '自己人的好评不算；没办好请照实说')
