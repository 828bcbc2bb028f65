import { randomUUID } from 'node:crypto'
import type tcb from '@cloudbase/node-sdk'
import type { StaffRole, Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import { ownerOf } from '../../cloudfunctions/contexts/photo/shared/own-photos'
import type { Report } from '../../cloudfunctions/contexts/report/rules/report'
import type { Action, Answer, CommandAction, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { movePoint } from '../../cloudfunctions/ground/geometry'
import { keyedWith } from '../../cloudfunctions/platform/cloudbase/environment'
import type { AnsweredQuery, Cloud, DatabaseConfig, Identity } from '../../local/cloudbase'
import { isAboutSlowness } from './about-slowness'
import {
  aMembership,
  banner,
  branch,
  housingBureau,
  mondayAt,
  otherBranch,
  partnership,
  township,
} from './builders'
import { patienceMs, startOwnCloud } from './own-cloud'
import { letTimePass } from './time'
import { aCell, aPhotoReady, inTheLane, toDocument, townUnits } from './town'

/** Of the functions under test; nobody else's. */
export const testSecret = '5ec2e7'.repeat(11).slice(0, 64)

/** Who works where; everybody else is a resident. */
const duties: Readonly<Record<string, readonly [Unit, StaffRole]>> = {
  secretary: [branch, 'secretary'],
  'grid-worker': [branch, 'grid-worker'],
  'other-secretary': [otherBranch, 'secretary'],
  handler: [housingBureau, 'partner-staff'],
  'township-staff': [township, 'clerk'],
  'banner-staff': [banner, 'clerk'],
  'banner-chair': [banner, 'chair'],
}

export const onTheBorder = movePoint(inTheLane, 495, 0)
export const inEastStreet = movePoint(inTheLane, 1000, 0)
/** In the region, far from every cell. */
export const inTheSteppe = movePoint(inTheLane, 8000, 0)
export const inBeijing = { lng: 116.39, lat: 39.91 }

const seed = async (app: ReturnType<typeof tcb.init>): Promise<void> => {
  const people = [
    'resident',
    'neighbour',
    'second-neighbour',
    'secretary',
    'grid-worker',
    'handler',
    'township-staff',
  ]
  const collections: Readonly<Record<string, readonly { readonly _id: string }[]>> = {
    units: townUnits.map(toDocument),
    partnerships: [toDocument(partnership)],
    memberships: Object.entries(duties).map(([person, [unit, role]]) =>
      toDocument({ ...aMembership(unit, role), id: person, accountId: `custom:${person}` }),
    ),
    grid_cells: [aCell(branch, 0), aCell(otherBranch, 1000)],
    photos: people.map((person) => {
      const id = `photo-of-${person}`
      return aPhotoReady(
        id,
        ownerOf(keyedWith(Buffer.from(testSecret, 'hex')), id, `custom:${person}`),
        person,
      )
    }),
  }
  for (const [name, documents] of Object.entries(collections)) {
    await app.database().collection(name).add(documents)
  }
  for (const person of people) {
    for (const cloudPath of [`photos/${person}/full.jpg`, `photos/${person}/thumb.jpg`]) {
      await app.uploadFile({ cloudPath, fileContent: Buffer.from('a picture') as never })
    }
  }
}

type Stepping = Exclude<
  CommandAction,
  | 'report.submit'
  | 'report.support'
  | 'report.takeUp'
  | 'redFace.declareNew'
  | `${'unit' | 'unitList' | 'job'}.${string}`
>
/** What a step says besides which report, which revision and which command it is. */
type StepInput<A extends Stepping> = Omit<InputOf<A>, 'commandId' | 'reportId' | 'rev'>

interface Caller {
  /** As clients call; anything may be sent. */
  readonly send: (action: string, input: unknown) => Promise<Answer>
  /** Answers the value; a refusal fails the test. */
  readonly get: <A extends Action>(action: A, input: InputOf<A>) => Promise<OutputOf<A>>
  /** Answers the code of the refusal; anything else fails the test. */
  readonly refused: (action: string, input: unknown) => Promise<string>
  /** Submits a report about the lane, or as told. */
  readonly submit: (overrides?: Partial<InputOf<'report.submit'>>) => Promise<OutputOf<'report.submit'>>
  /** Takes a step on a report as it stands now. */
  readonly step: <A extends Stepping>(
    action: A,
    reportId: string,
    input: StepInput<A>,
  ) => Promise<OutputOf<A>>
}

/** The product's functions, bundled as deployed, in a CloudBase on this machine, at ten o'clock on a Monday. */
export interface TestCloud {
  readonly cloud: Cloud
  /** Where its data lies. */
  readonly folder: string
  /** The server SDK's app, as the functions have it. */
  readonly app: ReturnType<typeof tcb.init>
  readonly as: (person: string | null) => Caller
  readonly now: () => number
  /** Lets time go by and the timers run. */
  readonly later: (ms: number) => Promise<void>
  /** The documents of a collection whose fields are these. */
  readonly documents: <T>(collection: string, fields?: Partial<T>) => Promise<readonly T[]>
  readonly report: (id: string) => Promise<Report>
  readonly collections: DatabaseConfig['collections']
  /** Puts documents there behind the product's back: what would take hours to come about by calls. */
  readonly put: (collection: string, documents: readonly { readonly _id: string }[]) => Promise<void>
  /** Changes a document behind the product's back, as a crash half-way would have left it. */
  readonly meddle: (collection: string, id: string, fields: object) => Promise<void>
  /** What the functions complained about; a test that expects nothing expects this to be empty. */
  readonly complaints: string[]
  readonly close: () => Promise<void>
}

export const aSubmissionInput = (
  person: string,
  overrides: Partial<InputOf<'report.submit'>> = {},
): InputOf<'report.submit'> => ({
  commandId: randomUUID(),
  categoryId: 'lane-repair',
  text: '巷子里都是泥，老人出不了门',
  photos: [`photo-of-${person}`],
  place: { point: inTheLane, words: '供销社往东第二条巷子' },
  ...overrides,
})

export interface TestCloudOptions {
  /** Whether callers meet the contract's limits: else a test may do in a minute what takes people days. */
  readonly isLimited?: boolean
  /** What lies in the database at first, instead of the town of the tests. */
  readonly documents?: Readonly<Record<string, readonly { readonly _id: string }[]>>
  readonly startsAt?: number
  /** Hears of every query, the functions' and the test's own. */
  readonly onQuery?: (query: AnsweredQuery) => void
}

export const openTestCloud = async ({
  isLimited = false,
  documents: atFirst,
  startsAt = mondayAt,
  onQuery,
}: TestCloudOptions = {}): Promise<TestCloud> => {
  const { FUNCTION_ROOT } = process.env
  if (!FUNCTION_ROOT)
    throw new Error('the functions have not been bundled: run the tests through jest.config.js')
  const complaints: string[] = []
  const { cloud, folder, app, collections, close } = await startOwnCloud({
    functionRoot: FUNCTION_ROOT,
    secret: testSecret,
    patienceMs,
    ...(onQuery ? { onQuery } : {}),
    onLog: ({ level, functionName, text }) => {
      if ((level === 'error' || level === 'warn') && !isAboutSlowness(text))
        complaints.push(`${functionName}: ${text}`)
    },
  })
  const put: TestCloud['put'] = async (collection, added) => {
    for (let from = 0; from < added.length; from += 100) {
      await app
        .database()
        .collection(collection)
        .add(added.slice(from, from + 100))
    }
  }
  if (atFirst) for (const [name, added] of Object.entries(atFirst)) await put(name, added)
  else await seed(app)
  await cloud.clock.move(startsAt - cloud.clock.now())

  const documents = async <T>(collection: string, fields: Partial<T> = {}): Promise<readonly T[]> => {
    const { data } = await app.database().collection(collection).where({}).limit(1000).get()
    const wanted = Object.entries(fields)
    return (data as (T & Record<string, unknown>)[]).filter((one) =>
      wanted.every(([field, value]) => one[field] === value),
    )
  }

  const report = async (id: string): Promise<Report> => {
    const { data } = await app.database().collection('reports').where({ _id: id }).limit(1).get()
    const [found] = data as (Report & { readonly _id: string })[]
    if (!found) throw new Error(`no report ${id}`)
    return { ...found, id }
  }

  const forgetLimits = async (): Promise<void> => {
    const ids = (await documents<{ readonly _id: string }>('limits')).map(({ _id }) => _id)
    const { command } = app.database()
    await app
      .database()
      .collection('limits')
      .where({ _id: command.in(ids) })
      .remove()
  }

  const as = (person: string | null): Caller => {
    const identity: Identity =
      person === null ? { kind: 'none' } : { kind: 'custom', uid: `uid-${person}`, customUserId: person }
    const sendOnce = async (action: string, input: unknown): Promise<Answer> => {
      const { value } = await cloud.invoke(
        action === 'photo.admit' ? 'photos' : action === 'job.nudge' ? 'papers' : 'api',
        { action, input },
        identity,
      )
      return value as Answer
    }
    const send = async (action: string, input: unknown): Promise<Answer> => {
      const answer = await sendOnce(action, input)
      if (isLimited || answer.ok || answer.error.code !== 'too-many') return answer
      await forgetLimits()
      cloud.reloadFunctions()
      return sendOnce(action, input)
    }
    const get = async <A extends Action>(action: A, input: InputOf<A>): Promise<OutputOf<A>> => {
      const answer = (await send(action, input)) as Answer<A>
      if (!answer.ok) throw new Error(`${person} ${action}: ${answer.error.code} ${answer.error.message}`)
      return answer.value
    }
    return {
      send,
      get,
      refused: async (action, input) => {
        const answer = await send(action, input)
        if (answer.ok) throw new Error(`${person} ${action} was not refused`)
        return answer.error.code
      },
      submit: (overrides) => get('report.submit', aSubmissionInput(person ?? '', overrides)),
      step: async (action, reportId, input) => {
        const seen = await send('report.get', { reportId } as never)
        const { rev } = seen.ok ? (seen.value as { rev: number }) : await report(reportId)
        return get(action, { commandId: randomUUID(), reportId, rev, ...input } as never)
      },
    }
  }

  return {
    cloud,
    folder,
    app,
    as,
    now: cloud.clock.now,
    later: (ms) => letTimePass(cloud, ms),
    documents,
    report,
    collections,
    put,
    meddle: async (collection, id, fields) => {
      await app.database().collection(collection).where({ _id: id }).update(fields)
    },
    complaints,
    close,
  }
}
