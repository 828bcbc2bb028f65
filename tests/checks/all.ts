import path from 'node:path'
import { readOptions } from '../../config/command-line'
import { runStep } from '../../config/step'

/** Every long proof, as `npm run` takes it; the pages are pressed in what is built just before. */
const proofs = [
  ['test:mutants'],
  ['check:gaming'],
  ['check:gaming', '--', '--planted', 'all'],
  ['check:confidentiality', '--', '--histories', '2000'],
  ['check:figures', '--', '--histories', '10000'],
  ['check:differential', '--', '--cases', '100000'],
  ['check:kill'],
  ['check:crashes'],
  ['build:functions'],
  ['build:h5:local'],
  ['build:weapp'],
  ['check:pages'],
  ['check:rows'],
  ['check:network'],
]
/** No proof takes so long on any machine that works at all: what does has hung. */
const mostMs = 6 * 3_600_000

readOptions(
  `usage: npm run check:all
every long proof, one after the other, up to the first that fails:
${proofs.map((proof) => `  npm run ${proof.join(' ')}`).join('\n')}`,
  {},
)

const proveAll = async (): Promise<void> => {
  for (const proof of proofs) {
    const { hasFailed } = await runStep(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['run', '--silent', ...proof],
      { cwd: path.join(__dirname, '../..'), output: 'shown', mostMs },
    )
    if (!hasFailed) continue
    console.error(`npm run ${proof.join(' ')} failed`)
    process.exitCode = 1
    return
  }
}

void proveAll()
