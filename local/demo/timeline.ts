interface Turn {
  readonly at: number
  /** Turns of one instant come in the order in which they were asked for. */
  readonly no: number
  readonly take: () => void
}

export interface Timeline {
  /** A story begins at an instant. */
  readonly begin: (at: number, story: () => Promise<void>) => void
  /** Resolves when it is this instant; the other stories go on until then. For use inside of a story. */
  readonly until: (at: number) => Promise<void>
}

/**
 * Tells many stories at once up to `end`, each step in the order of time: a discrete-event simulation whose processes
 * are async functions. Only one of them runs at a time, up to its next `until`; `letTimePass` is awaited before each turn
 * and at the end. Throws what a story throws. A story that waits for an instant after `end` is told no further.
 */
export const tellStories = async (
  end: number,
  letTimePass: (until: number) => Promise<void>,
  tell: (timeline: Timeline) => void,
): Promise<void> => {
  const turns: Turn[] = []
  let count = 0
  let endTurn: () => void = () => {}
  let failTurn: (reason: unknown) => void = () => {}
  const ask = (at: number, take: () => void): void => {
    count += 1
    turns.push({ at, no: count, take })
  }
  const takeNext = (): Turn | undefined => {
    let next: Turn | undefined
    for (const one of turns) {
      if (!next || one.at < next.at || (one.at === next.at && one.no < next.no)) next = one
    }
    if (next) turns.splice(turns.indexOf(next), 1)
    return next
  }

  tell({
    begin: (at, story) =>
      ask(
        at,
        () =>
          void story().then(
            () => endTurn(),
            (reason: unknown) => failTurn(reason),
          ),
      ),
    until: (at) =>
      new Promise<void>((resolve) => {
        ask(at, resolve)
        endTurn()
      }),
  })
  for (let next = takeNext(); next && next.at <= end; next = takeNext()) {
    const { at, take } = next
    await letTimePass(at)
    await new Promise<void>((resolve, reject) => {
      endTurn = resolve
      failTurn = reject
      take()
    })
  }
  await letTimePass(end)
}
