import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Violation } from './search'

const root = path.join(__dirname, '../../..')
export const weaknessFolder = path.join(__dirname, 'weaknesses')
const run = promisify(execFile)

/** A sentence of the rules taken away, as a patch against the rooms' rules and steps. */
export interface Weakness {
  readonly name: string
  readonly file: string
  /** The smallest scene in which it shows, and how deep. */
  readonly scene: string
  readonly depth: number | undefined
}

export const weaknessAt = async (file: string): Promise<Weakness> => {
  const text = await readFile(file, 'utf8')
  const scene = text.match(/^# scene: (\S+)(?: depth (\d+))?$/m)
  if (!scene?.[1]) throw new Error(`${path.basename(file)} does not say in which scene it shows (# scene: …)`)
  return {
    name: path.basename(file, '.patch'),
    file,
    scene: scene[1],
    depth: scene[2] === undefined ? undefined : Number(scene[2]),
  }
}

export const weaknesses = async (): Promise<readonly Weakness[]> => {
  const files = (await readdir(weaknessFolder)).filter((one) => one.endsWith('.patch')).sort()
  return Promise.all(files.map((one) => weaknessAt(path.join(weaknessFolder, one))))
}

/** Searches the weakness's scene over a copy of the rules from which its sentence is taken. */
export const findPlanted = async (weakness: Weakness): Promise<Violation | undefined> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'redface-weakness-'))
  try {
    const model = 'tests/checks/gaming'
    await mkdir(path.join(folder, 'tests/checks'), { recursive: true })
    for (const part of ['cloudfunctions', model, 'tests/support/commands.ts', 'tests/support/rolls.ts']) {
      await cp(path.join(root, part), path.join(folder, part), { recursive: true })
    }
    await cp(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'))
    // A step says with zod what is sent.
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'))
    // Outside of any repository git takes the paths from this folder.
    await run('git', ['apply', weakness.file], {
      cwd: folder,
      env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder) },
    })
    const depth = weakness.depth === undefined ? [] : ['--depth', String(weakness.depth)]
    const { stdout } = await run(
      process.execPath,
      [
        '--import',
        require.resolve('tsx'),
        path.join(folder, model, 'one-scene.ts'),
        '--scene',
        weakness.scene,
        '--first',
        ...depth,
      ],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
    )
    const last = stdout.trim().split('\n').at(-1) ?? ''
    return (JSON.parse(last) as { violations: readonly Violation[] }).violations[0]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
