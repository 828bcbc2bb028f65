import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

/** Screenshots become part of the documentation when RENEW_SCREENSHOTS is set. */
const folder = path.join(
  __dirname,
  '../..',
  process.env.RENEW_SCREENSHOTS ? 'docs/screenshots' : 'dist/screenshots',
)

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
