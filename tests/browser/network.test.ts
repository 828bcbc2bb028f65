import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { opened } from '../support/opened'
import { faultNames, type NetworkFault, networkFaults } from './bad-network'
import { type NetworkRow, type NetworkStory, playNetworkStory } from './network-story'
import { launchBrowser } from './phone'
import { startProduct } from './product'

// A whole story: what ends it is only what would never end.
jest.setTimeout(1_800_000)

/** Each has words that the others never have. */
const words: Readonly<Record<NetworkFault, RegExp>> = {
  silent: /服务还没有回应.*再试一次/,
  failing: /服务出了故障/,
  refused: /连不上服务/,
  cut: /连不上服务/,
  offline: /没有网/,
}

describe('every request of the story on a bad network', () => {
  let browser: Browser
  let story: NetworkStory

  beforeAll(async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'network-'))
    opened(() => rm(folder, { recursive: true, force: true }))
    const product = await startProduct(path.join(folder, 'cloud'))
    browser = await launchBrowser()
    story = await playNetworkStory(browser, product.url)
  })

  const rowsOf = (fault: NetworkFault): readonly NetworkRow[] =>
    story.rows.filter((row) => row.fault === fault)

  test.each(networkFaults.map((fault) => [faultNames[fault], fault] as const))(
    '%s: after ten seconds the page says so in words of its own',
    (_name, fault) => {
      const others = Object.values(words).filter((one) => one.source !== words[fault].source)
      for (const { request, says } of rowsOf(fault)) {
        expect({ request, says }).toEqual({ request, says: expect.stringMatching(words[fault]) })
        for (const other of others)
          expect({ request, says }).not.toEqual({ request, says: expect.stringMatching(other) })
      }
      expect(rowsOf(fault)).toHaveLength(story.requests.length)
    },
  )

  test('nothing that was typed is lost', () => {
    expect(story.rows.filter(({ isKept }) => !isKept)).toEqual([])
  })

  test('however often it was sent, each intention is carried out once', () => {
    expect(story.reportCount).toBe(1)
    expect(story.steps).toMatchObject({
      submitted: 1,
      accepted: 1,
      dispatched: 1,
      'fix-claimed': 1,
      resolved: 1,
      rated: 1,
    })
  })
})
