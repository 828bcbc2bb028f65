import type { Browser } from 'playwright-core'
import type { Cloud } from '../../local/cloudbase'
import { openProduct } from '../../local/product'
import { layDemonstration } from '../support/demonstration'
import { type LookingPhone, lookAround, lookAtLargeType, nameOf, reportWithPhone } from '../support/looks'
import { opened } from '../support/opened'
import { ownFolder } from '../support/own-folder'
import { launchBrowser, type Phone, pickUpPhone } from './phone'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

describe('what the story does not show, in the browser', () => {
  let folder = ''
  let cloud: Cloud
  let browser: Browser
  let phone: Phone
  let looking: LookingPhone

  beforeAll(async () => {
    folder = await ownFolder('looks')
    await layDemonstration(folder)
    cloud = await openProduct({ port: 0, folder, isTimersOn: false })
    opened(cloud.close)
    await reportWithPhone(cloud)
    browser = await launchBrowser()
    phone = await pickUpPhone(browser, cloud.url)
    const all = (selector: string) => phone.page.locator(`:is(${selector}):visible`)
    const first = (selector: string, words = '') => all(selector).filter({ hasText: words }).first()
    looking = {
      // A browser that has never been here is nobody.
      become: async (persona) => {
        if (persona) await phone.become(nameOf(persona))
      },
      home: phone.home,
      tapTab: phone.tapTab,
      goBack: phone.goBack,
      open: phone.open,
      find: (selector, words) => first(selector, words).waitFor(),
      tap: (selector, words, at) =>
        (at === undefined ? first(selector, words) : all(selector).nth(at)).click(),
      texts: (selector) => all(selector).allInnerTexts(),
      picture: phone.picture,
      enlarge: () => first('taro-switch-core').click(),
    }
  })

  afterEach(() => {
    expect(phone.complaints.splice(0)).toEqual([])
  })

  test('empty pages, sheets, forms and mistakes say what to do next', () => lookAround(looking))

  test('大字版 fits the screen on every main page', async () => {
    await lookAtLargeType(looking)
  })
})
