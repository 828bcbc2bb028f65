'use strict'
// The first call of a new instance: node has started, the function is loaded, one call is answered. Told in milliseconds
// and, for a busy machine, in milliseconds of work.
const [, , file, action, input] = process.argv

const workedMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const main = async () => {
  const started = [performance.now(), workedMs()]
  const handler = require(file).main
  const loaded = [performance.now(), workedMs()]
  const answer = await handler({ action, input: JSON.parse(input) })
  const answered = [performance.now(), workedMs()]
  if (!answer.ok) throw new Error(`${action}: ${answer.error.code}`)
  const cost = {
    loadMs: loaded[0] - started[0],
    allMs: answered[0] - started[0],
    loadWorkMs: loaded[1] - started[1],
    allWorkMs: answered[1] - started[1],
  }
  process.stdout.write(JSON.stringify(cost), () => process.exit(0))
}

void main()
