import { spawnSync } from 'node:child_process'
import { createHash, createHmac, randomUUID } from 'node:crypto'
import path from 'node:path'
import { platformVariables } from '../../local/cloudbase'
import { openTestCloud, type TestCloud, testSecret } from '../support/cloud'

jest.setTimeout(180_000)

let town: TestCloud
beforeAll(async () => {
  town = await openTestCloud()
})
afterAll(() => town.close())
afterEach(() => expect(town.complaints).toEqual([]))

type Digest = (text: string) => string

/** Everybody who might have taken part, and many who did not: account ids can be listed. */
const candidates = [
  ...['resident', 'neighbour', 'second-neighbour', 'secretary', 'handler', 'township-staff'].map(
    (name) => `custom:${name}`,
  ),
  ...Array.from({ length: 50 }, (_, no) => `wx:o-${no}`),
]

/** Every text anywhere in these documents, names of fields included. */
const textsIn = (value: unknown, found = new Set<string>()): ReadonlySet<string> => {
  if (typeof value === 'string') found.add(value)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      found.add(name)
      textsIn(part, found)
    }
  }
  return found
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const spell = (hex: string): string =>
  [...Buffer.from(hex, 'hex')].map((byte) => alphabet[byte % alphabet.length]).join('')

/**
 * Who has read the source and holds the collection `reports`: account ids that its texts give away. Texts of a few
 * letters meet some digest by chance; that a pseudonym is the beginning of a longer key is shown apart.
 */
const named = (reports: readonly unknown[], digest: Digest): readonly string[] => {
  const texts = [...textsIn(reports)]
  const ids = texts.filter((text) => /^r[2-9A-Z]{19}$/.test(text))
  const commandIds = texts.filter((text) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(text))
  const opaque = texts.filter((text) => /^[0-9a-f]{16,64}$|^r?[2-9A-Z]{8,64}$/.test(text))
  return candidates.filter((account) => {
    const guesses = [
      account,
      `actor|${account}`,
      ...ids.flatMap((id) => [`participant|${id}|${account}`, `actor|${id}|${account}`, `${id}|${account}`]),
      ...commandIds.flatMap((commandId) => [
        `report|${account}|${commandId}`,
        ...ids.map((reportId) => {
          const text = JSON.stringify([account, 'report.support', { commandId, reportId }])
          return `command|${text}`
        }),
        ...ids.map((reportId) => JSON.stringify([account, 'report.support', { commandId, reportId }])),
      ]),
    ]
    return guesses.some((guess) => {
      const hex = digest(guess)
      return opaque.some(
        (text) => hex.startsWith(text) || `r${spell(hex)}`.startsWith(text) || spell(hex).startsWith(text),
      )
    })
  })
}

describe('People’s safety: whoever holds the collection of reports', () => {
  let reports: readonly (Record<string, unknown> & { readonly _id: string })[] = []
  beforeAll(async () => {
    for (let count = 0; count < 2; count += 1) {
      const { reportId } = await town.as('resident').submit({ phone: '13800000001' })
      await town.as('neighbour').get('report.support', { commandId: randomUUID(), reportId })
      await town.as('secretary').step('report.accept', reportId, {})
      await town.as('secretary').step('report.revealPhone', reportId, {})
      await town.as('secretary').step('report.contact', reportId, { channel: 'phone', note: '' })
      await town
        .as('secretary')
        .step('report.dispatch', reportId, { toUnitId: '150221-housing', note: '请垫平' })
      await town.as('handler').step('report.claimFixed', reportId, {
        note: '垫平了',
        after: ['photo-of-handler'],
        remedy: 'lasting',
      })
    }
    reports = await town.documents('reports')
    expect(reports).toHaveLength(2)
  })

  const unkeyed: readonly (readonly [string, Digest])[] = [
    ...['sha256', 'sha1', 'md5', 'sha512'].map(
      (name) => [name, (text: string) => createHash(name).update(text).digest('hex')] as const,
    ),
    ...['', 'redface', 'REDFACE_SECRET', '{{env.REDFACE_SECRET}}'].map(
      (key) =>
        [
          `HMAC under “${key}”`,
          (text: string) => createHmac('sha256', key).update(text).digest('hex'),
        ] as const,
    ),
  ]

  test.each(unkeyed)('cannot find one of its people by trying account ids with %s', (_, digest) => {
    expect(named(reports, digest)).toEqual([])
  })

  test('a pseudonym is the beginning of a key, and says nothing besides', () => {
    for (const { pseudonym, reporterKey } of reports)
      expect(String(reporterKey).startsWith(String(pseudonym))).toBe(true)
  })

  test('could find them with the secret, which is why it lies elsewhere', async () => {
    const keyed: Digest = (text) =>
      createHmac('sha256', Buffer.from(testSecret, 'hex')).update(text).digest('hex')
    expect(named(reports, keyed)).toEqual(
      expect.arrayContaining(['custom:resident', 'custom:neighbour', 'custom:handler']),
    )
    for (const { CollectionName } of town.collections) {
      expect(JSON.stringify(await town.documents(CollectionName))).not.toContain(testSecret)
    }
  })

  test('cannot tell that two reports are of the same person', () => {
    const [one, other] = reports.map(
      (report) =>
        new Set([...textsIn(report)].filter((text) => /^(?:r?[2-9A-Z]{4,64}|[0-9a-f-]{16,64})$/.test(text))),
    )
    expect(one?.size).toBeGreaterThan(8)
    expect([...(one ?? [])].filter((text) => other?.has(text))).toEqual([])
  })
})

test.each(['api', 'photos', 'papers', 'clock'])(
  '%s refuses to start without the secret, naming it',
  (name) => {
    const file = JSON.stringify(path.join(process.env.FUNCTION_ROOT ?? '', name, 'index.js'))
    const program = `try { require(${file}) } catch (error) { process.stdout.write(error.message) }`
    const { stdout } = spawnSync(process.execPath, ['-e', program], {
      env: { PATH: process.env.PATH, ...platformVariables('local') },
      encoding: 'utf8',
    })
    expect(stdout).toContain('REDFACE_SECRET is missing')
  },
)
