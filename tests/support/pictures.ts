import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Screenshots become part of the documentation when RENEW_SCREENSHOTS is set. */
const folder = path.join(
  __dirname,
  '../..',
  process.env.RENEW_SCREENSHOTS ? 'docs/screenshots' : 'dist/screenshots',
)

interface Unfinished {
  /** Skeletons, and pictures that have not come. */
  readonly waiting: number
  /** Addresses of pictures that will not come. */
  readonly failed: readonly string[]
}

/** What on the screen is not what it is to become. Runs in the page. */
const lookForUnfinished = (): Unfinished => {
  const isOnScreen = (one: Element): boolean => {
    const { top, right, bottom, left, width, height } = one.getBoundingClientRect()
    return width > 0 && height > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth
  }
  const pictures = [...document.images].filter(isOnScreen)
  // One without an address counts as complete for the browser: its address is on the way.
  const isComing = (one: HTMLImageElement): boolean => !one.complete || one.currentSrc === ''
  const skeletons = [...document.querySelectorAll('.skeleton')].filter(isOnScreen)
  return {
    waiting: skeletons.length + pictures.filter(isComing).length,
    failed: pictures.filter((one) => !isComing(one) && one.naturalWidth === 0).map((one) => one.currentSrc),
  }
}

/**
 * Takes a picture of a page on which everything has come: waits for skeletons and pictures, and refuses what shows a
 * picture that failed.
 */
export const shootFinished = async (page: Page, shoot: () => Promise<Buffer>): Promise<Buffer> => {
  for (;;) {
    await page.waitForFunction(`(${lookForUnfinished})().waiting === 0`)
    const taken = await shoot()
    const { waiting, failed } = await page.evaluate(lookForUnfinished)
    if (failed.length > 0) throw new Error(`a picture has not loaded: ${failed.join(', ')}`)
    if (waiting === 0) return taken
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

/** Keeps a screenshot, in as many colours as one can tell apart. */
export const keepPicture = async (name: string, png: Buffer): Promise<void> => {
  const file = path.join(folder, `${name}.png`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, await sharp(png).png({ palette: true, dither: 0 }).toBuffer())
}
