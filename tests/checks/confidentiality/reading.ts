import { categoryIds } from '../../../cloudfunctions/contexts/category/rules/category'
import { chinaDateOn, dayMs } from '../../../cloudfunctions/ground/instant'
import { townUnits } from '../../support/town'
import type { Chance } from './chance'
import { residents, spots, staff } from './people'
import { someStep, steppingActions } from './steps'
import type { World } from './world'

/** Everybody who may ask, the one whose name is kept apart. */
export const observers: readonly (string | null)[] = [...staff, ...residents, 'stranger', null]

export interface Reading {
  readonly person: string | null
  readonly action: string
  readonly input: unknown
  readonly answer: unknown
}

export interface Known {
  readonly reportIds: readonly string[]
  readonly entryIds: readonly string[]
}

/** More pages than any list of a history has. */
const mostPages = 400
/** So many of a hundred lists are also read in pages of one row, and of two. */
const smallPagesInHundred = 20

/** The ids that somebody who has seen everything would know. */
export const knownIn = async (world: World): Promise<Known> => {
  const { reports = [], red_face_entries: entries = [] } = await world.collections()
  const ids = (documents: readonly { readonly _id: string }[]) => documents.map(({ _id }) => _id).sort()
  return { reportIds: ids(reports), entryIds: ids(entries) }
}

/** All that somebody can be answered: every query of the contract, every page of every list, refusals too. */
export const readEverything = async (
  world: World,
  person: string | null,
  { reportIds, entryIds }: Known,
  /** Which of the many refusals of steps are asked for. */
  chance: Chance,
): Promise<readonly Reading[]> => {
  const readings: Reading[] = []
  const ask = async (action: string, input: unknown): Promise<unknown> => {
    const answer = await world.send(person, action, input)
    const told = answer.ok ? answer.value : { refused: answer.error }
    readings.push({ person, action, input, answer: told })
    return told
  }
  const askAll = async (action: string, input: object): Promise<void> => {
    for (const limit of [50, 1, 2]) {
      if (limit < 50 && !chance.inHundred(smallPagesInHundred)) continue
      let cursor: string | undefined
      for (let pages = 0; ; pages += 1) {
        if (pages === mostPages) throw new Error(`${action} does not come to an end`)
        const told = (await ask(action, { ...input, limit, ...(cursor ? { cursor } : {}) })) as {
          readonly refused?: unknown
          readonly nextCursor?: string | null
          readonly rows?: readonly unknown[]
        }
        // Smaller pages of one row at most are that page again.
        if (told.refused || (limit === 50 && !told.nextCursor && (told.rows ?? []).length < 2)) return
        if (!told.nextCursor) break
        cursor = told.nextCursor
      }
    }
  }
  await ask('me.get', {})
  await ask('category.list', {})
  await ask('photo.ticket', {})
  await askAll('report.mine', {})
  await askAll('inbox.list', {})
  for (const reportId of [...reportIds, 'r-of-nobody']) {
    await ask('report.get', { reportId })
    await ask('report.olderLines', { reportId })
    await ask('unit.targets', { reportId })
    if (reportIds.includes(reportId)) {
      const action = chance.of(steppingActions)
      await ask(action, {
        commandId: chance.uuid(),
        reportId,
        rev: 999_999,
        ...someStep(action, {
          chance,
          person: person ?? 'nobody',
          now: world.now(),
          reportIds,
          requests: [],
        }),
      })
    }
  }
  for (const entryId of entryIds) await ask('redFace.get', { entryId })
  for (const unitId of [...townUnits.map((unit) => unit.id), 'nowhere']) {
    for (const tab of [
      'waiting',
      'working',
      'check',
      'suspended',
      'done',
      'sorting',
      'requests',
      'overdue',
      'open',
    ])
      await askAll('queue.list', { unitId, tab })
    await ask('queue.counts', { unitId })
    await askAll('report.recent', { unitId })
    await askAll('report.recent', { unitId, isOpen: true })
    for (const tab of ['public', 'cleared']) await askAll('redFace.list', { unitId, tab })
    await askAll('ledger.list', { unitId })
    await askAll('ledger.chains', { unitId })
    await askAll('inbox.list', { unitId })
    await ask('unit.get', { unitId })
    await ask('unit.days', {
      unitId,
      from: chinaDateOn(world.now() - 60 * dayMs),
      to: chinaDateOn(world.now()),
    })
  }
  const anyUnit = chance.of(townUnits).id
  for (const action of ['unit.children', 'grid.cells', 'category.list'])
    await ask(action, { unitId: anyUnit })
  const point = chance.of(Object.values(spots))
  await ask('place.preview', { point, accuracyMetres: 20, categoryId: chance.of(categoryIds) })
  for (const categoryId of ['lane-repair', 'street-lamp', 'danger', 'about-branch'])
    await ask('report.nearby', { point, categoryId })
  return readings
}
