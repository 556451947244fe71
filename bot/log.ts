import { type Logger, pino, stdSerializers } from 'pino'

/**
 * One JSON line an event on standard error, times in ISO form. Nothing personal is ever logged: ids of this hub,
 * counts and reasons only; of an error its type, message and stack, never what it was about.
 */
export function createLog(level: string, write: (line: string) => void = toStandardError): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      serializers: { err: bare },
    },
    { write },
  )
}

// Written at once, so that nothing is lost when the process is killed.
function toStandardError(line: string): void {
  process.stderr.write(line)
}

function bare(error: unknown): unknown {
  const { type, message, stack } = stdSerializers.err(error as Error) as {
    type: string
    message: string
    stack: string
  }
  return { type, message: withoutValues(message), stack: withoutValues(stack) }
}

// Drizzle ends its message with the values of the query that failed; the stack repeats the message, then goes on.
function withoutValues(text: string): string {
  return text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, '')
}
