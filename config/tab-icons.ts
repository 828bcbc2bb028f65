import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { tabs } from '../client/routes'

const theme = path.join(__dirname, '../client/theme')
const tints = { '': '#5c6067', '-selected': '#9c2b23' }
const sidePixels = 81

/** Draws the tab bar's pictures (WeChat takes PNG only) from the icons of the theme. */
const draw = async () => {
  await mkdir(path.join(theme, 'tab-icons'), { recursive: true })
  for (const tab of tabs) {
    const svg = await readFile(path.join(theme, 'icons', `${tab.icon}.svg`), 'utf8')
    for (const [suffix, colour] of Object.entries(tints)) {
      const tinted = svg
        .replaceAll('#000', colour)
        .replace('width="24" height="24"', 'width="81" height="81"')
      await sharp(Buffer.from(tinted))
        .resize(sidePixels, sidePixels)
        .png({ compressionLevel: 9, palette: true })
        .toFile(path.join(theme, 'tab-icons', `${tab.icon}${suffix}.png`))
    }
  }
}

void draw()
