import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { takePhotos } from './photos'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

interface OwnReport {
  readonly text: string
  readonly status: string
  readonly branchName: string
  readonly photos: readonly unknown[]
}

describe('a report has a way on from everywhere, tapped from home', () => {
  let product: RunningProduct
  let browser: Browser
  let resident: Phone
  let neighbour: Phone
  let mud = ''

  beforeAll(async () => {
    const folder = await ownFolder('report')
    ;[mud = ''] = await takePhotos(folder, ['demo-lane-muddy-1'])
    product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    resident = await pickUpPhone(browser, product.url)
    neighbour = await pickUpPhone(browser, product.url)
    await resident.become('居民（演示）甲')
    await neighbour.become('居民（演示）乙')
  })

  /** What the browser itself notes of a request that went nowhere because the test had cut the network. */
  const networkWasCut = /^Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|FAILED)$/

  afterEach(() => {
    for (const phone of [resident, neighbour]) {
      const seen = phone.complaints.splice(0)
      if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
    }
  })

  const openForm = async (phone: Phone): Promise<void> => {
    await phone.page.goto('about:blank')
    await phone.open('pages/home')
    await phone.tap('open-report')
    await phone.part('submit-report').first().waitFor()
  }

  /** Whose home is known needs to name no community. */
  const openFormAtHome = async (phone: Phone): Promise<void> => {
    await openForm(phone)
    await phone.part('choose-community').filter({ hasText: '换一个' }).first().waitFor()
  }

  /** What the list of communities offers, from the top. */
  const offered = (phone: Phone): Promise<readonly (string | null)[]> =>
    phone.page
      .locator('.community-sheet__row:visible')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-test')))

  const say = (phone: Phone, text: string): Promise<void> =>
    phone.part('report-text').locator('textarea').fill(text)

  const sayWhere = (phone: Phone, words: string): Promise<void> =>
    phone.part('place-words').locator('input').fill(words)

  /** What the form holds now. */
  const said = (phone: Phone): Promise<string> => phone.part('report-text').locator('textarea').inputValue()

  const cutNetwork = async (page: Page): Promise<void> => {
    await page.route(/\/(v1|web|auth)\//, (route) => route.abort('failed'))
  }

  /** The reports with these words that somebody has sent. */
  const sentBy = async (person: 'resident-1' | 'resident-2', text: string): Promise<readonly OwnReport[]> => {
    const call = await signInAs(product.url, person)
    const mine = await call<{ value: { rows: readonly { id: string }[] } }>('report.mine', { limit: 20 })
    const read = mine.value.rows.map(({ id }) =>
      call<{ value: OwnReport & { branch: { name: string } } }>('report.get', { reportId: id }),
    )
    const own = (await Promise.all(read)).map(({ value }) => ({ ...value, branchName: value.branch.name }))
    return own.filter((report) => report.text === text)
  }

  test('without a photograph and without a pin: the community and a few words are enough (K1)', async () => {
    const text = '井边的路灯坏了，没法拍'
    await openFormAtHome(resident)
    await resident.see('没有照片也能报')
    await sayWhere(resident, '供销社往东第二条巷子')
    await resident.tap('category-street-lamp')
    await say(resident, text)
    await resident.tap('submit-report')
    await resident.part('sent-panel').first().waitFor()
    expect(await sentBy('resident-1', text)).toMatchObject([{ status: 'routed', photos: [] }])
  })

  test('whoever cannot name the community finds that first in the list; the receipt says who looks for it', async () => {
    const text = '集市后头的水管漏了一地'
    await openFormAtHome(neighbour)
    await neighbour.tap('choose-community')
    await neighbour.part('community-unsure').filter({ hasText: '由萨拉齐镇来找' }).first().waitFor()
    await neighbour.tap('community-up')
    await neighbour.part('community-unsure').filter({ hasText: '由土默特右旗来找' }).first().waitFor()
    await neighbour.part('community-row').filter({ hasText: '萨拉齐镇' }).first().click()
    const unsure = neighbour.part('community-unsure').filter({ hasText: '由萨拉齐镇来找' }).first()
    await unsure.waitFor()
    expect((await offered(neighbour))[0]).toBe('community-unsure')
    await neighbour.part('community-search').locator('input').fill('后炭')
    await neighbour.part('community-row').filter({ hasText: '后炭市社区' }).first().waitFor()
    await expect(neighbour.part('community-row').count()).resolves.toBeLessThan(5)
    await unsure.click()
    await sayWhere(neighbour, '集市后头')
    await neighbour.tap('category-utilities')
    await say(neighbour, text)
    await neighbour.part('responsible-preview').filter({ hasText: '萨拉齐镇' }).first().waitFor()
    await neighbour.tap('submit-report')
    await neighbour.part('sent-panel').filter({ hasText: '已经收到' }).first().waitFor()
    await neighbour
      .part('sent-branch')
      .filter({ hasText: /由萨拉齐镇.*指定责任单位/ })
      .first()
      .waitFor()
    expect(await sentBy('resident-2', text)).toMatchObject([{ status: 'unrouted' }])
  })

  test('danger: the numbers to ring come first, and it is four taps', async () => {
    const text = '桥头的井盖没了，晚上看不见'
    await openFormAtHome(resident)
    await resident.tap('category-danger')
    const strip = await resident.part('report-emergency').first().boundingBox()
    expect(strip?.y).toBeLessThan(200)
    await resident.part('ring-119').first().waitFor()
    await resident.part('report-text').locator('textarea').click()
    await resident.page.keyboard.insertText(text)
    await resident.tap('submit-report')
    await resident.part('sent-panel').first().waitFor()
    expect(await sentBy('resident-1', text)).toMatchObject([{ photos: [] }])
  })

  test('danger goes at once though no more pictures are taken in today; what is less urgent waits and says why', async () => {
    const [danger, lamp] = ['变压器冒火花', '村口的路灯不亮']
    const later = '这样的事做得太多了，请16分钟后再试'
    const retryAt = Date.now() + 365 * 24 * 3_600_000
    const refused = { ok: false, error: { code: 'too-many', message: later, details: { retryAt } } }
    await resident.page.route(/\/v1\/functions\/photos/, (route) => route.fulfill({ json: refused }))
    const begin = async (category: string, text: string) => {
      await openFormAtHome(resident)
      await resident.tap(category)
      await resident.addPhotoOffline('report-photos', mud)
      await resident.see(later)
      await say(resident, text)
    }
    await begin('category-street-lamp', lamp)
    await sayWhere(resident, '村口第二根杆子')
    await resident.tap('submit-report')
    await resident.part('report-waiting').filter({ hasText: '照片传得太多了' }).first().waitFor()
    expect(await sentBy('resident-1', lamp)).toEqual([])
    await resident.part('report-photos').locator('.photo-picker__remove').first().click()
    await resident.part('sent-panel').first().waitFor()

    await begin('category-danger', danger)
    await resident.tap('submit-report')
    await resident.part('sent-panel').first().waitFor()
    await resident.see('1张照片没带上')
    await resident.picture('steps-danger-without-picture')
    expect(await sentBy('resident-1', danger)).toMatchObject([{ photos: [] }])
    await resident.page.unroute(/\/v1\/functions\/photos/)
  })

  test('all that is missing is said at once, each at its field by the field’s name, and the first one has the keyboard', async () => {
    await openFormAtHome(resident)
    await resident.tap('submit-report')
    await resident.see('还差3处：在哪里、是什么事、说一句')
    await expect(resident.page.locator('.form-row__error:visible').count()).resolves.toBe(3)
    const placeWords = resident.part('place-words').locator('input')
    await expect(placeWords.evaluate((field) => field === document.activeElement)).resolves.toBe(true)
  })

  test('what was found wanting is asked for no longer than it is wanting, whichever answer settles it', async () => {
    await openFormAtHome(resident)
    await resident.tap('submit-report')
    await resident.see('还差3处：在哪里、是什么事、说一句')
    await resident.tap('category-danger')
    await resident.see('还差1处：说一句')
    await say(resident, '桥头的井盖没了')
    await resident.part('submit-report').first().waitFor()
    await expect(resident.page.locator('.submit-state__missing:visible').count()).resolves.toBe(0)
    await say(resident, '')
    await resident.tap('category-change')
  })

  test('what one came to report is asked about where something else was begun, and neither is lost unsaid', async () => {
    const chosen = (phone: Phone) =>
      phone.page.locator('.category-block__chosen:visible').first().textContent()
    const openAsked = async (phone: Phone, categoryId: string) => {
      await phone.page.goto('about:blank')
      await phone.open(`pages/matter/report?categoryId=${categoryId}`)
    }
    await openForm(neighbour)
    await neighbour.tap('category-rubbish')
    await openAsked(neighbour, 'street-lamp')
    await neighbour.page
      .locator('.category-block__chosen:visible')
      .filter({ hasText: '路灯' })
      .first()
      .waitFor()

    await say(neighbour, '门口的路灯不亮')
    await openAsked(neighbour, 'rubbish')
    await neighbour.part('begun-before').filter({ hasText: '门口的路灯不亮' }).first().waitFor()
    await neighbour.tap('begun-go-on')
    await expect(said(neighbour)).resolves.toBe('门口的路灯不亮')
    await expect(chosen(neighbour)).resolves.toContain('路灯')

    await openAsked(neighbour, 'rubbish')
    await neighbour.tap('begun-afresh')
    await expect(said(neighbour)).resolves.toBe('')
    await expect(chosen(neighbour)).resolves.toContain('垃圾')
    await neighbour.tap('category-change')
  })

  test('a device that is full does not say that it keeps what is written', async () => {
    const text = '水房后头的管子漏水'
    await openFormAtHome(resident)
    await resident.page.evaluate(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('exceeded', 'QuotaExceededError')
      }
    })
    await resident.context.setOffline(true)
    await sayWhere(resident, '水房后头')
    await resident.tap('category-ordinary')
    await say(resident, text)
    await resident.tap('submit-report')
    await resident.see('1件诉求还没发，手机没存下，没发出去前别关这一页，有网自动发')
    await expect(resident.page.getByText('存着').filter({ visible: true }).count()).resolves.toBe(0)
    await resident.context.setOffline(false)
    await resident.part('sent-panel').first().waitFor()
    expect(await sentBy('resident-1', text)).toHaveLength(1)
    resident.forgive(networkWasCut)
  })

  test('presses in one task, and presses one after the other, make one report', async () => {
    const text = '幼儿园门口的垃圾堆了一周'
    await openFormAtHome(resident)
    await sayWhere(resident, '幼儿园门口')
    await resident.tap('category-rubbish')
    await say(resident, text)
    const button = resident.part('submit-report').first().locator('.big-button')
    await button.evaluate((pressed: HTMLElement) => {
      for (let turn = 0; turn < 3; turn += 1) pressed.click()
      setTimeout(() => pressed.click())
    })
    await resident.part('sent-panel').first().waitFor()
    expect(await sentBy('resident-1', text)).toHaveLength(1)
  })

  test('without a network all is kept, with its picture and beyond the page; back again it goes by itself, once', async () => {
    const text = '西头的巷子被水冲出一条沟'
    await openFormAtHome(resident)
    await resident.context.setOffline(true)
    await resident.addPhotoOffline('report-photos', mud)
    await sayWhere(resident, '西头第一条巷子')
    await resident.tap('category-lane-repair')
    await say(resident, text)
    await resident.tap('submit-report')
    await resident.see('1件诉求、1张照片存着，有网自动发')

    // Closed and opened again, with the page but without a server.
    await resident.context.setOffline(false)
    await cutNetwork(resident.page)
    await resident.page.reload()
    await resident.see('1件诉求、1张照片存着，有网自动发')
    await expect(said(resident)).resolves.toBe(text)
    await resident.page.waitForFunction(() => {
      const shown = document.querySelector<HTMLImageElement>('.photo-grid__picture img')
      return shown?.src.startsWith('blob:') === true && shown.naturalWidth > 0
    })
    await resident.page.unrouteAll({ behavior: 'wait' })
    await resident.context.setOffline(true)
    await resident.context.setOffline(false)
    await resident.part('sent-panel').first().waitFor()
    const [report, ...others] = await sentBy('resident-1', text)
    expect(report?.photos).toHaveLength(1)
    expect(others).toEqual([])
    resident.forgive(networkWasCut)
  })

  test('the kinds of matter are there without a network; an answer that was lost makes no second report', async () => {
    const text = '后街的电线杆歪了'
    await openFormAtHome(neighbour)
    await neighbour.tap('choose-community')
    await neighbour.tap('community-unsure')
    await sayWhere(neighbour, '后街')
    await neighbour.tap('category-ordinary')
    await say(neighbour, text)
    let lost = 0
    await neighbour.page.route('**/*', async (route) => {
      if (!route.request().postData()?.includes('report.submit')) return route.continue()
      lost += 1
      await route.fetch()
      await route.abort('failed')
    })
    await neighbour.tap('submit-report')
    await neighbour.see('1件诉求存着，有网自动发')
    await neighbour.page.unrouteAll({ behavior: 'wait' })
    await neighbour.tap('submit-report')
    await neighbour.part('sent-panel').first().waitFor()
    expect(lost).toBeGreaterThan(0)
    expect(await sentBy('resident-2', text)).toHaveLength(1)
    neighbour.forgive(networkWasCut)
  })

  test('H4: without a network a complaint waits until it was asked whom it is about, and never goes by itself', async () => {
    const text = '问了三回，没有一个人管'
    await openFormAtHome(resident)
    await resident.context.setOffline(true)
    await sayWhere(resident, '村委会旁边')
    await resident.tap('category-about-branch')
    await say(resident, text)
    await resident.part('accused-awaited').filter({ hasText: '连上网后请先选反映的是谁' }).first().waitFor()
    await resident.tap('submit-report')
    await resident.see('还差1处：是什么事')
    await expect(said(resident)).resolves.toBe(text)

    await resident.context.setOffline(false)
    const asked = resident.page.locator('[data-test^="accused-"]:visible')
    await asked.filter({ hasText: '本支部' }).first().waitFor()
    expect(await sentBy('resident-1', text)).toEqual([])
    await asked.filter({ hasText: '苏木乡镇' }).first().click()
    await resident.tap('submit-report')
    await resident.part('sent-panel').first().waitFor()
    expect(await sentBy('resident-1', text)).toMatchObject([{ branchName: '土默特右旗委' }])
    resident.forgive(networkWasCut)
  })

  test('H4: on a slow network a complaint is not sent either; what is marked beside the question may stand', async () => {
    const text = '该公示的账一年没贴'
    let answer = (): void => undefined
    const isAnswered = new Promise<void>((resolve) => {
      answer = resolve
    })
    await openFormAtHome(resident)
    await resident.page.route('**/v1/functions/*', async (route) => {
      if (route.request().postData()?.includes('"place.preview"')) await isAnswered
      await route.continue()
    })
    await sayWhere(resident, '公示栏')
    await resident.tap('category-about-branch')
    await say(resident, text)
    await resident.tap('submit-report')
    await resident.see('请先选反映的是谁，再提交')
    answer()
    const usual = resident.page.locator('[data-test^="accused-"][aria-checked="true"]:visible')
    await usual.filter({ hasText: '本支部' }).first().waitFor()
    expect(await sentBy('resident-1', text)).toEqual([])
    await resident.tap('submit-report')
    await resident.part('sent-panel').first().waitFor()
    await resident.page.unrouteAll({ behavior: 'wait' })
    expect(await sentBy('resident-1', text)).toHaveLength(1)
  })

  test('two windows write two reports, neither over the other, and what was begun is found again', async () => {
    await openFormAtHome(resident)
    await say(resident, '第一个窗口里写的')
    const page = await resident.context.newPage()
    const second: Phone = { ...resident, page, part: (name) => page.locator(`[data-test="${name}"]:visible`) }
    await page.goto(`${product.url}/#/pages/home`)
    await second.part('open-report').first().click()
    await second.part('submit-report').first().waitFor()
    await page.getByText('别的窗口里还有没写完的').locator('visible=true').first().waitFor()
    await expect(said(second)).resolves.toBe('')
    await say(second, '第二个窗口里写的')
    await say(resident, '第一个窗口里接着写的')
    await expect(said(second)).resolves.toBe('第二个窗口里写的')

    await resident.page.reload()
    await resident.part('submit-report').first().waitFor()
    await expect(said(resident)).resolves.toBe('第一个窗口里接着写的')
    await page.close()
    await say(resident, '')
  })

  test('whoever signs in next on this device sees nothing of what the one before was writing', async () => {
    await openFormAtHome(resident)
    await say(resident, '只有我自己看得到')
    await resident.become('居民（演示）乙')
    await openForm(resident)
    await expect(said(resident)).resolves.toBe('')
    await resident.become('居民（演示）甲')
    await openFormAtHome(resident)
    await expect(said(resident)).resolves.toBe('只有我自己看得到')
    await say(resident, '')
  })

  test('where the map begins nobody has pointed yet; what was pointed at puts the nearest community first', async () => {
    await openFormAtHome(resident)
    await resident.tap('place-on-map')
    await resident.see('还没指地方')
    await resident.part('pick-place').locator('.big-button--off').first().waitFor()
    await resident.pointAtMap(60, -40)
    await resident.see(/后炭市社区第.网格/)
    await resident.tap('pick-place')
    await resident.tap('place-clear')
    await resident.tap('choose-community')
    await resident.part('community-row').filter({ hasText: '就在这一带' }).first().waitFor()
    await expect(resident.part('community-row').first().textContent()).resolves.toContain('后炭市社区')
    await resident.part('community-row').first().click()
  })

  test('turned, narrowed and widened in the middle of it, the form keeps its words and the map its ground', async () => {
    await openFormAtHome(resident)
    await say(resident, '转过来转过去')
    await resident.tap('place-on-map')
    await resident.pointAtMap()
    const sizes = [
      { width: 812, height: 375 },
      { width: 320, height: 568 },
      { width: 375, height: 400 },
      { width: 375, height: 812 },
    ]
    for (const size of sizes) {
      await resident.page.setViewportSize(size)
      await resident.page.waitForFunction(() => {
        const map = document.querySelector('.place-picker .leaflet-container')?.getBoundingClientRect()
        return [...document.querySelectorAll('.place-picker path')].some((drawn) => {
          const { width, left, right, top, bottom } = drawn.getBoundingClientRect()
          const isInside = map && right > map.left && left < map.right && bottom > map.top && top < map.bottom
          return width > 0 && isInside
        })
      })
    }
    await resident.tap('pick-place')
    await resident.page.setViewportSize({ width: 320, height: 568 })
    await resident.tap('category-danger')
    await expect(
      resident.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    ).resolves.toBe(true)
    await expect(said(resident)).resolves.toBe('转过来转过去')
    await resident.page.setViewportSize({ width: 375, height: 812 })
    await say(resident, '')
  })

  test('a visitor is told on the first screen what cannot be done here and where it can, before anything is typed', async () => {
    const visitor = await pickUpPhone(browser, product.url)
    await visitor.see('网页上只能看；上报、传照片用微信小程序')
    await visitor.tap('open-report')
    await visitor.part('how-to-report').first().waitFor()
    await visitor.see('上报、传照片、评价，都在微信小程序“红脸办”里。')
    await visitor.part('ring-110').first().waitFor()
    await expect(visitor.page.locator('textarea:visible, input:visible').count()).resolves.toBe(0)
    await visitor.tap('visitor-red-face')
    await visitor.part('red-face-row').first().waitFor()
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })
})
