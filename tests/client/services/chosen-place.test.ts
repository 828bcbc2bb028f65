import { placeToSend } from '../../../client/services/chosen-place'

const point = { lng: 110.52, lat: 40.56 }
const chosen = { id: 'chosen', name: '后炭市社区' }
const home = { id: 'home', name: '迎宾社区' }

describe('what is shown of a place is what is sent', () => {
  // biome-ignore format: a table is read by its columns
  test.each([
    // With a spot, what somebody named besides; without one, the community that stands beside the words.
    { point, community: chosen, home, sent: { point, namedUnitId: 'chosen' } },
    { point, community: null, home, sent: { point } },
    { point, community: null, home: undefined, sent: { point } },
    { point: null, community: chosen, home, sent: { namedUnitId: 'chosen' } },
    { point: null, community: null, home, sent: { namedUnitId: 'home' } },
    { point: null, community: null, home: undefined, sent: {} },
  ])('a spot ($point), a community ($community), a home ($home)', ({ sent, home: standing, ...place }) => {
    expect(placeToSend({ ...place, placeWords: '供销社往东' }, standing)).toEqual({
      words: '供销社往东',
      ...sent,
    })
  })
})
