import { cp } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Cloud } from '../../../local/cloudbase'
import personas from '../../../local/demo/public/personas.json'
import { cloudbasePort } from '../../../local/miniprogram/cloudbase-port'
import { sayProblem } from '../../../local/miniprogram/failure'
import { newPhone } from '../../../local/miniprogram/headless'
import { startHost } from '../../../local/miniprogram/server'
import { openProduct } from '../../../local/product'

const root = path.join(__dirname, '../../..')

export const builds = ['h5', 'weapp'] as const
export type Build = (typeof builds)[number]

/** Everybody of the demonstration, and somebody who is nobody there. */
export const visitor = 'visitor'
export const roles: readonly string[] = [visitor, ...personas.map(({ id }) => id)]

/** The demonstration's places, as WeChat's chooser would offer them. */
const places = [
  { name: '供销社往东第二条巷子', address: '后炭市社区', latitude: 40.5637, longitude: 110.5169 },
]

export interface OpenBuild {
  readonly page: Page
  /** Starts over on the first page. */
  readonly startOver: () => Promise<void>
  /** Lays the data anew, as they were at first; one starts over afterwards. */
  readonly restore: () => Promise<void>
  /** What was complained about since the last time this was asked. */
  readonly takeComplaints: () => readonly string[]
  readonly close: () => Promise<void>
}

let reader: Promise<string> | undefined
const bundleReader = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [path.join(__dirname, 'page-reader.ts')],
    bundle: true,
    write: false,
    format: 'iife',
  })
  return outputFiles[0]?.text ?? ''
}

/** Every page of this browser can be read from now on. */
export const readPages = async (context: BrowserContext): Promise<void> => {
  reader ??= bundleReader()
  await context.addInitScript({ content: await reader })
}

/** What a page complains about in its console, collected. */
export const hearComplaints = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}

interface Asked {
  readonly browser: Browser
  readonly build: Build
  readonly role: string
  readonly seed: string
  readonly folder: string
}

/** As long as hands take that start anew and press their way to where they were. */
const handsMs = 5000

/** One build in somebody's hands, on its own copy of the data. */
export const openBuild = async ({ browser, build: name, role, seed, folder }: Asked): Promise<OpenBuild> => {
  const who = role === visitor ? { openId: 'somebody-in-wechat' } : { customUserId: role }
  let copies = 0
  const openCopy = async (port: number): Promise<Cloud> => {
    copies += 1
    // A folder of its own: the database lets go of its files some time after it was closed.
    const copy = `${folder}-${copies}`
    await cp(seed, copy, { recursive: true })
    return openProduct({ port, folder: copy, isTimersOn: false, unindexedQueries: 'refuse' })
  }
  let product = await openCopy(0)
  let token = product.accessTokenOf(who)
  const cloudUrl = product.url
  const host =
    name === 'weapp'
      ? await startHost({
          folder: path.join(root, 'dist/weapp'),
          cloud: cloudbasePort(cloudUrl, () => token),
          places,
        })
      : undefined
  const context = await newPhone(browser, { width: 375, height: 812, scale: 1 })
  await readPages(context)
  const persona = personas.find(({ id }) => id === role)
  // The local build's own memory of who one is; the page signs in with it.
  if (!host && persona)
    await context.addInitScript(
      `if (location.protocol === 'http:')
        localStorage.setItem('persona', ${JSON.stringify(JSON.stringify({ data: persona }))})`,
    )
  const page = await context.newPage()
  const complaints = hearComplaints(page)
  const url = host?.url ?? cloudUrl
  /** The same way leads to the same place only from the same beginning: no home, no draft. */
  const leave = async (): Promise<void> => {
    await page.evaluate(() => localStorage.clear()).catch(() => undefined)
    await page.goto('about:blank')
  }
  return {
    page,
    startOver: async () => {
      // Nobody presses so fast: on a quick machine it would be told to wait (limits count by the product's clock).
      product.clock.step(handsMs)
      await leave()
      await page.goto(url)
    },
    restore: async () => {
      await leave()
      await product.close()
      product = await openCopy(Number(new URL(cloudUrl).port))
      token = product.accessTokenOf(who)
    },
    takeComplaints: () => [...complaints.splice(0), ...(host?.takeProblems() ?? []).map(sayProblem)],
    close: async () => {
      await context.close()
      await host?.close()
      await product.close()
    },
  }
}
