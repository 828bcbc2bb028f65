import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

/** Screenshots become part of the documentation when RENEW_SCREENSHOTS is set. */
const folder = path.join(
  __dirname,
  '../..',
  process.env.RENEW_SCREENSHOTS ? 'docs/screenshots' : 'dist/screenshots',
)

/** Keeps a screenshot, in as many colours as one can tell apart. */
export const keepPicture = async (name: string, png: Buffer): Promise<void> => {
  const file = path.join(folder, `${name}.png`)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, await sharp(png).png({ palette: true, dither: 0 }).toBuffer())
}
