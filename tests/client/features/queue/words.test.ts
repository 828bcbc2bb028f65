import {
  countListed,
  handlerTag,
  type Listed,
  lateCount,
  orderText,
  overdueText,
  type QueueCard,
} from '../../../../client/features/queue/words'

const secretary = { role: 'secretary', unitName: '后炭市社区党支部' } as const
const bureau = { role: 'partner-staff', unitName: '住建局' } as const

const tagOf = (handler: Pick<QueueCard, 'handlerName' | 'handlerMember'>) =>
  handlerTag(handler, secretary)?.text
const member = { id: 'm1', name: '李网格', role: 'grid-worker', isYou: false } as const

describe('who has the work in hand, in a row of the queue', () => {
  it('is a partner, one of one’s own people by name or by role, or whoever reads it', () => {
    const handlerName = '后炭市社区党支部'
    expect(tagOf({ handlerName: '住建局', handlerMember: null })).toBe('住建局')
    expect(tagOf({ handlerName, handlerMember: member })).toBe('派给李网格')
    expect(tagOf({ handlerName, handlerMember: { ...member, name: null } })).toBe('派给网格员')
    expect(tagOf({ handlerName, handlerMember: { ...member, name: null, role: null } })).toBe(
      '派给已离开的同志',
    )
    expect(tagOf({ handlerName, handlerMember: { ...member, isYou: true } })).toBe('派给您')
    expect(tagOf({ handlerName: null, handlerMember: null })).toBeUndefined()
  })
})

describe('what was asked, in a row of the queue', () => {
  const now = Date.parse('2026-03-02T10:00:00+08:00')
  const given = { handedAt: now - 3_600_000, handedNote: '请把路灯修好' }
  const withBureau = { handlerName: '住建局', handlerMember: null, ...given }
  const withMember = (isYou: boolean) => ({
    handlerName: '后炭市社区党支部',
    handlerMember: { ...member, isYou },
    ...given,
  })

  it('is read by the partner who has it, with the time, instead of its own name', () => {
    expect(orderText(withBureau, bureau, now)).toBe('今天 9:00派来：请把路灯修好')
    expect(handlerTag(withBureau, bureau)).toBeUndefined()
  })

  it('is read by the one of the unit’s own people who has it', () => {
    expect(orderText(withMember(true), secretary, now)).toBe('今天 9:00派来：请把路灯修好')
  })

  it('is not repeated to everybody else: they read whose hands it is in', () => {
    expect([
      orderText(withBureau, secretary, now),
      orderText(withMember(false), secretary, now),
      orderText({ handlerName: null, handlerMember: null, handedAt: null, handedNote: null }, bureau, now),
    ]).toEqual(['', '', ''])
    expect(handlerTag(withBureau, secretary)?.text).toBe('住建局')
  })
})

describe('what is late, over the queue', () => {
  it('asks each for what they can do: to handle it first, or to see that others do', () => {
    expect(overdueText(3, 'secretary')).toBe('3件已超期，请先办')
    expect(overdueText(3, 'partner-staff')).toBe('手上3件已超期')
    expect(overdueText(3, 'clerk')).toBe('辖区里3件已超期，请督促')
  })
})

describe('what stands above the rows of a queue', () => {
  const now = Date.parse('2026-03-02T10:00:00+08:00')
  const due = (runningDueAt: number | null) =>
    ({ status: 'accepted', runningDueKind: 'resolve', runningDueAt, isDueSoon: false }) as QueueCard
  const listed = (over: Partial<Listed>): Listed => ({
    tab: 'working',
    state: 'ready',
    rows: [],
    nextCursor: null,
    ...over,
  })

  it('counts as late what the rows show to be late, though no figure knows of it yet', () => {
    const rows = [due(now), due(now - 1), due(now + 1), due(null)]
    expect(lateCount(0, listed({ rows }), now)).toBe(2)
    expect(lateCount(5, listed({ rows }), now)).toBe(5)
    expect(lateCount(0, listed({ rows: [due(now + 1)] }), now)).toBe(0)
  })

  it('counts what is late by the list of it, where that is what is shown', () => {
    expect(lateCount(3, listed({ tab: 'overdue' }), now)).toBe(0)
    expect(lateCount(3, listed({ tab: 'overdue', rows: [due(now)], nextCursor: '1~r' }), now)).toBe(3)
  })

  it('counts a tab by its rows once they have come', () => {
    expect(countListed(3, listed({ state: 'loading' }))).toBe(3)
    expect(countListed(3, listed({ rows: [due(now)] }))).toBe(1)
  })
})
