/** What is wrong with a mini-program, said with the page and the file where it is. */
export interface Problem {
  /**
   * `refused`: WeChat's compiler or its reviewers would not take it. `error`: something threw. `warning`: WeChat says so
   * in its console and goes on.
   */
  readonly kind: 'refused' | 'error' | 'warning'
  /** Of this host, stable. */
  readonly code: string
  readonly reason: string
  /** Route of the page, without a leading slash. */
  readonly page?: string
  /** Path inside the mini-program. */
  readonly file?: string
}

export const sayProblem = ({ code, reason, page, file }: Problem): string =>
  [code, page && `page ${page}`, file && `file ${file}`, reason].filter(Boolean).join(': ')

/** A mini-program that cannot be opened: everything that is wrong with it, one line each. */
export class MiniProgramFailure extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sayProblem).join('\n'))
  }
}

/** One thing that stops a mini-program from being opened. */
export const refusal = (code: string, reason: string, file?: string): MiniProgramFailure =>
  new MiniProgramFailure([{ kind: 'refused', code, reason, ...(file ? { file } : {}) }])
