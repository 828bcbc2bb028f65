/** In WeChat everybody has a name to report under: nobody has to be told how. */
export function HowToReport() {
  return null
}
