import path from 'node:path'
import type { Browser } from 'playwright-core'
import { type RouteName, routes } from '../../client/routes'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const branchId = '150221104004'
const otherBranchId = '150421201207'

interface Rows {
  readonly value: { readonly rows: readonly { readonly id: string }[] }
}

/** What no page may say of an address: words of the machine, and names of fields. */
const raw = /undefined|NaN|\[object|“内容”|Error|URI/

describe('addresses that somebody has typed, cut, kept or sent', () => {
  let product: RunningProduct
  let browser: Browser
  let secretary: Phone
  let resident: Phone
  let ownId = ''
  let foreignId = ''
  let entryId = ''

  beforeAll(async () => {
    const folder = await ownFolder('addresses')
    product = await startProduct(path.join(folder, 'cloud'))
    const firstOf = async (person: string, action: string, input: object): Promise<string> => {
      const call = await signInAs(product.url, person)
      const { value } = await call<Rows>(action, input)
      return value.rows[0]?.id ?? ''
    }
    const working = (unitId: string) =>
      firstOf(`secretary-${unitId}`, 'queue.list', { unitId, tab: 'working' })
    ownId = await working(branchId)
    foreignId = await working(otherBranchId)
    entryId = await firstOf('resident-1', 'redFace.list', { unitId: '150221', tab: 'public' })
    browser = await launchBrowser()
    secretary = await pickUpPhone(browser, product.url)
    await secretary.become('社区书记（演示）')
    resident = await pickUpPhone(browser, product.url)
    await resident.become('居民（演示）甲')
  })

  afterEach(() => {
    for (const phone of [secretary, resident]) expect(phone.complaints.splice(0)).toEqual([])
  })

  /** What the page says when all of it has come. */
  const shown = async ({ page }: Phone): Promise<string> => {
    const said = await page.waitForFunction(() => {
      const frames = [...document.querySelectorAll<HTMLElement>('.page-frame')]
      const frame = frames.filter((one) => one.offsetHeight > 0).pop()
      const body = frame?.querySelector<HTMLElement>('.page-frame__body')?.textContent ?? ''
      if (!frame || frame.querySelector('.skeleton') || body.trim().length < 8) return undefined
      return (frame.textContent ?? '').replace(/\s+/g, ' ')
    })
    return (await said.jsonValue()) ?? ''
  }

  /** Opened as from outside: nothing lies under it. */
  const visit = async (phone: Phone, address: string): Promise<string> => {
    await phone.page.goto('about:blank')
    await phone.open(address)
    return shown(phone)
  }

  /** The parameters stand in the address as they are given here. */
  const addressOf = (name: RouteName, params: Readonly<Record<string, string>> = {}): string => {
    const query = Object.entries(params).map(([key, value]) => `${key}=${value}`)
    return query.length > 0 ? `${routes[name]}?${query.join('&')}` : routes[name]
  }

  /** A button on the page, the arrow above it, or the tabs below it. */
  const hasWayOn = async ({ page }: Phone): Promise<boolean> =>
    page
      .locator(':is(.page-frame__back, .empty-state .big-button, .weui-tabbar__item):visible')
      .first()
      .isVisible()

  const notWhole = /这个地址不完整，请从.*打开/
  const notFound = /没有找到，可能已被撤回或您无权查看/
  const noUnit = /没有这个单位/
  const notYours = /地址里的单位不是您的/
  const noArea = /没有找到地址里的地方/
  const notNow = /这一步现在不能办/

  type Case = readonly [RouteName, Readonly<Record<string, string>>, RegExp]

  const wrong = (): readonly Case[] => [
    ...(['', '%', '%E7%9A', '泥泞的巷道', "%3Cb%3E'%26", '../../home', 'x'.repeat(3000)] as const).map(
      (reportId): Case => ['detail', { reportId }, notWhole],
    ),
    ['detail', { reportId: 'nothing' }, notFound],
    ['handle', {}, notWhole],
    ['handle', { reportId: '%' }, notWhole],
    ['handle', { reportId: 'nothing' }, notFound],
    ['act', { reportId: ownId }, notWhole],
    ['act', { reportId: ownId, action: 'nothing' }, notWhole],
    ['act', { reportId: ownId, action: '%E7%9A' }, notWhole],
    ['act', { reportId: 'nothing', action: 'accept' }, notFound],
    ['redFaceEntry', {}, notWhole],
    ['redFaceEntry', { entryId: '%' }, notWhole],
    ['redFaceEntry', { entryId: 'none:1:none' }, notFound],
    ['branch', {}, notWhole],
    ['branch', { unitId: '%E7' }, notWhole],
    ['branch', { unitId: 'nothing' }, noUnit],
    ['ledger', { unitId: 'nothing' }, noUnit],
    ['ledger', { unitId: '%E7' }, /红脸台账.*指纹/],
    ['redFace', { unitId: 'nothing' }, noArea],
    ['redFace', { unitId: '%' }, /在榜/],
    ['declare', {}, notWhole],
    ['declare', { unitId: 'nothing' }, noUnit],
    ['inbox', { unitId: 'nothing' }, notYours],
    ['inbox', { unitId: '%' }, /后炭市社区党支部/],
    ['queue', { unitId: 'nothing' }, notYours],
    ['queue', { unitId: branchId, tab: 'nothing' }, /待受理.*单位消息/],
    ['queue', { unitId: branchId, tab: '%' }, /待受理.*单位消息/],
    ['report', { categoryId: 'nothing' }, /提交/],
    ['report', { categoryId: '%' }, /提交/],
  ]

  /** Of another branch; of another time: the step was taken long ago. */
  const foreign = (): readonly Case[] => [
    ['act', { reportId: ownId, action: 'accept' }, notNow],
    ['act', { reportId: foreignId, action: 'progress' }, notNow],
    ['inbox', { unitId: otherBranchId }, notYours],
    ['queue', { unitId: otherBranchId }, notYours],
    ['declare', { unitId: otherBranchId }, /这一步不归您/],
  ]

  const residents = (): readonly Case[] => [
    ['act', { reportId: ownId, action: 'accept' }, notNow],
    ['inbox', { unitId: branchId }, notYours],
    ['queue', { unitId: branchId }, /您还没有工作单位/],
    ['declare', { unitId: branchId }, /这一步不归您/],
    ['redFace', { unitId: 'nothing' }, noArea],
  ]

  const complaintsOf = async (phone: Phone, cases: readonly Case[]): Promise<readonly string[]> => {
    const found: string[] = []
    for (const [name, params, expected] of cases) {
      const address = addressOf(name, params).slice(0, 90)
      const said = await visit(phone, addressOf(name, params))
      if (!expected.test(said) || raw.test(said)) found.push(`${address}: ${said.slice(0, 160)}`)
      if (!(await hasWayOn(phone))) found.push(`${address}: no way on`)
    }
    return found
  }

  test('what is wrong, cut or strange is said in plain words, with a way on', async () => {
    expect(await complaintsOf(secretary, wrong())).toEqual([])
  })

  test('what belongs to others or to another time says so', async () => {
    expect(await complaintsOf(secretary, foreign())).toEqual([])
    expect(await complaintsOf(resident, residents())).toEqual([])
  })

  test('a wrong area in an address is forgotten: the list opens as before', async () => {
    await visit(resident, addressOf('redFace', { unitId: 'nothing' }))
    expect(await visit(resident, addressOf('redFace'))).not.toMatch(noArea)
    await resident.part('red-face-row').first().waitFor()
  })

  test.each(['pages/nothing?x=1', 'nothing', '%E7%9A', 'pages/matter/%'])(
    '%s, which no page has, leads home',
    async (address) => {
      expect(await visit(resident, address)).toContain('没有这一页')
      await resident.page.locator('.big-button:visible').filter({ hasText: '回首页' }).click()
      await resident.part('open-report').first().waitFor()
    },
  )

  test('a link that was encoded once, or once too often, opens what it names', async () => {
    const once = encodeURIComponent(entryId)
    for (const written of [entryId, once, encodeURIComponent(once)]) {
      await visit(resident, addressOf('redFaceEntry', { entryId: written }))
      await resident.part('ledger-row').first().waitFor()
    }
  })

  test('every page loaded anew is the same page, and leads back to what it lies over', async () => {
    const pages: Readonly<Record<Exclude<RouteName, 'unknown'>, Readonly<Record<string, string>>>> = {
      home: {},
      redFace: {},
      mine: {},
      report: {},
      detail: { reportId: ownId },
      inbox: { unitId: branchId },
      redFaceEntry: { entryId },
      branch: { unitId: branchId },
      ledger: { unitId: '150221' },
      queue: { unitId: branchId, tab: 'check' },
      handle: { reportId: ownId },
      act: { reportId: ownId, action: 'note' },
      declare: { unitId: branchId },
      signIn: { over: 'yes' },
      computers: { code: '7K2M9QXP' },
      receipt: {},
      counter: { unitId: branchId },
      poster: { unitId: branchId },
      settings: {},
      units: { unitId: branchId },
      unit: { id: branchId },
      importUnits: {},
      invited: { code: '7K2M9QXP' },
      people: { unitId: '150221' },
      unitPeople: { unitId: '150221104' },
      bonds: { kind: 'centre' },
    }
    const { page } = secretary
    const titleOf = async () => page.locator('.page-frame__title:visible').last().textContent()
    for (const [name, params] of Object.entries(pages) as [RouteName, Record<string, string>][]) {
      await visit(secretary, addressOf(name, params))
      const title = await titleOf()
      const address = page.url()
      await page.reload()
      await shown(secretary)
      expect({ name, title: await titleOf(), address: page.url() }).toEqual({ name, title, address })
      const back = page.locator('.page-frame__back:visible').first()
      if (!(await back.isVisible())) continue
      await back.click()
      const below = name === 'handle' || name === 'act' ? 'report-row' : 'open-report'
      await secretary.part(below).first().waitFor()
    }
  })
})
