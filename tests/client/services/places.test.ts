import { fromWeChatMap, toWeChatMap } from '../../../client/services/places'

describe('WeChat’s maps', () => {
  const salaqi = { lng: 110.5262, lat: 40.5648 }

  test('lie some hundred metres away from WGS84', () => {
    const shifted = toWeChatMap(salaqi)
    const northMetres = Math.abs(shifted.lat - salaqi.lat) * 111_320
    const eastMetres = Math.abs(shifted.lng - salaqi.lng) * 111_320 * Math.cos((salaqi.lat * Math.PI) / 180)
    expect(Math.hypot(northMetres, eastMetres)).toBeGreaterThan(50)
    expect(Math.hypot(northMetres, eastMetres)).toBeLessThan(1000)
  })

  test('a place chosen there and shown there again is the same place within a metre', () => {
    const back = fromWeChatMap(toWeChatMap(salaqi))
    expect(Math.abs(back.lat - salaqi.lat)).toBeLessThan(1e-5)
    expect(Math.abs(back.lng - salaqi.lng)).toBeLessThan(1e-5)
  })
})
