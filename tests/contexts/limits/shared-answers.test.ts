import { sharedAnswers } from '../../../cloudfunctions/contexts/limits/shared/shared-answers'
import { ok } from '../../../cloudfunctions/ground/result'
import { mondayAt } from '../../support/builders'

const ms = 15_000

test('an answer is given again until its seconds are over, and by a clock that was put back not at all', () => {
  const answers = sharedAnswers()
  const key = answers.keyOf('unit.get', { unitId: 'u1' })
  answers.keep(key, ok('seen'), mondayAt, answers.state())
  expect(answers.find(key, ms, mondayAt + ms - 1)).toEqual(ok('seen'))
  expect(answers.find(answers.keyOf('unit.get', { unitId: 'u2' }), ms, mondayAt)).toBeUndefined()
  expect(answers.find(answers.keyOf('unit.children', { unitId: 'u1' }), ms, mondayAt)).toBeUndefined()
  expect(answers.find(key, ms, mondayAt + ms)).toBeUndefined()
  answers.keep(key, ok('seen'), mondayAt, answers.state())
  expect(answers.find(key, ms, mondayAt - 1)).toBeUndefined()
})

test('is forgotten with all others when something was done', () => {
  const answers = sharedAnswers()
  answers.keep('a', ok(1), mondayAt, answers.state())
  answers.forgetAll()
  expect(answers.find('a', ms, mondayAt)).toBeUndefined()
})

test('is not kept when something was done while it was looked up', () => {
  const answers = sharedAnswers()
  const before = answers.state()
  answers.forgetAll()
  answers.keep('a', ok(1), mondayAt, before)
  expect(answers.find('a', ms, mondayAt)).toBeUndefined()
})

test('there are five hundred at most, of eight million characters, and none that is as large as a picture', () => {
  const answers = sharedAnswers()
  const kept = (count: number) =>
    Array.from({ length: count }, (_, no) => answers.find(`k${no}`, ms, mondayAt)).filter(
      (one) => one !== undefined,
    )
  for (let no = 0; no < 600; no += 1) answers.keep(`k${no}`, ok(no), mondayAt, answers.state())
  expect(kept(600)).toHaveLength(500)
  expect(answers.find('k599', ms, mondayAt)).toEqual(ok(599))
  answers.forgetAll()
  for (let no = 0; no < 20; no += 1)
    answers.keep(`k${no}`, ok('x'.repeat(900_000)), mondayAt, answers.state())
  expect(kept(20)).toHaveLength(8)
  answers.keep('large', ok('x'.repeat(1_000_000)), mondayAt, answers.state())
  expect(answers.find('large', ms, mondayAt)).toBeUndefined()
  expect(kept(20)).toHaveLength(8)
})
