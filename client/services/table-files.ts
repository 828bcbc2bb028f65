import type { TableChoice } from './table-port'

/** Lets somebody choose a table on this device. */
export const chooseTable = (): Promise<TableChoice> =>
  new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = '.xlsx,.csv,.xls'
    input.style.display = 'none'
    const finish = (file: File | undefined) => {
      input.remove()
      resolve({ ok: true, table: file && { file, name: file.name, bytes: file.size } })
    }
    input.addEventListener('change', () => finish(input.files?.[0]))
    input.addEventListener('cancel', () => finish(undefined))
    document.body.append(input)
    input.click()
  })

/** How a file is handed out here. */
export const handOutLabel = '下载'

/** Hands out a file that was made here: the browser puts it among its downloads. */
export const handOut = async (name: string, content: string): Promise<boolean> => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  // The download begins in a task of its own.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}
