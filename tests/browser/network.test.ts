import path from 'node:path'
import { ownFolder } from '../support/own-folder'
import { networkFaultsIn, playNetworkStory } from './network-story'
import { launchBrowser } from './phone'
import { startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

test('late, hung, failing, refused, cut and offline: the form, its sending and the list say which it is and what to do, and a report is made once', async () => {
  const folder = await ownFolder('network')
  const product = await startProduct(path.join(folder, 'cloud'))
  const story = await playNetworkStory(await launchBrowser(), product, { isShort: true })
  expect(story.requests).toEqual(['report form', 'report.submit', 'redFace.list'])
  expect(networkFaultsIn(story)).toEqual([])
})
