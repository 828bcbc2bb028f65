import path from 'node:path'
import type { Browser } from 'playwright-core'
import { type RouteName, routes } from '../../client/routes'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const branchId = '150221104004'

interface Rows {
  readonly value: { readonly rows: readonly { readonly id: string }[] }
}

/** What stands out of the window at its side. */
const faultsOfLayout = (): string[] => {
  const frames = [...document.querySelectorAll<HTMLElement>('.page-frame')]
  const shown = frames.filter((one) => one.offsetHeight > 0).pop()
  if (!shown) return ['no page']
  const found: string[] = []
  const page = shown.closest('.taro_page') ?? document.documentElement
  if (page.scrollWidth > page.clientWidth)
    found.push(`the page scrolls sideways by ${page.scrollWidth - page.clientWidth}`)
  /** A list that scrolls sideways by itself may go on beyond the window. */
  const isInScroller = (one: Element): boolean => {
    for (let at = one.parentElement; at && at !== shown; at = at.parentElement)
      if (getComputedStyle(at).overflowX !== 'visible') return true
    return false
  }
  for (const one of shown.querySelectorAll<HTMLElement>('*')) {
    const box = one.getBoundingClientRect()
    if (box.width === 0 || box.height === 0 || isInScroller(one)) continue
    const name = one.className || one.tagName
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`${name}: from ${box.left} to ${box.right}`)
  }
  return found.slice(0, 5)
}

describe('a narrow window, large type, a turned phone, a trembling finger', () => {
  let product: RunningProduct
  let browser: Browser
  let phone: Phone
  let reportId = ''
  let entryId = ''

  beforeAll(async () => {
    const folder = await ownFolder('narrow')
    product = await startProduct(path.join(folder, 'cloud'))
    const call = await signInAs(product.url, `secretary-${branchId}`)
    const working = await call<Rows>('queue.list', { unitId: branchId, tab: 'working' })
    reportId = working.value.rows[0]?.id ?? ''
    const listed = await call<Rows>('redFace.list', { unitId: '150221', tab: 'public' })
    entryId = listed.value.rows[0]?.id ?? ''
    browser = await launchBrowser()
    phone = await pickUpPhone(browser, product.url)
    await phone.become('社区书记（演示）')
  })

  afterEach(async () => {
    await phone.page.setViewportSize({ width: 375, height: 812 })
    expect(phone.complaints.splice(0)).toEqual([])
  })

  const visit = async (name: RouteName, params = ''): Promise<void> => {
    await phone.page.goto('about:blank')
    await phone.open(params ? `${routes[name]}?${params}` : routes[name])
    await phone.page.waitForFunction(() => {
      const frames = [...document.querySelectorAll<HTMLElement>('.page-frame')]
      const frame = frames.filter((one) => one.offsetHeight > 0).pop()
      const body = frame?.querySelector('.page-frame__body')?.textContent ?? ''
      return frame && !frame.querySelector('.skeleton') && body.trim().length >= 8
    })
  }

  const pages = (): readonly (readonly [RouteName, string?])[] => [
    ['home'],
    ['redFace'],
    ['mine'],
    ['report'],
    ['detail', `reportId=${reportId}`],
    ['inbox', `unitId=${branchId}`],
    ['unknown'],
    ['redFaceEntry', `entryId=${entryId}`],
    ['branch', `unitId=${branchId}`],
    ['ledger', 'unitId=150221'],
    ['queue', `unitId=${branchId}`],
    ['handle', `reportId=${reportId}`],
    ['act', `reportId=${reportId}&action=progress`],
    ['declare', `unitId=${branchId}`],
  ]

  test('at 320 pixels, in 大字版 and with letters of twice the size nothing is cut or scrolls sideways', async () => {
    const found: object[] = []
    for (const [name, params] of pages()) {
      await phone.page.setViewportSize({ width: 320, height: 640 })
      await visit(name, params)
      for (const [width, scale] of [
        [320, 1],
        [320, 1.25],
        [375, 2],
      ] as const) {
        await phone.page.setViewportSize({ width, height: 640 })
        await phone.page.addStyleTag({ content: `.page-frame { --type-scale: ${scale} !important }` })
        for (const fault of await phone.page.evaluate(faultsOfLayout))
          found.push({ name, width, scale, fault })
      }
    }
    expect(found).toEqual([])
  })

  test.each([
    ['act', 'note', (): string => `reportId=${reportId}&action=note`],
    ['declare', 'declare-text', (): string => `unitId=${branchId}`],
  ] as const)('turned and narrowed, %s keeps what was typed', async (name, field, params) => {
    await visit(name, params())
    const words = phone.part(field).locator('textarea').first()
    await words.fill('转过来转过去')
    for (const [width, height] of [
      [812, 375],
      [320, 568],
      [375, 400],
      [375, 812],
    ] as const) {
      await phone.page.setViewportSize({ width, height })
      expect(await words.inputValue()).toBe('转过来转过去')
    }
    await phone.page.reload()
    await words.waitFor()
    expect(await words.inputValue()).toBe('转过来转过去')
    await words.fill('')
  })

  /** Three presses before the page can draw anything. */
  const tremble = (name: string): Promise<void> =>
    phone
      .part(name)
      .first()
      .evaluate((part) => {
        const button = part.matches('.pressable') ? part : part.querySelector('.pressable')
        for (let press = 0; press < 3; press += 1) (button as HTMLElement).click()
      })

  test('a form that is sent with three taps is sent once, and goes back one page', async () => {
    await visit('queue', `unitId=${branchId}&tab=working`)
    await phone.tap('report-row')
    await phone.see('办理轨迹')
    await phone.tap('more-actions')
    await phone.tap('action-note')
    const words = '手抖，按了三下'
    await phone.part('note').locator('textarea').first().fill(words)
    await tremble('send-action')
    await phone.part('send-action').first().waitFor({ state: 'detached' })
    await phone.see('办理轨迹')
    const address = new URL(phone.page.url().replace('#/', ''))
    const call = await signInAs(product.url, `secretary-${branchId}`)
    const after = await call<object>('report.get', { reportId: address.searchParams.get('reportId') })
    expect(JSON.stringify(after).split(words)).toHaveLength(2)
  })
})
