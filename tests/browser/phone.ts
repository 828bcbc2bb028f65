import { type Browser, type BrowserContext, errors, type Locator, type Page } from 'playwright-core'
import { routes, tabs } from '../../client/routes'
import { launchChromium } from '../../local/miniprogram/headless'
import { opened } from '../support/opened'
import { keepPicture, shootFinished, whenStill } from '../support/pictures'
import { accessFaults } from './access'

/** How long something may take to appear: longer than any machine that works at all. */
const patienceMs = 180_000
/** After which what was to be tapped is looked for once more. */
const glanceMs = 10_000

/** It is closed with everything in it when the tests of the file are over. */
export const launchBrowser = async (): Promise<Browser> => {
  const browser = await launchChromium()
  opened(() => browser.close())
  return browser
}

export interface Phone {
  readonly page: Page
  readonly context: BrowserContext
  /** The element of this test name that is on the screen; pages below it in the stack do not count. */
  readonly part: (name: string) => Locator
  readonly tap: (name: string) => Promise<void>
  readonly see: (text: string | RegExp) => Promise<void>
  /** Opens the product anew, on home: from there on everything is reached by tapping. */
  readonly home: () => Promise<void>
  /** Taps one of the tabs at the foot of the page. */
  readonly tapTab: (label: string) => Promise<void>
  readonly goBack: () => Promise<void>
  /** Asks for more of a list until it shows this. */
  readonly drawOut: (wanted: Locator) => Promise<void>
  /** An address that somebody handed on, or typed wrongly: nobody comes to a page like this otherwise. */
  readonly open: (address: string) => Promise<void>
  /** Keeps a picture of this state of the page, and complains of what in it keeps somebody out. */
  readonly picture: (name: string) => Promise<void>
  /** What the page complained about; a test that expects nothing expects this to be empty. */
  readonly complaints: string[]
  /** Forgets the complaints that are like this, because they were expected. */
  readonly forgive: (expected: RegExp) => void
  /** Becomes somebody of the demonstration, through the picker of the local build. */
  readonly become: (name: string) => Promise<void>
  /** Points at a place on the map that lies over the page, so far from its middle; then it can be taken. */
  readonly pointAtMap: (eastPixels?: number, southPixels?: number) => Promise<void>
  /** Hands a file to whatever chooses pictures inside the named part. */
  readonly addPhoto: (name: string, file: string) => Promise<void>
  /** The same without a network: the picture waits. */
  readonly addPhotoOffline: (name: string, file: string) => Promise<void>
  readonly close: () => Promise<void>
}

const phoneScreen = { viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true } as const

/** A phone of 375×812 in somebody's hands. */
export const pickUpPhone = (browser: Browser, url: string): Promise<Phone> =>
  openScreen(browser, url, phoneScreen)

/** A window of 1440×900 on somebody's desk. */
export const openWindow = (browser: Browser, url: string): Promise<Phone> =>
  openScreen(browser, url, { viewport: { width: 1440, height: 900 } })

const openScreen = async (
  browser: Browser,
  url: string,
  screen: Parameters<Browser['newContext']>[0],
): Promise<Phone> => {
  const context = await browser.newContext({
    ...screen,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))

  const choosePhoto = async (name: string, file: string): Promise<Locator> => {
    const chooser = page.waitForEvent('filechooser')
    const picker = part(name).first()
    const cells = picker.locator('.photo-grid__cell')
    const before = await cells.count()
    await picker.locator('.photo-picker__add').click()
    await (await chooser).setFiles(file)
    await cells.nth(before).waitFor()
    return picker
  }

  const part = (name: string): Locator => page.locator(`[data-test="${name}"]:visible`)
  await page.goto(url)
  return {
    page,
    context,
    part,
    tap: async (name) => {
      // What was found on a page that is just being left is never visible again: it is looked for anew.
      for (let waitedMs = 0; ; waitedMs += glanceMs) {
        try {
          return await part(name).first().click({ timeout: glanceMs })
        } catch (error) {
          if (!(error instanceof errors.TimeoutError) || waitedMs >= patienceMs) throw error
        }
      }
    },
    see: async (text) => {
      await page.getByText(text).locator('visible=true').first().waitFor()
    },
    home: async () => {
      // Pages that were open before must not be taken for those that come.
      await page.goto('about:blank')
      await page.goto(url)
      await part('open-report').first().waitFor()
    },
    tapTab: async (label) => {
      await page.locator('.weui-tabbar__item:visible').filter({ hasText: label }).click()
      const tab = tabs.find(({ text }) => text === label)
      if (!tab) throw new Error(`there is no tab ${label}`)
      // The page before stays on the screen until its own is ready, and both may offer the same.
      const own = `[id^="/${routes[tab.name]}"]`
      await page.locator(`.taro_page${own}:visible`).waitFor()
      await page.locator(`.taro_page:not(${own}):visible`).first().waitFor({ state: 'hidden' })
    },
    drawOut: async (wanted) => {
      const more = page.locator('.list-end--more:visible').first()
      for (let turn = 0; turn < 600 && !(await wanted.first().isVisible()); turn += 1) {
        if (await more.isVisible()) await more.click({ timeout: 1000 }).catch(() => undefined)
        await page.waitForTimeout(300)
      }
      await wanted.first().waitFor()
    },
    goBack: () => page.locator('.page-frame__back:visible').first().click(),
    open: async (address) => {
      await page.goto(`${url}/#/${address}`)
    },
    picture: async (name) => {
      await page.evaluate(() => document.fonts.ready)
      const shoot = () => page.screenshot({ animations: 'disabled' })
      await keepPicture(name, await whenStill(() => shootFinished(page, shoot)))
      complaints.push(...(await accessFaults(page, name)))
    },
    become: async (name) => {
      await page.locator('.persona-switch:visible').first().click()
      const row = page.locator('.persona-switch__row:visible').filter({ hasText: name }).first()
      // The page begins anew as somebody else; what is said before that is still the old one's.
      await Promise.all([page.waitForEvent('load'), row.click()])
      await page
        .locator('.persona-switch__current:visible')
        .filter({ hasText: name.replace(/（.*?）/, '') })
        .first()
        .waitFor()
    },
    pointAtMap: async (eastPixels = 0, southPixels = 0) => {
      const map = page.locator('.place-picker .leaflet-container:visible').first()
      await map.locator('.leaflet-interactive, path').first().waitFor({ state: 'attached' })
      const box = await map.boundingBox()
      if (!box) throw new Error('the map has no size')
      await map.click({ position: { x: box.width / 2 + eastPixels, y: box.height / 2 + southPixels } })
      await page.locator('[data-test="pick-place"]:visible .big-button:not(.big-button--off)').waitFor()
    },
    addPhoto: async (name, file) => {
      const picker = await choosePhoto(name, file)
      await picker.locator('.photo-picker__veil').waitFor({ state: 'detached' })
    },
    addPhotoOffline: async (name, file) => {
      const picker = await choosePhoto(name, file)
      await picker.getByText('有网自动传').first().waitFor()
    },
    complaints,
    forgive: (expected) => {
      complaints.push(...complaints.splice(0).filter((one) => !expected.test(one)))
    },
    close: () => context.close(),
  }
}
