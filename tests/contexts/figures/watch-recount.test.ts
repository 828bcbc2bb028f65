import type { Drift, RecountAlarm, RecountProgress } from '../../../cloudfunctions/contexts/figures/ports'
import { watchRecount } from '../../../cloudfunctions/contexts/figures/shared/watch-recount'
import { mondayAt } from '../../support/builders'

const wrong: Drift = { section: 'u1', by: { open: 1 } }
const alsoWrong: Drift = { section: 'u2', by: { open: -1 } }

/** Recounts that find these, piece by piece, one a run; after its last piece a recount is over. */
const recounts = (...pieces: readonly (readonly [found: readonly Drift[], isLast: boolean])[]) => {
  const kept = {
    alarm: { told: [], found: [] } as RecountAlarm,
    progress: undefined as RecountProgress | undefined,
  }
  let no = 0
  const run = watchRecount({
    figures: {
      recountAlarm: async () => kept.alarm,
      saveRecountAlarm: async (alarm) => {
        kept.alarm = alarm
      },
      saveRecountProgress: async (progress) => {
        kept.progress = progress
      },
    },
    check: async () => {
      const [figuresDrifted, isComplete] = pieces[no] ?? [[], true]
      no += 1
      return { figuresDrifted, isComplete }
    },
  })
  return { kept, run: () => run(mondayAt, () => true) }
}

describe('what a recount of the figures finds', () => {
  test('is told from the piece that found it on, until a recount has found nothing', async () => {
    const { run } = recounts([[wrong], false], [[], false], [[], true], [[], false], [[], true])
    const told = []
    for (let runs = 0; runs < 5; runs += 1) told.push((await run()).figuresDrifted)
    expect(told).toEqual([[wrong], [wrong], [wrong], [wrong], []])
  })

  test('is followed by another recount at once, and by none where it is nothing', async () => {
    const { run, kept } = recounts([[wrong], true], [[], true])
    expect(await run()).toMatchObject({ isWatched: true, isComplete: true })
    expect(kept.progress).toEqual({ on: '2026-03-02', part: 'sections', cursor: null })
    kept.progress = undefined
    expect(await run()).toMatchObject({ figuresDrifted: [], isWatched: false, isComplete: true })
    expect(kept.progress).toBeUndefined()
  })

  test('is told beside what is new in the recount that follows', async () => {
    const { run } = recounts([[wrong], true], [[alsoWrong], false], [[], true], [[], true])
    const told = []
    for (let runs = 0; runs < 4; runs += 1) told.push((await run()).figuresDrifted)
    expect(told).toEqual([[wrong], [wrong, alsoWrong], [alsoWrong], []])
  })
})
