import { createHash } from 'node:crypto'
import { chineseCalendar } from '../../../cloudfunctions/contexts/calendar/chinese-calendar'
import { calendarRepository } from '../../../cloudfunctions/contexts/calendar/store'
import { ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import {
  reportNumberAt,
  reportNumberCount,
} from '../../../cloudfunctions/contexts/report/rules/report-number'
import { receiptReader } from '../../../cloudfunctions/contexts/report/shared/receipt-reader'
import type { Answer } from '../../../cloudfunctions/contract/contract'
import { apiRooms } from '../../../cloudfunctions/entrypoints/api/rooms'
import { runClock } from '../../../cloudfunctions/entrypoints/clock/run-clock'
import type { Ports } from '../../../cloudfunctions/entrypoints/ports'
import { cloudPorts } from '../../../cloudfunctions/entrypoints/ports'
import { serveCalls } from '../../../cloudfunctions/entrypoints/serve-calls'
import type { Cloud, Database } from '../../../cloudfunctions/platform/cloudbase/database'
import { openDatabase } from '../../../cloudfunctions/platform/cloudbase/database'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { mondayAt } from '../../support/builders'
import { type Document, openMemoryDatabase } from './memory-database'
import { accountOf, beginnings } from './people'

/** Of the worlds of this check; nobody else's. */
export const secret = 'c0f1de'.repeat(11).slice(0, 64)

/** No notice is entered in any of these worlds: whoever lets weeks go by would else make the same one each minute. */
const calendar = chineseCalendar()

/** No run is cut off here: what one leaves to the next is soon done, or waits for something else to happen. */
const mostRuns = 10

/** A town in which histories are played and people ask. */
export interface World {
  readonly send: (person: string | null, action: string, input: unknown) => Promise<Answer>
  readonly now: () => number
  /** Lets time go by; nothing runs. */
  readonly step: (ms: number) => void
  /** The clock’s function runs once, to its end. */
  readonly tick: () => Promise<void>
  readonly add: (collection: string, document: Document) => Promise<void>
  readonly collections: () => Promise<Readonly<Record<string, readonly Document[]>>>
  readonly close: () => Promise<void>
}

export interface MemoryWorld extends World {
  /** From now on another instance of the function answers, which has counted and kept nothing. */
  readonly renew: () => void
}

export interface WorldOptions {
  /** Whose account stands behind a name. */
  readonly accountFor?: (person: string) => string
  /** Stands in for the secret’s randomness: what the keyed digest of a text is. */
  readonly keyed?: (keyed: (text: string) => string) => (text: string) => string
  /** One of the units ends while a history is played. */
  readonly ending?: { readonly unitId: string; readonly endsAt: number; readonly successorId: string }
  /** Stands between the product and its repositories. */
  readonly between?: (ports: Ports) => Ports
}

const endOf = ({ endsAt, successorId }: NonNullable<WorldOptions['ending']>) => ({ endsAt, successorId })

/**
 * The functions’ own code from the envelope inwards, over the product’s repositories, in this process: the time, the
 * salts and the secret’s randomness are the caller’s.
 */
export const openMemoryWorld = async ({
  accountFor = accountOf,
  keyed: keying = (keyed) => keyed,
  ending,
  between = (ports) => ports,
}: WorldOptions = {}): Promise<MemoryWorld> => {
  process.env.REDFACE_SECRET = secret
  const memory = openMemoryDatabase()
  let at = mondayAt
  let accountId: string | null = null
  const store = openDatabase(memory.database as unknown as Database)
  const files = async (list: readonly { readonly fileID: string }[]) => ({
    fileList: list.map(({ fileID }) => ({
      fileID,
      tempFileURL: `https://files.local/${fileID.slice(fileID.lastIndexOf('photos/'))}`,
      code: 'SUCCESS',
    })),
  })
  const cloud = {
    database: () => memory.database,
    auth: () => ({
      getUserInfo: () => ({ openId: '', customUserId: accountId?.slice('custom:'.length) ?? '' }),
      getClientIP: () => '',
    }),
    getTempFileURL: ({ fileList }: { readonly fileList: readonly { readonly fileID: string }[] }) =>
      files(fileList),
    copyFile: async ({ fileList }: { readonly fileList: readonly { readonly dstPath: string }[] }) => ({
      fileList: fileList.map(({ dstPath }) => ({
        fileId: `cloud://local.local-bucket/${dstPath}`,
        code: '',
      })),
    }),
  } as unknown as Cloud
  const keyed = keying(keyedWith(Buffer.from(secret, 'hex')))
  let salts = 0
  /** Numbers by the instant: what only one of two worlds draws changes none of the others. */
  let drawn = { at: 0, count: 0 }
  const ports: Ports = between({
    ...cloudPorts(cloud),
    calendars: {
      ...calendarRepository(store, { info: () => {}, error: console.error }),
      current: async () => calendar,
    },
    limits: {
      read: async () => undefined,
      begin: async () => true,
      beginAnew: async () => true,
      take: async () => true,
      dropFull: async () => 0,
    },
    keyed,
    newNumber: async () => {
      drawn = { at, count: drawn.at === at ? drawn.count + 1 : 0 }
      const drawing = createHash('sha256').update(`draw ${at} ${drawn.count}`).digest()
      return reportNumberAt(drawing.readUInt32BE() % reportNumberCount)
    },
    newSalt: () => {
      salts += 1
      return createHash('sha256').update(`salt ${salts}`).digest('hex').slice(0, 32)
    },
  })
  for (const [name, documents] of Object.entries(
    beginnings((photoId, owner) => ownerOf(keyed, photoId, owner), accountFor),
  ))
    memory.add(
      name,
      documents.map((one) => (one._id === ending?.unitId ? { ...one, ...endOf(ending) } : one)),
    )

  const rooms = apiRooms(ports)
  let serve = serveCalls(cloud, ports, rooms, receiptReader(ports))
  const renew = (): void => {
    serve = serveCalls(cloud, ports, rooms, receiptReader(ports))
  }
  /** The functions read the machine’s clock, and nobody but this world runs meanwhile. */
  const atThisTime = async <T>(work: () => Promise<T>): Promise<T> => {
    const { now } = Date
    Date.now = () => at
    try {
      return await work()
    } finally {
      Date.now = now
    }
  }
  const catchUpTo = runClock(ports)
  return {
    send: async (person, action, input) => {
      accountId = person === null ? null : accountFor(person)
      const ask = () => atThisTime(async () => (await serve({ action, input })) as Answer)
      const answer = await ask()
      if (answer.ok || answer.error.code !== 'too-many') return answer
      // A history does in a moment what takes people weeks.
      renew()
      return ask()
    },
    renew,
    now: () => at,
    step: (ms) => {
      at += ms
    },
    tick: () =>
      atThisTime(async () => {
        for (let runs = 0; runs < mostRuns; runs += 1) {
          const { failures, isComplete } = await catchUpTo(at, () => true)
          if (failures.length > 0) throw new Error(`the clock failed: ${JSON.stringify(failures)}`)
          if (isComplete) return
        }
      }),
    add: async (collection, document) => memory.add(collection, document),
    collections: async () => Object.fromEntries(memory.names().map((name) => [name, memory.documents(name)])),
    close: async () => {},
  }
}
