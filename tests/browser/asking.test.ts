import path from 'node:path'
import type { Browser, Request } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story: what ends it is only what would never end.
jest.setTimeout(1_800_000)

const branchId = '150221104004'

interface Cards {
  readonly value: { readonly rows: readonly { readonly id: string }[] }
}

/** The calls that a page makes while it opens. */
interface Calls {
  /** Forgets what was called so far. */
  readonly begin: () => void
  /** Resolves when as many have been made, and all are answered: their actions. */
  readonly made: (atLeast: number) => Promise<string[]>
  /** Calls that say word for word what another one said. */
  readonly repeated: () => string[]
}

const listenTo = ({ page }: Phone): Calls => {
  let calls: Request[] = []
  const answered = new Set<Request>()
  page.on('request', (request) => {
    if (request.url().includes('/v1/functions/')) calls.push(request)
  })
  page.on('requestfinished', (request) => void answered.add(request))
  const said = () => calls.map((request) => request.postData() ?? '')
  return {
    begin: () => {
      calls = []
    },
    made: async (atLeast) => {
      while (calls.length < atLeast || !calls.every((one) => answered.has(one))) await page.waitForTimeout(50)
      return said()
        .map((body) => (JSON.parse(body) as { action: string }).action)
        .sort()
    },
    repeated: () => said().filter((one, at, all) => all.indexOf(one) !== at),
  }
}

let product: RunningProduct
let browser: Browser

beforeAll(async () => {
  const folder = await ownFolder('asking')
  product = await startProduct(path.join(folder, 'cloud'))
  browser = await launchBrowser()
})

const firstOf = async (person: string, action: string, input: object): Promise<string> => {
  const call = await signInAs(product.url, person)
  const { value } = await call<Cards>(action, input)
  const [first] = value.rows
  if (!first) throw new Error(`${person} has nothing in ${action}`)
  return first.id
}

const firstWaiting = () =>
  firstOf(`secretary-${branchId}`, 'queue.list', { unitId: branchId, tab: 'waiting' })

describe('a page that opens asks for all its things together, once', () => {
  /** Somebody opens one address after the other; what each page asked for, by its address. */
  const asksOf = async (
    name: string,
    pages: Readonly<Record<string, readonly string[]>>,
  ): Promise<object> => {
    const phone = await pickUpPhone(browser, product.url)
    await phone.become(name)
    const calls = listenTo(phone)
    const asked: Record<string, string[]> = {}
    for (const [address, expected] of Object.entries(pages)) {
      // A page that was open before must not be taken for the one that comes.
      await phone.page.goto('about:blank')
      calls.begin()
      await phone.open(address)
      asked[address] = await calls.made(expected.length)
      expect(calls.repeated()).toEqual([])
    }
    expect(phone.complaints).toEqual([])
    await phone.close()
    return asked
  }

  test('for a resident', async () => {
    const reportId = await firstOf('resident-1', 'report.mine', {})
    const pages = {
      'pages/home': ['page.open'],
      'pages/red-face': ['page.open'],
      'pages/mine': ['page.open'],
      'pages/inbox': ['inbox.list', 'inbox.read', 'me.get'],
      'pages/matter/report': ['page.open'],
      [`pages/matter/detail?reportId=${reportId}`]: ['page.open'],
      // The outlines of the cells are as much as all the rest: they come apart, and so does what lies far down the page.
      [`pages/public/branch?unitId=${branchId}`]: ['bond.ofUnit', 'grid.cells', 'page.open'],
    }
    await expect(asksOf('居民（演示）甲', pages)).resolves.toEqual(pages)
  })

  test('for a secretary', async () => {
    const reportId = await firstWaiting()
    const pages = {
      'pages/home': ['page.open'],
      'pages/staff/queue': ['page.open'],
      [`pages/staff/handle?reportId=${reportId}`]: ['page.open'],
      [`pages/staff/act?reportId=${reportId}&action=accept`]: ['report.get'],
      [`pages/staff/declare?unitId=${branchId}`]: ['category.list', 'me.get', 'unit.get'],
    }
    await expect(asksOf('社区书记（演示）', pages)).resolves.toEqual(pages)
  })

  test('for who works where nobody lives, and is asked where they do', async () => {
    const pages = { 'pages/home': ['page.open'] }
    await expect(asksOf('住建局（演示）', pages)).resolves.toEqual(pages)
  })

  test('and what opens on it later is answered by what it knows', async () => {
    const phone = await pickUpPhone(browser, product.url)
    await phone.become('居民（演示）甲')
    const calls = listenTo(phone)
    await phone.part('matter-row').first().waitFor()
    calls.begin()
    await phone.tapTab('我的')
    await expect(calls.made(1)).resolves.toEqual(['page.open'])
    calls.begin()
    await phone.tap('open-about')
    await phone.see('谁看得到我写的？')
    await expect(calls.made(1)).resolves.toEqual(['rules.get'])
    await phone.close()
  })
})

describe('a step is answered with the report as it is after it', () => {
  test('and the page that lies below the form need not ask for it', async () => {
    const phone = await pickUpPhone(browser, product.url)
    await phone.become('社区书记（演示）')
    const reportId = await firstWaiting()
    await phone.page.goto('about:blank')
    await phone.open(`pages/staff/handle?reportId=${reportId}`)
    await phone.tap('action-accept')
    await phone.part('send-action').first().waitFor()
    const calls = listenTo(phone)
    calls.begin()
    await phone.tap('send-action')
    await phone.part('send-action').first().waitFor({ state: 'detached' })
    await phone.part('more-actions').first().waitFor()
    expect(await phone.part('action-accept').count()).toBe(0)
    // The outline of the grid is asked for by every page that comes back into view.
    await expect(calls.made(2)).resolves.toEqual(['grid.cells', 'report.accept'])
    expect(phone.complaints).toEqual([])
    await phone.close()
  })

  test('and so need not the page on which it was taken', async () => {
    const call = await signInAs(product.url, 'resident-2')
    const { value } = await call<{ readonly value: { readonly reportId: string } }>('report.submit', {
      commandId: '7a1d6f30-7d0b-4d39-9a46-000000000001',
      categoryId: 'lane-repair',
      text: '巷口的盖板松了，走上去会响',
      photos: [],
      place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
    })
    const phone = await pickUpPhone(browser, product.url)
    await phone.become('居民（演示）乙')
    await phone.page.goto('about:blank')
    await phone.open(`pages/matter/detail?reportId=${value.reportId}`)
    await phone.tap('action-add-to')
    await phone.part('step-words').first().locator('textarea').fill('晚上响得厉害')
    const calls = listenTo(phone)
    calls.begin()
    await phone.tap('send-step')
    await phone.part('aftermath').first().waitFor()
    await phone.see('晚上响得厉害')
    await expect(calls.made(1)).resolves.toEqual(['report.add'])
    expect(phone.complaints).toEqual([])
    await phone.close()
  })
})

test('a row that is pressed twice opens its page once', async () => {
  const phone = await pickUpPhone(browser, product.url)
  await phone.become('社区书记（演示）')
  await phone.page.goto('about:blank')
  await phone.open('pages/staff/queue')
  const row = phone.part('report-row').first()
  await row.waitFor()
  const before = await phone.page.evaluate(() => window.history.length)
  await row.dblclick()
  await phone.part('more-actions').first().waitFor()
  expect(await phone.page.evaluate(() => window.history.length)).toBe(before + 1)
  await phone.goBack()
  await row.waitFor()
  await phone.close()
})
