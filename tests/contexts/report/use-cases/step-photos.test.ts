import { photosIn, withPhotos } from '../../../../cloudfunctions/contexts/report/use-cases/step-photos'

const stored = (id: string) => `stored-${id}`

test.each([
  [{ note: '', before: ['a', 'b'], after: ['c', 'a'], remedy: 'lasting' } as const, ['a', 'b', 'c', 'a']],
  [{ note: '', photos: ['a', 'b'], isPublic: true } as const, ['a', 'b']],
  [{ isGone: false, photo: 'a', note: '' } as const, ['a']],
  [{ isGone: true, note: '' } as const, []],
  [{ note: 'a' } as const, []],
])(
  'every photo of a step gets the id under which it is stored, and nothing else changes: %j',
  (facts, photos) => {
    expect(photosIn(facts)).toEqual(photos)
    const changed = withPhotos(facts, photos.map(stored))
    expect(photosIn(changed)).toEqual(photos.map(stored))
    expect(withPhotos(changed, photos)).toEqual(facts)
  },
)
