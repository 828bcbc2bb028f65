import type { IconName } from '../components/icon'
import type { Tone } from '../components/status-tag'

/** What stands beside words so that they are found again at a glance; a colour only besides. */
export interface Sign {
  readonly icon: IconName
  readonly tone: Tone
}

/** How one word of the domain is shown, wherever it is shown. */
export interface Word extends Sign {
  readonly text: string
}
