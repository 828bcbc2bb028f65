import {
  emptyDraft,
  intentionFor,
  keepableDraft,
  problemsOf,
  type ReportDraft,
  toSubmission,
} from '../../../../client/features/reporting/draft'
import { refusedField } from '../../../../client/features/reporting/refused-field'
import type { CategoryView } from '../../../../client/features/reporting/words'

const lane: CategoryView = {
  id: 'lane-hardening',
  name: '巷道泥泞要硬化',
  hint: '土路、泥路，下雨出不了门',
  acceptText: '1个工作日内受理',
  resolveText: '90天内办完',
  source: '人民日报报道',
  emergencyCalls: [],
  isPhotoOptional: false,
  isAboutBranch: false,
}
const home = { id: '150221104004', name: '后炭市社区' }
const sent = {
  key: 'one',
  previewUrl: 'blob:one',
  state: 'sent',
  progress: 1,
  admitted: { photoId: 'p1', url: 'https://photos/p1', thumbUrl: 'https://photos/p1-thumb' },
} as const
const sending = { key: 'two', previewUrl: 'blob:two', state: 'sending', progress: 0.4 } as const

const aDraft = (over: Partial<ReportDraft> = {}): ReportDraft => ({
  ...emptyDraft,
  photos: [sent],
  point: { lng: 110.51, lat: 40.56 },
  categoryId: 'lane-hardening',
  text: '巷子里全是泥',
  ...over,
})

describe('what keeps a report from being sent', () => {
  it('is nothing when place, kind, picture and words are there', () => {
    expect(problemsOf(aDraft(), lane, home)).toEqual({})
  })

  it('is named block by block in an empty form', () => {
    expect(Object.keys(problemsOf(emptyDraft, undefined, home))).toEqual(['place', 'category', 'text'])
  })

  it('is a missing picture only where the kind of matter asks for one', () => {
    expect(problemsOf(aDraft({ photos: [] }), lane, home).photos).toContain('至少拍一张')
    expect(problemsOf(aDraft({ photos: [] }), { ...lane, isPhotoOptional: true }, home)).toEqual({})
  })

  it('is a picture on its way, one that failed and one that cannot be used', () => {
    const withPhoto = (photo: ReportDraft['photos'][number]) =>
      problemsOf(aDraft({ photos: [sent, photo] }), lane, home).photos
    expect(withPhoto(sending)).toContain('还在上传')
    expect(withPhoto({ ...sending, state: 'failed' })).toContain('没传上去')
    expect(withPhoto({ ...sending, state: 'refused' })).toContain('不能用')
  })

  it('is not the missing point of somebody who says it in words and names the community', () => {
    const inWords = aDraft({ point: null, placeWords: '供销社往东第二条巷子' })
    expect(problemsOf(inWords, lane, home)).toEqual({})
    expect(problemsOf(inWords, lane, undefined).place).toContain('社区')
  })

  it('is one character too many, and says how many', () => {
    expect(problemsOf(aDraft({ text: '泥'.repeat(500) }), lane, home)).toEqual({})
    expect(problemsOf(aDraft({ text: '泥'.repeat(503) }), lane, home).text).toContain('多了3个')
  })

  it('is a telephone number only when the resident wants to be called', () => {
    expect(problemsOf(aDraft({ phone: '12345' }), lane, home)).toEqual({})
    expect(problemsOf(aDraft({ phone: '12345', wantsCall: true }), lane, home).phone).toBeDefined()
    expect(problemsOf(aDraft({ phone: ' 13800000000 ', wantsCall: true }), lane, home)).toEqual({})
    expect(problemsOf(aDraft({ phone: '04728812345', wantsCall: true }), lane, home)).toEqual({})
  })
})

describe('what is sent', () => {
  it('lets a spot speak for itself and names the community only with words alone', () => {
    expect(toSubmission(aDraft(), 'lane-hardening', home).place).toEqual({
      words: '',
      point: { lng: 110.51, lat: 40.56 },
    })
    const inWords = aDraft({ point: null, placeWords: ' 供销社往东 ' })
    expect(toSubmission(inWords, 'lane-hardening', home).place).toEqual({
      words: '供销社往东',
      namedUnitId: home.id,
    })
  })

  it('leaves out the telephone number of somebody who changed their mind', () => {
    expect(toSubmission(aDraft({ phone: '13800000000' }), 'lane-hardening', home)).not.toHaveProperty('phone')
  })

  it('keeps its command while the words are the same, and gets a new one when they change', () => {
    const draft = aDraft()
    const first = intentionFor(draft, toSubmission(draft, 'lane-hardening', home))
    const again = { ...draft, intention: first }
    expect(intentionFor(again, toSubmission(again, 'lane-hardening', home))).toBe(first)
    const changed = { ...again, text: '巷子里全是泥，还有水' }
    expect(intentionFor(changed, toSubmission(changed, 'lane-hardening', home)).commandId).not.toBe(
      first.commandId,
    )
  })

  it('keeps of the pictures those the server has', () => {
    const kept = keepableDraft(aDraft({ photos: [sent, sending] }))
    expect(kept.photos.map(({ key, previewUrl }) => [key, previewUrl])).toEqual([
      ['one', 'https://photos/p1-thumb'],
    ])
  })
})

describe('where a refusal is shown', () => {
  const refusal = (code: string, field?: string) =>
    refusedField({ code, message: '', ...(field === undefined ? {} : { details: { field } }) })

  it('is the block whose field the server named', () => {
    expect(refusal('invalid-input', 'place.words')).toBe('place')
    expect(refusal('invalid-input', 'photos.3')).toBe('photos')
    expect(refusal('text-has-control-characters', 'text')).toBe('text')
  })

  it('is the block the refusal is about', () => {
    expect(refusal('place-outside-region')).toBe('place')
    expect(refusal('photo-unknown')).toBe('photos')
  })

  it('is the foot of the form for everything else', () => {
    expect(refusal('network')).toBeUndefined()
    expect(refusal('sign-in-required')).toBeUndefined()
  })
})
