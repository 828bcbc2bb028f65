import { fieldProblems } from '../../../client/services/field-problems'
import { parseInput } from '../../support/parse-input'

const onReport = { commandId: '3f0c8f2e-55b7-4c5e-9a3c-0d8f6f1b2a01', reportId: 'r1', rev: 1 }

describe('what a refusal says about each field', () => {
  it('names every field that is wrong, all at once', () => {
    const refused = parseInput('report.suspend', { ...onReport, reason: '', plan: 'x'.repeat(301) })
    if (refused.ok) throw new Error('the input is wrong')
    expect(fieldProblems(refused.error)).toEqual({
      reason: '不能空着',
      plan: '最多写300个字',
      untilAt: '时间不对',
    })
  })

  it('counts a wrong part of a field to the field', () => {
    const refused = parseInput('report.relocate', { ...onReport, place: { words: 'x'.repeat(101) } })
    if (refused.ok) throw new Error('the input is wrong')
    expect(fieldProblems(refused.error)).toEqual({ place: '最多写100个字' })
  })

  it('is empty for a refusal that is about no field, and for details of any other shape', () => {
    for (const details of [undefined, null, 'no', { days: 90 }, { fields: 'note' }, { fields: [7, null] }]) {
      expect(fieldProblems({ code: 'suspension-too-long', message: '太长', details })).toEqual({})
    }
    expect(fieldProblems(undefined)).toEqual({})
  })
})
