import path from 'node:path'
import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { ownFolder } from '../support/own-folder'
import { launchBrowser } from './phone'
import { type RunningProduct, signInAs, startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

const resident = 'resident-1'

/** `window.cloudbase`, as a page that loads the whole SDK has it. */
const bundleSdk = async (): Promise<string> => {
  const { outputFiles } = await build({
    stdin: {
      contents: "import cloudbase from '@cloudbase/js-sdk'; window.cloudbase = cloudbase",
      resolveDir: __dirname,
    },
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

/** What of the SDK is used here. */
interface Sdk {
  readonly init: (options: object) => {
    readonly registerEndPoint: (url: string, protocol: string) => void
    readonly registerEndPointWithKey: (endPoint: object) => void
    readonly auth: (options: object) => {
      readonly getLoginState: () => Promise<object | null>
      readonly getCurrentUser: () => Promise<{ readonly uid?: string } | null>
      readonly signInWithCustomTicket: (ticket: () => Promise<string>) => Promise<unknown>
    }
    readonly callFunction: (call: object) => Promise<{
      readonly result?: { readonly value?: { readonly homeUnit?: { readonly id: string } } }
    }>
  }
}

/** Runs in the page. */
const withSdk = async ({ ticket }: { ticket: string | undefined }) => {
  const { cloudbase } = window as unknown as { cloudbase: Sdk }
  const app = cloudbase.init({ env: 'local', region: 'ap-shanghai' })
  app.registerEndPoint(`//${location.host}/web`, 'http')
  app.registerEndPointWithKey({ key: 'GATEWAY', url: `//${location.host}/v1`, protocol: 'http' })
  const auth = app.auth({ persistence: 'local' })
  if (ticket !== undefined) await auth.signInWithCustomTicket(async () => ticket)
  const { result } = await app.callFunction({ name: 'api', data: { action: 'me.get', input: {} } })
  return {
    isSignedIn: (await auth.getLoginState()) !== null,
    uid: (await auth.getCurrentUser())?.uid,
    homeUnitId: result?.value?.homeUnit?.id,
  }
}

/** Somebody's browser: what it asks of the sign-in, and what its pages complain about. */
interface Visitor {
  readonly context: BrowserContext
  readonly open: () => Promise<Page>
  /**
   * Changes what the browser keeps of the sign-in while none of these windows shows the product, and returns to it: a
   * call still under way would renew the sign-in by itself, and its answer would be lost with the page.
   */
  readonly comeBackWith: (changes: object, ...pages: readonly Page[]) => Promise<void>
  readonly seeOwnReport: (page: Page) => Promise<void>
  /** The verbs of the sign-in asked for since the last time. */
  readonly signIns: () => readonly string[]
  readonly complaints: () => readonly string[]
}

describe('the sign-in of a browser', () => {
  let product: RunningProduct
  let browser: Browser
  let sdk = ''
  let homeUnitId = ''

  beforeAll(async () => {
    const folder = await ownFolder('session')
    ;[sdk, product, browser] = await Promise.all([
      bundleSdk(),
      startProduct(path.join(folder, 'cloud')),
      launchBrowser(),
    ])
    const ask = await signInAs(product.url, resident)
    const me = await ask<{ value: { homeUnit: { id: string } } }>('me.get', {})
    homeUnitId = me.value.homeUnit.id
  })

  const ticketOf = async (customUserId: string): Promise<string> => {
    const answer = await fetch(`${product.url}/local/ticket`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ customUserId }),
    })
    return ((await answer.json()) as { ticket: string }).ticket
  }

  const visit = async (persona?: string): Promise<Visitor> => {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'zh-CN' })
    context.setDefaultTimeout(180_000)
    const signIns: string[] = []
    const complaints: string[] = []
    context.on('request', (request) => {
      const verb = /\/auth\/v1\/([\w/]+)/.exec(request.url())?.[1]
      if (verb && request.method() === 'POST') signIns.push(verb)
    })
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(String(error.error())))
    if (persona)
      await context.addInitScript((id) => {
        // Before its first address a window is at one that may keep nothing.
        if (location.protocol === 'about:') return
        localStorage.setItem('persona', JSON.stringify({ data: { id, name: id, role: '', hint: '' } }))
      }, persona)
    return {
      context,
      open: async () => {
        const page = await context.newPage()
        await page.goto(product.url)
        return page
      },
      comeBackWith: async (changes, ...pages) => {
        for (const page of pages) await page.goto(`${product.url}/demo/personas.json`)
        await pages[0]?.evaluate((given) => {
          const kept = JSON.parse(localStorage.getItem('credentials_local') ?? '{}')
          localStorage.setItem('credentials_local', JSON.stringify({ ...kept, ...given }))
        }, changes)
        signIns.length = 0
        // That page has no icon of its own.
        complaints.length = 0
        await Promise.all(pages.map((page) => page.goto(product.url)))
      },
      seeOwnReport: (page) => page.locator('[data-test="latest-report"]:visible').waitFor(),
      signIns: () => signIns.splice(0),
      complaints: () => complaints.splice(0),
    }
  }

  const keptIn = (page: Page): Promise<Record<string, string>> =>
    page.evaluate(() => JSON.parse(localStorage.getItem('credentials_local') ?? '{}'))

  test('made by the page, it is the SDK’s too: a page that loads it asks for no other', async () => {
    const { open, seeOwnReport, signIns, complaints } = await visit(resident)
    const page = await open()
    await seeOwnReport(page)
    expect(signIns()).toEqual(['signin/custom'])
    await page.addScriptTag({ content: sdk })
    const seen = await page.evaluate(withSdk, { ticket: undefined })
    expect(seen).toEqual({ isSignedIn: true, uid: (await keptIn(page)).sub, homeUnitId })
    expect(signIns().filter((verb) => verb.startsWith('signin'))).toEqual([])
    expect(complaints()).toEqual([])
  })

  test('made by the SDK, it is the page’s: who signed in through it before stays who they are', async () => {
    const { context, open, seeOwnReport, signIns, complaints } = await visit()
    const before = await context.newPage()
    await before.goto(`${product.url}/demo/personas.json`)
    await before.addScriptTag({ content: sdk })
    await before.evaluate(withSdk, { ticket: await ticketOf(resident) })
    signIns()
    // That page has no icon of its own.
    complaints()
    await seeOwnReport(await open())
    expect(signIns()).toEqual([])
    expect(complaints()).toEqual([])
  })

  test('expired, it is refreshed once, however many calls a page begins with', async () => {
    const { open, comeBackWith, seeOwnReport, signIns, complaints } = await visit(resident)
    const page = await open()
    await seeOwnReport(page)
    const before = await keptIn(page)
    await comeBackWith({ expires_at: new Date(0).toISOString() }, page)
    await seeOwnReport(page)
    expect(signIns()).toEqual(['token'])
    const after = await keptIn(page)
    expect(after).toMatchObject({ sub: before.sub })
    expect(after.access_token).not.toBe(before.access_token)
    expect(complaints()).toEqual([])
  })

  test('no longer known to the cloud, it is made anew once, and nobody sees it', async () => {
    const { open, comeBackWith, seeOwnReport, signIns, complaints } = await visit(resident)
    const page = await open()
    await seeOwnReport(page)
    await comeBackWith({ access_token: 'forgotten', refresh_token: 'forgotten' }, page)
    await seeOwnReport(page)
    expect(signIns()).toEqual(['token', 'signin/custom'])
    // The browser itself says that it was refused.
    expect(complaints().filter((one) => !/status of 40[01]/.test(one))).toEqual([])
  })

  test('in two windows at once it is one: both find it expired, and both go on', async () => {
    const { open, comeBackWith, seeOwnReport, signIns, complaints } = await visit(resident)
    const pages = [await open(), await open()]
    for (const page of pages) await seeOwnReport(page)
    await comeBackWith({ expires_at: new Date(0).toISOString() }, ...pages)
    for (const page of pages) await seeOwnReport(page)
    signIns()
    await Promise.all(pages.map((page) => page.reload()))
    for (const page of pages) await seeOwnReport(page)
    expect(signIns()).toEqual([])
    expect(complaints().filter((one) => !/status of 400/.test(one))).toEqual([])
  })

  test('without a name it belongs to the device: lost, it is the same account again', async () => {
    const { open, signIns } = await visit()
    const page = await open()
    await page.getByText('先选您的社区').waitFor()
    const { sub } = await keptIn(page)
    await page.evaluate(() => localStorage.removeItem('credentials_local'))
    await page.reload()
    await page.getByText('先选您的社区').waitFor()
    expect(signIns()).toEqual(['signin/anonymously', 'signin/anonymously'])
    expect((await keptIn(page)).sub).toBe(sub)
  })

  test('in a browser that keeps nothing it lasts as long as the page, as what was chosen there does', async () => {
    const { context, open, signIns, complaints } = await visit()
    await context.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        configurable: true,
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        },
      })
    })
    const page = await open()
    await page.locator('[data-test="choose-home"]:visible').click()
    for (const name of ['包头市', '萨拉齐镇', '后炭市社区'])
      await page.locator('.community-sheet__row').filter({ hasText: name }).click()
    await page.locator('.matter-row:visible').first().click()
    await page.locator('.status-head:visible').waitFor()
    expect(signIns()).toEqual(['signin/anonymously'])
    expect(complaints()).toEqual([])
  })

  test('an address that people kept from before still leads to its matter, and to the form', async () => {
    const { open, complaints } = await visit()
    const page = await open()
    await page.goto(`${product.url}/#/pages/detail?reportId=nobody%3A1`)
    await page.waitForURL(/#\/pages\/matter\/detail\?reportId=nobody%3A1/)
    await page.goto(`${product.url}/?again#/pages/report`)
    await page.waitForURL(/#\/pages\/matter\/report/)
    expect(complaints()).toEqual([])
  })
})
