import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const root = path.join(__dirname, '../..')
const execute = promisify(execFile)

interface Planted {
  readonly rule: string
  /** The offender and what it says. */
  readonly file: string
  /** The offending folder, where that is what is wrong. */
  readonly from?: string
  readonly text: string
}

const planted: readonly Planted[] = [
  {
    rule: 'ground-stands-alone',
    file: 'cloudfunctions/ground/bad.ts',
    text: "import '../contexts/queue/rules/good'",
  },
  {
    rule: 'journal-stands-on-ground',
    file: 'cloudfunctions/journal/bad.ts',
    text: "import '../contexts/queue/rules/good'",
  },
  {
    rule: 'platform-knows-no-room',
    file: 'cloudfunctions/platform/bad.ts',
    text: "import '../contexts/queue/rules/good'",
  },
  {
    rule: 'rules-decide-alone',
    file: 'cloudfunctions/contexts/queue/rules/clock.ts',
    text: "import 'croner'",
  },
  {
    rule: 'steps-ask-no-port',
    file: 'cloudfunctions/contexts/queue/steps/bad.ts',
    text: "import '../ports'",
  },
  {
    rule: 'rules-know-only-rules',
    file: 'cloudfunctions/contexts/queue/rules/bad.ts',
    text: "import '../steps/good'",
  },
  {
    rule: 'rooms-share-on-purpose',
    file: 'cloudfunctions/contexts/inbox/use-cases/bad.ts',
    text: "import '../../queue/use-cases/good'",
  },
  {
    rule: 'only-stores-know-the-platform',
    file: 'cloudfunctions/contexts/queue/use-cases/bad.ts',
    text: "import '../store'",
  },
  {
    rule: 'rooms-know-no-wiring',
    file: 'cloudfunctions/contexts/queue/shared/bad.ts',
    text: "import '../../../contract/good'",
  },
  {
    rule: 'terms-know-no-room',
    file: 'cloudfunctions/terms/bad.ts',
    text: "import '../contexts/queue/rules/good'",
  },
  {
    rule: 'contracts-know-only-rules',
    file: 'cloudfunctions/contexts/inbox/contract.ts',
    text: "import '../queue/ports'",
  },
  {
    rule: 'functions-know-no-client-and-no-local-platform',
    file: 'cloudfunctions/entrypoints/bad.ts',
    text: "import '../../local/cloudbase/good'",
  },
  {
    rule: 'only-the-platform-touches-the-sdk',
    file: 'cloudfunctions/platform/wechat/bad.ts',
    text: "import '@cloudbase/node-sdk'",
  },
  {
    rule: 'entrypoints-only-wire',
    file: 'cloudfunctions/entrypoints/api/bad.ts',
    text: "import '../../contexts/queue/use-cases/good'",
  },
  {
    rule: 'client-borrows-only-contract-rules-and-ground',
    file: 'client/features/queue/bad.ts',
    text: "import '../../../cloudfunctions/contexts/queue/steps/good'",
  },
  {
    rule: 'features-do-not-import-each-other',
    file: 'client/features/queue/worse.ts',
    text: "import '../inbox/good'",
  },
  {
    rule: 'components-know-no-domain-word',
    file: 'client/components/bad.ts',
    text: "import '../../cloudfunctions/contexts/queue/rules/good'",
  },
  {
    rule: 'services-are-the-only-doors-outward',
    file: 'client/features/inbox/bad.ts',
    text: "import '@cloudbase/js-sdk'",
  },
  {
    rule: 'services-know-no-screen',
    file: 'client/services/bad.ts',
    text: "import '../features/inbox/good'",
  },
  {
    rule: 'local-platforms-are-ignorant-of-the-product',
    file: 'local/cloudbase/bad.ts',
    text: "import '../demo/good'",
  },
  {
    rule: 'no-circles',
    file: 'local/demo/about.ts',
    text: "import { b } from './round'\nexport const a = () => b",
  },
  {
    rule: 'no-folder-circles',
    file: 'cloudfunctions/contexts/here/rules/one.ts',
    from: 'cloudfunctions/contexts/here/rules',
    text: "import type { A } from '../../there/rules/one'\nexport type C = A",
  },
  {
    rule: 'no-folder-circles',
    file: 'local/cloudbase/storage/one.ts',
    from: 'local/cloudbase/storage',
    text: "import type { A } from '../server/one'\nexport type C = A",
  },
  {
    rule: 'no-folder-circles',
    file: 'local/miniprogram/runtime/one.ts',
    from: 'local/miniprogram/runtime',
    text: "import type { A } from '../page/one'\nexport type C = A",
  },
  { rule: 'not-to-unresolvable', file: 'local/demo/lost.ts', text: "import './nowhere'" },
  { rule: 'not-to-undeclared', file: 'local/demo/undeclared.ts', text: "import 'lodash'" },
]

/** Files that break no rule themselves; offenders import them. */
const innocent: Readonly<Record<string, string>> = {
  'cloudfunctions/contexts/queue/rules/good.ts': 'export {}',
  'cloudfunctions/contexts/queue/steps/good.ts': 'export {}',
  'cloudfunctions/contexts/queue/ports.ts': 'export {}',
  'cloudfunctions/contexts/queue/contract.ts': "import './rules/good'\nimport '../../terms/good'",
  'cloudfunctions/terms/good.ts': "import '../ground/good'",
  'cloudfunctions/contract/good.ts': "import '../contexts/queue/contract'",
  'cloudfunctions/contexts/queue/store.ts': "import '../../platform/good'\nimport './ports'",
  'cloudfunctions/contexts/queue/shared/good.ts': 'export {}',
  'cloudfunctions/contexts/queue/use-cases/good.ts': "import '../ports'",
  'cloudfunctions/contexts/inbox/use-cases/good.ts':
    "import '../../queue/ports'\nimport '../../queue/rules/good'\nimport '../../queue/shared/good'",
  'cloudfunctions/platform/good.ts': "import '../ground/good'",
  'cloudfunctions/ground/good.ts': 'export {}',
  'cloudfunctions/contexts/there/rules/one.ts':
    "import type { B } from '../../here/rules/two'\nexport type A = B",
  'cloudfunctions/contexts/here/rules/two.ts': 'export type B = string',
  'cloudfunctions/contexts/queue/routes.ts': "import './contract'\nimport './use-cases/good'",
  'cloudfunctions/entrypoints/good.ts': "import '../contexts/queue/routes'\nimport '../contexts/queue/store'",
  'client/features/inbox/good.ts':
    "import '../../../cloudfunctions/contract/good'\nimport '../../../cloudfunctions/contexts/queue/rules/good'",
  'local/cloudbase/good.ts': 'export {}',
  'local/cloudbase/server/one.ts': "import type { B } from '../storage/two'\nexport type A = B",
  'local/cloudbase/storage/two.ts': 'export type B = string',
  'local/miniprogram/page/one.ts': "import type { B } from '../runtime/two'\nexport type A = B",
  'local/miniprogram/runtime/two.ts': 'export type B = string',
  'local/demo/good.ts': 'export {}',
  'local/demo/round.ts': "import { a } from './about'\nexport const b = a",
}

interface Violation {
  readonly from: string
  readonly rule: { readonly name: string }
}

describe('the import rules', () => {
  let violations: readonly Violation[] = []
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'import-rules-'))
    for (const [file, text] of [
      ...Object.entries(innocent),
      ...planted.map(({ file, text }) => [file, text] as const),
    ]) {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
      await writeFile(path.join(folder, file), `${text}\n`)
    }
    for (const file of ['package.json', 'tsconfig.json', '.dependency-cruiser.cjs', 'node_modules']) {
      await symlink(path.join(root, file), path.join(folder, file))
    }
    const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
    const report = await execute(
      process.execPath,
      [
        cruiser,
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'client',
        'cloudfunctions',
        'local',
      ],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
    ).catch((failed: { stdout: string }) => failed)
    violations = (JSON.parse(report.stdout) as { summary: { violations: Violation[] } }).summary.violations
  })

  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each(planted)('$rule catches $file', ({ rule, file, from = file }) => {
    expect(violations.filter((one) => one.from === from).map((one) => one.rule.name)).toContain(rule)
  })

  test('an innocent file is not accused', () => {
    const accused = new Set(violations.map((one) => one.from))
    expect(Object.keys(innocent).filter((file) => accused.has(file))).toEqual([])
  })

  test('every rule has a planted violation', () => {
    const { forbidden } = require(path.join(root, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[]
    }
    const caught = new Set(planted.map((one) => one.rule))
    expect(forbidden.map((rule) => rule.name).sort()).toEqual([...caught].sort())
  })
})
