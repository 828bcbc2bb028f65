import fc from 'fast-check'
import { networkOf } from '../../../cloudfunctions/platform/cloudbase/identity'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7'],
  ['2001:0DB8::1', '2001:db8:0:0'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['::', '0:0:0:0'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0'],
])('%s lies in the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each(['', 'unknown', '203.0.113', '203.0.113.7, 198.51.100.4', '1::2::3', 'g::'])(
  '%p is no address',
  (text) => {
    expect(networkOf(text)).toBe('unknown')
  },
)

test('all addresses that one line has are one network, however they are written', () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
      const line = networkOf(one)
      expect(line.split(':')).toHaveLength(4)
      expect(
        networkOf(
          `${line}::${
            other
              .split(':')
              .at(-1)
              ?.replace(/[0-9.]+\..*/, '1') || '1'
          }`,
        ),
      ).toBe(line)
    }),
  )
})
