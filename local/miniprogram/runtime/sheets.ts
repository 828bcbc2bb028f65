/** What WeChat itself draws over a page: toasts, dialogs, choices. Made of elements that no page can reach. */

const layer = (): HTMLElement => {
  const found = document.querySelector<HTMLElement>('.wx-sheets')
  if (!found) throw new Error('the phone has no layer for sheets')
  return found
}

const element = (className: string, text?: string): HTMLElement => {
  const made = document.createElement('div')
  made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

const button = (className: string, text: string, onTap: () => void): HTMLElement => {
  const made = document.createElement('button')
  made.className = className
  made.textContent = text
  made.type = 'button'
  made.addEventListener('click', onTap)
  return made
}

/** Covers the page until `close` is called. */
const cover = (className: string, ...inside: readonly HTMLElement[]): (() => void) => {
  const made = element(`wx-cover ${className}`)
  made.append(...inside)
  layer().append(made)
  return () => made.remove()
}

let closeToast: (() => void) | undefined

export const hideToast = (): void => {
  closeToast?.()
  closeToast = undefined
}

export const showToast = (given: {
  readonly title: string
  readonly icon: string
  readonly durationMs: number | undefined
}): void => {
  hideToast()
  const box = element(`wx-toast wx-toast-${given.icon}`)
  if (given.icon !== 'none') box.append(element('wx-toast-icon'))
  box.append(element('wx-toast-text', given.title))
  const made = element('wx-toast-layer')
  made.append(box)
  layer().append(made)
  const timer = given.durationMs === undefined ? undefined : setTimeout(hideToast, given.durationMs)
  closeToast = () => {
    clearTimeout(timer)
    made.remove()
  }
}

export interface Dialog {
  readonly title?: string
  readonly content?: string
  readonly confirmText: string
  /** None for a dialog that can only be confirmed. */
  readonly cancelText?: string
  readonly placeholder?: string
}

/** Asks and waits for the answer. */
export const askDialog = (
  dialog: Dialog,
): Promise<{ readonly isConfirmed: boolean; readonly text: string }> =>
  new Promise((resolve) => {
    const box = element('wx-dialog')
    if (dialog.title) box.append(element('wx-dialog-title', dialog.title))
    if (dialog.content) box.append(element('wx-dialog-content', dialog.content))
    const field = document.createElement('input')
    if (dialog.placeholder !== undefined) {
      field.placeholder = dialog.placeholder
      box.append(field)
    }
    const buttons = element('wx-dialog-buttons')
    const end = (isConfirmed: boolean) => {
      close()
      resolve({ isConfirmed, text: field.value })
    }
    if (dialog.cancelText) buttons.append(button('wx-dialog-cancel', dialog.cancelText, () => end(false)))
    buttons.append(button('wx-dialog-confirm', dialog.confirmText, () => end(true)))
    box.append(buttons)
    const close = cover('wx-cover-middle', box)
  })

/** Asks for one of several; undefined when none is wanted. */
export const askChoice = (choices: readonly string[], title?: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const box = element('wx-choices')
    const end = (index: number | undefined) => {
      close()
      resolve(index)
    }
    if (title) box.append(element('wx-choices-title', title))
    for (const [index, choice] of choices.entries()) box.append(button('wx-choice', choice, () => end(index)))
    box.append(button('wx-choice wx-choice-cancel', '取消', () => end(undefined)))
    const close = cover('wx-cover-bottom', box)
  })

export interface Column {
  readonly choices: readonly string[]
  readonly index: number
}

/**
 * Wheels to choose from. `onColumn` is told of each wheel that is turned and may answer new columns; undefined when the
 * choice is given up.
 */
export const askColumns = (
  columns: readonly Column[],
  onColumn: (column: number, index: number) => void,
): {
  readonly answer: Promise<readonly number[] | undefined>
  readonly change: (columns: readonly Column[]) => void
  /** Where the wheels stand. */
  readonly chosen: () => readonly number[]
} => {
  const box = element('wx-picker')
  const wheels = element('wx-picker-wheels')
  let chosen = columns.map(({ index }) => index)
  const show = (given: readonly Column[]) => {
    chosen = given.map(({ index }) => index)
    wheels.replaceChildren(
      ...given.map(({ choices, index }, column) => {
        const wheel = document.createElement('select')
        wheel.size = 5
        for (const [at, choice] of choices.entries())
          wheel.add(new Option(choice, String(at), at === index, at === index))
        wheel.addEventListener('change', () => {
          chosen[column] = wheel.selectedIndex
          onColumn(column, wheel.selectedIndex)
        })
        return wheel
      }),
    )
  }
  show(columns)
  const answer = new Promise<readonly number[] | undefined>((resolve) => {
    const end = (value: readonly number[] | undefined) => {
      close()
      resolve(value)
    }
    const buttons = element('wx-picker-buttons')
    buttons.append(
      button('wx-picker-cancel', '取消', () => end(undefined)),
      button('wx-picker-confirm', '确定', () => end([...chosen])),
    )
    box.append(buttons, wheels)
    const close = cover('wx-cover-bottom', box)
  })
  return { answer, change: show, chosen: () => chosen }
}

/** Lets somebody at this machine take a file; an empty list when none is taken. */
export const askFiles = (accept: string, most: number): Promise<readonly File[]> =>
  new Promise((resolve) => {
    const field = document.createElement('input')
    field.type = 'file'
    field.accept = accept
    field.multiple = most > 1
    field.addEventListener('change', () => resolve([...(field.files ?? [])].slice(0, most)))
    field.addEventListener('cancel', () => resolve([]))
    const box = element('wx-choices')
    const close = cover('wx-cover-bottom', box)
    box.append(
      button('wx-choice', '从这台电脑选择', () => {
        field.click()
        close()
      }),
      button('wx-choice wx-choice-cancel', '取消', () => {
        close()
        resolve([])
      }),
    )
  })

/** Shows pictures over everything until they are tapped. */
export const showPictures = (urls: readonly string[], current: number): void => {
  const box = element('wx-pictures')
  const close = cover('wx-cover-whole', box)
  urls.forEach((url) => {
    const picture = document.createElement('img')
    picture.src = url
    picture.alt = ''
    box.append(picture)
  })
  box.addEventListener('click', close)
  requestAnimationFrame(() => box.children[current]?.scrollIntoView())
}
