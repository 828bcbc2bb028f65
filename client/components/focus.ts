const reachable = 'a[href], button, input, textarea, [tabindex="0"]'

export const isShown = (element: Element): boolean => element.getClientRects().length > 0

/** What Tab reaches within an element, in order. */
export const reachableIn = (element: Element): readonly HTMLElement[] =>
  [...element.querySelectorAll<HTMLElement>(reachable)].filter(isShown)

/**
 * Frames within which Taro may still hide or move an element that it has just mounted: it refuses the focus until
 * then, or loses it.
 */
const unsettledFrames = 30

/** Events that show that the person has gone on: the focus is then left where it is. */
const signsOfLeaving = ['keydown', 'pointerdown'] as const

/**
 * Gives an element the focus, for keyboard and screen reader, and gives it back until the element is settled or the
 * person goes on.
 */
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

/** Containers within which the focus of a removed element goes to a neighbour. */
const keepers = '.page-frame__body, .page-frame__action, [role="dialog"]'

const titleOfPage = (): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>('[aria-level="1"]')].filter(isShown).pop()

/** Puts the keyboard where it is meant, unless it stands somewhere by then; else on the page's title. */
const standOnce = (find: () => HTMLElement | undefined): void => {
  setTimeout(() => {
    if (document.activeElement !== document.body) return
    const place = find() ?? titleOfPage()
    if (place) standOn(place)
  })
}

/** What was to get the keyboard back is gone: it goes to the page's title. From nowhere Tab begins at the top. */
export const standOnTitle = (): void => standOnce(() => undefined)

/**
 * To be called before an element is removed. If it has the focus, the element that follows its predecessor then gets
 * it, or, where nothing is left around it, the page's title.
 */
export const leavePlace = (element: HTMLElement): void => {
  if (document.activeElement !== element) return
  const keeper = element.closest(keepers)
  const order = keeper ? reachableIn(keeper) : []
  const before = order.slice(0, Math.max(0, order.indexOf(element))).reverse()
  standOnce(() => {
    if (!keeper?.isConnected) return undefined
    const now = reachableIn(keeper)
    const last = before.find((one) => now.includes(one))
    return now[last ? now.indexOf(last) + 1 : 0]
  })
}
