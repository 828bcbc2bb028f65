const reachable = 'a[href], button, input, textarea, [tabindex="0"]'

export const isShown = (element: Element): boolean => element.getClientRects().length > 0

/** What Tab reaches within an element, in order. */
export const reachableIn = (element: Element): readonly HTMLElement[] =>
  [...element.querySelectorAll<HTMLElement>(reachable)].filter(isShown)

/** For as many frames Taro may hide an element and put it elsewhere before it is ready: it takes no focus, or loses it. */
const unsettledFrames = 30

/** Whoever does one of these goes on by themselves. */
const signsOfLeaving = ['keydown', 'pointerdown'] as const

/** Puts the keyboard, and who hears the page, on an element and keeps it there until it is ready or they go elsewhere. */
export const standOn = (element: HTMLElement): void => {
  const from = document.activeElement
  let frames = unsettledFrames
  const leave = () => {
    frames = 0
    for (const sign of signsOfLeaving) document.removeEventListener(sign, leave, true)
  }
  const stand = () => {
    const here = document.activeElement
    const isElsewhere = here !== from && here !== element && here !== document.body
    if (frames === 0 || isElsewhere || !element.isConnected) return leave()
    if (here !== element) element.focus({ preventScroll: true })
    frames -= 1
    requestAnimationFrame(stand)
  }
  for (const sign of signsOfLeaving) document.addEventListener(sign, leave, true)
  stand()
}

/** Within these, what disappears under the keyboard leaves its place to what comes there. */
const keepers = '.page-frame__body, .page-frame__action, [role="dialog"]'

/**
 * Said of an element that is about to go. If the keyboard is on it, what then follows on what was before it takes it over:
 * without that one would begin again at the top of the page.
 */
export const leavePlace = (element: HTMLElement): void => {
  const keeper = document.activeElement === element && element.closest(keepers)
  if (!keeper) return
  const order = reachableIn(keeper)
  const before = order.slice(0, order.indexOf(element)).reverse()
  setTimeout(() => {
    if (document.activeElement !== document.body || !keeper.isConnected) return
    const now = reachableIn(keeper)
    const last = before.find((one) => now.includes(one))
    const next = now[last ? now.indexOf(last) + 1 : 0]
    if (next) standOn(next)
  })
}
