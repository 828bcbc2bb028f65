import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import automator from 'miniprogram-automator'
import type { Browser, Page as BrowserPage } from 'playwright-core'
import { type Problem, sayProblem } from '../../../local/miniprogram/failure'
import { launchChromium, openHeadless } from '../../../local/miniprogram/headless'
import { type Host, type HostOptions, startHost } from '../../../local/miniprogram/server'
import { opened } from '../../support/opened'

export type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

/** A browser on a machine that is busy with other tests takes its time. */
const patienceMs = 180_000

/** An element as the automator has it, of whatever kind. */
export interface Element {
  readonly id: string
  readonly tagName: string
  readonly $: (selector: string) => Promise<Element>
  readonly $$: (selector: string) => Promise<Element[]>
  readonly text: () => Promise<string>
  readonly attribute: (name: string) => Promise<string>
  readonly property: (name: string) => Promise<unknown>
  readonly style: (name: string) => Promise<string>
  readonly size: () => Promise<{ width: number; height: number }>
  readonly offset: () => Promise<{ left: number; top: number }>
  readonly value: () => Promise<unknown>
  readonly wxml: () => Promise<string>
  readonly tap: () => Promise<void>
  readonly longpress: () => Promise<void>
  readonly touchend: () => Promise<void>
  readonly trigger: (name: string, detail?: object) => Promise<void>
  readonly input: (text: string) => Promise<void>
  readonly slideTo: (value: number) => Promise<void>
  readonly swipeTo: (index: number) => Promise<void>
  readonly scrollTo: (x: number, y: number) => Promise<void>
  readonly callMethod: (name: string, ...args: unknown[]) => Promise<unknown>
  readonly data: (path?: string) => Promise<unknown>
}

export interface Page {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly $: (selector: string) => Promise<Element>
  readonly $$: (selector: string) => Promise<Element[]>
  readonly waitFor: (what: number | string | (() => Promise<boolean>)) => Promise<void>
  readonly data: (path?: string) => Promise<unknown>
  readonly setData: (values: object) => Promise<void>
  readonly callMethod: (name: string, ...args: unknown[]) => Promise<unknown>
  readonly scrollTop: () => Promise<number>
  readonly size: () => Promise<{ width: number; height: number }>
}

/** Files by path. A value that is no text is written as JSON. */
export type Files = Readonly<Record<string, unknown>>

export interface Running {
  readonly mini: MiniProgram
  readonly host: Host
  /** The browser around it: for what the automator's protocol does not reach, like WeChat's own dialogs. */
  readonly browserPage: BrowserPage
  readonly page: () => Promise<Page>
  readonly element: (selector: string) => Promise<Element>
  /** What `log` in the program was called with since the last time, in order. */
  readonly logged: () => Promise<readonly unknown[]>
  /** Waits until at least `count` calls of `log` are there, and answers them. */
  readonly hears: (count: number) => Promise<readonly unknown[]>
  /** Asks the page for what only this host can do: `Host.showApp`, `Host.setDevice`. */
  readonly ask: (method: string, params: object) => Promise<unknown>
  /** What was found wrong since the last time. A test that expects nothing wrong need not ask. */
  readonly problems: () => readonly Problem[]
  readonly close: () => Promise<void>
}

export const writeFiles = async (folder: string, files: Files): Promise<void> => {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
}

/** Tries again until nothing is thrown; after very many times with what was thrown last. */
export const eventually = async <T>(work: () => Promise<T> | T): Promise<T> => {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      if (tries === 2000) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

let browser: Promise<Browser> | undefined
const launchOnce = (): Promise<Browser> => {
  browser ??= launchChromium().then((launched) => {
    opened(() => launched.close())
    return launched
  })
  return browser
}
const open = new Set<Running>()

/** Ends what tests have left open; a test file calls it in afterAll. */
export const closeChromium = async (): Promise<void> => {
  await (await browser)?.close()
  browser = undefined
}

/** Fails with what was found wrong and nobody asked for; a test file calls it in afterEach. */
export const closeMiniPrograms = async (): Promise<void> => {
  const wrong = [...open].flatMap((one) => one.problems().map(sayProblem))
  for (const one of [...open]) await one.close()
  if (wrong.length > 0) throw new Error(`the mini-program complained:\n${wrong.join('\n')}`)
}

/** A page with this template and script, besides what `files` holds. */
const withDefaults = (files: Files): Files => {
  const pages = Object.keys(files)
    .filter((file) => /^pages\/.*\.wxml$/.test(file))
    .map((file) => file.replace(/\.wxml$/, ''))
  const defaults: Record<string, unknown> = {
    'app.json': { pages: pages.length > 0 ? pages : ['pages/a'] },
    'app.js': 'App({})',
  }
  for (const page of pages) defaults[`${page}.js`] = 'Page({})'
  for (const [file, content] of Object.entries(files))
    if ((content as { component?: boolean }).component) defaults[file.replace(/json$/, 'wxml')] = ''
  return { ...defaults, ...files }
}

/**
 * Starts a mini-program of these files in Chromium and connects the automator. The global `log(…)` of the program is
 * heard by `logged`.
 */
export const aMiniProgram = async (
  files: Files,
  { address, ...options }: Partial<HostOptions> & { readonly address?: string } = {},
): Promise<Running> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mini-'))
  const whole = withDefaults(files)
  const scripts = Object.fromEntries(
    Object.entries(whole).map(([name, content]) => [
      name,
      name.endsWith('.js')
        ? `const log = (...given) => { wx.logged = [...(wx.logged || []), given.length > 1 ? given : given[0]] }\n${String(content)}`
        : content,
    ]),
  )
  await writeFiles(folder, scripts)
  let host: Host
  try {
    host = await startHost({ folder, answerMs: patienceMs, ...options })
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  const closeHost = opened(async () => {
    await host.close()
    await rm(folder, { recursive: true, force: true })
  })
  const headless = await openHeadless(await launchOnce(), host, undefined, address)
  const mini = await automator.connect({ wsEndpoint: host.wsEndpoint })
  const page = async (): Promise<Page> => {
    const found = await mini.currentPage()
    if (!found) throw new Error('no page is open')
    return found as unknown as Page
  }
  // A text, so that no compiler touches what runs where `wx` is.
  const logged = async (): Promise<readonly unknown[]> =>
    (await mini.evaluate(
      'function () { const said = wx.logged || []; wx.logged = []; return said }' as never,
    )) as readonly unknown[]
  const running: Running = {
    mini,
    host,
    browserPage: headless.page,
    page,
    element: async (selector) => {
      const found = await (await page()).$(selector)
      if (!found) throw new Error(`no element ${selector}`)
      return found
    },
    logged,
    hears: async (count) => {
      const said: unknown[] = []
      await eventually(async () => {
        said.push(...(await logged()))
        if (said.length < count) throw new Error(`only ${said.length} of ${count}: ${JSON.stringify(said)}`)
      })
      return said
    },
    ask: (method, params) =>
      (mini as unknown as { send: (method: string, params: object) => Promise<unknown> }).send(
        method,
        params,
      ),
    problems: () => host.takeProblems(),
    close: async () => {
      open.delete(running)
      mini.disconnect()
      await headless.close()
      await closeHost()
    },
  }
  open.add(running)
  return running
}
