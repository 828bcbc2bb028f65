import { readFileSync } from 'node:fs'
import path from 'node:path'

const played = [
  'browser/story.test.ts',
  'browser/steps.test.ts',
  'browser/rows.test.ts',
  'weapp/story.test.ts',
  'weapp/rows.test.ts',
  'support/looks.ts',
  'support/rows.ts',
]

/** What a story opens by an address, as it stands there. */
const addressesIn = (file: string): readonly string[] => {
  const source = readFileSync(path.join(__dirname, '..', file), 'utf8')
  return [...source.matchAll(/\b(?:open|goto|reLaunch)\((`[^`]+`|'[^']+'|routes[.\w]+)/g)].map(
    ([, address = '']) => `${file}: ${address.replaceAll(/[`']/g, '').replaceAll(/\$\{.*?\}/g, '*')}`,
  )
}

test('the stories come to every page by tapping from home, but for what people do get by address', () => {
  expect(played.flatMap(addressesIn).sort()).toEqual(
    [
      // Nothing is shown while the clock is moved.
      'browser/story.test.ts: about:blank',
      'browser/steps.test.ts: about:blank',
      // Somebody guesses or hands on what is not public yet, what is gone, or what is a colleague's.
      'browser/story.test.ts: pages/public/red-face-entry?entryId=*',
      'weapp/story.test.ts: pages/public/red-face-entry?entryId=*',
      'support/looks.ts: *?entryId=none:1:none',
      'support/looks.ts: *?reportId=none',
      'support/looks.ts: routes.queue',
      // Nobody can tap what is not there.
      'support/looks.ts: routes.unknown',
    ].sort(),
  )
})
