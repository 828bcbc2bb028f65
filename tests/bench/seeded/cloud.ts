import { rmSync } from 'node:fs'
import path from 'node:path'
import type tcb from '@cloudbase/node-sdk'
import { build } from 'esbuild'
import Database from 'libsql'
import type { Action, Answer, InputOf, OutputOf } from '../../../cloudfunctions/contract/contract'
import { bundleFunctions } from '../../../config/bundle-functions'
import type { AnsweredQuery, Identity, WrittenDocuments } from '../../../local/cloudbase'
import { startOwnCloud } from '../../support/own-cloud'
import { seededNow, seededSecret } from './played'
import { seededPhotoPath } from './seed'

/** Nothing is cut off while a benchmark counts or a machine is busy. */
const patienceMs = 600_000

/** Builds the functions, and beside them the one that does by hand what they do. */
export const bundleWithByHand = async (folder: string): Promise<void> => {
  await bundleFunctions(folder)
  // With the whole SDK: what it loads is not measured.
  await build({
    entryPoints: [path.join(__dirname, 'by-hand.ts')],
    outfile: path.join(folder, 'by-hand/index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    logLevel: 'warning',
  })
}

/**
 * Holds the database as it is: what is written while this is open lies in the log beside it and never gets into the
 * file. Removes what an earlier run has left in the log.
 */
export const holdDatabase = (folder: string): void => {
  for (const end of ['-wal', '-shm']) rmSync(path.join(folder, `database.sqlite${end}`), { force: true })
  const held = new Database(path.join(folder, 'database.sqlite'))
  held.exec('begin')
  held.prepare('select count(*) from meta').get()
  holding.push(held)
}
/** Open as long as the process: closing the last connection would write the log into the file. */
const holding: unknown[] = []

export interface SeededCloud {
  readonly url: string
  /** What an account shows to the HTTP API. */
  readonly tokenOf: (accountId: string) => string
  readonly app: ReturnType<typeof tcb.init>
  /** As clients call; anything may be sent. */
  readonly send: (accountId: string | null, action: string, input: unknown) => Promise<Answer>
  /** Answers the value; a refusal is thrown. */
  readonly get: <A extends Action>(
    accountId: string | null,
    action: A,
    input: InputOf<A>,
  ) => Promise<OutputOf<A>>
  /** What is done by hand instead (by-hand.ts). */
  readonly byHand: (accountId: string, event: object) => Promise<unknown>
  /** Time goes by, and nothing else. */
  readonly later: (ms: number) => void
  /** Forgets how often anybody has called. */
  readonly forgetLimits: () => Promise<void>
  /** What the functions complained about. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

const prefix = 'custom:'
const identityOf = (accountId: string | null): Identity => {
  if (accountId === null) return { kind: 'none' }
  const person = accountId.slice(prefix.length)
  return { kind: 'custom', uid: `uid-${person}`, customUserId: person }
}

/** The product's functions over a seeded database, at its own present. */
export const openSeededCloud = async (options: {
  readonly folder: string
  readonly functionRoot: string
  readonly onQuery?: (query: AnsweredQuery) => void
  readonly onWrite?: (written: WrittenDocuments) => void
}): Promise<SeededCloud> => {
  const { folder, functionRoot, onQuery, onWrite } = options
  const complaints: string[] = []
  const { cloud, app, close } = await startOwnCloud({
    folder,
    functionRoot,
    secret: seededSecret,
    patienceMs,
    moreFunctions: ['by-hand'],
    ...(onQuery ? { onQuery, isCostCounted: true } : {}),
    ...(onWrite ? { onWrite } : {}),
    onLog: ({ level, functionName, text }) => {
      if (level === 'error') complaints.push(`${functionName}: ${text}`)
    },
  })
  cloud.clock.step(seededNow - cloud.clock.now())
  await app.uploadFile({ cloudPath: seededPhotoPath, fileContent: Buffer.from('a picture') as never })

  const send: SeededCloud['send'] = async (accountId, action, input) => {
    const name = action === 'photo.admit' ? 'photos' : action === 'job.nudge' ? 'papers' : 'api'
    const { value, error } = (await cloud.invoke(name, { action, input }, identityOf(accountId))) as {
      readonly value?: Answer
      readonly error?: unknown
    }
    if (!value) throw new Error(`${action}: ${JSON.stringify(error)}`)
    return value
  }
  return {
    url: cloud.url,
    tokenOf: (accountId) => cloud.accessTokenOf({ customUserId: accountId.slice(prefix.length) }),
    app,
    send,
    get: async <A extends Action>(accountId: string | null, action: A, input: InputOf<A>) => {
      const answer = (await send(accountId, action, input)) as Answer<A>
      if (!answer.ok) throw new Error(`${accountId} ${action}: ${answer.error.code} ${answer.error.message}`)
      return answer.value
    },
    byHand: async (accountId, event) =>
      (await cloud.invoke('by-hand', event, identityOf(accountId))).value as unknown,
    later: cloud.clock.step,
    forgetLimits: async () => {
      const { command } = app.database()
      await app
        .database()
        .collection('limits')
        .where({ _id: command.gt('') })
        .remove()
    },
    complaints,
    close,
  }
}
