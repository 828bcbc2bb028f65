import type { Cloud } from '../../local/cloudbase'
import {
  launchBrowser,
  openWindow,
  pickUpPhone as pickUpBrowser,
  type Phone as Screen,
} from '../browser/phone'
import { openDemonstration } from '../support/open-demonstration'
import { type Person, type Phone, pickUpPhone } from './phone'

const secretary: Person = { customUserId: 'secretary-150221104004' }
const bureau: Person = { customUserId: 'partner-150221-housing' }

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('a computer is signed in by a phone, from home on both', () => {
  let phone: Phone
  let other: Phone
  let screen: Screen
  let cloud: Cloud

  beforeAll(async () => {
    cloud = await openDemonstration('sign-in')
    phone = await pickUpPhone(cloud)
    other = await pickUpPhone(cloud)
    screen = await openWindow(await launchBrowser(), cloud.url)
  })

  afterEach(() => {
    expect([...phone.complaints(), ...other.complaints(), ...screen.complaints.splice(0)]).toEqual([])
  })

  const openSignIn = async (): Promise<void> => {
    await screen.home()
    await screen.tapTab('我的')
    await screen.tap('open-sign-in')
    await screen.part('sign-in-words').waitFor()
  }
  const shownWords = async (): Promise<string> => (await screen.part('sign-in-words').textContent()) ?? ''
  const shownCode = async (): Promise<string> => {
    const isHidden = await screen.part('show-code').isVisible()
    if (isHidden) await screen.part('show-code').locator('.big-button').click()
    return (await screen.part('sign-in-code').textContent()) ?? ''
  }

  const typeCode = async (on: Phone, person: Person, code: string): Promise<void> => {
    await on.home(person)
    await on.tapTab('我的')
    await on.tap('.list-row', '登录电脑')
    await on.type('.text-box__input', code)
    await on.tap('.big-button', '下一步')
  }

  test('the code that the computer shows, the words that both show, and the computer is at work', async () => {
    await openSignIn()
    await screen.picture('sign-in')
    const words = await shownWords()
    await typeCode(phone, secretary, await shownCode())
    await phone.see('电脑上写的是哪几个字？')
    await phone.picture('let-computer-in')
    await screen.see('扫过了')
    await screen.picture('steps-sign-in-seen')
    await phone.tap('.choice-chips__chip', words)
    await phone.tap('.big-button', '是我在登录')
    await phone.see('登录过的电脑')
    await screen.see('待受理')
    await screen.picture('steps-sign-in-done')
  })

  test('the phone signs the computer out, and it says so at its next call', async () => {
    await phone.home(secretary)
    await phone.tapTab('我的')
    await phone.tap('.list-row', '登录电脑')
    await phone.find('.computers__row')
    await phone.picture('computers')
    await phone.tap('.big-button', '让它退出')
    await phone.see('退出了')
    await screen.page.reload()
    await screen.part('signed-out').waitFor()
    await screen.picture('steps-sign-in-over')
    await screen.home()
    await screen.tapTab('我的')
    await screen.part('open-sign-in').waitFor()
  })

  test('a code that somebody else has seen first is worthless to both', async () => {
    await openSignIn()
    const code = await shownCode()
    await typeCode(other, bureau, code)
    await other.see('电脑上写的是哪几个字？')
    await typeCode(phone, secretary, code)
    await phone.see('已被别的手机扫过')
    // Whoever has not the computer before them does not know which words it shows.
    await other.tap('.big-button', '不是我')
    await screen.part('sign-in-refused').waitFor()
    await screen.picture('steps-sign-in-refused')
  })

  test('a public computer keeps nothing once the window is closed', async () => {
    await openSignIn()
    const first = await shownCode()
    await screen.part('public-computer').locator('[role="switch"]').click()
    await screen.page.waitForFunction(
      (before) => !document.querySelector('[data-test="sign-in-code"]')?.textContent?.includes(before),
      first,
    )
    await screen.part('sign-in-words').waitFor()
    const words = await shownWords()
    await typeCode(phone, secretary, await shownCode())
    await phone.see('公用电脑')
    await phone.tap('.choice-chips__chip', words)
    await phone.tap('.big-button', '是我在登录')
    await screen.see('待受理')
    const kept = await screen.page.evaluate(() => JSON.stringify({ ...localStorage }))
    expect(kept).not.toMatch(/web-session|secretary/)
    // Another window on the same computer knows nobody.
    const next = await screen.context.newPage()
    await next.goto(cloud.url)
    await next.locator('[data-test="open-report"]').first().waitFor()
    expect(await next.evaluate(() => localStorage.getItem('web-session'))).toBeNull()
    await next.close()
  })

  test('a phone that is sent to the page for computers finds its own', async () => {
    await phone.open('/pages/account/sign-in', secretary)
    await phone.see('登录过的电脑')
    await phone.picture('sign-in')
  })

  test('whoever leaves a computer has left it', async () => {
    await screen.home()
    await screen.tapTab('我的')
    await Promise.all([screen.page.waitForEvent('load'), screen.tap('leave-computer')])
    await screen.part('open-report').first().waitFor()
    await screen.tapTab('我的')
    await screen.part('open-sign-in').waitFor()
    expect(await screen.page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('web-')
  })

  test('in the browser of a phone the code is typed', async () => {
    const browser = await pickUpBrowser(await launchBrowser(), cloud.url)
    await browser.become('社区书记（演示）')
    await browser.tapTab('我的')
    await browser.tap('open-computers')
    await browser.see('扫不了，就输 8 位口令')
    await browser.picture('computers')
    await openSignIn()
    await browser
      .part('typed-code')
      .locator('input')
      .fill(await shownCode())
    await browser.part('send-code').locator('.big-button').click()
    await browser.see('电脑上写的是哪几个字？')
    await browser.picture('let-computer-in')
    expect(browser.complaints).toEqual([])
    await browser.close()
  })
})
