import { leftOpenIn, questionsOf } from '../../../client/words/mistakes'

const labels = { toUnitId: '派给谁', note: '要办什么' } as const

describe('the questions of a form that was refused', () => {
  test('each says what is wrong with its answer, and the form names them all at once', () => {
    const problems = { note: '要填文字', toUnitId: '编号不对' }
    const { row, mistakes } = questionsOf(labels, problems, [])
    expect(row('note')).toEqual({ label: '要办什么', error: '要填文字' })
    expect(row('toUnitId')).toEqual({ label: '派给谁', error: '编号不对' })
    expect(mistakes).toBe('还要改：要办什么、派给谁')
  })

  test('what was not chosen at all is asked for by its name', () => {
    const input = { toUnitId: undefined, note: '换灯泡' }
    const { row, mistakes } = questionsOf(labels, { toUnitId: '编号不对' }, leftOpenIn(input))
    expect(row('toUnitId').error).toBe('请选“派给谁”')
    expect(row('note').error).toBeUndefined()
    expect(mistakes).toBe('请选“派给谁”')
  })

  test('what already asks in a sentence of its own says that sentence', () => {
    const { mistakes } = questionsOf(labels, { note: '请写几句话' }, ['note'])
    expect(mistakes).toBe('请写几句话')
  })

  test('what is wrong with something the form does not ask is no mistake of the form', () => {
    expect(questionsOf(labels, { rev: '版本不对' }, []).mistakes).toBeUndefined()
  })
})
