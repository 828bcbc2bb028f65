import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type tcb from '@cloudbase/node-sdk'
import type { Plugin } from 'esbuild'
import { legalDaysOff } from '../../../cloudfunctions/contexts/calendar/rules/legal-days-off'
import { cellKeysOf } from '../../../cloudfunctions/contexts/grid/rules/grid-cell'
import { ownerOf } from '../../../cloudfunctions/contexts/photo/shared/own-photos'
import { actorIdOf, participantKey } from '../../../cloudfunctions/contexts/report/rules/participant-key'
import type { Report } from '../../../cloudfunctions/contexts/report/rules/report'
import { participantId } from '../../../cloudfunctions/contexts/report/store'
import type { Answer } from '../../../cloudfunctions/contract/contract'
import { movePoint, type Position } from '../../../cloudfunctions/ground/geometry'
import { hourMs } from '../../../cloudfunctions/ground/instant'
import { keyedWith } from '../../../cloudfunctions/platform/cloudbase/environment'
import { bundleFunctions } from '../../../config/bundle-functions'
import { patienceMs, startOwnCloud } from '../../support/own-cloud'
import { runClockToItsEnd } from '../../support/time'
import { standingClock } from '../standing-clock'
import { units } from './cast'
import { compressedBook, startAt, tickMs, workedWeekends } from './compressed-law'
import { honestReplies } from './honest'
import { inWords, redo, type Step } from './moves'
import type { Scene } from './scenes'
import { type Act, beginning, inA, pass, type World } from './world'

/** What is told to the functions at one tick, in order. */
type Told = Exclude<Step, { readonly kind: 'wait' }>

interface Script {
  readonly told: readonly { readonly tick: number; readonly step: Told }[]
  readonly end: World
}

/** A path with what honest people do on the way spelled out, and how the model ends. */
const scriptOf = (scene: Scene, steps: readonly Step[]): Script => {
  const told: { tick: number; step: Told }[] = []
  let world = beginning(scene.seats)
  for (const step of steps) {
    if (step.kind !== 'wait') {
      told.push({ tick: world.tick, step })
      const after = redo(world, step)
      if (typeof after === 'string') throw new Error(`${scene.name}: ${inWords(step)}: ${after}`)
      world = after
      continue
    }
    for (let count = 0; count < step.ticks; count += 1) {
      const replied = honestReplies(world, step)
      for (const done of replied.acts)
        told.push({ tick: world.tick, step: { kind: 'act', act: done, form: '' } })
      world = pass(replied.world)
    }
  }
  return { told, end: world }
}

const secret = '5ec2e7'.repeat(11).slice(0, 64)
const keyed = keyedWith(Buffer.from(secret, 'hex'))

/** The region's own numbers are the model's: what a banner may set stays within them (K10). */
const compressedNumbers: Plugin = {
  name: 'compressed-numbers',
  setup: (builder) => {
    builder.onLoad({ filter: /rule-book\.ts$/ }, async ({ path: file }) => ({
      contents: `${await readFile(file, 'utf8')}\nObject.assign(defaultRuleBook, ${JSON.stringify(compressedBook)})\n`,
      loader: 'ts',
    }))
  },
}

/** The functions as deployed, but for the region's numbers and a clock that stands still within a tick. */
export const bundleForReplay = (folder: string): Promise<void> =>
  bundleFunctions(folder, { banner: { js: standingClock(hourMs / 2) }, plugins: [compressedNumbers] })

const spacingMetres = 250
const spotsInARow = 13
/** How many paths one cloud holds: each at a spot of its own. */
const mostPaths = spotsInARow * spotsInARow

const eastOf: Readonly<Record<string, number>> = { A: 0, B: 4000, Z: 8000, E: 12_000 }
const spotOf = (unitId: string, index: number) => {
  const row = Math.floor(index / spotsInARow) - (spotsInARow - 1) / 2
  const column = (index % spotsInARow) - (spotsInARow - 1) / 2
  return movePoint(inA, (eastOf[unitId] ?? 0) + column * spacingMetres, row * spacingMetres)
}

const cellOf = (unitId: 'A' | 'B' | 'Z' | 'E') => {
  const centre = movePoint(inA, eastOf[unitId] ?? 0, 0)
  const half = 1900
  const ring = (
    [
      [-half, -half],
      [half, -half],
      [half, half],
      [-half, half],
      [-half, -half],
    ] as const
  ).map(([east, north]): Position => {
    const { lng, lat } = movePoint(centre, east, north)
    return [lng, lat]
  })
  const { id, name, path: unitPath, level } = units[unitId]
  const unit = { id, name, path: unitPath, level }
  return {
    _id: `cell-${id}`,
    name: `${id}网格`,
    branchId: id,
    rings: [ring],
    isGenerated: true,
    unit,
    ...cellKeysOf({ unit, rings: [ring] }),
  }
}

const staff = new Set(['a1', 'a2', 'b1', 't1', 'n1', 'g1', 'p1', 'p2', 'x', 'e1', 't2', 'n2'])
/** Staff are the same people on every path; residents are others on each. */
const accountOf = (person: string, index: number): string =>
  staff.has(person) ? person : `path${index}-${person}`

const contractNames: Readonly<Record<string, string>> = {
  'add-to': 'report.add',
  'answer-red-face': 'redFace.answer',
  'appeal-red-face': 'redFace.appeal',
  'declare-red-face': 'redFace.declare',
}
const contractName = (action: string): string =>
  contractNames[action] ?? `report.${action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}`

/** The input by which a person says a command. */
const inputOf = (
  { command, reportId }: Act,
  index: number,
  idOf: (reportId: string) => string,
): Readonly<Record<string, unknown>> => {
  switch (command.kind) {
    case 'rate':
      return command.rating as unknown as Readonly<Record<string, unknown>>
    case 'transfer':
    case 'route':
    case 'reassign':
      return { toUnitId: command.to.id, note: command.note || '请接着办' }
    case 'dispatch':
      return {
        toUnitId: command.unit.id,
        ...(command.member
          ? { memberId: actorIdOf(keyed, `custom:${accountOf(command.member.id, index)}`, idOf(reportId)) }
          : {}),
        note: '请办',
      }
    case 'return':
      return { reason: command.reason, note: command.note }
    case 'relocate':
      return { place: { point: spotOf(command.to?.id ?? 'A', index), words: '别处' }, note: '地点不对' }
    case 'merge':
      return { parentReportId: idOf(command.parent.id) }
    case 'agree':
      return { request: command.request }
    case 'rule-on':
      return { request: command.request, isGranted: command.isGranted, note: command.note }
    case 'look':
      return { finding: command.finding, note: command.note, photos: [] }
    case 'decline':
      return { reason: command.reason, note: '不属实' }
    case 'reclassify':
      return { categoryId: command.categoryId, note: '类别不对' }
    case 'lay-evidence':
      return { note: command.note, photos: [] }
    case 'reopen':
      return { reason: command.reason, photos: [] }
    case 'recall':
    case 'rework':
    case 'send-back':
    case 'check':
    case 'resume':
    case 'declare-red-face':
      return { note: '办理' }
    case 'unmerge':
    case 'accept':
      return {}
    default: {
      const { kind: _kind, ...rest } = command
      return rest
    }
  }
}

/** What a report has come to, in ticks and names: equal for the model's and the stored one, or they differ. */
const endOf = (
  report: Report,
  nameOf: (key: string) => string,
  idOf: (reportId: string) => string,
): unknown => {
  const t = (at: number | undefined | null): number | null =>
    at === undefined || at === null ? null : Math.round(((at - startAt) / tickMs) * 24) / 24
  const { deadlines: due } = report
  return {
    status: report.status,
    answerableUnitId: report.answerableUnit.id,
    isSorting: report.isSorting,
    unitPath: report.unitPath,
    reporter: report.reporterKey === null ? null : nameOf(report.reporterKey),
    hasLeft: report.reporterLeftAt !== undefined,
    categoryId: report.categoryId,
    deadlines: [t(due.acceptDueAt), t(due.contactDueAt), t(due.resolveDueAt), t(due.startedAt)],
    dueAt: report.dueAt > startAt + 1000 * tickMs ? null : t(report.dueAt),
    contactedAt: t(report.contactedAt),
    contacts: report.contacts.map((one) => [one.channel, one.unitId, t(one.at), t(one.deniedAt)]),
    closedAt: t(report.closedAt),
    handlerUnitId: report.handlerUnitId,
    earlierStints: report.earlierStints?.map((one) => [one.unit.id, t(one.from)]) ?? [],
    stints: report.stints.map((one) => [one.unit.id, t(one.from), t(one.acceptDueAt), t(one.acceptedAt)]),
    holds: report.holds.map((one) => [t(one.from), t(one.to)]),
    resolutions: report.resolutions.map((one) => [one.unit.id, t(one.at)]),
    formerNos: report.formerNos?.map((one) => [nameOf(one.key), one.fixNo, t(one.at)]) ?? [],
    ratings: report.ratings.map((one) => [nameOf(one.key), one.solved, one.isOwn, one.unit.id, t(one.at)]),
    requests: report.requests.map((one) => [
      one.kind,
      one.rulingUnitId,
      t(one.at),
      t(one.movesUpAt),
      t(one.endsAt),
    ]),
    supporterCount: report.supporters.count,
    coReporters: report.coReporters.map((one) => [nameOf(one.key), idOf(one.fromReportId)]),
    parent: report.parentReportId === undefined ? null : idOf(report.parentReportId),
    children: report.childReportIds.map(idOf),
    redFaces: report.redFaces.map((episode) => ({
      openedAt: t(episode.openedAt),
      endedAt: t(episode.endedAt),
      consent: episode.consent ?? null,
      posting: t(episode.posting?.until),
      words: episode.words.map((one) => [nameOf(one.key), one.part, one.isGone, one.isOwn, t(one.at)]),
      causes: episode.causes.map((one) => [
        one.cause,
        one.unit.id,
        t(one.at),
        t(one.publicAt),
        t(one.publishedAt),
        t(one.struckAt),
        t(one.cameAt),
        t(one.leftAt),
        one.wasAppealed,
        one.appeal !== undefined,
      ]),
    })),
  }
}

export interface Difference {
  readonly scene: string
  readonly path: readonly string[]
  readonly what: string
}

export interface Replayed {
  readonly count: number
  readonly differences: readonly Difference[]
}

/**
 * Tells paths of one scene to the functions that `bundleForReplay` made, in a CloudBase on this machine under the same
 * calendar, and compares how each ends with the model's end.
 */
export const replay = async (
  scene: Scene,
  paths: readonly (readonly Step[])[],
  functionRoot: string,
): Promise<Replayed> => {
  if (paths.length > mostPaths) {
    const first = await replay(scene, paths.slice(0, mostPaths), functionRoot)
    const rest = await replay(scene, paths.slice(mostPaths), functionRoot)
    return { count: first.count + rest.count, differences: [...first.differences, ...rest.differences] }
  }
  const { cloud, app, close } = await startOwnCloud({ functionRoot, secret, patienceMs })
  const database = app.database()
  const stored = new Map<string, Report>()
  const revs = new Map<string, number>()
  /** How many have said 我也遇到 of a report. */
  const joined = new Map<string, number>()
  try {
    await seed(app, scene, paths.length)
    return await tell(scene, paths)
  } finally {
    await close()
  }

  async function tell(scene: Scene, paths: readonly (readonly Step[])[]): Promise<Replayed> {
    const scripts = paths.map((steps) => scriptOf(scene, steps))
    const lastTick = Math.max(...scripts.map(({ end }) => end.tick))
    const differences: Difference[] = []
    const ids = scripts.map(() => new Map<string, string>())
    const dead = new Set<number>()
    const fail = (index: number, what: string): void => {
      dead.add(index)
      differences.push({ scene: scene.name, path: (paths[index] ?? []).map(inWords), what })
    }
    const standAt = (tick: number): void => {
      cloud.clock.step(startAt + tick * tickMs - cloud.clock.now())
    }
    for (let tick = 0; tick <= lastTick; tick += 1) {
      standAt(tick)
      if (tick > 0) {
        await runClockToItsEnd(() => {
          standAt(tick)
          return cloud.runTimer('clock')
        })
      }
      await readReports()
      for (const report of stored.values()) revs.set(report.id, report.rev)
      for (const [index, { told, end }] of scripts.entries()) {
        if (dead.has(index) || end.tick < tick) continue
        for (const one of told) {
          if (one.tick !== tick || dead.has(index)) continue
          standAt(tick)
          const refused = await say(one.step, index, ids[index] ?? new Map())
          if (refused !== undefined) fail(index, `${inWords(one.step)} is refused: ${refused}`)
        }
      }
      await readReports()
      for (const [index, { end }] of scripts.entries()) {
        if (end.tick !== tick || dead.has(index)) continue
        const what = compare(end, index, ids[index] ?? new Map())
        if (what !== undefined) fail(index, what)
      }
    }
    return { count: scripts.length, differences }
  }

  async function send(person: string, action: string, input: object): Promise<Answer> {
    const identity = { kind: 'custom', uid: `uid-${person}`, customUserId: person } as const
    const once = async (): Promise<Answer> => {
      const { value } = await cloud.invoke('api', { action, input }, identity)
      return value as Answer
    }
    const answer = await once()
    if (answer.ok || answer.error.code !== 'too-many') return answer
    // The product's limits are for days of the real world: a path takes minutes.
    const { data } = await database.collection('limits').limit(1000).get()
    await database
      .collection('limits')
      .where({ _id: database.command.in((data as { _id: string }[]).map(({ _id }) => _id)) })
      .remove()
    // An instance remembers which buckets were empty.
    cloud.reloadFunctions()
    return once()
  }

  /** Every report as it stands; read whole, once after the clock and once before the ends are compared. */
  async function readReports(): Promise<void> {
    stored.clear()
    for (let skip = 0; ; skip += 500) {
      const { data } = await database.collection('reports').orderBy('_id', 'asc').skip(skip).limit(500).get()
      const rows = data as (Report & { _id: string })[]
      for (const row of rows) stored.set(row._id, { ...row, id: row._id })
      if (rows.length < 500) return
    }
  }

  async function say(step: Told, index: number, ids: Map<string, string>): Promise<string | undefined> {
    if (step.kind === 'enlist') {
      const { id: _id, accountId, ...membership } = step.seat
      const person = accountOf(accountId, index)
      await database
        .collection('memberships')
        .add({ _id: `${person}-${membership.unitId}`, accountId: `custom:${person}`, ...membership })
      return undefined
    }
    if (step.kind === 'file') {
      const { person, unitId, categoryId } = step.filing
      const place = { point: spotOf(unitId, index), words: '供销社往东第二条巷子' }
      const filed = { commandId: randomUUID(), categoryId, text: '巷子里都是泥', place }
      const answer =
        person === null
          ? await send('a1', 'redFace.declareNew', { ...filed, unitId })
          : await send(accountOf(person, index), 'report.submit', filed)
      if (!answer.ok) return `${answer.error.code} ${answer.error.message}`
      ids.set(`r${ids.size + 1}`, (answer.value as { reportId: string }).reportId)
      return undefined
    }
    const { act: done } = step
    const reportId = ids.get(done.reportId) ?? ''
    const person = accountOf(done.actor, index)
    const idOf = (id: string): string => ids.get(id) ?? id
    let input: Readonly<Record<string, unknown>> = inputOf(done, index, idOf)
    if ('photo' in input) {
      const photo = `photo-${randomUUID()}`
      input = { ...input, photo }
      await database.collection('photos').add({
        _id: photo,
        owner: ownerOf(keyed, photo, `custom:${person}`),
        usedIn: null,
        fileId: `cloud://local.local-bucket/photos/${photo}.jpg`,
        thumbFileId: `cloud://local.local-bucket/photos/${photo}.thumb.jpg`,
        width: 400,
        height: 300,
        bytes: 9,
        admittedAt: Date.parse('2099-01-01'),
      })
      await app.uploadFile({
        cloudPath: `photos/${photo}.jpg`,
        fileContent: Buffer.from('a picture') as never,
      })
      await app.uploadFile({
        cloudPath: `photos/${photo}.thumb.jpg`,
        fileContent: Buffer.from('a picture') as never,
      })
    }
    const said = {
      commandId: randomUUID(),
      reportId,
      ...(done.action === 'support'
        ? {}
        : done.action === 'take-up'
          ? { point: spotOf('A', index) }
          : { rev: revs.get(reportId) ?? 1, ...input }),
    }
    let answer = await send(person, contractName(done.action), said)
    const { rev } = (!answer.ok && answer.error.code === 'stale-rev' && answer.error.details) || {}
    // The step of another report has changed this one since.
    if (rev !== undefined) answer = await send(person, contractName(done.action), { ...said, rev })
    if (!answer.ok) return `${answer.error.code} ${answer.error.message}`
    revs.set(reportId, (answer.value as { rev: number }).rev)
    if (done.action === 'support') await joinedBehindOthers(reportId, person)
    return undefined
  }

  /** The clock stands: of two who join at one instant the one that came first is the older, as in the model. */
  async function joinedBehindOthers(reportId: string, person: string): Promise<void> {
    const place = (joined.get(reportId) ?? 0) + 1
    joined.set(reportId, place)
    const row = participantId(reportId, participantKey(keyed, `custom:${person}`, reportId))
    await database
      .collection('participants')
      .doc(row)
      .update({ joinedAt: database.command.inc(place) })
  }

  function compare(end: World, index: number, ids: Map<string, string>): string | undefined {
    const people = ['R1', 'R2', 'C', 'V', 'S1', 'S2', 'S3', 'a2']
    const modelIds = new Map([...ids].map(([model, stored]) => [stored, model]))
    for (const report of end.reports) {
      const found = stored.get(ids.get(report.id) ?? '')
      if (!found) return `${report.id} is not there`
      const names = new Map(
        people.map((person) => [
          participantKey(keyed, `custom:${accountOf(person, index)}`, found.id),
          person,
        ]),
      )
      const is = endOf(
        found,
        (key) => names.get(key) ?? key,
        (id) => modelIds.get(id) ?? id,
      ) as Record<string, unknown>
      const should = endOf(
        report,
        (key) => key,
        (id) => id,
      ) as Record<string, unknown>
      for (const [field, value] of Object.entries(should)) {
        if (JSON.stringify(value) === JSON.stringify(is[field])) continue
        return `${report.id}.${field}: model ${JSON.stringify(value)}, functions ${JSON.stringify(is[field])}`
      }
    }
    return undefined
  }
}

const seed = async (app: ReturnType<typeof tcb.init>, scene: Scene, paths: number): Promise<void> => {
  const toDocument = <T extends { readonly id: string }>({ id, ...rest }: T) => ({ _id: id, ...rest })
  const collections: Readonly<Record<string, readonly object[]>> = {
    units: Object.values(units).map((one) => ({
      ...toDocument(one),
      areaName: one.id,
      parentId: one.path[one.path.length - 2] ?? null,
    })),
    partnerships: [units.P, units.P2].map((one) => ({
      _id: one.id,
      partnerId: one.id,
      partnerName: one.name,
      unitId: 'T',
      since: 0,
    })),
    grid_cells: (['A', 'B', 'Z', 'E'] as const).map(cellOf),
    memberships: scene.seats.flatMap(({ id, accountId, ...seat }) =>
      // Who works somewhere and reports as a resident is another person on each path.
      Array.from({ length: staff.has(accountId) ? 1 : paths }, (_, index) => ({
        _id: `${id}-${index}`,
        accountId: `custom:${accountOf(accountId, index)}`,
        ...seat,
      })),
    ),
    calendar_notices: [
      {
        _id: '2026',
        year: 2026,
        source: '国办发明电〔2025〕7号',
        holidays: legalDaysOff(2026),
        makeUpDays: workedWeekends,
        announcedAt: startAt - tickMs,
      },
    ],
  }
  for (const [name, documents] of Object.entries(collections)) {
    await app.database().collection(name).add(documents)
  }
}
