import { chinaDateOn, minuteMs } from '../ground/instant'

/** What failed and is tried again: a matter, by its id (`Failure`), or something that the reason itself names. */
interface Failed {
  readonly id?: string
  readonly reason: string
}

/** What a duty may say besides its own words, all of which are part of the run's answer and, where kept, plain data. */
export interface DutyDone {
  /** False when there is more to do than it had time for. */
  readonly isComplete?: boolean
  /** True when each run is to look again, however often it is done else, until what was found is mended. */
  readonly isWatched?: boolean
  readonly failures?: readonly Failed[]
}

/** What has become, in this run, of the duties before one. */
export interface SoFar {
  /** False when one of them has more to do than it had time for. */
  readonly isComplete: boolean
  /** Something of theirs failed, and waits for a later run. */
  readonly hasFailed: boolean
}

/** Something the clock sees to. Done late, twice or not at all in one run, it ends in the same state. */
export interface Duty<Done extends object> {
  /** What it is done once for, as the Chinese day; absent: it is done whenever the clock runs. */
  readonly oncePer?: (now: number) => string | Promise<string>
  /** How much of a run it takes at most, so that those behind it have their turn. */
  readonly mostMs: number
  /** Asks `mayGoOn` before each part of the work, and leaves the rest to the next run. */
  readonly work: (now: number, mayGoOn: () => boolean, soFar: SoFar) => Promise<Done>
}

/** For what is done once a Chinese day, by the day's first run. */
export const daily = (now: number): string => chinaDateOn(now)

const tenMinutesMs = 10 * minuteMs

/** For what commands do at once and the clock sees to when they were cut off, and for what nobody waits for by the minute. */
export const everyTenMinutes = (now: number): string => `ten minutes ${Math.floor(now / tenMinutesMs)}`

/** What a duty that is not done each time was last done for, and what it answered. */
interface Remembered {
  readonly for: string
  readonly answer: object
}

export interface DutyMemory {
  /** Of all duties, by their names, in one read. */
  all(): Promise<Readonly<Partial<Record<string, Remembered>>>>
  remember(name: string, done: Remembered): Promise<void>
}

/** Of a run, in their order. */
export type Duties = Readonly<Record<string, Duty<object>>>
type AnswerOf<D> = D extends Duty<infer Done> ? Omit<Done, keyof DutyDone> : never
type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer All) => void
  ? All
  : never

interface Run {
  /** What failed, and in which duty; nothing else is held up by it, and the next run tries it again. */
  readonly failures: readonly ({ readonly duty: string } & Failed)[]
  /** False when the time allowed was over before the work was. */
  readonly isComplete: boolean
}

/** What the duties answered, in this run or when they were last done; of one that has never come to an end, nothing. */
export type DutiesRun<D extends Duties> = Partial<Together<AnswerOf<D[keyof D]>>> & Run

/**
 * One run of the clock: the duties in their order. One that fails or takes long keeps no other from its turn, and one
 * that is done once a day is done again by each run until it has come to its end. `isInTime` is said of the whole run;
 * `elapsedMs` is what a duty's own share of it is measured by.
 */
export const runDuties =
  <D extends Duties>(memory: DutyMemory, duties: D, elapsedMs: () => number) =>
  async (now: number, isInTime: () => boolean): Promise<DutiesRun<D>> => {
    const known = await memory.all()
    const failures: Run['failures'][number][] = []
    let answer: object = {}
    let isComplete = true

    for (const [duty, { oncePer, mostMs, work }] of Object.entries(duties)) {
      const before = known[duty]
      const startedMs = elapsedMs()
      let isThrough = true
      const mayGoOn = (): boolean => {
        const may = isInTime() && elapsedMs() - startedMs < mostMs
        if (!may) isThrough = false
        return may
      }
      try {
        const occasion = await oncePer?.(now)
        if (before && before.for === occasion) {
          answer = { ...answer, ...before.answer }
          continue
        }
        // What is done once a day can wait for a run that has time for it.
        if (occasion !== undefined && !mayGoOn()) {
          answer = { ...answer, ...before?.answer }
          isComplete = false
          continue
        }
        const done: DutyDone = await work(now, mayGoOn, { isComplete, hasFailed: failures.length > 0 })
        const { isComplete: isWhole = true, isWatched = false, failures: failed = [], ...rest } = done
        answer = { ...answer, ...rest }
        failures.push(...failed.map((one) => ({ duty, ...one })))
        const isDone = isThrough && isWhole
        if (!isDone) isComplete = false
        if (isDone && occasion !== undefined && !isWatched && failed.length === 0)
          await memory.remember(duty, { for: occasion, answer: rest })
      } catch (error) {
        answer = { ...answer, ...before?.answer }
        failures.push({ duty, reason: error instanceof Error ? error.message : String(error) })
      }
    }
    // Sound: each has added what it answers, in this run or when it was last done.
    return { ...answer, failures, isComplete } as unknown as DutiesRun<D>
  }
