import {
  evidenceIn,
  photosIn,
  withPhotos,
} from '../../../../cloudfunctions/contexts/report/use-cases/command-photos'

const stored = (id: string) => `stored-${id}`

test.each([
  [
    { kind: 'claim-fixed', note: '', before: ['a', 'b'], after: ['c', 'a'], remedy: 'lasting' } as const,
    ['a', 'b', 'c', 'a'],
    ['c', 'a'],
  ],
  [{ kind: 'progress', note: '', photos: ['a', 'b'], isPublic: true } as const, ['a', 'b'], []],
  [{ kind: 'answer-red-face', isGone: false, photo: 'a', note: '' } as const, ['a'], []],
  [{ kind: 'answer-red-face', isGone: true, note: '' } as const, [], []],
  [{ kind: 'rework', note: 'a' } as const, [], []],
])(
  'every photo of a command gets the id under which it is stored, and nothing else changes: %j',
  (command, photos, evidence) => {
    expect(photosIn(command)).toEqual(photos)
    expect(evidenceIn(command)).toEqual(evidence)
    const changed = withPhotos(command, photos.map(stored))
    expect(photosIn(changed)).toEqual(photos.map(stored))
    expect(withPhotos(changed, photos)).toEqual(command)
  },
)
