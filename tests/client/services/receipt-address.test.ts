import { namesIn } from '../../../client/services/page-address'
import { receiptAddress, receiptIn } from '../../../client/services/receipt-address'

const printed = { number: '2604117838', code: '7KQ 2M8' }

test('what is printed on the slip is read from its address, by the page and by WeChat', () => {
  const address = receiptAddress('https://here.test/', printed)
  const receipt = { number: printed.number, code: '7KQ2M8' }
  expect(receiptIn(address)).toEqual(receipt)
  expect(receiptIn(encodeURIComponent(address))).toEqual(receipt)
  expect(namesIn(receipt)).toEqual(receipt)
})

test('no server is sent number or code: they stand behind the #', () => {
  const [sent = ''] = receiptAddress('https://here.test/', printed).split('#')
  expect(sent).not.toContain(printed.number)
  expect(sent).not.toContain('7KQ')
})

test.each(['', 'https://here.test/', 'https://here.test/?receipt', '2604117838'])(
  '%s is no receipt',
  (scanned) => {
    expect(receiptIn(scanned)).toBeUndefined()
  },
)
