import type { Browser } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { laterThan } from '../support/time'
import { byKeyboard } from './by-keyboard'
import { launchBrowser, type Phone, pickUpPhone } from './phone'
import { type RunningProduct, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('without a mouse and without a finger, from home', () => {
  let product: RunningProduct
  let browser: Browser
  let phone: Phone

  beforeAll(async () => {
    const folder = await ownFolder('keyboard')
    product = await startProduct(folder)
    browser = await launchBrowser()
  })

  beforeEach(async () => {
    phone = await pickUpPhone(browser, product.url)
    await phone.part('choose-home').first().waitFor()
  })

  afterEach(async () => {
    const seen = phone.complaints.splice(0)
    await phone.close()
    if (seen.length > 0) throw new Error(`a page complained:\n${seen.join('\n')}`)
  })

  const { look, press, isOn, reach, enter, become, turnTo, openedPage, openedSheet, openMine } = byKeyboard(
    () => phone,
  )

  const words = '垃圾箱满了三天没人清，风一吹到处都是'

  test('a resident reports a matter and reads who answers for it', async () => {
    await become('居民（演示）甲')
    // The map opens around one's own community.
    await phone.part('matter-row').first().waitFor()
    await enter({ name: 'open-report' })
    await openedPage('上报')
    await enter({ name: 'place-on-map' })
    await phone.part('pick-place').first().waitFor()
    await reach({ selector: '.leaflet-map__ground' })
    await press('ArrowUp')
    // The spot under the pin is named once the ground has come to rest; until then nothing can be chosen.
    await phone.part('pick-place').locator('[role="button"]:not([aria-disabled="true"])').waitFor()
    await look('the map under a pin')
    await enter({ name: 'pick-place' })
    await phone.part('place-move').first().waitFor()
    await enter({ name: 'category-ordinary' }, 'Space')
    // The kinds have stepped aside, and the keyboard stands on what came in their place.
    await phone.page.waitForFunction(() => document.activeElement?.matches('[data-test="category-change"]'))
    await reach({ name: 'report-text', selector: 'textarea' })
    await phone.page.keyboard.type(words)
    await phone.part('responsible-preview').filter({ hasText: '后炭市社区党支部' }).first().waitFor()
    await look('a report that is ready to be sent')
    await enter({ name: 'submit-report' })
    await phone.part('sent-panel').first().waitFor()
    await look('a report that is sent')
  })

  test('the secretary finds it, accepts it, chooses with the arrows how to get in touch, and writes a day for which to ask', async () => {
    await become('社区书记（演示）')
    await openMine()
    await enter({ name: 'open-queue' })
    await openedPage('工作台')
    await phone.part('report-row').first().waitFor()
    await enter({ name: 'report-row', says: words })
    await openedPage('办理')
    await phone.see('办理轨迹')
    await enter({ name: 'action-accept' })
    await openedPage('受理')
    await enter({ name: 'send-action' })
    await phone.part('action-contact').first().waitFor()
    await enter({ name: 'action-contact' })
    await phone.part('send-action').first().waitFor()
    await reach({ selector: '[role="radio"]' })
    const chosen = () => phone.page.locator('[role="radio"][aria-checked="true"]:visible').count()
    await expect(chosen()).resolves.toBe(0)
    await press('ArrowDown')
    await phone.page.waitForFunction(() => document.activeElement?.getAttribute('aria-checked') === 'true')
    await expect(chosen()).resolves.toBe(1)
    await look('a form with one chosen')
    await enter({ selector: '.page-frame__back' })
    await phone.part('more-actions').first().waitFor()
    await enter({ name: 'more-actions' })
    await openedSheet()
    await enter({ name: 'action-extend' })
    await openedPage('申请延期')
    await reach({ name: 'note', selector: 'textarea' })
    await phone.page.keyboard.type('清运车坏了，修好还要几天')
    await reach({ name: 'pick-date', selector: 'input[aria-label="延到哪一天"]' })
    const field = phone.part('pick-date').first()
    const first = (await field.getAttribute('min')) ?? ''
    await turnTo(field, laterThan(first, 10))
    await look('a day that is written')
    await enter({ name: 'send-action' })
    await phone.part('send-action').first().waitFor({ state: 'detached' })
  })

  test('a resident rates what was done, and Esc closes a sheet and goes back to where one was', async () => {
    await become('居民（演示）甲')
    await openMine()
    await phone.part('report-row').first().waitFor()
    await enter({ name: 'report-row', says: '评价' })
    await openedPage('诉求详情')
    await phone.part('action-rate').first().waitFor()
    await enter({ name: 'action-rate' })
    await openedSheet()
    await press('Escape')
    await phone.page.waitForFunction(() => document.activeElement?.closest('[data-test="action-rate"]'))
    await press('Enter')
    await openedSheet()
    await phone.part('rate-solved-yes').first().waitFor()
    // Tab goes round within the sheet.
    for (let stops = 0; stops < 12; stops += 1) {
      await press('Tab')
      await expect(isOn({ selector: '[role="dialog"] *' })).resolves.toBe(true)
    }
    await enter({ name: 'rate-solved-yes' })
    await enter({ name: 'rate-satisfaction-satisfied' }, 'Space')
    await enter({ name: 'rate-contacted-yes' })
    await reach({ name: 'rate-remark', selector: 'textarea' })
    await phone.page.keyboard.type('修得好')
    await look('a rating that is ready to be sent')
    await enter({ name: 'send-rating' })
    await phone.part('action-rate').first().waitFor({ state: 'detached' })
  })

  test('the lists behind the tabs change with the arrows', async () => {
    await phone.page.locator('.weui-tabbar__item').first().waitFor()
    await enter({ selector: '.weui-tabbar__item', says: '红脸榜' })
    await openedPage('红脸榜')
    await phone.part('red-face-row').first().waitFor()
    await reach({ name: 'tab-public', selector: '[role="tab"][aria-selected="true"]' })
    await press('ArrowRight')
    await phone.page.waitForFunction(() =>
      document.activeElement?.matches('[data-test="tab-cleared"][aria-selected="true"]'),
    )
    await expect(
      phone.page.locator('.weui-tabbar__item[aria-current="page"]').textContent(),
    ).resolves.toContain('红脸榜')
    await look('the list of what is cleared')
  })
})
