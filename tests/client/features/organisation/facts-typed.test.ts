import { factsTyped, numberProblems } from '../../../../client/features/organisation/forms/facts-typed'

test('what was not written is not sent, and an emptied field is emptied', () => {
  expect(factsTyped({ phone: ' ', population: '21,000人', floatingShare: '12.5%' })).toEqual({
    dutyPhone: undefined,
    phone: null,
    address: undefined,
    hours: undefined,
    areaName: undefined,
    population: 21_000,
    floatingShare: 12.5,
  })
  expect(factsTyped({ population: '' }).population).toBeNull()
})

test('what is no number is asked for again before it would be sent as nothing', () => {
  expect(numberProblems({ population: '两万', floatingShare: '12.5' })).toEqual({ population: '只填数字' })
  expect(numberProblems({ population: '', phone: '两万' })).toEqual({})
})
