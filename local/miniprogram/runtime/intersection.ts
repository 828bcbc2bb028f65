import type { GeneralComponent } from 'glass-easel'
import { component } from 'glass-easel-miniprogram-adapter'
import { elementOf, type Node } from './render'

interface Margins {
  readonly left?: number
  readonly right?: number
  readonly top?: number
  readonly bottom?: number
}

interface Options {
  readonly thresholds?: readonly number[]
  readonly initialRatio?: number
  readonly observeAll?: boolean
}

type Status = Parameters<Parameters<Node['createIntersectionObserver']>[3]>[0]

/**
 * What `createIntersectionObserver` answers. The first look is told only when the ratio differs from `initialRatio` and
 * has reached a threshold from there; the framework's own observer tells it in all other cases.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createIntersectionObserver.html
 */
export const observeIntersections = (caller: unknown, options: Options = {}) => {
  const { thresholds = [0], initialRatio = 0, observeAll = false } = options
  const root = (elementOf(caller) as unknown as GeneralComponent).getShadowRoot()
  const watching: { disconnect: () => void }[] = []
  let relative: Node | null | undefined
  let margin = ''

  const within = (given: Node | null, { top = 0, right = 0, bottom = 0, left = 0 }: Margins = {}) => {
    relative = given
    margin = `${top}px ${right}px ${bottom}px ${left}px`
    return observer
  }
  const isReached = (ratio: number): boolean =>
    ratio !== initialRatio &&
    thresholds.some((threshold) => (initialRatio - threshold) * (ratio - threshold) <= 0)

  const watch = (target: Node, listener: (status: object) => void): void => {
    let isFirst = true
    const hear = (status: Status) => {
      const isTold = !isFirst || isReached(status.intersectionRatio)
      isFirst = false
      if (isTold) listener({ ...status, id: target.id, dataset: { ...target.dataset } })
    }
    const watched = target.createIntersectionObserver(relative ?? null, margin, [...thresholds], hear)
    if (watched) watching.push(watched)
  }

  const observer = {
    relativeTo: (selector: string, margins?: Margins) =>
      within((root?.querySelector(selector) ?? null) as Node | null, margins),
    relativeToViewport: (margins?: Margins) => within(null, margins),
    observe: (selector: string, listener: (status: object) => void): void => {
      if (relative === undefined)
        throw new Error('call relativeTo or relativeToViewport before observe, to say in relation to what')
      const found = observeAll ? root?.querySelectorAll(selector) : [root?.querySelector(selector)]
      for (const target of found ?? []) if (target) watch(target as Node, listener)
    },
    disconnect: (): void => {
      for (const one of watching.splice(0)) one.disconnect()
    },
  }
  return observer
}

component.ComponentCaller.prototype.createIntersectionObserver = function (options) {
  return observeIntersections(this, options) as never
}
