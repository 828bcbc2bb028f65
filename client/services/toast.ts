export type Toast = (message: string) => void

const shownMs = 3000

let timer: ReturnType<typeof setTimeout> | undefined

/** A short word that needs no answer, such as “已保存”; the page's own element for it is also read out. */
export const toast: Toast = (message) => {
  const place = document.getElementById('toast')
  if (!place) return
  place.textContent = message
  clearTimeout(timer)
  timer = setTimeout(() => {
    place.textContent = ''
  }, shownMs)
}
