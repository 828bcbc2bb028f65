import { redFaceWords } from '../../../client/words/red-face'
import { requestTag, requestTitle } from '../../../client/words/request'
import { standingWord } from '../../../client/words/row'
import { statusWord } from '../../../client/words/status'
import { contactedWord, satisfactionWords, solvedWords } from '../../../client/words/verdict'
import { reportStatuses } from '../../../cloudfunctions/contexts/report/rules/lifecycle'
import { requestKinds } from '../../../cloudfunctions/contexts/report/rules/request'

const now = Date.parse('2026-03-02T10:00:00+08:00')

describe('how a word of the domain is shown', () => {
  it('tells no two statuses by the same sign, nor by the same word', () => {
    const shown = reportStatuses.map(statusWord)
    expect(new Set(shown.map(({ icon }) => icon)).size).toBe(reportStatuses.length)
    expect(new Set(shown.map(({ text }) => text)).size).toBe(reportStatuses.length)
  })

  it('keeps the colour of alarm for what is late or not well: no status is alarming by itself', () => {
    expect(reportStatuses.filter((status) => statusWord(status).tone === 'alert')).toEqual([])
    expect(redFaceWords.public.tone).toBe('alert')
    expect(
      [solvedWords.no, satisfactionWords.dissatisfied, contactedWord(false)].map(({ tone }) => tone),
    ).toEqual(['alert', 'alert', 'alert'])
  })

  it('says until when a matter is put off', () => {
    const suspendedUntilAt = Date.parse('2026-04-30T23:59:00+08:00')
    expect(standingWord({ status: 'suspended', suspendedUntilAt }, now).text).toBe('挂账到4月30日（周四）')
    expect(standingWord({ status: 'suspended', suspendedUntilAt: null }, now).text).toBe('挂账')
  })
})

describe('what waits for an answer', () => {
  const request = (over: Partial<Parameters<typeof requestTitle>[0]>) =>
    ({
      kind: 'extend',
      side: 'staff',
      byUnitName: '后炭市社区党支部',
      isForReporterAlone: false,
      ...over,
    }) as Parameters<typeof requestTitle>[0]

  it('has a few words whatever it is, the same on a row and over the request', () => {
    for (const kind of requestKinds) {
      expect(requestTag(kind)).toMatch(/[\u4e00-\u9fff]{3,}/u)
      expect(requestTitle(request({ kind }), false)).toContain(requestTag(kind))
    }
  })

  it('says who asked and whose answer is waited for', () => {
    expect(requestTitle(request({}), true)).toBe('后炭市社区党支部申请延期，在等上一级答复')
    expect(requestTitle(request({ kind: 'appeal-closing', side: 'resident' }), true)).toBe(
      '您提出对结案的申诉，在等上一级答复',
    )
    expect(requestTitle(request({ kind: 'reclassify', isForReporterAlone: true }), true)).toBe(
      '后炭市社区党支部申请改类别，只等您一句话',
    )
    expect(requestTitle(request({ kind: 'merge', isForReporterAlone: true }), true)).toBe(
      '后炭市社区党支部问您：还是同一件事吗？',
    )
  })
})
