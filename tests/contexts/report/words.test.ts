import { rowText } from '../../../cloudfunctions/contexts/red-face/words'
import type { MessageRecipient } from '../../../cloudfunctions/contexts/report/rules/report'
import {
  doerName,
  lineText,
  matterLine,
  messageText,
  requestReason,
  whyHereText,
} from '../../../cloudfunctions/contexts/report/words'
import { mondayAt, newWork } from '../../support/builders'
import { scenes, type TestScene, unitLabels } from './rules/scenes'

const nameOf = (to: MessageRecipient): string => {
  if (typeof to === 'string') return to
  if ('personKey' in to) return to.personKey
  return to.memberId ?? unitLabels.get(to.unitId) ?? to.unitId
}

/** Everything that a step puts into words, for whoever reads it. */
const saidBy = ({ before, after }: TestScene): readonly string[] => [
  ...after.timeline
    .slice(before.timeline.length)
    .map((event) => `${event.kind}, for ${event.personKey ?? event.visibility}: ${lineText(event)}`),
  ...newWork(before, after).flatMap((work) => {
    if (work.kind === 'ledger') return [`ledger, ${work.entry}: ${rowText(work.facts)}`]
    if (work.kind !== 'message') return []
    const { title, text } = messageText(work)
    return [`to ${nameOf(work.to)}: ${title} | ${text}`]
  }),
  ...(after.routing === before.routing
    ? []
    : [`why here: ${after.routing.reasons.map(whyHereText).join('；')}`]),
  ...after.requests
    .slice(before.requests.length)
    .map((request) => `${doerName(request.by)} asks for ${request.kind}: ${requestReason(request) ?? ''}`),
]

describe('what is said of each step is said letter by letter', () => {
  test.each(scenes.map((scene) => [scene.name, scene] as const))('%s', (_name, scene) => {
    expect(saidBy(scene).join('\n')).toMatchSnapshot()
  })
})

describe('a message', () => {
  const about = {
    title: '巷子里的坑',
    categoryName: '路面坑洼积泥要修补',
    placeWords: '供销社往东第二条巷子',
    submittedAt: mondayAt,
    number: null,
  }
  const resolved = { template: 'resolved', audience: 'units', fields: {} } as const

  test('has the title of what happened first, and says all of it', () => {
    const closed = { template: 'closed', audience: 'units', fields: { because: 'solved' } } as const
    expect(messageText({ parts: [resolved, closed], about })).toEqual({
      title: '已办结，请您评价',
      text: '“巷子里的坑”已办结，等居民评价。“巷子里的坑”居民确认已解决，结案。',
      about: matterLine(about),
    })
  })

  test('says nothing twice, also where two parts come to the same words', () => {
    const [one, other] = [{ unit: '后炭市社区党支部' }, { unit: '后炭市社区党支部', to: '' }]
    const accepted = (fields: typeof one) =>
      ({ template: 'accepted', audience: 'supporters', fields }) as const
    expect(messageText({ parts: [accepted(one), accepted(other)], about }).text).toBe(
      '后炭市社区党支部已受理您关心的“巷子里的坑”。',
    )
  })

  test('calls the matter what it was called then, where the same step has renamed it', () => {
    const { text } = messageText({ parts: [{ ...resolved, matter: '泥坑' }, resolved], about })
    expect(text).toBe('“泥坑”已办结，等居民评价。“巷子里的坑”已办结，等居民评价。')
  })

  test('of the time when messages held sentences is said as it was written', () => {
    const fields = { title: '派单', words: '“东门”派给您处置。', about: '其他身边事 · 11月23日 19:52上报' }
    const written = { template: 'as-written', fields } as const
    expect(messageText({ parts: [written] })).toEqual({
      title: '派单',
      text: '“东门”派给您处置。',
      about: '其他身边事 · 11月23日 19:52上报',
    })
  })
})

test('a line of the time when the trace held sentences is said as it was written', () => {
  const line = { kind: 'accepted', line: 'as-written', facts: { words: '镇里已受理' } } as const
  expect(lineText(line)).toBe('镇里已受理')
})

describe('what a newer version has written', () => {
  const newer = (what: object): never => what as never

  test.each(['marked', 'toString', '__proto__'])('is said to be new, and the rest is said: %s', (name) => {
    expect(lineText(newer({ kind: 'noted', line: name, facts: {}, unitName: '东街支部' }))).toBe(
      '有新的进展，请稍后再打开看。',
    )
    const part = { template: name, audience: 'units', fields: {} }
    const resolved = { template: 'resolved', audience: 'units', fields: {}, matter: '坑' }
    expect(messageText(newer({ parts: [part, resolved] }))).toEqual({
      title: '新的进展',
      text: '有新的进展，请稍后再打开看。“坑”已办结，等居民评价。',
      about: null,
    })
    expect(whyHereText(newer({ why: name }))).toBe('按新的规则分派，原因请稍后再看')
  })
})
