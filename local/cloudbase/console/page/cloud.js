/** A refusal in words for whoever sits before the page; the cloud's have a code. */
export class Refused extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/** Asks this page's cloud. Throws Refused for what the cloud refuses. */
export const ask = async (verb, body = {}) => {
  let answer
  try {
    answer = await fetch(`/local/${verb}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    throw new Refused('', '云没有回答：它还开着吗？')
  }
  const value = await answer.json()
  if (!answer.ok) throw new Refused(value.code, value.message)
  return value
}

const meanings = {
  INVALID_PARAM: '写法不对',
  DATABASE_REQUEST_FAILED: '数据库不接受',
  DATABASE_COLLECTION_NOT_EXIST: '没有这个集合',
  FUNCTIONS_EXECUTE_FAIL: '函数运行失败',
  FUNCTIONS_TIME_LIMIT_EXCEEDED: '函数超时',
  FUNCTIONS_MEMORY_LIMIT_EXCEEDED: '函数内存超限',
  FUNCTION_NOT_FOUND: '没有这个函数',
  STORAGE_FILE_NONEXIST: '没有这个文件',
  PERMISSION_DENIED: '不允许',
}

/** What went wrong, in plain words first and then in the cloud's own. */
export const explain = ({ code, message }) => {
  const index = /add one on (\(.+\))$/.exec(message)?.[1]
  if (index) return `需要索引 needs an index: ${index}。${message}`
  if (message.includes('begin with $match')) return `管道要从 $match 或 $limit 开始。${message}`
  return code ? `${meanings[code] ?? '出错了'}（${code}）：${message}` : message
}
