import * as z from 'zod/mini'
import { type Action, contract } from '../../cloudfunctions/contract/contract'

/** A change of the contract shows here, so that it is seen in review: old clients live on for weeks. */
describe('the contract', () => {
  test('names every action and what it is', () => {
    const actions = Object.entries(contract).map(([action, { kind }]) => `${kind} ${action}`)
    expect(actions).toMatchSnapshot()
  })

  test.each(Object.keys(contract) as readonly Action[])('%s', (action) => {
    const { input, output } = contract[action]
    expect({
      input: z.toJSONSchema(input, { io: 'input' }),
      output: z.toJSONSchema(output, { io: 'output' }),
    }).toMatchSnapshot()
  })

  test.each(Object.keys(contract) as readonly Action[])('%s takes no field it does not know', (action) => {
    expect(z.toJSONSchema(contract[action].input, { io: 'input' })).toMatchObject({
      additionalProperties: false,
    })
  })
})
