import { photoNames, takenText, waitingText } from '../../../client/components/photo-names'
import {
  type PickedPhoto,
  photosIn,
  photosTrouble,
  sentPhotoIds,
} from '../../../client/components/picked-photo'
import { mistakesText } from '../../../client/words/mistakes'
import { clientSources } from '../../support/client-sources'

const states: readonly PickedPhoto['state'][] = ['sending', 'sent', 'waiting', 'refused']

const aPhoto = (state: PickedPhoto['state']): PickedPhoto => ({
  key: state,
  previewUrl: 'preview',
  state,
  progress: state === 'sent' ? 1 : 0,
  ...(state === 'sent' ? { admitted: { photoId: 'p1', url: 'u', thumbUrl: 't' } } : {}),
})

describe('no picture is left out of what is sent without a word', () => {
  test.each(states)(
    'a form is held back by one that is %s exactly where it would not be among what is sent',
    (state) => {
      const photos = [aPhoto('sent'), aPhoto(state)]
      const isLeftOut = sentPhotoIds(photos).length < photos.length
      expect(photosTrouble(photos) !== undefined).toBe(isLeftOut)
    },
  )

  test.each(['waiting', 'refused'] as const)(
    'and where waiting alone may not help (%s) the way on is to remove it',
    (state) => {
      expect(photosTrouble([aPhoto(state)])).toContain('删掉')
    },
  )

  test('for want of a network that is said, and nothing else', () => {
    expect(photosTrouble([aPhoto('waiting'), aPhoto('sending')])).toContain('有网')
    expect(photosTrouble([aPhoto('sending')])).not.toContain('有网')
  })

  test('it asks in a sentence of its own: the line at the foot is that sentence', () => {
    for (const state of ['sending', 'waiting', 'refused'] as const) {
      const why = photosTrouble([aPhoto(state)]) ?? ''
      expect(mistakesText([{ label: '照片', why }])).toBe(why)
    }
  })

  test('in whichever answers of a form they lie', () => {
    const [before, after] = [aPhoto('sent'), aPhoto('refused')]
    const draft = {
      note: 'x',
      before: [before],
      after: [after],
      remedy: undefined,
      left: [1, 2],
      place: { point: null },
    }
    expect(photosIn(draft)).toEqual([before, after])
  })

  test('every file that sends pictures asks that first, itself or by the page of the form', () => {
    const sending = clientSources(['.ts', '.tsx']).filter(
      ({ file, text }) => /sentPhotoIds\(/.test(text) && !file.includes('/components/'),
    )
    expect(sending.length).toBeGreaterThan(3)
    expect(sending.filter(({ text }) => !/(photosTrouble|unusablePhotos)\(|<ActForm/.test(text))).toEqual([])
    const page = clientSources().find(({ text }) => /function ActForm\b/.test(text))
    expect(page?.text).toContain('photosTrouble(photosIn(form.draft))')
  })
})

describe('several pickers of one form are told apart by who hears them', () => {
  const namesOf = (what: string): readonly string[] => {
    const { add, picture, sending, waiting, remove } = photoNames(what)
    return [
      add('拍照或选照片', 0, 9),
      add('拍照或选照片', 1, 9),
      ...[0, 1].flatMap((index) => [picture, sending, waiting, remove].map((name) => name(index))),
    ]
  }

  test('no part of one is called like a part of the other, nor like another of its own', () => {
    const names = [...namesOf('办理前的照片'), ...namesOf('办理后的照片')]
    expect(new Set(names).size).toBe(names.length)
  })

  test('what a button shows is in its name', () => {
    const { add, waiting } = photoNames('照片')
    expect(add('拍照', 0, 9)).toContain('拍照')
    expect(add('拍照', 2, 9)).toContain(takenText(2, 9))
    expect(waiting(0)).toContain(waitingText)
  })
})
