import * as fc from 'fast-check'
import {
  askedBeside,
  emptyDraft,
  isWhole,
  keepableDraft,
  placeAsked,
  problemsAmong,
  problemsOf,
  type ReportDraft,
  toSubmission,
} from '../../../../client/features/reporting/draft'
import { refusedProblems } from '../../../../client/features/reporting/refused-problems'
import {
  type CategoryView,
  fieldNames,
  formFields,
  photoHint,
  waitingLine,
} from '../../../../client/features/reporting/words'
import { contract } from '../../../../cloudfunctions/contract/contract'
import { parseInput } from '../../../support/parse-input'

const lane: CategoryView = {
  id: 'lane-hardening',
  name: '巷道泥泞要硬化',
  hint: '土路、泥路，下雨出不了门',
  acceptText: '1个工作日内受理',
  resolveText: '90天内办完',
  source: '人民日报报道',
  emergencyCalls: [],
  isAboutBranch: false,
}
const danger: CategoryView = { ...lane, id: 'danger', emergencyCalls: ['110', '119', '120'] }
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
    expect(problemsOf(aDraft(), home, lane)).toEqual({})
  })

  it('is named block by block in an empty form', () => {
    expect(Object.keys(problemsOf(emptyDraft, home, undefined))).toEqual(['place', 'category', 'text'])
  })

  it('K1: is never a missing picture', () => {
    expect(problemsOf(aDraft({ photos: [] }), home, lane)).toEqual({})
  })

  it('is a picture that cannot be used; one on its way only makes the report wait', () => {
    const withPhoto = (photo: ReportDraft['photos'][number]) =>
      problemsOf(aDraft({ photos: [sent, photo] }), home, lane).photos
    expect(withPhoto(sending)).toBeUndefined()
    expect(withPhoto({ ...sending, state: 'waiting' })).toBeUndefined()
    expect(withPhoto({ ...sending, state: 'refused' })).toContain('不能用')
  })

  it('is not the missing point of somebody who says it in words and names the community', () => {
    const inWords = aDraft({ point: null, placeWords: '供销社往东第二条巷子' })
    expect(problemsOf(inWords, home, lane)).toEqual({})
    expect(problemsOf(inWords, undefined, lane).place).toContain('社区')
  })

  it('is nothing but the sentence where numbers are rung first: whoever comes asks where', () => {
    const inOneSentence = aDraft({ photos: [], point: null, placeWords: '', text: '桥头的井盖没了' })
    expect(problemsOf(inOneSentence, home, danger)).toEqual({})
    expect(problemsOf(inOneSentence, home, lane).place).toContain('在哪里')
    expect(problemsOf(inOneSentence, undefined, danger).place).toContain('说不清')
  })

  it('is said of every field at once, by the name that stands over it', () => {
    const all = aDraft({
      photos: [{ ...sending, state: 'refused' }],
      placeWords: '东'.repeat(101),
      text: '',
      wantsCall: true,
    })
    const found = problemsOf(all, home, undefined)
    expect(Object.keys(found)).toEqual([...formFields])
    expect(found.place).toContain(`“${fieldNames.place}”`)
  })

  it('is complained about once it was found, for as long as it is wanting, whichever answer settles it', () => {
    const noPlace = aDraft({ point: null, placeWords: '', text: '桥头的井盖没了' })
    const foot = (fields: readonly (typeof formFields)[number][], kind: CategoryView | undefined) =>
      Object.keys(problemsAmong(fields, problemsOf(noPlace, home, kind), {}))
    expect(foot([], lane)).toEqual([])
    expect(foot(['place'], lane)).toEqual(['place'])
    expect(foot(['place', 'category'], undefined)).toEqual(['place', 'category'])
    expect(foot(['place', 'category'], danger)).toEqual([])
  })

  it('is what the server refused, whatever the draft says of it', () => {
    expect(problemsAmong([], {}, { place: '不在本地' })).toEqual({ place: '不在本地' })
  })

  it('is one character too many, and says how many', () => {
    expect(problemsOf(aDraft({ text: '泥'.repeat(500) }), home, lane)).toEqual({})
    expect(problemsOf(aDraft({ text: '泥'.repeat(503) }), home, lane).text).toContain('多了3个')
    expect(problemsOf(aDraft({ text: '𠮷'.repeat(500) }), home, lane)).toEqual({})
    expect(problemsOf(aDraft({ text: '𠮷'.repeat(501) }), home, lane).text).toContain('多了1个')
  })

  it('is a text or words that only look like some', () => {
    expect(problemsOf(aDraft({ text: '\u3164\u200e' }), home, lane).text).toContain('请写一句话')
    expect(problemsOf(aDraft({ point: null, placeWords: '\u2800' }), home, lane).place).toContain('在哪里')
  })

  it('is exactly what the server would refuse, whatever is typed', () => {
    const anyTyped = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 4 }),
          fc.constantFrom(
            '泥',
            '𠮷',
            'e\u0301',
            '\u202e',
            '\u3164',
            '\r\n',
            '\u200d',
            '👨‍👩‍👧',
            '\n\n\n',
            ' ',
          ),
          fc.constantFrom('泥'.repeat(95), '𠮷'.repeat(250), '\u2060'.repeat(300)),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''))
    const anyPhone = fc.oneof(
      anyTyped,
      fc.array(fc.constantFrom(...'0123456789+-８ '), { maxLength: 16 }).map((all) => all.join('')),
    )
    const { input } = contract['report.submit']
    fc.assert(
      fc.property(anyTyped, anyTyped, anyPhone, (text, placeWords, phone) => {
        const draft = aDraft({ text, placeWords, phone, wantsCall: true })
        const answer = parseInput('report.submit', {
          ...toSubmission(draft, lane, home),
          commandId: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
        })
        const raw = input.safeParse({
          ...toSubmission(draft, lane, home),
          text,
          phone,
          place: { words: placeWords },
          commandId: '6f1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
        })
        const refused = answer.ok ? {} : refusedProblems(answer.error)
        const wrong = Object.keys(problemsOf(draft, home, lane)).sort()
        expect(Object.keys(refused).sort()).toEqual(wrong)
        expect(raw.success).toBe(answer.ok)
      }),
      { numRuns: 1000 },
    )
  })

  it('is a telephone number only when the resident wants to be called', () => {
    expect(problemsOf(aDraft({ phone: '12345' }), home, lane)).toEqual({})
    expect(problemsOf(aDraft({ phone: '12345', wantsCall: true }), home, lane).phone).toBeDefined()
    expect(problemsOf(aDraft({ phone: ' 13800000000 ', wantsCall: true }), home, lane)).toEqual({})
    expect(problemsOf(aDraft({ phone: '04728812345', wantsCall: true }), home, lane)).toEqual({})
    for (const phone of [
      '+86 138-0000-0000',
      '１３８０００００００００'.slice(0, 11),
      '\u202d13800000000\u202c',
    ])
      expect(problemsOf(aDraft({ phone, wantsCall: true }), home, lane)).toEqual({})
  })
})

describe('a kind of matter that the address asks for', () => {
  const other = { categoryId: 'rubbish' } as const

  it.each([
    ['another kind', aDraft({ ...other, photos: [], text: ' ' })],
    ['no kind', aDraft({ photos: [], text: '', categoryId: null })],
  ])('is taken into a draft of %s in which nothing is written', (_what, draft) => {
    expect(askedBeside(draft, 'lane-hardening')).toBe('taken')
  })

  it.each([
    ['words', aDraft({ ...other, photos: [] })],
    ['photographs', aDraft({ ...other, text: '' })],
    ['words of no kind', aDraft({ categoryId: null })],
  ])('never changes what %s say, nor is it lost: their writer is asked', (_what, draft) => {
    expect(askedBeside(draft, 'lane-hardening')).toBe('undecided')
  })

  it('changes nothing where none is asked for, where it is the same, and of what waits to be sent', () => {
    expect(askedBeside(aDraft(), null)).toBe('nothing')
    expect(askedBeside(aDraft(), 'lane-hardening')).toBe('nothing')
    expect(askedBeside(aDraft({ ...other, isToSend: true }), 'lane-hardening')).toBe('nothing')
  })
})

describe('what is sent', () => {
  it('lets a spot speak for itself and names the community only with words alone', () => {
    expect(toSubmission(aDraft(), lane, home).place).toEqual({
      words: '',
      point: { lng: 110.51, lat: 40.56 },
    })
    const inWords = aDraft({ point: null, placeWords: ' 供销社往东 ' })
    expect(toSubmission(inWords, lane, home).place).toEqual({
      words: '供销社往东',
      namedUnitId: home.id,
    })
  })

  it('leaves out the telephone number of somebody who changed their mind', () => {
    expect(toSubmission(aDraft({ phone: '13800000000' }), lane, home)).not.toHaveProperty('phone')
  })

  it('keeps of the pictures those the server has, and those this device has stored', () => {
    const stored = { ...sending, key: 'three', isKept: true }
    const kept = keepableDraft(aDraft({ photos: [sent, sending, stored, { ...stored, state: 'refused' }] }))
    expect(kept.photos.map(({ key, previewUrl, state }) => [key, previewUrl, state])).toEqual([
      ['one', 'https://photos/p1-thumb', 'sent'],
      ['three', '', 'waiting'],
    ])
  })
})

describe('H4: whom a complaint is about', () => {
  const complaint: CategoryView = { ...lane, id: 'about-branch', isAboutBranch: true }
  const { place } = toSubmission(aDraft(), lane, home)
  const elsewhere = { ...place, point: { lng: 110.52, lat: 40.57 } }
  const about = (unitId: string | null | undefined, of = place) =>
    aDraft({ categoryId: 'about-branch', accused: { of: placeAsked(of), unitId } })

  it('is said before a complaint is sent, and only a complaint is asked', () => {
    const unasked = aDraft({ categoryId: 'about-branch' })
    expect(problemsOf(unasked, home, complaint)).toEqual({ category: '请先选反映的是谁，再提交' })
    expect(problemsOf(unasked, home, lane)).toEqual({})
    expect(problemsOf(about('150221104'), home, complaint)).toEqual({})
  })

  it('is not said by whoever means another unit and has not chosen which', () => {
    expect(problemsOf(about(undefined), home, complaint).category).toContain('反映的是谁')
  })

  it('is not said of another place', () => {
    expect(problemsOf(about('150221104', elsewhere), home, complaint).category).toContain('反映的是谁')
    expect(toSubmission(about('150221104', elsewhere), complaint, home)).not.toHaveProperty('accusedUnitId')
  })

  it('may be nobody where nobody answers for the place', () => {
    expect(problemsOf(about(null), home, complaint)).toEqual({})
    expect(toSubmission(about(null), complaint, home)).not.toHaveProperty('accusedUnitId')
  })

  it('is sent by its name, whoever it is, and only with a complaint', () => {
    expect(toSubmission(about('150221104'), complaint, home).accusedUnitId).toBe('150221104')
    expect(toSubmission(aDraft(), complaint, home)).not.toHaveProperty('accusedUnitId')
    expect(toSubmission(about('150221104'), lane, home)).not.toHaveProperty('accusedUnitId')
  })

  it('stays said while the words beside the place change, and when the page is opened again', () => {
    const kept: ReportDraft = JSON.parse(JSON.stringify({ ...about('150221104'), placeWords: '东头' }))
    expect(problemsOf(kept, home, complaint)).toEqual({})
  })
})

describe('where a refusal is shown', () => {
  const refusal = (code: string, fields?: readonly { field: string; why: string }[]) =>
    refusedProblems({ code, message: '不行', ...(fields ? { details: { ...fields[0], fields } } : {}) })

  it('is every block whose fields the server named, with why', () => {
    expect(
      refusal('invalid-input', [
        { field: 'place.words', why: '太长' },
        { field: 'place.point.lng', why: '位置不对' },
        { field: 'photos.3', why: '照片不对' },
        { field: 'text', why: '不能空着' },
        { field: 'commandId', why: '提交编号不对' },
      ]),
    ).toEqual({ place: '太长', photos: '照片不对', text: '不能空着' })
  })

  it('is the block the refusal is about', () => {
    expect(refusal('place-outside-region')).toEqual({ place: '不行' })
    expect(refusal('photo-unknown')).toEqual({ photos: '不行' })
  })

  it('is the foot of the form for everything else', () => {
    expect(refusal('network')).toEqual({})
    expect(refusal('sign-in-required')).toEqual({})
    expect(refusal('invalid-input', [{ field: 'commandId', why: '提交编号不对' }])).toEqual({})
  })
})

describe('a report that waits for the network', () => {
  const offline = { code: 'network', message: '没有网' }

  it('says how much this device holds, and that it goes by itself', () => {
    expect(waitingLine(aDraft(), offline, true)).toBe('1件诉求存着，有网自动发')
    expect(waitingLine(aDraft({ photos: [{ ...sending, state: 'waiting' }] }), undefined, true)).toBe(
      '1件诉求、1张照片存着，有网自动发',
    )
  })

  it('does not claim that this device keeps what it does not', () => {
    const lines = [
      waitingLine(aDraft(), offline, false),
      waitingLine(aDraft(), { code: 'unavailable', message: '' }, false),
      waitingLine(aDraft({ photos: [sending] }), undefined, false),
    ]
    for (const line of lines) {
      expect(line).toContain('手机没存下，没发出去前别关这一页')
      expect(line).not.toContain('存着')
    }
  })

  const heldUp = { ...sending, state: 'waiting', heldUp: '请16分钟后再试' } as const

  it('says that pictures came too often, and not that the network is bad', () => {
    expect(waitingLine(aDraft({ photos: [heldUp] }), undefined, true)).toBe(
      '照片传得太多了，1件诉求、1张照片存着，到时候自动接着传',
    )
  })

  it('waits for its pictures, but where every minute counts not for those that the server takes only later', () => {
    expect(isWhole({ photos: [heldUp] }, false)).toBe(false)
    expect(isWhole({ photos: [heldUp] }, true)).toBe(true)
    expect(isWhole({ photos: [heldUp, sending] }, true)).toBe(false)
    expect(isWhole({ photos: [{ ...sending, state: 'waiting' }] }, true)).toBe(false)
  })

  it('does not blame the network for a server that does not answer', () => {
    expect(waitingLine(aDraft(), { code: 'unavailable', message: '' }, true)).not.toContain('有网')
  })
})

describe('K1: the words beside the photographs', () => {
  it('ask for one and say what becomes of a report without', () => {
    expect(photoHint(lane)).toContain('没有照片也能报')
    expect(photoHint(undefined)).toContain('来看一眼')
    expect(photoHint(danger)).toContain('不用等照片')
  })
})
