/** A command that a document shows, as one types it. */
export interface ShownCommand {
  readonly file: string
  /** The heading that it stands under. */
  readonly section: string
  readonly command: string
}

/** What is in backticks and begins like this is a command. */
const program = /^(?:[A-Z][A-Z0-9_]*=\S+ )*(npm|npx|node|tsx|jest|git|tcb|cli|openssl|tar|curl) /

const bare = (line: string): string =>
  line
    .replace(/\s+#.*$/, '')
    // What may be left out is shown in brackets, and has to be right too.
    .replace(/[[\]]/g, '')
    .replace(/^(?:[A-Z][A-Z0-9_]*=\S+ )+/, '')
    .trim()

/** Every command of a document: the lines of its `sh` blocks, and what its text shows in backticks. */
export const commandsIn = (file: string, text: string): readonly ShownCommand[] => {
  const found: ShownCommand[] = []
  let section = ''
  let block: string | undefined
  for (const line of text.split('\n')) {
    const fence = /^```(\w*)/.exec(line)
    if (fence) block = block === undefined ? (fence[1] ?? '') : undefined
    else if (block === undefined && line.startsWith('## ')) section = line
    const shown =
      block === undefined
        ? [...line.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code).filter((code) => program.test(code))
        : block === 'sh' && !fence && !line.startsWith('#')
          ? [line]
          : []
    for (const one of shown.flatMap((code) => bare(code).split(' && ')))
      if (one !== '') found.push({ file, section, command: one })
  }
  return found
}
