/**
 * The environment variables by which a program knows that it is a cloud function. The server SDK of a program without
 * them first looks for a virtual machine's metadata service.
 */
export const platformVariables = (envId: string) => ({
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: envId,
})
