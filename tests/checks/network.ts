import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readOptions } from '../../config/command-line'
import { networkTable, playNetworkStory } from '../browser/network-story'
import { launchBrowser } from '../browser/phone'
import { startProduct } from '../browser/product'
import { closeOpened, opened } from '../support/opened'

readOptions(
  `usage: npm run check:network
plays the main story while every request is answered late, fails, is refused, cut or without a network;
prints what each page says after ten seconds as a table, and fails when something typed was lost or sent twice`,
  {},
)

const check = async (): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'network-'))
  opened(() => rm(folder, { recursive: true, force: true }))
  const product = await startProduct(path.join(folder, 'cloud'))
  const { rows, reportCount } = await playNetworkStory(await launchBrowser(), product.url)
  console.info(networkTable(rows))
  if (reportCount !== 1 || rows.some(({ isKept }) => !isKept)) process.exitCode = 1
}

check()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(closeOpened)
