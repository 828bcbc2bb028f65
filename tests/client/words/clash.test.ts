import { type Clash, clashOf, isMovedOn } from '../../../client/words/clash'
import { mistakesText } from '../../../client/words/mistakes'
import { lastSeqOf } from '../../../client/words/trace-lines'
import { reportEventKinds } from '../../../cloudfunctions/contexts/report/rules/report'
import { hourMs } from '../../../cloudfunctions/ground/instant'

type Trace = Parameters<typeof clashOf>[0]
type Line = Trace[number]

const now = Date.parse('2026-11-23T10:00+08:00')
const aLine = (over: Partial<Line> & Pick<Line, 'kind' | 'text'>): Line => ({
  seq: 1,
  at: now - hourMs,
  side: 'staff',
  unitName: '后炭市社区党支部',
  photos: [],
  ...over,
})
const known = [aLine({ kind: 'routed', text: '交给后炭市社区党支部' })]
const numbered = (lines: readonly Line[]): Trace => lines.map((line, place) => ({ ...line, seq: place + 1 }))
const said = (...news: readonly Line[]): Clash => clashOf(known, numbered([...known, ...news]), now)

describe('somebody was quicker', () => {
  test('is said with who, what and when, and that what was typed is there', () => {
    expect(said(aLine({ kind: 'accepted', text: '后炭市社区党支部已受理' }))).toEqual({
      title: '刚被别人受理了',
      text: '今天 9:00，后炭市社区党支部已受理。您填的还在。',
    })
    expect(said(aLine({ kind: 'added', side: 'resident', unitName: null, text: '又积水了' }))).toEqual({
      title: '刚有了新变化',
      text: '今天 9:00，居民：又积水了。您填的还在。',
    })
  })

  test('is the step that changes what is left to do, not the line after it', () => {
    const withdrawn = aLine({ kind: 'withdrawn', side: 'resident', unitName: null, text: '居民撤回' })
    expect(said(withdrawn, aLine({ kind: 'noted', text: '后炭市社区党支部：知道了' })).title).toBe(
      '上报人刚撤回了',
    )
  })

  test('is found though older lines have left a long trace meanwhile', () => {
    const long = numbered(Array.from({ length: 9 }, () => aLine({ kind: 'progressed', text: '接着干' })))
    const [first] = long
    const accepted = aLine({ kind: 'accepted', text: '后炭市社区党支部已受理', seq: 10 })
    const cut = [...(first ? [first] : []), ...long.slice(6), accepted]
    expect(lastSeqOf(cut)).toBeGreaterThan(lastSeqOf(long))
    expect(clashOf(long, cut, now).title).toBe('刚被别人受理了')
  })

  test('without a line that this reader may see says no more than that', () => {
    expect(said()).toEqual({ title: '刚有了新变化', text: '已经取来最新的。您填的还在。' })
  })

  test.each(reportEventKinds)('has words for %s', (kind) => {
    const { title, text } = said(aLine({ kind, text: '如此' }))
    expect(title).toMatch(/^(刚|居民刚|上级刚|上报人刚)/)
    expect(text).toMatch(/^今天 9:00，.*您填的还在。$/)
  })

  test('is told from a refusal that another try will not change', () => {
    expect(['stale-rev', 'wrong-status', 'not-allowed'].every(isMovedOn)).toBe(true)
    expect(['network', 'invalid-input', 'words-required'].some(isMovedOn)).toBe(false)
  })
})

describe('what is wrong with a form', () => {
  test('is named as the question is on the screen, all of it at once', () => {
    const words = { label: '怎么办的', why: '最多300个字' }
    const photos = { label: '现在的照片', why: '请等照片传完' }
    expect(mistakesText([])).toBeUndefined()
    expect(mistakesText([words])).toBe('“怎么办的”最多300个字')
    expect(mistakesText([photos])).toBe('请等照片传完')
    expect(mistakesText([words, photos])).toBe('还要改：怎么办的、现在的照片')
  })
})
