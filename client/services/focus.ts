/** Puts the keyboard into a part of the page: into what one types into, else onto what one presses first. */
export const focusFirstIn = (partId: string): void => {
  const part = document.getElementById(partId)
  const first =
    part?.querySelector<HTMLElement>('textarea, input') ??
    part?.querySelector<HTMLElement>('[tabindex="0"], button')
  first?.focus({ preventScroll: true })
}
