import { chanceOf } from './chance'
import { type History, ownCommandPrefix, playHistory, type Question, replay } from './history'
import { accountOf } from './people'
import { knownIn, observers, type Reading, readEverything } from './reading'
import { openMemoryWorld, type WorldOptions } from './world'

export interface Difference {
  readonly seed: number
  readonly question: Question
  readonly person: string | null
  readonly action: string
  readonly input: unknown
  readonly one: unknown
  readonly other: unknown
}

export interface Swapped {
  readonly question: Question
  readonly readings: number
  readonly steps: number
  /** What has happened to its reports. */
  readonly kinds: readonly string[]
  readonly differences: readonly Difference[]
}

const asHidden = (account: string) => (person: string) => accountOf(person === 'hidden' ? account : person)

/**
 * In the second world the other one of `p` and `q` takes the hidden part. What a secret makes of a person is as random as
 * the secret, so the second world’s digests are named as in the first: then answers must be equal to the letter, order and
 * cursors included. What `p` and `q` do under their own names is left as it is.
 */
const renamed =
  (ownReports: ReadonlySet<string>): NonNullable<WorldOptions['keyed']> =>
  (keyed) =>
  (text) => {
    const isOwn = text.includes(ownCommandPrefix) || [...ownReports].some((id) => text.includes(id))
    return keyed(isOwn ? text : text.replaceAll(accountOf('q'), accountOf('p')))
  }

/** So many of a hundred observers read everything at each of the times at which a history is looked at. */
const observedInHundred = 20

/** Who may read of complaints: everybody else must not be able to tell that there is one. */
const knowComplaints = ['clerk', 'banner-clerk', 'chair', 'leader', 'counter', 'region-clerk']

/** Plays one random history twice and compares what everybody can read. */
export const playTwice = async (seed: number, length: number): Promise<Swapped> => {
  const chance = chanceOf(seed)
  const question: Question = chance.of(['swap', 'swap', 'swap', 'member', 'complaint'])
  const ownReports = new Set<string>()
  const one = await openMemoryWorld({ accountFor: asHidden('p') })
  const other = await openMemoryWorld(
    question === 'complaint'
      ? { accountFor: asHidden('p') }
      : { accountFor: asHidden('q'), keyed: renamed(ownReports) },
  )
  let complaintIds: readonly string[] = []
  const isAppointedIn = async (world: typeof one): Promise<boolean> =>
    ((await world.collections()).memberships ?? []).some(({ _id }) =>
      _id.startsWith('seat-second-clerk-150221100001-'),
    )

  const readAll = async (world: typeof one, seedOfReading: number): Promise<readonly Reading[]> => {
    // What an instance still keeps of an earlier reading hangs on when it was last renewed.
    world.renew()
    const known = await knownIn(world)
    if (world === one) {
      complaintIds = ((await world.collections()).reports ?? [])
        .filter((report) => report.categoryId === 'about-branch')
        .map(({ _id }) => _id)
    }
    const ids = {
      reportIds: known.reportIds.filter((id) => question !== 'complaint' || !complaintIds.includes(id)),
      entryIds: known.entryIds,
    }
    const isAppointed = await isAppointedIn(world)
    const readings: Reading[] = []
    const asking = chanceOf(seedOfReading)
    for (const [place, person] of observers.entries()) {
      if (!asking.inHundred(observedInHundred)) continue
      if (question === 'complaint') {
        if (person !== null && knowComplaints.includes(person)) continue
        if (person === 'second-clerk' && !isAppointed) continue
        // The one who complained knows of it.
        if (person?.endsWith('neighbour')) continue
      }
      readings.push(...(await readEverything(world, person, ids, chanceOf(seedOfReading + place))))
    }
    return readings
  }

  const readingsOfOne: (readonly Reading[])[] = []
  const history: History = await playHistory(one, chance, question, length, async (seedOfReading) => {
    readingsOfOne.push(await readAll(one, seedOfReading))
  })
  for (const id of history.ownReportIds) ownReports.add(id)
  const differences: Difference[] = []
  let readings = 0
  let turn = 0
  await replay(
    other,
    history,
    (call) => (question === 'complaint' ? call.isAboutComplaint : call.isSilence),
    async (seedOfReading) => {
      const first = readingsOfOne[turn] ?? []
      const second = await readAll(other, seedOfReading)
      turn += 1
      readings += first.length
      for (let at = 0; at < Math.max(first.length, second.length); at += 1) {
        const [a, b] = [first[at], second[at]]
        if (JSON.stringify(a) === JSON.stringify(b)) continue
        differences.push({
          seed,
          question,
          person: (a ?? b)?.person ?? null,
          action: (a ?? b)?.action ?? '',
          input: (a ?? b)?.input,
          one: a?.answer,
          other: b?.answer,
        })
        if (differences.length > 20) return
      }
    },
  )
  const kinds = ((await one.collections()).reports ?? []).flatMap((report) =>
    (report.timeline as readonly { readonly kind: string }[]).map((event) => event.kind),
  )
  return { question, readings, steps: history.happenings.length, kinds: [...new Set(kinds)], differences }
}
