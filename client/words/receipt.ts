/** What a service centre does for whoever comes to it, and how that is followed. */
export const onBehalfLabel = '窗口代办'
export const byReceiptLabel = '凭回执查'
export const codeLabel = '查询码'
/** 后炭市社区党群服务中心. */
export const centreName = (areaName: string): string => `${areaName}党群服务中心`

/** Hangs where something may be wrong: whoever scans it has the place filled in. */
export const posterLabel = '上报海报'
