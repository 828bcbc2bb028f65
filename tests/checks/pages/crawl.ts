import path from 'node:path'
import type { OpenBuild } from './builds'
import type { Control, PageReader, Reading } from './page-reader'

declare const pageReader: PageReader

export interface Bounds {
  /** How many presses one role makes at most. */
  readonly presses: number
  /** How many presses lie at most between home and what is pressed, when home is begun at again. */
  readonly depth: number
}

export interface Crawled {
  /** Routes that were seen. */
  readonly pages: readonly string[]
  readonly states: number
  readonly pressed: number
  readonly dead: readonly string[]
  readonly blank: readonly string[]
  readonly errors: readonly string[]
  /** Never under a finger: something else lay over it. */
  readonly covered: readonly string[]
  /** Seen, and not pressed because it had gone when its page was reached again, on fresh data too. */
  readonly gone: readonly string[]
  /** Seen, and not pressed because of the bounds. */
  readonly cut: readonly string[]
}

/** A press answers within this time, or it is tried once more. */
const answerMs = 2000
const stillMs = 250
/** What is still waiting after this time is an error. */
const patienceMs = 60_000
/** A page that is just beginning on a busy machine shows nothing yet; one that is blank goes on showing nothing. */
const blankMs = 8000
const pauseMs = 60
const mostMissed = 1
/** In however many places it stands. */
const mostLost = 6
/** On a way that is known it is enough to stand still for a moment. */
const passingMs = 90
const mostSilent = 2
/** From how many states one door is tried again for what is left behind it. */
const mostDoors = 6
const mostCovered = 3
/** A toast lies over the page for longer than this at most twice. */
const toastMs = 1500

const typedWords = '试一试'
const phoneNumber = '13800000000'

const isPhone = ({ label }: Control): boolean => /电话|手机/.test(label)

/** The switch between people exists only here and would end the part that is played. */
const isLeftOut = ({ kind }: Control): boolean => kind.includes('persona-switch')

interface Step {
  readonly kind: string
}

interface Way {
  readonly steps: readonly Step[]
}

interface State {
  readonly place: string
  readonly kinds: readonly string[]
  /** From home; undefined until it is known. */
  readonly way: readonly Step[]
  /** Where a press led. */
  readonly leads: Map<string, string>
  /** How often the way from home did not come there. */
  missed: number
}

const byRank = (one: Control, other: Control): number => one.rank - other.rank

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Presses what can be pressed, each kind of control once in each place. */
export const crawl = async (open: OpenBuild, photo: string, bounds: Bounds): Promise<Crawled> => {
  const { page } = open
  const states = new Map<string, State>()
  const pressed = new Set<string>()
  const pages = new Set<string>()
  const found = {
    dead: [] as string[],
    blank: [] as string[],
    errors: [] as string[],
    covered: [] as string[],
  }
  const lost = new Map<string, number>()
  const doorsTried = new Map<string, number>()
  const isGone = (kind: string): boolean => (lost.get(kind) ?? 0) >= mostLost
  let pressCount = 0

  let pendingRequests = 0
  let sentRequests = 0
  page.on('request', (request) => {
    pendingRequests += 1
    if (request.resourceType() !== 'image') sentRequests += 1
  })
  const ended = (): void => {
    pendingRequests = Math.max(0, pendingRequests - 1)
  }
  page.on('requestfinished', ended)
  page.on('requestfailed', ended)
  let outward = 0
  page.on('filechooser', (chooser) => {
    outward += 1
    void chooser.setFiles(path.resolve(photo)).catch(() => undefined)
  })
  page.on('dialog', (dialog) => {
    outward += 1
    void dialog.accept().catch(() => undefined)
  })
  page.on('popup', (popup) => {
    outward += 1
    void popup.close().catch(() => undefined)
  })
  /** What stands there once nothing moves any more. */
  const settle = async (quietMs = stillMs): Promise<Reading> => {
    for (const beganAt = Date.now(), end = beganAt + patienceMs; ; await wait(pauseMs)) {
      const still = await page.evaluate(() => pageReader.stillFor()).catch(() => 0)
      const isOver = Date.now() > end
      if (!isOver && (still < quietMs || pendingRequests > 0)) continue
      const reading = await page.evaluate(() => pageReader.read()).catch(() => undefined)
      if (!reading) {
        if (isOver) throw new Error('the page does not answer')
        continue
      }
      if (reading.isBlank && Date.now() < beganAt + blankMs) continue
      if (!reading.isWaiting) return reading
      if (isOver) {
        note(found.errors, `${reading.place}: still waiting`)
        return reading
      }
    }
  }

  const note = (list: string[], what: string): void => {
    if (!list.includes(what)) list.push(what)
  }

  const told = new Set<string>()
  /** One fault is seen again after whatever is pressed on its page. */
  const isNew = (fault: string): boolean => !told.has(fault) && told.add(fault) !== undefined

  const idOf = (reading: Reading): string =>
    `${reading.place} | ${reading.controls
      .map(({ kind }) => kind)
      .sort()
      .join(' ; ')}`

  const enter = (reading: Reading, way: readonly Step[], after: string): State => {
    pages.add(reading.route)
    for (const complaint of open.takeComplaints()) note(found.errors, `${after}: ${complaint}`)
    if (reading.isBlank && isNew(`${reading.place} blank`)) note(found.blank, `${reading.place}, ${after}`)
    if (reading.errorCard && isNew(`${reading.place} ${reading.errorCard}`))
      note(found.errors, `${after}: ${reading.errorCard}`)
    const id = idOf(reading)
    const known = states.get(id)
    if (known && known.way.length <= way.length) return known
    const kinds = reading.controls.filter((one) => !isLeftOut(one)).map(({ kind }) => kind)
    const state = {
      place: reading.place,
      kinds,
      way,
      leads: known?.leads ?? new Map<string, string>(),
      missed: 0,
    }
    states.set(id, state)
    return state
  }

  const isLeft = (one: Control): boolean => !isLeftOut(one) && !pressed.has(one.kind)

  const isOpenYet = (state: State): boolean =>
    state.missed <= mostMissed && state.kinds.some((kind) => !pressed.has(kind) && !isGone(kind))

  /** True when something answered the press. */
  const answered = async (outwardBefore: number, requestsBefore: number): Promise<boolean> => {
    for (const end = Date.now() + answerMs; ; await wait(pauseMs)) {
      if (outward > outwardBefore || sentRequests > requestsBefore) return true
      // A page that is just leaving does not answer.
      if (await page.evaluate(() => pageReader.hasChanged()).catch(() => true)) return true
      if (Date.now() < end) continue
      // A busy machine may not have come to it yet.
      await page
        .evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 4000 })))
        .catch(() => undefined)
      return page.evaluate(() => pageReader.hasChanged()).catch(() => true)
    }
  }

  /** Undefined when something lies over it wherever a finger comes down. */
  const tapOn = async (index: number, control: Control): Promise<boolean | undefined> => {
    const point = await page.evaluate((at) => pageReader.pointOn(at), index).catch(() => null)
    if (!point) return undefined
    await page.evaluate(() => pageReader.watch()).catch(() => undefined)
    const [outwardBefore, requestsBefore] = [outward, sentRequests]
    // Not a touch: Chromium would move it to what it takes for meant.
    await page.mouse.click(point.x, point.y)
    if (control.isField) await page.keyboard.insertText(isPhone(control) ? phoneNumber : typedWords)
    // What says that it does nothing need not be waited for.
    return control.isExcused || answered(outwardBefore, requestsBefore)
  }

  const press = async (reading: Reading, control: Control): Promise<void> => {
    pressed.add(control.kind)
    pressCount += 1
    let [silent, covered] = [0, 0]
    for (let shown = reading; ; shown = await settle()) {
      const at = shown.controls.findIndex(({ kind }) => kind === control.kind)
      if (at < 0) return
      const isAnswered = await tapOn(at, control)
      if (isAnswered) return
      if (isAnswered === undefined) {
        covered += 1
        if (covered === mostCovered) return note(found.covered, `${control.kind} “${control.label}”`)
        await wait(toastMs)
      } else {
        silent += 1
        if (silent === mostSilent) return note(found.dead, `${control.kind} “${control.label}”`)
      }
    }
  }

  /** The way over presses already made to the nearest place like this. */
  const wayOn = (from: State, isWanted: (to: State) => boolean): Way | undefined => {
    const seen = new Set<State>([from])
    let rim: readonly { readonly at: State; readonly way: readonly Step[] }[] = [{ at: from, way: [] }]
    for (let far = 0; far < bounds.depth && rim.length > 0; far += 1) {
      const next: { at: State; way: readonly Step[] }[] = []
      for (const { at, way } of rim) {
        for (const [kind, id] of at.leads) {
          const to = states.get(id)
          if (!to || seen.has(to)) continue
          seen.add(to)
          if (isWanted(to)) return { steps: [...way, { kind }] }
          next.push({ at: to, way: [...way, { kind }] })
        }
      }
      rim = next
    }
    return undefined
  }

  const begin = async (): Promise<{ reading: Reading; state: State }> => {
    await open.startOver()
    const reading = await settle()
    return { reading, state: enter(reading, [], 'opening home') }
  }

  let { reading, state } = await begin()

  const take = async (control: Control, quietMs?: number): Promise<void> => {
    await press(reading, control)
    reading = await settle(quietMs)
  }

  /** Whatever a form may ask for is given before it is sent. */
  const fill = async (sending: Control, quietMs?: number): Promise<void> => {
    const given = new Set<string>()
    const isThere = () => reading.controls.some(({ kind }) => kind === sending.kind)
    for (;;) {
      // The phone may ask where a picture is to come from.
      const next = isThere()
        ? reading.controls.find(({ kind, isLacking }) => isLacking && !given.has(kind))
        : [...reading.controls].sort(byRank).find(({ kind }) => !given.has(kind))
      if (!next) return
      given.add(next.kind)
      await take(next, quietMs)
    }
  }

  const go = async (control: Control): Promise<void> => {
    const from = state
    if (control.isSending) await fill(control)
    await take(control)
    state = enter(reading, [...from.way, { kind: control.kind }], `${control.kind} “${control.label}”`)
    from.leads.set(control.kind, idOf(reading))
  }

  /**
   * Over presses that were made before. One that is not there is left out: a matter on which less has happened has no
   * earlier lines to unfold, and the way goes on all the same.
   */
  const walk = async (steps: readonly Step[]): Promise<void> => {
    const way = [...state.way]
    for (const step of steps) {
      const control = reading.controls.find(({ kind }) => kind === step.kind)
      if (!control) continue
      if (control.isSending) await fill(control, passingMs)
      await take(control, passingMs)
      way.push(step)
    }
    reading = await settle()
    state = enter(reading, way, `${way.at(-1)?.kind ?? 'home'} again`)
  }

  /** What was pressed meanwhile may have changed what was there: then there is nothing left to press. */
  const arrive = (at: State): void => {
    if (reading.controls.some(isLeft)) return
    at.missed += 1
    for (const kind of at.kinds) if (!pressed.has(kind)) lost.set(kind, (lost.get(kind) ?? 0) + 1)
  }

  /** A press need not lead again where it once led; then one begins at home, instead of going to and fro. */
  let isAstray = false
  const follow = async ({ steps }: Way): Promise<void> => {
    await walk(steps)
    isAstray = !reading.controls.some(isLeft)
  }

  /** A control that once led to where something is left, in a state from which it was not tried yet. */
  const doorLeft = (): { readonly at: State; readonly kind: string } | undefined => {
    const all = [...states.values()]
    const isWanted = (one: State): boolean => one.kinds.some((kind) => !pressed.has(kind))
    const wanted = new Set(all.filter(isWanted).map(({ place }) => place))
    const doors = new Set(
      all.flatMap(({ leads }) =>
        [...leads].flatMap(([kind, id]) => (wanted.has(states.get(id)?.place ?? '') ? [kind] : [])),
      ),
    )
    for (const at of all.filter(({ way }) => way.length < bounds.depth))
      for (const kind of at.kinds)
        if (doors.has(kind) && !at.leads.has(kind) && (doorsTried.get(kind) ?? 0) < mostDoors)
          return { at, kind }
    return undefined
  }

  const tryDoor = async ({ at, kind }: { readonly at: State; readonly kind: string }): Promise<void> => {
    doorsTried.set(kind, (doorsTried.get(kind) ?? 0) + 1)
    ;({ reading, state } = await begin())
    await walk(at.way)
    const door = reading.controls.find((one) => one.kind === kind)
    if (door) await go(door)
    at.leads.set(kind, idOf(reading))
    isAstray = !reading.controls.some(isLeft)
  }

  const pressAll = async (): Promise<void> => {
    while (pressCount < bounds.presses) {
      const next = reading.controls.filter(isLeft).sort(byRank)[0]
      if (next) {
        const { place } = state
        await go(next)
        isAstray = false
        // What else is pressed first may end what was left just now.
        const back = next.isLeaving && wayOn(state, (to) => to.place === place && isOpenYet(to))
        if (back) await follow(back)
        continue
      }
      const on = isAstray ? undefined : wayOn(state, isOpenYet)
      if (on) {
        await follow(on)
        continue
      }
      const left = [...states.values()]
        .filter(isOpenYet)
        .sort((one, other) => one.way.length - other.way.length)[0]
      if (!left || left.way.length > bounds.depth) {
        const door = doorLeft()
        if (!door) return
        await tryDoor(door)
        continue
      }
      ;({ reading, state } = await begin())
      await walk(left.way)
      arrive(left)
      isAstray = false
    }
  }

  await pressAll()
  if (lost.size > 0 && pressCount < bounds.presses) {
    // On fresh data what a press has ended is there again, and the ways to it are known.
    lost.clear()
    for (const one of states.values()) one.missed = 0
    await open.restore()
    ;({ reading, state } = await begin())
    await pressAll()
  }
  for (const complaint of open.takeComplaints()) note(found.errors, complaint)
  const seen = new Set([...states.values()].flatMap(({ kinds }) => kinds))
  const left = new Set([...states.values()].filter(isOpenYet).flatMap(({ kinds }) => kinds))
  const unpressed = [...seen].filter((kind) => !pressed.has(kind))
  return {
    pages: [...pages].sort(),
    states: states.size,
    pressed: pressed.size,
    ...found,
    gone: unpressed.filter((kind) => !left.has(kind)),
    cut: unpressed.filter((kind) => left.has(kind)),
  }
}
