import { createHash, createHmac } from 'node:crypto'
import { dayMs, hourMs } from '../../../cloudfunctions/ground/instant'
import { photoOf, spots } from './people'
import { openMemoryWorld, type World } from './world'

/** Where an account stands because that is what the collection is for. */
const namesAccounts = new Set(['participants', 'memberships', 'invitations', 'inbox_messages', 'inbox_marks'])

/** Two thousand neighbours, and the two who did report. */
const candidates = 2_002
const people = ['p', 'q'] as const
const accountsToTry = (): readonly string[] => [
  ...people.map((person) => `custom:${person}`),
  ...Array.from({ length: candidates - people.length }, (_, no) => `custom:resident-${no}`),
]

interface Told {
  readonly reportIds: Readonly<Record<string, readonly string[]>>
  readonly world: World
}

/** Two reports of one person and two of two others, all of one kind, with everything on them that a resident can do. */
const playFour = async (): Promise<Told> => {
  const world = await openMemoryWorld()
  const reportIds: Record<string, string[]> = {}
  let count = 0
  const call = async (person: string, action: string, input: object): Promise<unknown> => {
    const answer = await world.send(person, action, input)
    if (!answer.ok) throw new Error(`${person} ${action}: ${answer.error.code} ${answer.error.message}`)
    world.step(61_000)
    return answer.value
  }
  const uuid = (): string => {
    count += 1
    return `${String(count).padStart(8, '0')}-0000-4000-8000-${'0'.repeat(12)}`
  }
  const take = async (person: string, action: string, reportId: string, input: object): Promise<void> => {
    const { rev } = (await call(person, 'report.get', { reportId })) as { readonly rev: number }
    await call(person, action, { commandId: uuid(), reportId, rev, ...input })
  }
  for (const person of ['p', 'q', 'p', 'neighbour']) {
    const { reportId } = (await call(person, 'report.submit', {
      commandId: uuid(),
      categoryId: 'lane-repair',
      text: '巷子里都是泥',
      // One picture in both reports of one person.
      photos: [photoOf(person, 0)],
      place: { point: spots.lane, words: '' },
      phone: '13800138000',
    })) as { readonly reportId: string }
    reportIds[person] = [...(reportIds[person] ?? []), reportId]
    await call('third-neighbour', 'report.support', { commandId: uuid(), reportId })
    await take('secretary', 'report.accept', reportId, {})
    await take(person, 'report.add', reportId, { words: '还在那里', photos: [photoOf(person, 1)] })
    await take('secretary', 'report.revealPhone', reportId, {})
    await take('secretary', 'report.ask', reportId, { words: '在哪一段' })
    await take(person, 'report.answer', reportId, { words: '东头', photos: [] })
    await take('secretary', 'report.resolve', reportId, {
      note: '垫平了',
      before: [],
      after: [photoOf('secretary', count % 8)],
      remedy: 'temporary',
    })
    await take(person, 'report.rate', reportId, {
      contacted: true,
      solved: 'no',
      satisfaction: 'dissatisfied',
      remark: '没垫平',
    })
  }
  world.step(2 * dayMs + hourMs)
  await world.tick()
  return { reportIds, world }
}

/** Every text and number in a value. */
const leavesOf = (value: unknown, into: Set<string> = new Set()): Set<string> => {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(value)) leavesOf(part, into)
  else if (typeof value === 'string' || typeof value === 'number') into.add(String(value))
  return into
}

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const spelt = (hex: string): string =>
  Array.from(
    { length: 16 },
    (_, at) => letters[Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) % letters.length],
  ).join('')

/** What somebody without the secret could make of an account and what stands beside it. */
const digestsOf = (account: string, beside: readonly string[]): readonly string[] => {
  const bare = account.replace(/^custom:/, '')
  const texts = [account, bare].flatMap((who) => [
    who,
    ...beside.flatMap((other) => [
      `${who}|${other}`,
      `${other}|${who}`,
      `${other}:${who}`,
      `${who}:${other}`,
      `${other}${who}`,
      `participant|${other}|${who}`,
      `actor|${other}|${who}`,
      `photo-owner|${other}|${who}`,
      `report|${who}|${other}`,
    ]),
    `recipient|account:${who}`,
    `limit|${who}`,
  ])
  return texts.flatMap((text) => [
    createHash('sha256').update(text).digest('hex'),
    createHash('md5').update(text).digest('hex'),
    createHash('sha1').update(text).digest('hex'),
    createHmac('sha256', '').update(text).digest('hex'),
  ])
}

/**
 * A dump of the database without the secret: how many of its values lead to an account, and how many tie two reports of
 * one person together.
 */
export const searchDump = async () => {
  const { world, reportIds } = await playFour()
  const collections = await world.collections()
  const kept = Object.entries(collections).filter(([name]) => !namesAccounts.has(name))
  const texts = new Set(kept.flatMap(([, documents]) => [...leavesOf(documents)]))
  const whole = [...texts].join('\n')
  /** Shorter pieces of a digest agree by chance among so many. */
  const beginnings = new Set(
    [...texts]
      .flatMap((text) => text.split(/[^0-9A-Za-z]+/))
      .flatMap((part) => [part.slice(0, 12), part.slice(1, 13)]),
  )
  const beside = [...new Set(kept.flatMap(([, documents]) => documents.map(({ _id }) => _id)))].filter(
    (id) => /^r[2-9A-Z]{19}$/.test(id) || /^photo-of-[pq]-[01]$/.test(id),
  )
  let named = 0
  const accounts = accountsToTry()
  for (const account of accounts) {
    if (whole.includes(account)) named += 1
    for (const digest of digestsOf(account, beside))
      if (beginnings.has(digest.slice(0, 12)) || beginnings.has(spelt(digest).slice(0, 12))) named += 1
  }

  /** Everything that stands about one report, wherever. */
  const about = (reportId: string): Set<string> => {
    const report = collections.reports?.find(({ _id }) => _id === reportId)
    const ids = leavesOf(report)
    const rest = kept.flatMap(([name, documents]) =>
      name === 'reports'
        ? []
        : documents.filter(({ _id, ...fields }) =>
            ids.has(_id) && name === 'photos' ? true : JSON.stringify([_id, fields]).includes(reportId),
          ),
    )
    return leavesOf([report, rest])
  }
  const [first = '', second = ''] = reportIds.p ?? []
  const others = [...(reportIds.q ?? []), ...(reportIds.neighbour ?? [])].map(about)
  const [one, two] = [about(first), about(second)]
  const linked = [...one].filter((value) => two.has(value) && !others.some((other) => other.has(value)))
  await world.close()
  return { accounts: accounts.length, named, linked }
}
