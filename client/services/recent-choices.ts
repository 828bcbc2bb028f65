import Taro from '@tarojs/taro'
import { ownStorageKey } from './signed-in'

/** Something this person chose before on this device. */
export interface RecentChoice {
  readonly id: string
  readonly name: string
}

type Kind = 'community' | 'category'

const mostKept = 3
const storageKey = (kind: Kind): string => ownStorageKey(`recent-${kind}`)

/** What was chosen before, the latest first. */
export const recentChoices = (kind: Kind): readonly RecentChoice[] => {
  const kept: unknown = Taro.getStorageSync(storageKey(kind))
  return Array.isArray(kept) ? (kept as readonly RecentChoice[]) : []
}

export const noteChoice = (kind: Kind, { id, name }: RecentChoice): void => {
  const others = recentChoices(kind).filter((one) => one.id !== id)
  Taro.setStorageSync(storageKey(kind), [{ id, name }, ...others].slice(0, mostKept))
}
