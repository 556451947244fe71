import { createReadStream } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A whole line of a file, without its end, and the byte at which the next one begins. */
export type Line = { readonly text: string; readonly end: number }

/** The whole lines of a file from a byte on; none if there is no file. What stands after the last end is no line. */
export async function* linesIn(file: string, from: number): AsyncGenerator<Line, void> {
  if (!(await stat(file).catch(() => null))) return
  let rest = Buffer.alloc(0)
  let end = from
  for await (const piece of createReadStream(file, { start: from })) {
    let bytes = Buffer.concat([rest, piece as Buffer])
    for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline)) {
      end += at + 1
      yield { text: bytes.toString('utf8', 0, at), end }
      bytes = bytes.subarray(at + 1)
    }
    rest = bytes
  }
}

/** Adds lines to a file, made for its owner alone with `head` on top if it is missing; durably before it answers. */
export async function appendLines(file: string, head: readonly string[], lines: readonly string[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  const handle = await open(file, 'a+', 0o600)
  try {
    const { size } = await handle.stat()
    // What a crash cut short becomes a line of its own, which nobody can take for a whole one.
    const before = size === 0 ? `${head.join('\n')}\n` : (await endsWhole(handle, size)) ? '' : '\n'
    await handle.write(`${before}${lines.join('\n')}\n`)
    await handle.sync()
    if (size === 0) await syncFolder(dirname(file))
  } finally {
    await handle.close()
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

const newline = 0x0a

async function endsWhole(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<boolean> {
  const last = Buffer.alloc(1)
  await handle.read(last, 0, 1, size - 1)
  return last[0] === newline
}
