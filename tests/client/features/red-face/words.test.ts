import {
  areaLabel,
  headCopyText,
  ledgerDateText,
  nothingListed,
  type UnitView,
} from '../../../../client/features/red-face/words'
import { consentText, endedText, isTakenOff, stayWord } from '../../../../client/words/red-face-entry'
import { fingerprintText } from '../../../../cloudfunctions/contexts/red-face/rules/fingerprint'
import { redFaceConsents } from '../../../../cloudfunctions/contexts/red-face/rules/red-face'

const aUnit = (over: Partial<UnitView>): UnitView => ({
  id: '150221104001',
  name: '振华社区党支部',
  areaName: '振华社区',
  kind: 'branch',
  level: 'village',
  parentId: '150221104',
  path: ['15', '1502', '150221', '150221104', '150221104001'],
  phone: null,
  address: null,
  ...over,
})

describe('the name over a red-face list', () => {
  it('is the area where one unit governs it alone', () => {
    expect(areaLabel(aUnit({}))).toBe('振华社区')
  })

  it('is the unit where several share the area', () => {
    const second = aUnit({
      id: '150221104001-2',
      name: '振华社区第二党支部',
      path: ['15', '1502', '150221', '150221104', '150221104001', '150221104001-2'],
    })
    expect(areaLabel(second)).toBe('振华社区第二党支部')
  })

  it('is the police branch and not the township it stands in', () => {
    const police = aUnit({
      id: '150221104-police',
      name: '萨拉齐派出所党支部',
      areaName: '萨拉齐镇',
      kind: 'specialised-branch',
      level: 'township',
      path: ['15', '1502', '150221', '150221104', '150221104-police'],
    })
    expect(areaLabel(police)).toBe('萨拉齐派出所党支部')
  })
})

describe('how a stay on the list ended', () => {
  it('is said for every ending there is', () => {
    for (const consent of redFaceConsents) expect(consentText(consent)).toMatch(/销号|撤下/u)
  })

  it('F5: is “put right” only where somebody said so or went and saw', () => {
    expect(redFaceConsents.filter((consent) => !isTakenOff(consent))).toEqual([
      'reporter',
      'posted',
      'supporters',
      'look',
    ])
  })

  it.each(redFaceConsents)(
    'F5: is told of the matter as on the list itself, and quietly where nothing was put right: %s',
    (consent) => {
      const stay = { state: 'cleared', consent, causes: [{ isPublic: true }] } as const
      const { text, tone } = stayWord(stay)
      expect(text).toBe(consentText(consent))
      expect(tone).toBe(isTakenOff(consent) ? 'plain' : 'done')
      for (const said of [text, endedText(stay, '昨天')]) {
        expect(said).toContain(isTakenOff(consent) ? '撤下' : '销号')
        expect(said).not.toContain(isTakenOff(consent) ? '销号' : '撤下')
      }
    },
  )

  it.each(redFaceConsents)('F3: is neither of the two for what never stood there: %s', (consent) => {
    const stay = { state: 'cleared', consent, causes: [{ isPublic: false }] } as const
    const { text, tone } = stayWord(stay)
    expect(tone).toBe('plain')
    for (const said of [text, endedText(stay, '昨天')]) expect(said).not.toMatch(/销号|撤下|记录一直/u)
  })
})

describe('an empty list', () => {
  it('says of what was no more than is known, and nothing while it is still being counted', () => {
    const words = (clearedCount: number, asOf: number | null) => {
      const { title, hint } = nothingListed({ clearedCount, asOf })
      return `${title}：${hint}`
    }
    expect(words(0, 1)).toBe('现在没有事在榜上：到现在还没有事上过榜。')
    expect(words(34, 1)).toBe('现在没有事在榜上：上过榜的34件都已下榜。')
    for (const cleared of [0, 3]) expect(words(cleared, null)).toBe('现在没有事在榜上：上过榜的还在统计。')
  })
})

describe('F6: a head that people keep', () => {
  const head = { on: '2026-11-23', seq: 12, hash: '0123456789abcdef'.repeat(4) }

  it('is read by fours, and copied whole with all that is needed to find it again', () => {
    expect(fingerprintText(head.hash)).toBe('0123 4567 89ab cdef')
    expect([fingerprintText(head.hash, 2), fingerprintText('', 2)]).toEqual(['0123 4567', ''])
    expect(headCopyText('土默特右旗委', head)).toBe(
      `红脸台账 土默特右旗委 2026-11-23 第12笔 链首 ${head.hash}`,
    )
  })

  it('is dated by the Chinese day it was published for', () => {
    expect(ledgerDateText('2026-11-23', Date.parse('2026-12-01T00:00:00Z'))).toBe('11月23日')
    expect(ledgerDateText('2025-12-31', Date.parse('2026-12-01T00:00:00Z'))).toBe('2025年12月31日')
    expect(ledgerDateText('', 0)).toBe('')
  })
})
