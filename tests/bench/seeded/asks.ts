import { randomUUID } from 'node:crypto'
import sharp from 'sharp'
import type { everyStep } from '../../../cloudfunctions/contexts/report/steps/registry'
import { type Action, contract, type InputOf } from '../../../cloudfunctions/contract/contract'
import { movePoint } from '../../../cloudfunctions/ground/geometry'
import { chinaDateOn, dayMs } from '../../../cloudfunctions/ground/instant'
import type { SeededCloud } from './cloud'
import { busyAccountId, hotBranchId, hotCategoryId, hotPoint, middleOf } from './plan'
import { seededNow } from './played'
import { askedSteps, type rareActions } from './rare'
import type { ReadyCall } from './seed'

type StepAction = Exclude<(typeof everyStep)[number]['call'], RareAction>
type RareAction = (typeof rareActions)[number]
type OtherAction = Exclude<Action, StepAction | RareAction>

/** Where and as whom an action is asked. */
export interface World {
  readonly cloud: SeededCloud
  readonly ready: ReadonlyMap<string, readonly ReadyCall[]>
  readonly page: number
}

interface Ask<A extends Action = Action> {
  /** Which of the ways to ask it this is; empty for the only one. */
  readonly name: string
  readonly as: string | null | ((no: number) => string)
  readonly input: (no: number) => InputOf<A> | Promise<InputOf<A>>
}

const secretary = `custom:secretary-${hotBranchId}`
/** Anybody. Who has not signed in is answered from what others were answered a moment before. */
const visitor = 'custom:visitor'
const ofRegion = 'custom:upper-15'
const ofBanner = 'custom:upper-150221'
const regionId = '15'
const bannerId = '150221'
const townshipId = '150221104'
const quietBranchId = '150421201207'

/** Where few report, and nobody next door. */
const quietPoint = movePoint(middleOf(quietBranchId), 300, 0)

const aComputer = { device: 'Windows 电脑', isPublic: false } as const

const one = <A extends Action>(as: Ask<A>['as'], input: Ask<A>['input'], name = ''): Ask<A> => ({
  name,
  as,
  input,
})

/** The last of what waits for a step is left to be looked at. */
const shown = ({ ready }: World, action: StepAction): ReadyCall => {
  const calls = ready.get(action)
  const last = calls?.[calls.length - 1]
  if (!last) throw new Error(`nothing waits for ${action}`)
  return last
}

const aJpeg = (no: number): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: { r: no % 256, g: 40, b: 40 } } })
    .jpeg()
    .toBuffer()

/**
 * What is asked in each action that is no step. One that is missing here does not compile. What grows with the place is
 * asked of the largest one as well.
 */
const asks: { readonly [A in OtherAction]: (world: World) => readonly Ask<A>[] } = {
  'me.get': () => [one(secretary, () => ({}), 'staff'), one(busyAccountId, () => ({}), 'resident')],
  'report.submit': () => [
    one(
      (no) => `custom:submitter-${no}`,
      (no) => ({
        commandId: randomUUID(),
        categoryId: hotCategoryId,
        text: `巷子里第${no}个坑，下雨积水`,
        photos: [],
        place: { point: hotPoint, accuracyMetres: 10, words: '供销社往东第二条巷子' },
      }),
      'dense place',
    ),
    one(
      (no) => `custom:submitter-there-${no}`,
      (no) => ({
        commandId: randomUUID(),
        categoryId: 'street-lamp',
        text: `村口第${no}盏路灯不亮`,
        photos: [],
        place: { point: quietPoint, accuracyMetres: 10, words: '村口' },
      }),
      'quiet place',
    ),
  ],
  'redFace.declareNew': () => [
    one(secretary, (no) => ({
      commandId: randomUUID(),
      unitId: hotBranchId,
      categoryId: hotCategoryId,
      text: `第${no}处路面没有人管`,
      place: { point: hotPoint, words: `第${no}排房后` },
    })),
  ],
  'report.mine': ({ page }) => [one(busyAccountId, () => ({ limit: page }))],
  'report.get': (world) => {
    const { reportId } = shown(world, 'report.progress')
    return [
      one(shown(world, 'report.progress').accountId, () => ({ reportId }), 'staff'),
      one(visitor, () => ({ reportId }), 'anybody'),
    ]
  },
  'report.olderLines': (world) => {
    const { reportId, accountId } = shown(world, 'report.progress')
    return [one(accountId, () => ({ reportId }))]
  },
  'report.recent': ({ page }) => [
    one(visitor, () => ({ unitId: regionId, limit: page }), 'region'),
    one(visitor, () => ({ unitId: hotBranchId, limit: page }), 'branch'),
  ],
  'report.nearby': () => [
    one(visitor, () => ({ point: hotPoint, categoryId: hotCategoryId }), 'dense place'),
    one(visitor, () => ({ point: quietPoint, categoryId: 'street-lamp' }), 'quiet place'),
  ],
  'queue.list': ({ page }) => [
    one(secretary, () => ({ unitId: hotBranchId, tab: 'working', limit: page }), 'branch'),
    one(ofRegion, () => ({ unitId: regionId, tab: 'open', limit: page }), 'region'),
  ],
  'queue.counts': () => [
    one(secretary, () => ({ unitId: hotBranchId }), 'branch'),
    one(ofBanner, () => ({ unitId: bannerId }), 'banner'),
    one(ofRegion, () => ({ unitId: regionId }), 'region'),
  ],
  'redFace.list': ({ page }) => [
    one(visitor, () => ({ unitId: hotBranchId, tab: 'public', limit: page }), 'branch'),
    one(visitor, () => ({ unitId: regionId, tab: 'public', limit: page }), 'region'),
    one(visitor, () => ({ unitId: regionId, tab: 'cleared', limit: page }), 'region, cleared'),
  ],
  'redFace.get': ({ ready }) => {
    const entryId = [...ready.values()].flatMap((calls) => calls[calls.length - 1]?.publicEntryId ?? [])[0]
    if (entryId === undefined) throw new Error('nothing that waits for a step is on the list')
    return [one(visitor, () => ({ entryId }))]
  },
  'ledger.list': ({ page }) => [one(visitor, () => ({ unitId: bannerId, limit: page }))],
  'ledger.chains': ({ page }) => [one(visitor, () => ({ unitId: regionId, limit: page }))],
  'page.open': () => [
    one(visitor, () => ({ page: 'home', unitId: hotBranchId }), 'home'),
    one(secretary, () => ({ page: 'queue', unitId: hotBranchId }), 'queue'),
  ],
  'category.list': () => [one(visitor, () => ({ unitId: hotBranchId }))],
  'rules.get': () => [one(visitor, () => ({ unitId: hotBranchId }))],
  'place.preview': () => [
    one(visitor, () => ({ point: hotPoint, categoryId: hotCategoryId }), 'dense place'),
    one(visitor, () => ({ point: quietPoint, categoryId: 'street-lamp' }), 'quiet place'),
  ],
  'grid.cells': () => [
    one(visitor, () => ({ unitId: hotBranchId }), 'branch'),
    one(visitor, () => ({ unitId: townshipId }), 'township'),
  ],
  'unit.children': () => [one(visitor, () => ({ unitId: bannerId }))],
  'unit.days': () => {
    const span = { from: chinaDateOn(seededNow - 30 * dayMs), to: chinaDateOn(seededNow) }
    return [
      one(secretary, () => ({ unitId: hotBranchId, ...span }), 'branch'),
      one(ofRegion, () => ({ unitId: regionId, ...span }), 'region'),
    ]
  },
  'unit.get': () => [
    one(visitor, () => ({ unitId: hotBranchId }), 'branch'),
    one(visitor, () => ({ unitId: bannerId }), 'banner'),
    one(visitor, () => ({ unitId: regionId }), 'region'),
  ],
  'unit.targets': (world) => {
    const { reportId, accountId } = shown(world, 'report.merge')
    return [one(accountId, () => ({ reportId }))]
  },
  'inbox.list': ({ page }) => [
    one(secretary, () => ({ unitId: hotBranchId, limit: page }), 'branch'),
    one(busyAccountId, () => ({ limit: page }), 'resident'),
  ],
  'inbox.read': () => [one(secretary, () => ({ unitId: hotBranchId, untilAt: seededNow }))],
  'people.mine': () => [one(visitor, () => ({}))],
  'people.coverage': ({ page }) => [one(ofBanner, () => ({ unitId: bannerId, limit: page }))],
  'photo.ticket': () => [one(busyAccountId, () => ({}))],
  'photo.admit': ({ cloud }) => [
    one(busyAccountId, async (no) => {
      const { folder } = await cloud.get(busyAccountId, 'photo.ticket', {})
      const cloudPath = `${folder}/${randomUUID()}.jpg`
      const { fileID } = await cloud.app.uploadFile({ cloudPath, fileContent: (await aJpeg(no)) as never })
      return { fileId: fileID }
    }),
  ],
  'signIn.begin': () => [one(visitor, () => aComputer)],
  'signIn.take': ({ cloud }) => [
    one(visitor, async () => {
      const { code, pageKey } = await cloud.get(visitor, 'signIn.begin', aComputer)
      return { code, pageKey }
    }),
  ],
  'signIn.see': ({ cloud }) => [
    one(secretary, async () => ({ code: (await cloud.get(visitor, 'signIn.begin', aComputer)).code })),
  ],
  'signIn.answer': ({ cloud }) => [
    one(secretary, async () => {
      const { code, words } = await cloud.get(visitor, 'signIn.begin', aComputer)
      await cloud.get(secretary, 'signIn.see', { code })
      return { code, words, stay: 'day' as const }
    }),
  ],
  'webSession.list': () => [one(secretary, () => ({}))],
  'webSession.end': ({ cloud }) => [
    one(secretary, async () => {
      const { code, pageKey, words } = await cloud.get(visitor, 'signIn.begin', aComputer)
      await cloud.get(secretary, 'signIn.see', { code })
      await cloud.get(secretary, 'signIn.answer', { code, words, stay: 'day' })
      const { state, signedIn } = await cloud.get(visitor, 'signIn.take', { code, pageKey })
      if (!signedIn) throw new Error(`the sign-in is ${state}`)
      return { sessionId: signedIn.sessionId }
    }),
  ],
}

const isStep = (action: string): action is StepAction => askedSteps.some(({ call }) => call === action)

const isAsked = (action: string): action is OtherAction => Object.hasOwn(asks, action)

/** One way to ask one action, as often as there is something to ask it of. */
export interface Question {
  readonly action: Action
  readonly name: string
  /** Prepares the call with this number; what is prepared is not measured. */
  readonly prepare: (no: number) => Promise<{ readonly accountId: string | null; readonly input: unknown }>
}

/** Every action of the contract, in every way in which it is asked. */
export const questionsOf = (world: World): readonly Question[] => {
  const revisionOf = revisions()
  return (Object.keys(contract) as Action[]).flatMap((action): readonly Question[] => {
    if (isStep(action)) {
      const calls = world.ready.get(action) ?? []
      return [
        {
          action,
          name: action,
          prepare: async (no) => {
            // The last one is not asked: it is looked at.
            const call = no < calls.length - 1 ? calls[no] : undefined
            if (!call) throw new Error(`nothing is left for ${action} ${no}`)
            const { accountId, reportId, input } = call
            const rev = await revisionOf(world.cloud, accountId, action, reportId)
            return { accountId, input: { ...input, commandId: randomUUID(), reportId, ...rev } }
          },
        },
      ]
    }
    if (!isAsked(action)) return []
    const ways = asks[action](world as never) as readonly Ask[]
    return ways.map(({ name, as, input }) => ({
      action,
      name: name === '' ? action : `${action} (${name})`,
      prepare: async (no) => ({ accountId: typeof as === 'function' ? as(no) : as, input: await input(no) }),
    }))
  })
}

/** The revision that the caller sees: those who see less of a report count fewer. */
const revisions = () => {
  const unseen = new Map<StepAction, number>()
  return async (
    cloud: SeededCloud,
    accountId: string,
    action: StepAction,
    reportId: string,
  ): Promise<{ readonly rev?: number }> => {
    // Steps by which somebody joins are taken at any revision.
    if (action === 'report.support' || action === 'report.takeUp') return {}
    const { data } = await cloud.app.database().collection('reports').where({ _id: reportId }).limit(1).get()
    const [{ rev }] = data as [{ readonly rev: number }]
    const known = unseen.get(action) ?? rev - (await cloud.get(accountId, 'report.get', { reportId })).rev
    unseen.set(action, known)
    return { rev: rev - known }
  }
}
