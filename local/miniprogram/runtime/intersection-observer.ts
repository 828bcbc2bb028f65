import { component } from 'glass-easel-miniprogram-adapter'
import { domOf, elementOf, type Node } from './render'

interface Options {
  readonly thresholds?: readonly number[]
  readonly initialRatio?: number
  readonly observeAll?: boolean
}
type Margins = Readonly<Partial<Record<'top' | 'right' | 'bottom' | 'left', number>>>

interface Queried {
  readonly querySelector: (selector: string) => Node | null
  readonly querySelectorAll: (selector: string) => readonly Node[]
}

/** Whether a ratio that was first seen is one that somebody waits for. */
const isReached = (first: number, ratio: number, thresholds: readonly number[]): boolean =>
  first !== ratio && thresholds.some((one) => (first - one) * (ratio - one) <= 0)

/**
 * Tells how much of an element is seen.
 * Source: https://developers.weixin.qq.com/miniprogram/dev/api/wxml/wx.createIntersectionObserver.html
 */
export const intersectionObserver = (caller: unknown, options: Options = {}) => {
  const thresholds = options.thresholds ?? [0]
  const observers: IntersectionObserver[] = []
  let relative: string | undefined
  let margins: Margins = {}
  let turn = 0
  const tree = () => (elementOf(caller) as unknown as { getShadowRoot: () => Queried | null }).getShadowRoot()

  const observeOne = (node: Node, hear: (status: object) => void): void => {
    const dom = domOf(node)
    const frame = dom?.closest('.wx-page-frame')
    const around = relative === undefined ? undefined : tree()?.querySelector(relative)
    // What scrolls is WeChat's window: anything around it would cut off what lies in the margins.
    const root = around ? domOf(around) : dom?.closest('.wx-page-scroller')
    if (!dom || !root) return
    const { left = 0, top = 0 } = frame?.getBoundingClientRect() ?? {}
    const placed = (rect: DOMRectReadOnly | null) => ({
      left: (rect?.left ?? 0) - left,
      top: (rect?.top ?? 0) - top,
      right: (rect?.right ?? 0) - left,
      bottom: (rect?.bottom ?? 0) - top,
      width: rect?.width ?? 0,
      height: rect?.height ?? 0,
    })
    let isFirst = true
    const margin = (['top', 'right', 'bottom', 'left'] as const).map((side) => `${margins[side] ?? 0}px`)
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const { intersectionRatio, boundingClientRect, intersectionRect, rootBounds, time } = entry
          const wasFirst = isFirst
          isFirst = false
          if (wasFirst && !isReached(options.initialRatio ?? 0, intersectionRatio, thresholds)) continue
          hear({
            id: node.id,
            dataset: { ...node.dataset },
            intersectionRatio,
            boundingClientRect: placed(boundingClientRect),
            intersectionRect: placed(intersectionRect),
            relativeRect: placed(rootBounds),
            time: performance.timeOrigin + time,
          })
        }
      },
      { root, rootMargin: margin.join(' '), threshold: [...thresholds] },
    )
    observer.observe(dom)
    observers.push(observer)
  }

  const observer = {
    relativeTo: (selector: string, given: Margins = {}) => {
      relative = selector
      margins = given
      return observer
    },
    relativeToViewport: (given: Margins = {}) => {
      relative = undefined
      margins = given
      return observer
    },
    observe: (selector: string, hear: (status: object) => void) => {
      const asked = turn
      // What was set before is drawn first.
      requestAnimationFrame(() => {
        if (asked !== turn) return
        const found = options.observeAll
          ? tree()?.querySelectorAll(selector)
          : [tree()?.querySelector(selector)]
        for (const node of found ?? []) if (node) observeOne(node, hear)
      })
    },
    disconnect: () => {
      turn += 1
      for (const one of observers.splice(0)) one.disconnect()
    },
  }
  return observer
}

component.ComponentCaller.prototype.createIntersectionObserver = function (options) {
  return intersectionObserver(this, options) as never
}
