import { format } from 'node:util'

/** A test that makes the product complain has found something: an unexpected error or warning fails it. */
const complaints: string[] = []

/** What the SDK remarks when a request takes its time: that says something of the machine, and nothing of the product. */
export const isAboutSlowness = (text: string): boolean => text.includes('is longer than 3s')

for (const level of ['error', 'warn'] as const) {
  console[level] = (...args: unknown[]) => {
    const text = format(...args)
    if (!isAboutSlowness(text)) complaints.push(`console.${level}: ${text}`)
  }
}

afterEach(() => {
  const seen = complaints.splice(0)
  if (seen.length > 0) throw new Error(`unexpected output\n${seen.join('\n')}`)
})
