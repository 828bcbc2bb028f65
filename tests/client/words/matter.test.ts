import { matterText, publicSummaryText } from '../../../client/words/matter'

describe('how a page calls its matter', () => {
  const lane = {
    categoryId: 'lane-repair',
    text: '雨后全是泥，孩子上学滑倒了',
    publicSummary: '后炭市社区 · 巷道路面',
  } as const

  test('whoever reads the reporter’s words is told what everybody reads instead', () => {
    expect(matterText(lane)).toBe('雨后全是泥，孩子上学滑倒了')
    expect(publicSummaryText(lane)).toBe('公开摘要：后炭市社区 · 巷道路面')
  })

  test('whoever does not, or where both are the same, reads it once', () => {
    const toEverybody = { ...lane, text: null }
    expect(matterText(toEverybody)).toBe('后炭市社区 · 巷道路面')
    expect(publicSummaryText(toEverybody)).toBeNull()
    expect(publicSummaryText({ ...lane, text: lane.publicSummary })).toBeNull()
  })

  test('H4: a complaint about a unit has no words for everybody', () => {
    expect(publicSummaryText({ ...lane, categoryId: 'about-branch' })).toBeNull()
  })
})
