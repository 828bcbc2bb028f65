import { handlerTag, type QueueCard } from '../../../../client/features/queue/words'

const tagOf = (handler: Pick<QueueCard, 'handlerName' | 'handlerMember'>) =>
  handlerTag(handler as QueueCard)?.text
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
