/** Puts the keyboard into the first thing of a part of the page that takes it. */
export const focusFirstIn = (partId: string): void => {
  const first = document.querySelector<HTMLElement>(
    ['textarea', 'input', '[tabindex="0"]', 'button'].map((kind) => `#${partId} ${kind}`).join(','),
  )
  first?.focus({ preventScroll: true })
}
