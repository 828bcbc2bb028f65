import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import places from './chromium-places.json'
import type { Host } from './server'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How long it may take to start: longer than on any machine that works at all. */
const patienceMs = 180_000

export interface Headless {
  readonly page: Page
  readonly close: () => Promise<void>
}

export interface Screen {
  readonly width: number
  readonly height: number
  /** Pixels of the screen to a CSS pixel. */
  readonly scale?: number
}

/**
 * Starts a Chromium that nobody sees. CHROMIUM_PATH names one that is elsewhere. The headless shell comes first: it draws
 * no toolbar, which is a third of the work.
 */
export const launchChromium = (): Promise<Browser> => {
  const executablePath = [process.env.CHROMIUM_PATH ?? '', ...places].find((file) => file && existsSync(file))
  if (!executablePath) throw new Error('no Chromium: install it, or name it in CHROMIUM_PATH')
  return chromium.launch({ executablePath, args: flags, timeout: patienceMs })
}

/** A phone without anything on it. */
export const newPhone = (
  browser: Browser,
  { width, height, scale = 2 }: Screen = { width: 375, height: 812 },
): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    isMobile: true,
    deviceScaleFactor: scale,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  })

/** Opens a mini-program as a phone would. `address` may hold another first page: `/?page=pages/a%3Fid=1`. */
export const openHeadless = async (
  browser: Browser,
  host: Host,
  screen?: Screen,
  address = '/',
): Promise<Headless> => {
  const context = await newPhone(browser, screen)
  const page = await context.newPage()
  host.provideCapture(() => page.screenshot({ animations: 'disabled' }))
  await page.goto(`${host.url}${address}`)
  return { page, close: () => context.close() }
}
