import { rowText } from '../../../cloudfunctions/contexts/red-face/words'
import type { Doer } from '../../../cloudfunctions/contexts/report/rules/lines'
import type { MessagePart } from '../../../cloudfunctions/contexts/report/rules/messages'
import type { MessageRecipient } from '../../../cloudfunctions/contexts/report/rules/report'
import { requestKinds } from '../../../cloudfunctions/contexts/report/rules/request'
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
      title: '已办结',
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

/** Nobody ruled in time; otherwise a unit did, or somebody without a name asked. */
const doers: readonly Doer[] = [{ unit: '萨拉齐镇' }, 'resident', 'every-reporter', 'time', 'system']

/** Every sentence, of the trace and of messages, that names who asked or ruled, by every doer. */
const sentencesBy = (by: Doer): readonly string[] => {
  const matter = '坑'
  const about = { because: 'appeal-upheld', by } as const
  const isUnanswered = by === 'time' ? ({ isUnanswered: true } as const) : {}
  const messages: readonly MessagePart[] = [
    ...(['units', 'residents', 'supporters'] as const).flatMap((audience) => [
      { template: 'reopened' as const, audience, fields: about, matter },
      { template: 'decline-overturned' as const, audience, fields: isUnanswered, matter },
    ]),
    ...requestKinds.flatMap((request): readonly MessagePart[] => {
      const fields = { by, request }
      return [
        { template: 'requested', audience: 'units', fields, matter },
        { template: 'request-granted', audience: 'residents', fields, matter },
        { template: 'request-granted', audience: 'units', fields, matter },
        { template: 'request-denied', audience: 'residents', fields, matter },
      ]
    }),
    { template: 'urged', audience: 'units', fields: { by }, matter },
    { template: 'merge-again', audience: 'units', fields: { by, other: '井' }, matter },
    { template: 'merge-again', audience: 'reporter', fields: { by, other: '井' }, matter },
  ]
  return [
    ...messages.map((part) => messageText({ parts: [part] }).text),
    ...requestKinds.flatMap((request) => [
      lineText({ kind: 'requested', facts: { by, request } }),
      lineText({ kind: 'request-granted', facts: { by, request } }),
      lineText({ kind: 'request-denied', facts: { by, request } }),
    ]),
    lineText({ kind: 'requested', line: 'asked-to-end-complaint', facts: { by } }),
    lineText({ kind: 'requested', line: 'asked-to-merge-again', facts: { by, other: '井' } }),
    lineText({ kind: 'reopened', facts: about }),
    lineText({ kind: 'reopened', line: 'decline-overturned', facts: { by } }),
    lineText({ kind: 'declined', facts: { by, because: 'not-real' } }),
    lineText({ kind: 'extended', facts: { by, untilAt: mondayAt, reason: '等料' } }),
    whyHereText({ why: 'reopened', ...about }),
    whyHereText({ why: 'passed-on', how: 'transfer', from: '东街', to: '西街', because: by }),
    doerName(by),
  ]
}

describe('who asked or ruled is the subject of a sentence, and what nobody ruled on has its own', () => {
  test.each(doers.map((by) => [JSON.stringify(by), by] as const))('%s', (_name, by) => {
    for (const sentence of sentencesBy(by)) {
      // Nothing that is a sentence already is made the subject of another one.
      expect(sentence).not.toMatch(/自动成立|未裁定|成立(支持|同意|不同意|申请|提出|认为|决定|催办)/u)
      expect(sentence).not.toMatch(/申请对|undefined/u)
    }
  })

  test('K8: an appeal that was not answered in time is upheld, and no level is said to have upheld it', () => {
    const upheld = { because: 'appeal-upheld', by: 'time' } as const
    expect(lineText({ kind: 'reopened', facts: upheld })).toBe('上级没有按时答复，居民的申诉成立，重新办理')
    expect(lineText({ kind: 'reopened', line: 'decline-overturned', facts: { by: 'time' } })).toBe(
      '上级没有按时答复，申诉成立，应当受理',
    )
    const granted = { by: 'time', request: 'appeal-struck' } as const
    expect(lineText({ kind: 'request-granted', facts: granted })).toBe(
      '上级没有按时答复，对撤销评价的申诉成立',
    )
  })

  test('an appeal is “yours” to who reads that they appealed, and another resident’s to everybody else', () => {
    const upheld = { because: 'appeal-upheld', by: 'time' } as const
    const isUnanswered = { isUnanswered: true } as const
    const said = (part: MessagePart): string => messageText({ parts: [part] }).text
    const residents = { audience: 'residents', matter: '坑' } as const
    expect(said({ ...residents, template: 'reopened', fields: { ...upheld, isYours: true } })).toBe(
      '您反映的“坑”：上级没有按时答复，您的申诉成立，重新办理。',
    )
    expect(said({ ...residents, template: 'reopened', fields: upheld })).toBe(
      '您反映的“坑”：上级没有按时答复，居民的申诉成立，重新办理。',
    )
    expect(
      said({ ...residents, template: 'decline-overturned', fields: { ...isUnanswered, isYours: true } }),
    ).toBe('您反映的“坑”：上级没有按时答复，您的申诉成立，已要求受理。')
    expect(said({ ...residents, template: 'decline-overturned', fields: {} })).toBe(
      '您反映的“坑”：居民的申诉成立，已要求受理。',
    )
  })

  test('a look is asked for by the rules, and made: nobody is asked to rule on it', () => {
    const asked = { by: 'system', request: 'look' } as const
    expect(lineText({ kind: 'requested', facts: asked })).toBe('按规定等上级到现场核实')
    expect(
      messageText({ parts: [{ template: 'requested', audience: 'units', fields: asked, matter: '坑' }] }),
    ).toMatchObject({ title: '请到现场核实', text: '“坑”等上级到现场核实，请去看。' })
  })
})

describe('a title asks for something only of who may do it', () => {
  const titleFor = (part: MessagePart): string => messageText({ parts: [part] }).title
  const asks = (part: MessagePart): boolean => /请您|？/u.test(titleFor(part))

  test('who reported it rates it, and is asked; units and supporters are told', () => {
    for (const audience of ['units', 'residents', 'supporters'] as const)
      expect(asks({ template: 'resolved', audience, fields: {} })).toBe(audience === 'residents')
  })

  test('the evidence asks those who may answer, and tells the others that it lies there', () => {
    const note = '换了灯'
    expect(asks({ template: 'evidence-laid', audience: 'residents', fields: { note } })).toBe(true)
    expect(asks({ template: 'evidence-laid', audience: 'supporters', fields: { note, isAsked: true } })).toBe(
      true,
    )
    expect(asks({ template: 'evidence-laid', audience: 'supporters', fields: { note } })).toBe(false)
    expect(asks({ template: 'evidence-laid', audience: 'units', fields: {} })).toBe(false)
  })

  test('M4: whether it is the same matter is asked of its reporter alone', () => {
    const fields = { by: { unit: '东街支部' }, other: '井' }
    expect(asks({ template: 'merge-again', audience: 'reporter', fields })).toBe(true)
    expect(asks({ template: 'merge-again', audience: 'units', fields })).toBe(false)
  })

  test('in none of all the scenes does a title ask units, or supporters who have nothing to say', () => {
    const asked = scenes.flatMap(({ before, after }) =>
      newWork(before, after).flatMap((work) =>
        work.kind === 'message' ? work.parts.slice(0, 1).filter((part) => asks(part)) : [],
      ),
    )
    expect(asked.length).toBeGreaterThan(0)
    for (const part of asked) {
      if (part.template === 'as-written') continue
      const isAsked = ['residents', 'reporter', 'persons'].includes(part.audience) || 'isAsked' in part.fields
      expect([titleFor(part), part.audience, isAsked]).toEqual([titleFor(part), part.audience, true])
    }
  })

  test('nobody is said to rate what has no reporter', () => {
    const resolved = { template: 'resolved', audience: 'units', matter: '坑' } as const
    expect(messageText({ parts: [{ ...resolved, fields: { hasNoReporter: true } }] }).text).toBe(
      '“坑”已办结，没有上报人，到期自动结案。',
    )
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
