import path from 'node:path'
import type { Browser } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const branchId = '150221104004'
const bannerId = '150221'

describe('what a page says is so when it is pressed', () => {
  let product: RunningProduct
  let browser: Browser
  let secretary: Phone
  let colleague: Phone

  beforeAll(async () => {
    const folder = await ownFolder('truth')
    product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    secretary = await pickUpPhone(browser, product.url)
    colleague = await pickUpPhone(browser, product.url)
    await secretary.become('社区书记（演示）')
    await colleague.become('网格员（演示）')
  })

  afterEach(() => {
    for (const phone of [secretary, colleague]) {
      const seen = phone.complaints.splice(0)
      if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
    }
  })

  const text = '南头那盏路灯夜里不亮，老人不敢出门'

  const openWork = async (phone: Phone, tab: string): Promise<void> => {
    await phone.open('pages/home')
    await phone.page.locator('.weui-tabbar__item:visible').last().click()
    await phone.tap('open-queue')
    await phone.tap(`tab-${tab}`)
    await phone.part('report-row').filter({ hasText: text }).first().click()
    await phone.see('办理轨迹')
  }

  const act = async (phone: Phone, action: string): Promise<void> => {
    await phone.part('more-actions').first().waitFor()
    if (!(await phone.part(`action-${action}`).first().isVisible())) await phone.tap('more-actions')
    await phone.tap(`action-${action}`)
    await phone.part('send-action').first().waitFor()
  }

  const write = (phone: Phone, words: string): Promise<void> =>
    phone.part('note').locator('textarea').first().fill(words)

  const send = async (phone: Phone): Promise<void> => {
    await phone.part('send-action').first().locator('.big-button').first().click()
  }

  test('two accept the same matter: the slower one reads who was quicker, and goes on with what is left', async () => {
    const call = await signInAs(product.url, 'resident-1')
    const answer = await call('report.submit', {
      commandId: '7a1d6f30-7d0b-4d39-9a46-0000000000aa',
      categoryId: 'street-lamp',
      text,
      photos: [],
      place: { point: { lng: 110.51071, lat: 40.562608 }, words: '供销社往东' },
    })
    expect(answer).toMatchObject({ ok: true })
    await openWork(secretary, 'waiting')
    await openWork(colleague, 'waiting')
    await act(secretary, 'accept')
    await act(colleague, 'accept')
    await send(colleague)
    await colleague.see('办理轨迹')

    await send(secretary)
    const clash = secretary.part('clash').first()
    await clash.waitFor()
    const said = (await clash.textContent()) ?? ''
    expect(said).toContain('刚被别人受理了')
    expect(said).toMatch(/今天 \d+:\d\d，后炭市社区党支部已受理。/)
    await send(secretary)
    await secretary.part('action-contact').first().waitFor()
  })

  test('somebody writes while another step is taken: the words stay, and one more press sends them', async () => {
    const words = '您说的是哪一盏？供销社门口那盏吗？'
    await openWork(colleague, 'working')
    await act(secretary, 'ask')
    await write(secretary, words)
    await act(colleague, 'progress')
    await write(colleague, '电工明天上午来')
    await send(colleague)
    await colleague.see('办理轨迹')

    await send(secretary)
    await secretary.part('clash').first().waitFor()
    expect(await secretary.part('clash').first().textContent()).toContain('电工明天上午来')
    expect(await secretary.part('note').locator('textarea').first().inputValue()).toBe(words)
    await send(secretary)
    await secretary.see('办理轨迹')
    await secretary.see(words)
  })

  test('once it is handed to somebody, nothing offers first to take it away, and what does names them', async () => {
    await act(secretary, 'contact')
    await secretary.tap('channel-visit')
    await write(secretary, '见到老人，说好明天来修')
    await send(secretary)
    await act(secretary, 'dispatch')
    await secretary.page.locator('[data-test^="target-"]:visible').last().click()
    await write(secretary, '明天上午换灯泡')
    await send(secretary)
    await secretary.part('action-progress').first().waitFor()
    await secretary.tap('more-actions')
    const row = secretary.part('action-dispatch').first()
    await row.waitFor()
    expect(await row.textContent()).toMatch(/换人处置现在由.+处置，换了就不归那边了。/)
    await row.click()
    await secretary.part('send-action').first().waitFor()
    await secretary.page
      .locator('.page-frame__title:visible')
      .filter({ hasText: /^换人处置$/ })
      .waitFor()
  })

  test('two windows of one secretary write a step apart, neither over the other', async () => {
    const said = (phone: Phone) => phone.part('note').locator('textarea').first().inputValue()
    await openWork(secretary, 'working')
    await act(secretary, 'note')
    await write(secretary, '第一个窗口里写的')
    const page = await secretary.context.newPage()
    const second: Phone = {
      ...secretary,
      page,
      part: (name) => page.locator(`[data-test="${name}"]:visible`),
    }
    await page.goto(secretary.page.url())
    await second.part('note').first().waitFor()
    await page.getByText('别的窗口里还有没写完的').locator('visible=true').first().waitFor()
    await expect(said(second)).resolves.toBe('')
    await write(second, '第二个窗口里写的')
    await write(secretary, '第一个窗口里接着写的')
    await expect(said(second)).resolves.toBe('第二个窗口里写的')
    await page.close()

    await secretary.page.reload()
    await secretary.part('note').first().waitFor()
    await expect(said(secretary)).resolves.toBe('第一个窗口里接着写的')
  })

  test('what another branch is to list has no form, nor has a branch that there is not', async () => {
    await colleague.open(`pages/staff/declare?unitId=${branchId}`)
    await colleague.see('这一步不归您')
    expect(await colleague.part('send-declare').count()).toBe(0)
    await colleague.page.getByText('看后炭市社区党支部').locator('visible=true').first().click()
    await colleague.see('这里的事')
    await colleague.open('pages/staff/declare?unitId=nowhere')
    await colleague.see('没有这个单位')
    expect(await colleague.part('send-declare').count()).toBe(0)
    await colleague.page.getByText('回首页').locator('visible=true').first().click()
    await colleague.part('open-report').first().waitFor()
  })

  test('another area or entry typed over the open page is what the page shows', async () => {
    const visitor = await pickUpPhone(browser, product.url)
    const type = (route: string) =>
      visitor.page.evaluate((hash) => {
        window.location.hash = hash
      }, `#/${route}`)
    const area = (name: string) =>
      visitor.page.locator('.red-face-board__area-name:visible').filter({ hasText: name }).first().waitFor()
    await visitor.open(`pages/red-face?unitId=${branchId}`)
    await area('后炭市社区')
    await type(`pages/red-face?unitId=${bannerId}`)
    await area('土默特右旗')
    const rows = visitor.part('red-face-row')
    const title = visitor.page.locator('.entry-screen__title:visible').first()
    await rows.nth(1).waitFor()
    await rows.nth(0).click()
    await title.waitFor()
    const [first, at] = [await title.textContent(), new URL(visitor.page.url()).hash.slice(2)]
    await visitor.page.goBack()
    await area('土默特右旗')
    await rows.nth(1).click()
    await title.filter({ hasNotText: first ?? '' }).waitFor()
    await type(at)
    await title.filter({ hasText: first ?? '' }).waitFor()
    await visitor.open('pages/public/ledger?unitId=15')
    await visitor.part('ledger-of').first().waitFor()
    await type(`pages/public/ledger?unitId=${bannerId}`)
    await visitor.part('ledger-head').first().waitFor()
    expect(visitor.complaints).toEqual([])
  })
})
