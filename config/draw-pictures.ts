import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { tabs } from '../client/routes'

const theme = path.join(__dirname, '../client/theme')
const accent = '#9c2b23'
const tabSidePixels = 81

const pin = `<svg xmlns="http://www.w3.org/2000/svg" width="108" height="108" viewBox="0 0 36 36">
<path d="M18 35C18 35 30 23.5 30 14.5A12 12 0 0 0 6 14.5C6 23.5 18 35 18 35Z" fill="${accent}" stroke="#fff" stroke-width="2"/>
<circle cx="18" cy="14.5" r="4.6" fill="#fff"/></svg>`

const dot = `<svg xmlns="http://www.w3.org/2000/svg" width="42" height="42" viewBox="0 0 14 14">
<circle cx="7" cy="7" r="5.6" fill="#285a87" stroke="#fff" stroke-width="1.6"/></svg>`

const draw = async (name: string, svg: string, sidePixels: number) => {
  await mkdir(path.join(theme, 'pictures'), { recursive: true })
  await sharp(Buffer.from(svg), { density: 288 })
    .resize(sidePixels, sidePixels)
    .png({ compressionLevel: 9, palette: true, colours: 16 })
    .toFile(path.join(theme, 'pictures', `${name}.png`))
}

/** Draws what WeChat takes as PNG only: the tab bar's pictures and the map's markers. */
const drawPictures = async () => {
  for (const tab of tabs) {
    const svg = await readFile(path.join(theme, 'icons', `${tab.icon}.svg`), 'utf8')
    await draw(tab.icon, svg.replaceAll('#000', '#565b63'), tabSidePixels)
    await draw(`${tab.icon}-selected`, svg.replaceAll('#000', accent), tabSidePixels)
  }
  await draw('pin', pin, 108)
  await draw('dot', dot, 42)
}

void drawPictures()
