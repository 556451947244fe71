const block = 512

/** One file of an archive as ustar has it (POSIX.1-1988): its head and its text, in whole blocks; `at` in epoch ms. */
export function tarEntry(name: string, text: string, at: number): string {
  const size = Buffer.byteLength(text)
  if (Buffer.byteLength(name) > nameBytes) throw new Error('the name of a file in an archive is too long')
  return headOf(name, size, at) + text + '\0'.repeat((block - (size % block)) % block)
}

/** What ends an archive: two empty blocks. */
export const tarTail = '\0'.repeat(2 * block)

const nameBytes = 100

function headOf(name: string, size: number, at: number): string {
  const fields = (sum: string) =>
    [
      name.padEnd(nameBytes, '\0'),
      `${octal(0o600, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0`,
      `${octal(size, 11)}\0${octal(Math.floor(at / 1_000), 11)}\0`,
      `${sum}0${''.padEnd(100, '\0')}ustar\0${'00'}`,
    ].join('')
  // The sum is taken with spaces in its own place.
  const sum = [...Buffer.from(fields(' '.repeat(8)))].reduce((all, byte) => all + byte, 0)
  return fields(`${octal(sum, 6)}\0 `).padEnd(block, '\0')
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0')
}
