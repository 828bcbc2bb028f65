import path from 'node:path'
import { readOptions } from '../../config/command-line'
import { faultNames } from '../browser/bad-network'
import { networkFaultsIn, networkTable, playNetworkStory } from '../browser/network-story'
import { launchBrowser } from '../browser/phone'
import { startProduct } from '../browser/product'
import { closeOpened } from '../support/opened'
import { ownFolder } from '../support/own-folder'

readOptions(
  `usage: npm run check:network
plays the main story while every request is answered late or never, fails, is refused, cut or without a network;
prints what each page says after ten seconds as a table, and fails when a page does not say whose fault it is and what
to do, when something typed was lost, or when something was carried out twice; the last line is the report`,
  {},
)

const check = async (): Promise<void> => {
  const folder = await ownFolder('network')
  const product = await startProduct(path.join(folder, 'cloud'))
  const story = await playNetworkStory(await launchBrowser(), product, {
    hear: ({ request, fault }) => console.error(`${request}: ${faultNames[fault]}`),
  })
  console.info(networkTable(story.rows))
  const faults = networkFaultsIn(story)
  for (const fault of faults) console.error(fault)
  if (faults.length > 0) process.exitCode = 1
  console.info(
    JSON.stringify({
      requests: story.requests.length,
      rows: story.rows.length,
      sent: story.meant.length,
      faults: faults.length,
    }),
  )
}

check()
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
  .finally(closeOpened)
