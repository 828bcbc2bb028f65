const { existsSync } = require('node:fs')
const path = require('node:path')
const { default: Sequencer } = require('@jest/test-sequencer')

/**
 * The files that run for a minute and more, longest first. On a fresh clone Jest knows no durations and takes the
 * largest files first, by which five lines that open some hundreds of rows come last, with nothing to run beside them.
 */
const longest = [
  'browser/rows',
  'browser/steps',
  'weapp/looks',
  'browser/looks',
  'browser/pages',
  'browser/story',
  'weapp/story',
  'weapp/rows',
  'browser/crawl',
  'docs/commands',
  'functions/confidentiality',
  'functions/crashes',
  'local/start/start',
  'local/demo/build-demo',
  'local/demo/seed',
  'bench/growth',
  'mutants/mutants',
].map((name) => path.join(__dirname, '..', `${name}.test.ts`))

const gone = longest.filter((file) => !existsSync(file))
if (gone.length > 0) throw new Error(`longest-first.js names files that are not there: ${gone.join(', ')}`)

const rankOf = ({ path: file }) => {
  const rank = longest.indexOf(file)
  return rank === -1 ? longest.length : rank
}

class LongestFirst extends Sequencer {
  /** By rank; what has none in the order that Jest gives it. */
  sort(tests) {
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b))
  }
}

module.exports = LongestFirst
