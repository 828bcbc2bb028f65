import Taro from '@tarojs/taro'
import type { TableChoice } from './table-port'
import { isClosedByHand } from './wechat-reason'

/** Lets somebody choose a table out of a chat: WeChat opens no other folder of a phone. */
export const chooseTable = async (): Promise<TableChoice> => {
  try {
    const { tempFiles } = await Taro.chooseMessageFile({
      count: 1,
      type: 'file',
      extension: ['xlsx', 'csv', 'xls'],
    })
    const [chosen] = tempFiles
    return { ok: true, table: chosen && { file: chosen.path, name: chosen.name, bytes: chosen.size } }
  } catch (error) {
    if (isClosedByHand(error)) return { ok: true, table: undefined }
    console.info('no file was chosen', error)
    return { ok: false, message: '聊天里的文件打不开。先把表格发给“文件传输助手”，再来选。' }
  }
}

/** How a file is handed out here. */
export const handOutLabel = '发到聊天里'

/** Hands out a file that was made here: it is sent into a chat, from where a computer has it too. */
export const handOut = async (name: string, content: string): Promise<boolean> => {
  const filePath = `${Taro.env.USER_DATA_PATH}/${name}`
  try {
    Taro.getFileSystemManager().writeFileSync(filePath, content, 'utf8')
    await Taro.shareFileMessage({ filePath, fileName: name })
    return true
  } catch (error) {
    if (!isClosedByHand(error)) console.info('a file was not handed out', error)
    return false
  }
}
