/**
 * What WeChat DevTools run before the story: `wx.cloud` of the mini-program speaks to the cloud on this machine, as
 * whoever the test wants to be. A text, because it runs where `wx` is. DevTools must not check domains.
 */
export const pointAtCloud = `function (url, token) {
  const ask = (method, address, data, header) => new Promise((resolve, reject) => wx.request({
    url: address, method, data, header,
    success: ({ statusCode, data }) => statusCode < 300 ? resolve(data) : reject(data),
    fail: reject,
  }))
  const call = (route, data) =>
    ask('POST', url + route, data, { 'content-type': 'application/json', authorization: 'Bearer ' + token })
  const answering = (work) => (options) => {
    const answer = work(options)
    if (!options.success && !options.fail && !options.complete) return answer
    answer.then(options.success, options.fail).then(options.complete)
  }
  const read = (filePath) => new Promise((resolve, reject) =>
    wx.getFileSystemManager().readFile({ filePath, success: ({ data }) => resolve(data), fail: reject }))
  const upload = async ({ cloudPath, filePath }) => {
    const [target] = await call('/v1/storages/get-objects-upload-info', [{ objectId: cloudPath }])
    await ask('PUT', target.uploadUrl, await read(filePath), {
      authorization: target.authorization,
      'x-cos-security-token': target.token,
      'x-cos-meta-fileid': target.cloudObjectMeta,
    })
    return { fileID: target.cloudObjectId, statusCode: 204 }
  }
  wx.cloud.callFunction = answering(async ({ name, data }) => ({ result: await call('/v1/functions/' + name, data) }))
  wx.cloud.uploadFile = (options) => answering(upload)(options) || { onProgressUpdate() {}, abort() {} }
}`
