/** Runs in the page, before anything of the product: what can be pressed there, and whether a press changed anything. */

export interface Control {
  /** What is alike has the same name: rows of one list, the same button of one page. */
  readonly kind: string
  /** What a person reads on it. */
  readonly label: string
  /** Pressing it may do nothing: it says that it is off, or that it is what is shown already. */
  readonly isExcused: boolean
  /** Where one types. */
  readonly isField: boolean
  /** Nothing is written, chosen or put here yet, and what sends the form may ask for it. */
  readonly isLacking: boolean
  /** Sends what was written and chosen. */
  readonly isSending: boolean
  /** Leads away from what could be sent. */
  readonly isLeaving: boolean
  /** The lower, the earlier it is pressed: what is chosen before what sends, what leads away last. */
  readonly rank: number
}

export interface Reading {
  /** Route, title, chosen tabs and what lies over the page. */
  readonly place: string
  readonly route: string
  readonly controls: readonly Control[]
  readonly isWaiting: boolean
  readonly isBlank: boolean
  readonly errorCard: string | null
}

export interface PageReader {
  readonly read: () => Reading
  /** Brings it on the screen, and answers where a finger meets it and nothing else. */
  readonly pointOn: (index: number) => { readonly x: number; readonly y: number } | null
  /** Comes when nothing moves any more on the way to a press; from then on what changes is noted. */
  readonly watch: () => Promise<void>
  readonly hasChanged: () => boolean
  /** How long nothing has changed, in milliseconds. */
  readonly stillFor: () => number
}

type Heard = Element & {
  __wxElement?: {
    readonly data?: { readonly hoverClass?: string }
    readonly _$eventTarget?: { readonly listeners?: Readonly<Record<string, unknown>> }
  }
}

const clickHeard = new WeakSet<EventTarget>()
const nativeListen = EventTarget.prototype.addEventListener
EventTarget.prototype.addEventListener = function (type, ...rest) {
  if (type === 'click') clickHeard.add(this)
  return nativeListen.call(this, type, ...rest)
}

/** What a person reads: words that are not shown do not count. */
const wordsOn = (element: Element): string =>
  // biome-ignore lint/performance/useDomNodeTextContent: textContent reads what is hidden, too, and runs lines together
  ((element as HTMLElement).innerText ?? '').trim()

const roles = ['button', 'link', 'tab', 'radio', 'checkbox', 'switch', 'option', 'menuitem']
const natives = 'button, a[href], input:not([type=file]), select, textarea, summary'

const isHeardByReact = (element: Element): boolean => {
  const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'))
  if (key === undefined) return false
  const props = (element as unknown as Record<string, { readonly onClick?: unknown }>)[key]
  return typeof props?.onClick === 'function'
}

/**
 * In the mini-program whatever hears anything hears taps, and what scrolls or draws a map does so always. Of those that
 * hold controls of their own only what shows a finger is one itself.
 */
const isHeardByWeChat = (element: Element): boolean => {
  const { __wxElement: node } = element as Heard
  if (node?._$eventTarget?.listeners?.tap === undefined) return false
  if (element.matches('[class*=scroll-view], .map-view__map, .sheet__body, .segmented-tabs')) return false
  const hover = element.getAttribute('hover-class') ?? node.data?.hoverClass ?? 'none'
  return hover !== 'none' || ![...element.querySelectorAll('*')].some(isPressable)
}

const isPressable = (element: Element): boolean =>
  roles.includes(element.getAttribute('role') ?? '') ||
  element.matches(natives) ||
  isHeardByReact(element) ||
  isHeardByWeChat(element) ||
  (clickHeard.has(element) && getComputedStyle(element).cursor === 'pointer')

const isShown = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect()
  return width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true })
}

/** What covers the page: only it can be pressed. A sheet does so while it still rises. */
const topLayer = (): Element => {
  const sheet = [...document.querySelectorAll('.sheet')].filter(isShown).at(-1)
  const [hit] = document.elementsFromPoint(innerWidth / 2, innerHeight / 2)
  for (let at: Element | null = hit ?? null; at && at !== document.body; at = at.parentElement) {
    if (at.matches('.wx-page-frame, .wx-pages, .taro_page, .taro_router, #app')) break
    const { width, height } = at.getBoundingClientRect()
    const isWhole = width >= innerWidth * 0.95 && height >= innerHeight * 0.7
    if (isWhole && /fixed|absolute/.test(getComputedStyle(at).position)) {
      const holder = at.children.length === 0 ? at.parentElement : at
      return at.closest('.sheet') ?? holder ?? at
    }
  }
  return sheet ?? document.body
}

const classOf = (element: Element): string =>
  [...element.classList].find((name) => !/--|^(pressable$|hydrated|h5-|taro-|button-hover)/.test(name)) ??
  element.localName

/** A name for tests may stand on the element, or on one that only holds it. What has a unit's code in it is one of many. */
const testNameOf = (element: Element): string => {
  const own = element.getAttribute('data-test')
  const { parentElement: above } = element
  const name = own ?? (above?.children.length === 1 ? above.getAttribute('data-test') : null) ?? ''
  return name.replace(/\d{6}[\d-]*/, '#')
}

const labelOf = (element: Element): string =>
  (element.getAttribute('aria-label') || wordsOn(element) || element.getAttribute('placeholder') || '')
    .replace(/\s+/g, ' ')
    .trim()

/** The first line is the name. Figures in it change, and a place or a unit is one of many. */
const nameOf = (element: Element): string =>
  ((element.getAttribute('aria-label') || wordsOn(element)).split('\n')[0] ?? '')
    .replace(/[\d.:%]+/g, '#')
    .replace(
      /\S*(党支部|党委|党工委|党组|旗委|市委|社区|村|嘎查|苏木|镇|乡|街道|旗|市|自治区|局|中心)$/,
      '〈单位〉',
    )
    .slice(0, 16)

/** What cannot be pressed, is chosen already, or opens a list of the system's own, which is no part of the page. */
const isExcused = (element: Element): boolean =>
  element.matches(
    'select, :disabled, [disabled]:not([disabled=false]), [aria-disabled=true], [aria-selected=true], [aria-checked=true], [aria-current]:not([aria-current=false])',
  ) || /(--(chosen|current|off|busy)|__item_on)\b/.test(element.className)

const isSending = (element: Element, name: string): boolean =>
  /send-|submit|wx-dialog-confirm/.test(name) ||
  (/big-button/.test(name) && element.closest('.sheet__action, .page-frame__action') !== null)

/** What leaves something is pressed before what sends it: afterwards it may never be come to again. */
const leaves = /__close|__shade|photo-viewer$|cancel|cover|取消|拒绝/
const wayBack = /page-frame__back|wx-navigation-back/
const sendingRank = 5

const ranks: readonly (readonly [pattern: RegExp, rank: number])[] = [
  [/persona-switch/, 9],
  [/weui-tabbar|wx-tab\b/, 8],
  [wayBack, 7],
  [leaves, sendingRank - 0.4],
  [/row/, 3],
]

const isTyped = (element: Element): boolean =>
  element.matches('textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit])')

const rankOf = (element: Element, name: string): number => {
  if (isSending(element, name)) return sendingRank
  // A step that was taken is not offered again.
  if (wayBack.test(name) && /staff\/act/.test(routeNow())) return sendingRank - 0.2
  return rankByName(element, name)
}

const rankByName = (element: Element, name: string): number =>
  ranks.find(([pattern]) => pattern.test(name))?.[1] ??
  (isTyped(element) ? 0 : /radio|chip/.test(`${element.getAttribute('role')} ${name}`) ? 1 : 4)

const isLacking = (element: Element): boolean => {
  if (isTyped(element)) return (element as HTMLInputElement).value === ''
  if (element.closest('.photo-picker'))
    return !element.closest('.photo-picker')?.querySelector('.photo-grid__picture')
  const choices = element.closest('[role=radiogroup], .choice-chips')
  return (
    choices?.querySelector('.choice-chips__chip') === element &&
    choices.querySelector('.choice-chips__chip--chosen') === null
  )
}

let shownControls: readonly Element[] = []

const pressables = (layer: Element): readonly Element[] => {
  const all = [layer, ...layer.querySelectorAll('*')].filter(
    // A mark on WeChat's map is no control unless somebody listens, and here nobody does.
    (one) => isPressable(one) && isShown(one) && !one.matches('.wx-map-marker'),
  )
  // One that only hands the press on to what fills it is the same control.
  return all.filter(
    (outer) =>
      !all.some((inner) => {
        if (inner === outer || !outer.contains(inner)) return false
        const [own, within] = [outer.getBoundingClientRect(), inner.getBoundingClientRect()]
        return Math.abs(own.width - within.width) < 4 && Math.abs(own.height - within.height) < 4
      }),
  )
}

/** Made of these, a page holds many that are alike and say different things. */
const isNamedByLabel = (className: string): boolean =>
  /^(big-button|list-row|link-text|segmented-tabs__tab|choice-chips__chip|category-block__chip|text-box|wx-|weui-)/.test(
    className,
  )
const isRow = (name: string): boolean => /(?<!list-)row\b|list-end/.test(name)

/** What is alike has one name; the first and the last of its kind stand for all. */
const kindsOf = (elements: readonly Element[]): readonly (string | null)[] => {
  const kindOf = (element: Element) => {
    const [testName, className] = [testNameOf(element), classOf(element)]
    const isLabelled = !testName && (isNamedByLabel(className) || className === element.localName)
    return `${testName || className}${isLabelled ? ` ${nameOf(element)}` : ''}`
  }
  const kinds = elements.map(kindOf)
  return kinds.map((kind, at) => {
    if (kinds.indexOf(kind) === at) return kind
    return kinds.lastIndexOf(kind) === at ? `${kind} (last)` : null
  })
}

/** Where a finger may come down, from the middle outwards, in parts of the whole. */
const parts = [0.5, 0.25, 0.75, 0.1, 0.9, 0.02, 0.98]

const pointOn = (index: number): { x: number; y: number } | null => {
  const element = shownControls[index]
  if (!element?.isConnected) return null
  for (const block of ['nearest', 'center', 'start', 'end'] as const) {
    element.scrollIntoView({ block, inline: 'nearest', behavior: 'instant' })
    const { left, top, width, height } = element.getBoundingClientRect()
    for (const down of parts) {
      for (const across of parts) {
        const [x, y] = [left + width * across, top + height * down]
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
        const hit = document.elementFromPoint(x, y)
        let at = hit
        while (at && at !== element && !shownControls.includes(at)) at = at.parentElement
        if (at === element) return { x, y }
      }
    }
  }
  return null
}

const routeNow = (): string =>
  document.querySelector<HTMLElement>('.wx-page-frame:not([hidden])')?.dataset.route ??
  location.hash.replace(/^#\/?/, '').split('?')[0] ??
  ''

const shownOf = (selector: string): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter(isShown)

const read = (): Reading => {
  const layer = topLayer()
  const elements = pressables(layer)
  const kinds = kindsOf(elements)
  const route = routeNow()
  const title = shownOf('.page-frame__title, .wx-navigation-title').map(wordsOn)[0] ?? ''
  const tabs = shownOf('.segmented-tabs__tab--chosen').map(nameOf)
  const over = layer === document.body ? '' : classOf(layer)
  const heading = (over && layer.querySelector('[class*=__title]')?.textContent) || ''
  const said = (parts: readonly string[]) => parts.filter(Boolean).join(' · ')
  const place = said([route, title, ...tabs, over, heading])
  // The lists behind two tabs are two lists; what stands around them is the same.
  const around = said([route, title, over, heading])
  const controls: Control[] = []
  const kept: Element[] = []
  elements.forEach((element, at) => {
    const kind = kinds[at]
    if (!kind) return
    kept.push(element)
    const name = `${testNameOf(element)} ${element.className} ${labelOf(element)}`
    controls.push({
      kind: `${isRow(kind) ? place : around} › ${kind}`,
      label: labelOf(element).slice(0, 40),
      isExcused: isExcused(element),
      isField: isTyped(element),
      isLacking: isLacking(element),
      isSending: isSending(element, name),
      isLeaving: leaves.test(name) || wayBack.test(name),
      rank: rankOf(element, name),
    })
  })
  shownControls = kept
  const bodies = shownOf('.page-frame__body')
  const isWaiting = shownOf('.skeleton, .big-button--busy').length > 0
  const card = shownOf('.empty-state').find(({ innerHTML }) => innerHTML.includes('circle-alert'))
  return {
    place,
    route,
    controls,
    isWaiting,
    isBlank: !isWaiting && bodies.every((one) => wordsOn(one).length < 2),
    errorCard: card ? wordsOn(card).replace(/\s+/g, ' ') : null,
  }
}

/** A finger that rests on something shows so; that is no answer. */
const restless = /--pressed|hover/
const withoutHover = (names: string): string =>
  names
    .split(/\s+/)
    .filter((name) => name && !restless.test(name))
    .sort()
    .join(' ')

let changed = false
let changedAt = performance.now()
const note = (): void => {
  changed = true
  changedAt = performance.now()
}

new MutationObserver((records) => {
  const isTelling = records.some(({ type, attributeName, oldValue, target }) => {
    const element = target instanceof Element ? target : target.parentElement
    // It counts down by itself.
    if (element?.closest('.countdown')) return false
    if (type !== 'attributes') return true
    const now = element?.getAttribute(attributeName ?? '') ?? null
    if (attributeName === 'class') return withoutHover(oldValue ?? '') !== withoutHover(now ?? '')
    // One without a value says by being there that something is switched on.
    return oldValue !== now
  })
  if (isTelling) note()
}).observe(document, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeOldValue: true,
})
for (const type of ['scroll', 'hashchange', 'input'])
  nativeListen.call(window, type, note, { capture: true, passive: true })
// Who is rung up is the phone's; a browser without one waits for it for ever, and goes nowhere meanwhile.
nativeListen.call((window as unknown as { navigation: EventTarget }).navigation, 'navigate', (event) => {
  const { url } = (event as Event & { readonly destination: { readonly url: string } }).destination
  if (!url.startsWith('tel:')) return
  event.preventDefault()
  note()
})
// Only where one types is it an answer that the next key goes there.
nativeListen.call(window, 'focusin', (event) => {
  if (event.target instanceof Element && isTyped(event.target)) note()
})

const reader: PageReader = {
  read,
  pointOn,
  // That it was scrolled to is told in the frame after the next one.
  watch: () =>
    new Promise((resolve) =>
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          changed = false
          resolve()
        }),
      ),
    ),
  hasChanged: () => changed,
  stillFor: () => performance.now() - changedAt,
}
;(window as unknown as { pageReader: PageReader }).pageReader = reader
