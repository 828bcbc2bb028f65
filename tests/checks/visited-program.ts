import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import automator from 'miniprogram-automator'
import type { Page as BrowserPage } from 'playwright-core'
import { MiniProgramFailure, type Problem, sayProblem } from '../../local/miniprogram/failure'
import { launchChromium, openHeadless } from '../../local/miniprogram/headless'
import { readPackage } from '../../local/miniprogram/package'
import { startHost } from '../../local/miniprogram/server'
import { opened as toBeClosed } from '../support/opened'

type MiniProgram = Awaited<ReturnType<typeof automator.connect>>

export interface Visit {
  /** Of a compiled mini-program. */
  readonly folder: string
  /** How many elements of each page are tapped. */
  readonly taps: number
  /** Where a picture of each page is put; none without it. */
  readonly pictures?: string | undefined
  /** Milliseconds after which a page that does not answer is given up. */
  readonly answerMs?: number
}

export interface Visited {
  readonly pages: number
  readonly opened: number
  readonly tapped: number
  /** What was found wrong, each once. */
  readonly refused: readonly string[]
  readonly errors: readonly string[]
  readonly warnings: readonly string[]
}

const settleMs = 250

/** Answers whatever WeChat asks over a page, so that the page can be reached again. */
const closeSheets = async (browserPage: BrowserPage): Promise<void> => {
  const answer = browserPage.locator('.wx-cover button, .wx-pictures').last()
  for (let tries = 0; tries < 3 && (await answer.count()) > 0; tries += 1)
    await answer.dispatchEvent('click').catch(() => undefined)
}

const isOn = async (mini: MiniProgram, route: string): Promise<boolean> =>
  (await mini.currentPage())?.path === route

const goTo = async (mini: MiniProgram, route: string): Promise<void> => {
  await mini.callWxMethod('reLaunch', { url: `/${route}` })
}

/** Taps elements all over a page. Those that are hidden or covered cannot be tapped and do not count. */
const tapAround = async (
  mini: MiniProgram,
  browserPage: BrowserPage,
  route: string,
  most: number,
): Promise<number> => {
  const count = (await (await mini.currentPage())?.$$('*'))?.length ?? 0
  let tapped = 0
  for (let turn = 0; turn < Math.min(most, count); turn += 1) {
    if (!(await isOn(mini, route))) await goTo(mini, route)
    const elements = (await (await mini.currentPage())?.$$('*')) ?? []
    const element = elements[Math.floor((turn * elements.length) / Math.min(most, count))]
    await element?.tap().then(
      () => {
        tapped += 1
      },
      () => undefined,
    )
    await closeSheets(browserPage)
  }
  return tapped
}

const summary = (problems: readonly Problem[], kind: Problem['kind']): readonly string[] => [
  ...new Set(problems.filter((problem) => problem.kind === kind).map(sayProblem)),
]

/** Opens every page of a mini-program on the host, taps around on it and tells what was wrong. */
export const visitProgram = async ({
  folder,
  taps,
  pictures,
  answerMs = 10_000,
}: Visit): Promise<Visited> => {
  const problems: Problem[] = []
  let [opened, tapped] = [0, 0]
  const { pages } = await readPackage(folder)
  const routes = Object.keys(pages)
  const host = await startHost({ folder, answerMs })
  const closeHost = toBeClosed(host.close)
  const browser = await launchChromium()
  const closeBrowser = toBeClosed(() => browser.close())
  try {
    const { page: browserPage } = await openHeadless(browser, host)
    const mini = await automator.connect({ wsEndpoint: host.wsEndpoint })
    await mini.currentPage()
    if (pictures) await mkdir(pictures, { recursive: true })
    for (const route of routes) {
      try {
        await goTo(mini, route)
        await new Promise((resolve) => setTimeout(resolve, settleMs))
        if (pictures)
          await writeFile(
            path.join(pictures, `${route.replaceAll('/', '-')}.png`),
            Buffer.from(String(await mini.screenshot()), 'base64'),
          )
        opened += 1
        tapped += await tapAround(mini, browserPage, route, taps)
      } catch (error) {
        problems.push({ kind: 'error', code: 'PAGE_NOT_OPENED', reason: String(error), page: route })
      }
      problems.push(...host.takeProblems())
    }
    mini.disconnect()
  } catch (error) {
    if (!(error instanceof MiniProgramFailure)) throw error
    problems.push(...error.problems)
  } finally {
    await closeBrowser()
    await closeHost()
  }
  return {
    pages: routes.length,
    opened,
    tapped,
    refused: summary(problems, 'refused'),
    errors: summary(problems, 'error'),
    warnings: summary(problems, 'warning'),
  }
}
