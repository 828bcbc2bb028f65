import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { opened } from '../support/opened'
import { networkFaultsIn, playNetworkStory } from './network-story'
import { launchBrowser } from './phone'
import { startProduct } from './product'

// A whole story takes minutes: the limit ends what hangs, not what is slow.
jest.setTimeout(1_800_000)

test('late, hung, failing, refused, cut and offline: the form, its sending and the list say which it is and what to do, and a report is made once', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'network-'))
  opened(() => rm(folder, { recursive: true, force: true }))
  const product = await startProduct(path.join(folder, 'cloud'))
  const story = await playNetworkStory(await launchBrowser(), product, { isShort: true })
  expect(story.requests).toEqual(['report form', 'report.submit', 'redFace.list'])
  expect(networkFaultsIn(story)).toEqual([])
})
