import { placeIn, posterAddress, spotOf } from '../../../../client/features/reporting/poster-place'
import { addressIn, namesIn } from '../../../../client/services/page-address'

const place = { unitId: '150221104004', lng: '110.51071', lat: '40.562608' }

test('a poster’s address opens the form with its place', () => {
  const { hash } = new URL(posterAddress('https://here.test/', place))
  const { route, params } = addressIn(hash)
  expect(route).toBe('pages/matter/report')
  expect(namesIn(params)).toEqual(place)
  expect(spotOf(place)).toEqual({ lng: 110.51071, lat: 40.562608 })
})

test('WeChat hands the address on whole, and the form has the same place', () => {
  const read = posterAddress('https://here.test/', place)
  expect(placeIn(read)).toEqual(place)
  expect(placeIn(encodeURIComponent(read))).toEqual(place)
  expect(placeIn('https://here.test/?report')).toEqual({})
})

test.each([[{}], [{ lng: '110.5' }], [{ lng: 'here', lat: '40.5' }], [{ lng: '110.5', lat: '91' }]])(
  '%j is no spot',
  (where) => {
    expect(spotOf(where)).toBeUndefined()
  },
)
