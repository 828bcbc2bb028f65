let isAsked = false

/** Fetches the drawings that home does without. Where they do not come, the next one that is shown asks again. */
export const bringMoreIcons = (): void => {
  if (isAsked) return
  isAsked = true
  import(/* webpackChunkName: "icons" */ './more-icons.css').catch((error: unknown) => {
    console.info('drawings were not loaded', error)
    isAsked = false
  })
}
