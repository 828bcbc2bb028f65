import { randomUUID } from 'node:crypto'
import { groupOf } from '../../../cloudfunctions/contexts/category/rules/category'
import { spotsAround } from '../../../cloudfunctions/contexts/report/report-documents'
import {
  reportNumberAt,
  reportNumberCount,
} from '../../../cloudfunctions/contexts/report/rules/report-number'
import { numbersAtOnce } from '../../../cloudfunctions/contexts/report/shared/number-reports'
import { tilesAround } from '../../../cloudfunctions/ground/geometry'
import type { Question, World } from './asks'
import { hotBranchId, hotCategoryId, hotPoint } from './plan'
import type { Document } from './played'

/** What is done by hand as well, and which question the product answers with the same. */
export const pairedQuestions = {
  'queue page': 'queue.list (branch)',
  'page of an area': 'report.recent (region)',
  detail: 'report.get (staff)',
  step: 'report.note',
  submit: 'report.submit (dense place)',
} as const
export type PairName = keyof typeof pairedQuestions

/** The same work by the product and by hand. */
export interface Pair {
  readonly name: PairName
  readonly question: string
  readonly byHand: (no: number) => Promise<unknown>
}

/** How near what comes back lies (F1). */
const recurrenceMetres = 50

const secretary = `custom:secretary-${hotBranchId}`

/** What five questions take when they are answered by hand (by-hand.ts) in a function of the same cloud. */
export const pairsOf = async (world: World, questions: readonly Question[]): Promise<readonly Pair[]> => {
  const { cloud, ready } = world
  const find = async (name: string, where: object): Promise<readonly Document[]> =>
    (await cloud.app.database().collection(name).where(where).limit(20).get()).data as Document[]
  const models = async (id: string) => ({
    report: (await find('reports', { _id: id }))[0],
    participants: await find('participants', { reportId: id, part: 'reporter' }),
  })
  const waiting = ready.get('report.accept')?.at(-1)?.reportId ?? ''
  const shown = ready.get('report.progress')?.at(-1)?.reportId ?? ''
  const { report, participants } = await models(waiting)
  const [message] = await find('inbox_messages', { recipient: `unit:${hotBranchId}` })
  if (!report || !message) throw new Error('nothing to copy by hand')
  const tiles = tilesAround(hotPoint, 250)
  const ask = (event: object) => cloud.byHand(secretary, event)
  await ask({ what: 'detail', reportId: shown })
  const known = new Set(questions.map(({ name }) => name))

  const works: readonly Omit<Pair, 'question'>[] = [
    {
      name: 'queue page',
      byHand: () => ask({ what: 'queue', unitId: hotBranchId }),
    },
    {
      name: 'page of an area',
      byHand: () => ask({ what: 'recent', unitId: '15' }),
    },
    {
      name: 'detail',
      byHand: () => ask({ what: 'detail', reportId: shown }),
    },
    {
      name: 'step',
      byHand: (no) =>
        ask({
          what: 'step',
          reportId: waiting,
          changes: { changedAt: Date.now(), timeline: report.timeline, byHand: no },
          added: { inbox_messages: [{ ...message, _id: `by-hand-${randomUUID()}` }] },
        }),
    },
    {
      name: 'submit',
      byHand: (no) => {
        const id = `r${randomUUID().replaceAll('-', '').toUpperCase().slice(0, 19)}`
        const numbers = Array.from({ length: numbersAtOnce }, () =>
          reportNumberAt(Math.floor(Math.random() * reportNumberCount)),
        )
        const [number] = numbers
        return ask({
          what: 'submit',
          tiles,
          spots: spotsAround(groupOf(hotCategoryId), ['parent', 'occurrence'], hotPoint, recurrenceMetres),
          added: {
            // As the product keeps them: sixteen in one call, for sixteen submissions.
            ...(no % numbersAtOnce === 0 ? { report_numbers: numbers.map((_id) => ({ _id })) } : {}),
            participants: participants.map((one) => ({ ...one, _id: `${id}.${one.key}`, reportId: id })),
            reports: [{ ...report, _id: id, number, categoryId: hotCategoryId }],
            inbox_messages: [0, 1].map((at) => ({ ...message, _id: `${id}:${at}` })),
          },
        })
      },
    },
  ]
  return works.map((work) => {
    const question = pairedQuestions[work.name]
    if (!known.has(question)) throw new Error(`nobody asks ${question}`)
    return { ...work, question }
  })
}
