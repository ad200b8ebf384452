/** Jest calls this after the last test: nothing that was started is left when it ends. */
export default async function endPool() {
  await /** @type {{endPool?: () => Promise<void>}} */ (globalThis).endPool?.()
}
