import type { Browser } from 'playwright-core'
import type { Cloud } from '../../local/cloudbase'
import { pickUpPhone } from '../browser/phone'
import { nameOf, type PersonaId } from '../support/looks'
import type { Device, Press } from './hand'

/** What the product puts over a page, or in the place of all of it, under the same address. */
const overlays = '[role="dialog"], .place-picker, .sent-panel'

/** H5 in the browser, in somebody's hands, on home. */
export const openInBrowser = async (browser: Browser, cloud: Cloud, who: PersonaId, photo: string) => {
  const phone = await pickUpPhone(browser, cloud.url)
  await phone.become(nameOf(who))
  const { page } = phone
  // While one page slides over another both are there: the upper one is meant.
  const top = () => page.locator('.taro_page:visible').last()
  const first = (selector: string, words = '') =>
    top().locator(`:is(${selector}):visible`).filter({ hasText: words }).first()

  const device: Device = {
    find: (selector, words) =>
      first(selector, words)
        .waitFor()
        .catch(async () => {
          throw new Error(
            `nothing like ${selector} ${words ?? ''} on this page:\n${await top().textContent()}`,
          )
        }),
    press: (selector, words) => first(selector, words).click(),
    pressTab: (label) => page.locator('.weui-tabbar__item:visible').filter({ hasText: label }).click(),
    pressBack: () => first('.page-frame__back').click(),
    pressKey: (key) => page.keyboard.press(key),
    open: phone.open,
    write: (selector, words) => first(selector).fill(words),
    photograph: async (press: Press) => {
      const chooser = page.waitForEvent('filechooser')
      await press()
      await (await chooser).setFiles(photo)
      await first('.photo-grid__cell').waitFor()
      await top().locator('.photo-picker__veil').waitFor({ state: 'detached' })
      return 1
    },
    pointOut: async (press) => {
      await press()
      await first('.leaflet-container').waitFor()
      return 0
    },
    screens: () =>
      top().evaluate((element, over) => {
        const address = element.id.replace(/[?&]?\$taroTimestamp=\d+/, '')
        const names = [...element.querySelectorAll(over)]
          .filter((one) => one.getClientRects().length > 0)
          .map((one) => `${address} ${one.getAttribute('aria-label') ?? one.className}`)
        return [address, ...names]
      }, overlays),
  }
  return { device, complaints: () => phone.complaints, close: phone.close }
}
