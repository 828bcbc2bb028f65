import { createHmac } from 'node:crypto'
import { type MessageEntry, messageTo } from '../../../../cloudfunctions/contexts/report/use-cases/message-to'
import { mondayAt } from '../../../support/builders'

const keyed = (text: string): string => createHmac('sha256', 'secret').update(text).digest('hex')
const anEntry = (id: string, at = mondayAt): MessageEntry =>
  ({ id, at, kind: 'message', to: 'reporter', parts: [] }) as MessageEntry
const idOf = (entry: MessageEntry, recipient = 'account:r', arrivedAt = mondayAt): string =>
  messageTo(keyed, { id: 'r1' }, entry, recipient, arrivedAt).id

describe('F2: what a message is called', () => {
  test('is the same however often it is told, and another for each entry and recipient', () => {
    expect(idOf(anEntry('8.1'), 'account:r', mondayAt + 5)).toBe(idOf(anEntry('8.1')))
    expect(
      new Set([idOf(anEntry('8.1')), idOf(anEntry('8.2')), idOf(anEntry('8.1'), 'account:s')]).size,
    ).toBe(3)
  })

  test('says nothing but when it happened: neither how often the matter has changed nor what else was told of it', () => {
    for (const id of ['8.1', '12.0']) expect(idOf(anEntry(id))).toMatch(/^\d{13}\.[0-9a-f]{32}$/)
    expect(idOf(anEntry('8.1')).split('.')[0]).toBe(idOf(anEntry('12.0')).split('.')[0])
  })

  test('of what came in together the later sorts behind the earlier, as the list reads it', () => {
    expect(idOf(anEntry('2.0', mondayAt + 1)) > idOf(anEntry('10.0', mondayAt))).toBe(true)
  })
})
