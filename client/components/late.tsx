import { type ComponentType, type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { onAskAgain } from '../services/ask-again'

/** A component whose code comes by itself. */
export interface LatePart<P> {
  readonly load: () => Promise<{ readonly default: ComponentType<P> }>
  loaded?: ComponentType<P>
}

interface LateProps<P> {
  readonly part: LatePart<P>
  readonly props: P
  /** In its place while its code is on the way. */
  readonly waiting?: ReactNode
  /** In its place when its code did not come; pressing 再试一次 anywhere asks for it too. */
  readonly lost?: ReactNode
}

/** A part that is drawn when its code is there. When that does not come the page around it stays. */
export function Late<P extends object>({ part, props, waiting = null, lost = null }: LateProps<P>) {
  const [Part, setPart] = useState(() => part.loaded)
  const [isLost, setLost] = useState(false)
  const isGone = useRef(false)

  const ask = useCallback(() => {
    setLost(false)
    part.load().then(
      (come) => {
        part.loaded = come.default
        if (!isGone.current) setPart(() => come.default)
      },
      (error: unknown) => {
        console.info('a part was not loaded', error)
        if (!isGone.current) setLost(true)
      },
    )
  }, [part])

  useEffect(() => {
    isGone.current = false
    // Asked for elsewhere, it may have come since this was drawn.
    if (part.loaded) setPart(() => part.loaded)
    else ask()
    return () => {
      isGone.current = true
    }
  }, [part, ask])

  useEffect(() => (isLost ? onAskAgain(ask) : undefined), [isLost, ask])

  if (Part) return <Part {...props} />
  return isLost ? lost : waiting
}
