// Codes of lines that break, as Node gives them, and what `ws` says of a handshake, which has no code.
const codes = /^(ECONN|EPIPE$|ETIMEDOUT$|ENOTFOUND$|EHOSTUNREACH$|ENETUNREACH$|EAI_AGAIN$|UND_ERR_)/
const handshake = /^(WebSocket was closed before|Unexpected server response|Opening handshake has timed out)/

/**
 * True of the failure of a line that nobody listens to any more. discord.js lets go of a socket that still connects and
 * takes its `onerror` away; what happens on that socket afterwards would end the process.
 */
export function isStray(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as NodeJS.ErrnoException).code
  return code === undefined ? handshake.test(error.message) : codes.test(code)
}

/** Lets the process outlive stray failures, which `tell` hears of; whatever else nobody caught ends it as before. */
export function outliveStrays(tell: (error: unknown) => void): void {
  process.on('uncaughtException', error => {
    if (isStray(error)) return tell(error)
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  })
}
