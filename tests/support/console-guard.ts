import { format } from 'node:util'
import { isAboutSlowness } from './about-slowness'

/** A test that makes the product complain has found something: an unexpected error or warning fails it. */
const complaints: string[] = []

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
