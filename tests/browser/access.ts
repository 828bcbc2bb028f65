import { readFile } from 'node:fs/promises'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The smallest thing a finger finds, in CSS pixels. */
const smallestTarget = 44

interface Explanation {
  readonly rule: string
  /** What axe could not see through. */
  readonly sees: RegExp
  readonly element: RegExp
  readonly because: string
}

/** What axe leaves undecided, and why it is right. What none of these names fails as a violation does. */
const explanations: readonly Explanation[] = [
  {
    rule: 'color-contrast',
    sees: /^(?:imgNode|bgOverlap)$/,
    element: /map-area-name/,
    because:
      'names lie on ground that the map draws: ink on near white, or the accent on it, both above 7 : 1',
  },
  {
    rule: 'color-contrast',
    sees: /^complexTextShadows$/,
    element: /leaflet-control-scale-line/,
    because: 'black letters on a white box; the shadow is white',
  },
  {
    rule: 'color-contrast',
    sees: /^nonBmp$/,
    element: /^<span aria-hidden="true">/,
    because: 'the signs + and − of the map, black on white; their buttons are called 放大 and 缩小',
  },
  {
    rule: 'color-contrast',
    sees: /^shortTextContent$/,
    element: /leaflet-map__north/,
    because: 'one letter, ink on white',
  },
  {
    rule: 'color-contrast',
    sees: /^pseudoContent$/,
    element: /segmented-tabs__/,
    because: 'the line under the chosen tab is drawn beside its words, not under them',
  },
  {
    rule: 'color-contrast',
    sees: /^pseudoContent$/,
    element: /ledger-chain__|>接得上</,
    because: 'the line between two rows of a chain runs beside their words, under the signs alone',
  },
  {
    rule: 'color-contrast',
    sees: /^emptyValue$/,
    element: /^<(?:input|textarea)/,
    because: 'nothing is typed yet; the placeholder is #77726c on white, 4.8 : 1, what is typed is ink',
  },
  {
    rule: 'color-contrast',
    sees: /^elmPartiallyObscured$/,
    element: /form-row__(?:label|optional|hint)/,
    because: 'it scrolls under the foot of its sheet; the same words in the same colours are whole above it',
  },
  {
    rule: 'label-content-name-mismatch',
    sees: /^label-content-name-mismatch$/,
    element: /leaflet-control-zoom/,
    because: 'a sign cannot be said; the name says what it does',
  },
]

interface Finding {
  readonly rule: string
  readonly sees: string
  readonly html: string
  readonly isCertain: boolean
}

let script: Promise<string> | undefined

const loadAxe = async (page: Page): Promise<void> => {
  if (await page.evaluate(() => 'axe' in window)) return
  script ??= readFile(require.resolve('axe-core/axe.min.js'), 'utf8')
  await page.evaluate(await script)
}

/**
 * What axe finds. Under a sheet the page cannot be used and was looked at before it opened; what lies under a bar is
 * brought out from under it and looked at again.
 */
const find = (page: Page): Promise<readonly Finding[]> =>
  page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const isShown = (element: Element) => element.getClientRects().length > 0
    const dialog = [...document.querySelectorAll('[role="dialog"]')].filter(isShown).pop()
    const { violations, incomplete } = await axe.run(dialog ?? document, {
      resultTypes: ['violations', 'incomplete'],
    })
    const findings: Finding[] = []
    const seesOf = ({ any, all, none }: axe.NodeResult): string => {
      const check = [...any, ...all, ...none][0]
      return (check?.data as { messageKey?: string } | null)?.messageKey ?? check?.id ?? ''
    }
    const put = (results: axe.Result[], isCertain: boolean) => {
      for (const { id, nodes } of results)
        for (const node of nodes) findings.push({ rule: id, sees: seesOf(node), html: node.html, isCertain })
    }
    put(violations, true)
    for (const result of incomplete) {
      for (const node of result.nodes) {
        const element = document.querySelector(String(node.target[0]))
        if (result.id !== 'color-contrast' || seesOf(node) !== 'bgOverlap' || !element) {
          put([{ ...result, nodes: [node] }], false)
          continue
        }
        const scrolled: [Element, number][] = []
        for (let up = element.parentElement; up; up = up.parentElement) scrolled.push([up, up.scrollTop])
        element.scrollIntoView({ block: 'center' })
        const again = await axe.run(element, { runOnly: ['color-contrast'] })
        put(again.violations, true)
        put(again.incomplete, false)
        for (const [up, top] of scrolled) up.scrollTop = top
      }
    }
    return findings
  })

/** What can be pressed and is too small for a finger. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate((smallest) => {
    const found: string[] = []
    for (const one of document.querySelectorAll('.pressable, a, button, taro-switch-core')) {
      const { width, height } = one.getBoundingClientRect()
      if (width > 0 && (width < smallest || height < smallest))
        found.push(`${Math.round(width)}×${Math.round(height)} ${one.outerHTML.slice(0, 160)}`)
    }
    return found
  }, smallestTarget - 0.5)

/** Everything about this state of the page that keeps somebody out who does not see it or holds no mouse. */
export const accessFaults = async (page: Page, state: string): Promise<readonly string[]> => {
  await loadAxe(page)
  const findings = (await find(page)).filter(
    ({ rule, sees, html, isCertain }) =>
      isCertain ||
      !explanations.some((one) => one.rule === rule && one.sees.test(sees) && one.element.test(html)),
  )
  return [
    ...findings.map(({ rule, sees, html, isCertain }) =>
      [isCertain ? 'wrong' : 'undecided', rule, sees, html.slice(0, 240)].join(' | '),
    ),
    ...(await tooSmall(page)).map((one) => `too small for a finger | ${one}`),
  ].map((fault) => `${state} | ${fault}`)
}
