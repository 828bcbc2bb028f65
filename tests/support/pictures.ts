import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Screenshots become part of the documentation when RENEW_SCREENSHOTS is set. */
const isForDocuments = Boolean(process.env.RENEW_SCREENSHOTS)
const folder = path.join(__dirname, '../..', isForDocuments ? 'docs/screenshots' : 'dist/screenshots')

interface Unfinished {
  /** Skeletons, and pictures that have not come. */
  readonly waiting: readonly string[]
  /** Addresses of pictures that will not come. */
  readonly failed: readonly string[]
}

/** What on the screen is not what it is to become. Runs in the page. */
const lookForUnfinished = (): Unfinished => {
  const isOnScreen = (one: Element): boolean => {
    let { top, right, bottom, left } = one.getBoundingClientRect()
    if (right - left <= 0 || bottom - top <= 0) return false
    const cut = (by: { top: number; right: number; bottom: number; left: number }) => {
      top = Math.max(top, by.top)
      right = Math.min(right, by.right)
      bottom = Math.min(bottom, by.bottom)
      left = Math.max(left, by.left)
    }
    cut({ top: 0, right: innerWidth, bottom: innerHeight, left: 0 })
    // What is scrolled out of its box is not loaded before it is scrolled in.
    for (let box = one.parentElement; box; box = box.parentElement)
      if (getComputedStyle(box).overflow !== 'visible') cut(box.getBoundingClientRect())
    return right > left && bottom > top
  }
  const pictures = [...document.images].filter(isOnScreen)
  // One without an address counts as complete for the browser: its address is on the way.
  const isComing = (one: HTMLImageElement): boolean => !one.complete || one.currentSrc === ''
  const skeletons = [...document.querySelectorAll('.skeleton')].filter(isOnScreen)
  return {
    waiting: [...skeletons, ...pictures.filter(isComing)].map((one) => one.outerHTML.slice(0, 200)),
    failed: pictures.filter((one) => !isComing(one) && one.naturalWidth === 0).map((one) => one.currentSrc),
  }
}

/**
 * Takes a picture of a page on which everything has come: waits for skeletons and pictures, and refuses what shows a
 * picture that failed.
 */
export const shootFinished = async (page: Page, shoot: () => Promise<Buffer>): Promise<Buffer> => {
  for (;;) {
    await page.waitForFunction(`(${lookForUnfinished})().waiting.length === 0`).catch(async () => {
      const { waiting } = await page.evaluate(lookForUnfinished)
      throw new Error(`still not there: ${waiting.join(', ')}`)
    })
    const taken = await shoot()
    const { waiting, failed } = await page.evaluate(lookForUnfinished)
    if (failed.length > 0) throw new Error(`a picture has not loaded: ${failed.join(', ')}`)
    if (waiting.length === 0) return taken
  }
}

const pauseMs = 300
/** Something may move for ever: then the last picture has to do. */
const mostTries = 100

/** Takes pictures until one is like the one before: what was still being drawn or loaded has come. */
export const whenStill = async (shoot: () => Promise<Buffer>): Promise<Buffer> => {
  let last = await shoot()
  for (let tries = 0; tries < mostTries; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
    const next = await shoot()
    if (next.equals(last)) return next
    last = next
  }
  return last
}

/** Keeps a screenshot; one for documents in as many colours as one can tell apart. */
export const keepPicture = async (name: string, png: Buffer): Promise<void> => {
  const file = path.join(folder, `${name}.png`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, isForDocuments ? await sharp(png).png({ palette: true, dither: 0 }).toBuffer() : png)
}
