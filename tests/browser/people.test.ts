import { chinaDateOn } from '../../cloudfunctions/ground/instant'
import type { Cloud } from '../../local/cloudbase'
import { nameOf } from '../support/looks'
import { openDemonstration } from '../support/open-demonstration'
import { handOver, inviteAndEnd, type PeoplePhone, squad, tooLate, twoPersons } from '../support/people-story'
import { laterThan, letTimePass } from '../support/time'
import { launchBrowser, openWindow, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const handling = (phone: Phone): PeoplePhone => {
  const all = (selector: string) => phone.page.locator(`:is(${selector}):visible`)
  const first = (selector: string, words = '') => all(selector).filter({ hasText: words }).first()
  return {
    become: async (persona) => {
      // Whoever was here before may be late by the product's clock.
      await phone.home()
      await phone.become(nameOf(persona))
    },
    home: phone.home,
    tapTab: phone.tapTab,
    goBack: phone.goBack,
    find: (selector, words) => first(selector, words).waitFor(),
    tap: (selector, words, at) => (at === undefined ? first(selector, words) : all(selector).nth(at)).click(),
    // In one step: between reading the rows and tapping one by its place another may have come.
    tapOnly: (selector, words, mayGoOn) =>
      all(selector)
        .filter({ hasText: new RegExp(`^\\s*${words}${mayGoOn ? '' : '\\s*$'}`) })
        .first()
        .click(),
    texts: (selector) => all(selector).allInnerTexts(),
    type: (selector, words) => first(`${selector} input`).fill(words),
    pickDay: (day) => phone.part('pick-date').fill(day),
    picture: phone.picture,
  }
}

describe('people are invited, confirmed, handed over and leave, by tapping from home', () => {
  let cloud: Cloud
  let first: Phone
  let second: Phone
  let screen: Phone
  let cast: { admin: PeoplePhone; other: PeoplePhone }

  beforeAll(async () => {
    cloud = await openDemonstration('people')
    const browser = await launchBrowser()
    first = await pickUpPhone(browser, cloud.url)
    second = await pickUpPhone(browser, cloud.url)
    screen = await openWindow(browser, cloud.url)
    cast = { admin: handling(first), other: handling(second) }
  })

  afterEach(() => {
    expect([first, second, screen].flatMap(({ complaints }) => complaints.splice(0))).toEqual([])
  })

  test('in a window many are invited at once, with a slip for each, and one unit lies beside the others', async () => {
    await screen.become(nameOf('admin-150221'))
    await screen.tapTab('我的')
    await screen.tap('open-settings')
    await screen.tap('open-people')
    await screen.part('coverage-row').first().click()
    await screen.part('seat-row').first().waitFor()
    await screen.picture('steps-people-window')
    for (const at of [0, 1]) await screen.part('mark-unit').nth(at).click()
    await screen.tap('invite-marked')
    await screen.part('name-0').locator('input').fill('老云')
    await screen.part('name-1').locator('input').fill('小郝')
    await screen.picture('steps-invite-many')
    await screen.part('send-invitations').locator('.big-button').click()
    await screen.part('invitation-code').nth(1).waitFor()
    const codes = await screen.part('invitation-code').allInnerTexts()
    expect(new Set(codes).size).toBe(2)
    await screen.picture('steps-invite-slips')
    await screen.page.emulateMedia({ media: 'print' })
    await expect(screen.part('print-slips').isVisible()).resolves.toBe(false)
    await screen.picture('steps-invite-on-paper')
    // Paper has neither headings nor landmarks to go by.
    screen.forgive(/^steps-invite-on-paper/)
    await screen.page.emulateMedia({ media: 'screen' })
    await screen.part('close-issued').locator('.big-button').click()
    await screen.tap('tab-invited')
    await screen.part('coverage-row').nth(1).waitFor()
    expect(await screen.part('coverage-row').count()).toBe(2)
  })

  test('a camera that reads the slip opens the invitation', async () => {
    await screen.part('coverage-row').first().click()
    await screen.tap('invite')
    await screen.part('role-0-partner-staff').click()
    await screen.part('name-0').locator('input').fill('扫码的人')
    await screen.part('send-invitations').locator('.big-button').click()
    const code = ((await screen.part('invitation-code').textContent()) ?? '').replace(' ', '')
    await second.become(nameOf('resident-2'))
    await second.page.goto(`${cloud.url}/?invited=${code}#/pages/account/invited?code=${code}`)
    await second.see('请您来办事')
    await second.part('not-me').locator('.big-button').click()
    await second.see('没有通过')
  })

  test('whoever has no name on the web is shown the way to WeChat, with the code', async () => {
    const visitor = await pickUpPhone(await launchBrowser(), cloud.url)
    await visitor.open('pages/account/invited?code=7K2M9QXP')
    await visitor.see('7K2M 9QXP')
    expect(visitor.complaints).toEqual([])
    await visitor.close()
  })

  test('a grid worker is invited, comes, is confirmed, and leaves', () => inviteAndEnd(cast))

  test('a term is given an end, which is said where the person stands', async () => {
    await screen.home()
    await screen.tapTab('我的')
    await screen.tap('open-settings')
    await screen.tap('open-people')
    await screen.tap('own-people')
    await screen.part('seat-row').filter({ hasText: '土默特右旗（演示）' }).click()
    await screen.tap('seat-change-dates')
    await screen.tap('until-day')
    await screen.part('pick-date').fill(laterThan(chinaDateOn(cloud.clock.now()), 200))
    await screen.picture('steps-change-term')
    await screen.part('send-dates').locator('.big-button').click()
    await screen
      .part('seat-row')
      .filter({ hasText: /土默特右旗（演示）.*到.+为止/s })
      .waitFor()
  })

  test('a secretary hands over: the old one has the queue no more, the next one has it', () => handOver(cast))

  test('an admin’s seat takes two persons', () => twoPersons(cast))

  test('a code that is late or was taken back says so', () => tooLate(cast, (ms) => cloud.clock.move(ms)))

  test('a squad has a secretary until its last day, and then nobody', () =>
    squad(cast, cloud.clock.now, (ms) => letTimePass(cloud, ms)))
})
