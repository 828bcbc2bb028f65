import * as glassEasel from 'glass-easel'
import { rectOf } from './render'
import { callPage, currentPage } from './routing'

/** Touches as WeChat tells of them. Source: https://developers.weixin.qq.com/miniprogram/dev/framework/view/wxml/event.html */
interface Touch {
  readonly identifier: number
  readonly clientX: number
  readonly clientY: number
  readonly pageX: number
  readonly pageY: number
  readonly force: number
}

type Node = glassEasel.Element
type Shown = Element & { __wxElement?: Node }

const tapDistance = 10
const longPressMs = 350
const refreshDistance = 60

const nodeOf = (dom: Element | null): Node | undefined => {
  let at = dom as Shown | null
  while (at && !at.__wxElement) at = at.parentElement as Shown | null
  return at?.__wxElement
}

/** Sends an event of a finger to a node; it bubbles through the page. */
export const sendTouch = (
  node: Node,
  name: string,
  touches: readonly Touch[],
  changed: readonly Touch[],
  original?: Event,
): void => {
  const [first] = changed
  const detail =
    name === 'tap' || name === 'longpress' || name === 'longtap'
      ? { x: first?.pageX ?? 0, y: first?.pageY ?? 0 }
      : {}
  // On a canvas a finger is where it is on the canvas.
  const placed = (touch: Touch): Touch | (Touch & { x: number; y: number }) => {
    if ((node as { is?: string }).is !== 'wx:canvas') return touch
    const { left, top } = rectOf(node as never)
    return { ...touch, x: touch.clientX - left, y: touch.clientY - top }
  }
  glassEasel.Event.triggerEvent(node as never, name, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    originalEvent: original as never,
    extraFields: { touches: touches.map(placed), changedTouches: changed.map(placed) },
  })
}

/** A finger at a place of the window, as the page on top sees it. */
export const touchAt = (identifier: number, x: number, y: number): Touch => {
  const page = currentPage()
  const frame = page?.frame.getBoundingClientRect()
  const clientX = x - (frame?.left ?? 0)
  const clientY = y - (frame?.top ?? 0)
  return {
    identifier,
    clientX,
    clientY,
    pageX: clientX,
    pageY: clientY + (page?.scroller.scrollTop ?? 0),
    force: 1,
  }
}

interface Finger {
  readonly node: Node
  readonly from: Touch
  at: Touch
  isTap: boolean
  isLong: boolean
  readonly downAt: number
  readonly timer: ReturnType<typeof setTimeout>
}

const fingers = new Map<number, Finger>()
const touching = (): Touch[] => [...fingers.values()].map(({ at }) => at)

/** What is held this long is a long press, told once. */
const tellLongPress = (finger: Finger, original?: Event): void => {
  if (!finger.isTap || finger.isLong) return
  finger.isLong = true
  sendTouch(finger.node, 'longpress', touching(), [finger.at], original)
  sendTouch(finger.node, 'longtap', touching(), [finger.at], original)
}

const hovered = new Map<Node, () => void>()
/** Shows `hover-class` while a finger is on a node. */
const hover = (node: Node): void => {
  let dom = node.getBackendElement() as unknown as Shown | null
  while (dom && !dom.classList.contains('wx-page-scroller')) {
    const one = dom.__wxElement
    const name =
      dom.getAttribute('hover-class') ?? (one as { data?: { hoverClass?: string } })?.data?.hoverClass
    if (one && name && name !== 'none') {
      for (const each of name.split(/\s+/)) one.classList?.toggle(each, true)
      hovered.set(one, () => {
        for (const each of name.split(/\s+/)) one.classList?.toggle(each, false)
      })
      if (dom.getAttribute('hover-stop-propagation') === 'true') return
    }
    dom = dom.parentElement as Shown | null
  }
}

const unhover = (): void => {
  for (const end of hovered.values()) end()
  hovered.clear()
}

export const fingerDown = (
  identifier: number,
  x: number,
  y: number,
  target: Element | null,
  original?: Event,
): void => {
  const node = nodeOf(target)
  if (!node) return
  const at = touchAt(identifier, x, y)
  const timer = setTimeout(() => {
    const finger = fingers.get(identifier)
    if (finger) tellLongPress(finger, original)
  }, longPressMs)
  const downAt = performance.now()
  fingers.set(identifier, { node, from: at, at, isTap: true, isLong: false, downAt, timer })
  hover(node)
  sendTouch(node, 'touchstart', touching(), [at], original)
}

export const fingerMove = (identifier: number, x: number, y: number, original?: Event): void => {
  const finger = fingers.get(identifier)
  if (!finger) return
  finger.at = touchAt(identifier, x, y)
  if (
    Math.hypot(finger.at.clientX - finger.from.clientX, finger.at.clientY - finger.from.clientY) > tapDistance
  ) {
    finger.isTap = false
    unhover()
  }
  sendTouch(finger.node, 'touchmove', touching(), [finger.at], original)
}

/** A long press is no tap when somebody listens to it. */
const isLongPressHeard = (node: Node): boolean => {
  let at: Node | null = node
  while (at) {
    const listeners = (at as unknown as { _$eventTarget?: { listeners?: Record<string, unknown> } })
      ._$eventTarget?.listeners
    if (listeners?.longpress) return true
    at = at.parentNode as Node | null
  }
  return false
}

export const fingerUp = (identifier: number, original?: Event, isCancelled = false): void => {
  const finger = fingers.get(identifier)
  if (!finger) return
  // On a busy machine the finger can be lifted before the timer is served: how long it lay decides.
  if (!isCancelled && performance.now() - finger.downAt >= longPressMs) tellLongPress(finger, original)
  fingers.delete(identifier)
  clearTimeout(finger.timer)
  unhover()
  sendTouch(finger.node, isCancelled ? 'touchcancel' : 'touchend', touching(), [finger.at], original)
  const pulled = finger.at.clientY - finger.from.clientY
  const page = currentPage()
  if (
    !isCancelled &&
    page?.config.enablePullDownRefresh &&
    page.scroller.scrollTop <= 0 &&
    pulled > refreshDistance
  )
    pullDown()
  if (isCancelled || !finger.isTap || (finger.isLong && isLongPressHeard(finger.node))) return
  sendTouch(finger.node, 'tap', [finger.at], [finger.at], original)
}

/** Draws the page down, as a finger or `wx.startPullDownRefresh` does. */
export const pullDown = (): void => {
  const page = currentPage()
  if (!page) return
  page.bars.showRefreshing(true)
  callPage(page, 'onPullDownRefresh')
}

const mouse = -1

/** Listens to fingers and, on a machine without, to the mouse. */
export const listenToFingers = (area: HTMLElement): void => {
  let isTouched = false
  const each = (event: TouchEvent, work: (touch: globalThis.Touch) => void) => {
    isTouched = true
    for (const touch of event.changedTouches) work(touch)
  }
  area.addEventListener(
    'touchstart',
    (event) =>
      each(event, (touch) =>
        fingerDown(touch.identifier, touch.clientX, touch.clientY, touch.target as Element, event),
      ),
    { passive: true, capture: true },
  )
  area.addEventListener(
    'touchmove',
    (event) => each(event, (touch) => fingerMove(touch.identifier, touch.clientX, touch.clientY, event)),
    { passive: true, capture: true },
  )
  area.addEventListener('touchend', (event) => each(event, (touch) => fingerUp(touch.identifier, event)), {
    capture: true,
  })
  area.addEventListener(
    'touchcancel',
    (event) => each(event, (touch) => fingerUp(touch.identifier, event, true)),
    { capture: true },
  )
  area.addEventListener(
    'mousedown',
    (event) => {
      if (!isTouched && event.button === 0)
        fingerDown(mouse, event.clientX, event.clientY, event.target as Element, event)
    },
    { capture: true },
  )
  area.addEventListener(
    'mousemove',
    (event) => {
      if (!isTouched) fingerMove(mouse, event.clientX, event.clientY, event)
    },
    { capture: true },
  )
  window.addEventListener('mouseup', (event) => {
    if (!isTouched) fingerUp(mouse, event)
  })
}
